"""The figures of the museum: verdicts or a hall in, a `Figure` out, nothing computed."""

from collections.abc import Iterable
from typing import Any

from companion.explorers.museum import Hall
from companion.pages.museum.guide import Verdict, checked
from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT, MUTED, RULE

# What a mark says, it says by its shape: a tick, a dash, a filled triangle.
MARKS: dict[str, dict[str, Any]] = {
    "caught": dict(marker=r"$\checkmark$", markersize=8, markerfacecolor=INK, markeredgecolor=INK, markeredgewidth=0.4),
    "missed": dict(marker="_", markersize=7, markerfacecolor="none", markeredgecolor=MUTED, markeredgewidth=1.4),
    "with a finding": dict(marker="^", markersize=8, markerfacecolor=LIGHT["h"], markeredgecolor=LIGHT["h"]),
}


@styled
def matrix(verdicts: Iterable[Verdict]) -> Figure:
    """A row an exhibit, a column a check, both by name: what was caught, what was missed, and where a layer did more.

    Raises TypeError for anything that is not a `Verdict`, ValueError if there is none.
    """
    verdicts = checked("verdicts", verdicts, Verdict)
    rows = {name: k for k, name in enumerate(dict.fromkeys(v.exhibit for v in verdicts))}
    columns = {name: k for k, name in enumerate(dict.fromkeys(v.check for v in verdicts))}
    figure = new(2.0 + 0.25 * len(rows))
    axes = figure.subplots()
    axes.tick_params(length=0, top=True, bottom=False, labeltop=True, labelbottom=False, labelcolor=INK)
    axes.set_xticks(list(columns.values()), list(columns), rotation=55, ha="left", rotation_mode="anchor")
    axes.set_yticks(list(rows.values()), list(rows))
    axes.grid(color=RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)
    for words, look in MARKS.items():
        places = [(columns[v.check], rows[v.exhibit]) for v in verdicts if _said(v) == words]
        if places:
            axes.plot(*zip(*places, strict=True), linestyle="none", label=words, **look)
    axes.set(xlim=(-0.6, len(columns) - 0.4), ylim=(len(rows) - 0.4, -0.6))
    axes.legend(loc="upper left", bbox_to_anchor=(0, 0), ncols=len(MARKS), handletextpad=0.2, borderpad=0.2)
    return figure


def _said(verdict: Verdict) -> str:
    if verdict.finding:
        return "with a finding"
    return "caught" if verdict.caught else "missed"


@styled
def slopes(hall: Hall, exhibit: int) -> Figure:
    """A panel for each array: a line for each number, from its right value above to that of exhibit k below."""
    figure = new(5.2)
    panels = figure.subplots(5, 3).ravel()
    for axes, name, right, wrong in zip(panels, hall.arrays, hall.right, hall.wrong[exhibit], strict=True):
        hue = LIGHT[name[0] if name in ("x", "h_0", "c_0") else name[-1]]
        far = max(map(abs, (*right, *wrong)))
        axes.plot([right, wrong], [1, 0], color=hue, linewidth=1)
        axes.axvline(0, color=MUTED, linewidth=0.8, linestyle=":")
        axes.set(xlim=(-1.05 * far, 1.05 * far), ylim=(0, 1), xticks=[], yticks=[])
        axes.set_title(name, loc="left", color=hue, fontsize=10)
    return figure
