"""What a figure draws, as text: every curve, bar, map and word, its place, its look and its numbers, rounded.

A notebook keeps the text beside the picture, under `MIME`, and nbval compares it, as it cannot compare pictures. So it
holds what the figure was told, and nothing that font, backend or layout decide: coordinates of data, no extents.
"""

from collections.abc import Iterator
from typing import Any

from matplotlib.figure import Figure
from matplotlib.layout_engine import LayoutEngine

from companion.style.artists import artist
from companion.style.axis import axis
from companion.style.looks import colour, text_look, words
from companion.style.rounded import listed, number

MIME = "text/vnd.gates-and-gradients.drawn"


def drawn(figure: Figure) -> str:
    """The text, a line for each thing that is drawn. Raises TypeError for an artist of a kind that is not described."""
    width, height = figure.get_size_inches()
    layout = figure.get_layout_engine()
    lines = [f"figure {number(width)} x {number(height)} inches, {colour(figure.get_facecolor())}"]
    lines += [f"layout {type(layout).__name__} {words(layout.get())}"] if layout else []
    for axes in figure.axes:
        lines += _axes(axes, layout)
    others = [child for child in figure.get_children() if child is not figure.patch and child not in figure.axes]
    return "\n".join(lines + [artist(child) for child in others if child.get_visible()])


def _axes(axes: Any, layout: LayoutEngine | None) -> Iterator[str]:
    if not axes.get_visible():
        return
    yield f"axes {axes.get_subplotspec() or ('' if layout else listed(axes.get_position().bounds))}".strip()
    if axes.axison:
        yield from (axis(axes.xaxis, axes.get_xlim()), axis(axes.yaxis, axes.get_ylim()))
        spines = {k: spine for k, spine in axes.spines.items() if spine.get_visible()}
        looks = [f"{k} {colour(v.get_edgecolor())} {number(v.get_linewidth())}" for k, v in spines.items()]
        yield f"on {colour(axes.get_facecolor())} spines {', '.join(looks)}"
    else:
        yield f"no axis, x {listed(axes.get_xlim())} y {listed(axes.get_ylim())}"
    titles = [axes.title, axes._left_title, axes._right_title]
    yield from (f"title {title.get_ha()} {text_look(title)}" for title in titles if title.get_text())
    # Axis, spines and titles stand above; which contours have a label, and where, is a matter of the layout.
    apart = [*titles, axes.xaxis, axes.yaxis, axes.patch, *axes.spines.values()]
    apart += [text for child in axes.collections for text in getattr(child, "labelTexts", ())]
    children = [child for child in axes.get_children() if child not in apart and child.get_visible()]
    yield from map(artist, sorted(children, key=lambda child: child.get_zorder()))
