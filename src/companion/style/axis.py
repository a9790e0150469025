"""An axis as a line of text: label, scale, limits, ticks.

How many ticks Matplotlib chooses depends on the length of the axis, which the layout and the font decide. So the
ticks told here are those that it would choose for an axis of a fixed length.
"""

from collections.abc import Sequence
from copy import copy
from typing import Any

from matplotlib.ticker import FixedLocator, NullLocator

from companion.style.looks import colour, quoted, text_look, words
from companion.style.rounded import listed


def axis(axis: Any, limits: tuple[float, float]) -> str:
    """The line of one axis with these limits."""
    low, high = ends = [float(word) for word in listed(limits, span(axis, limits)).split()]
    reach = span(axis, ends)
    places, labels = _ticks(axis, low, high)
    line = f"{axis.axis_name}: {axis.get_scale()} {listed(ends, reach)}"
    line += f" ticks {listed(places, reach)} as {' '.join(map(quoted, labels))}" if places else " no ticks"
    line += f" {_tick_look(axis)}"
    line += f" {words(axis.get_tick_params())}"
    if not isinstance(axis.get_minor_locator(), NullLocator):
        line += f" minor {type(axis.get_minor_locator()).__name__} {type(axis.get_minor_formatter()).__name__}"
    label = f" {axis.get_label_position()} {text_look(axis.label)}" if axis.label.get_text() else ""
    return f"{line}{label}"


def _tick_look(axis: Any) -> str:
    """Colour and size of the labels, which each of fixed ones may have of its own, and of the first tick's line."""
    labels = axis.get_ticklabels() if isinstance(axis.get_major_locator(), FixedLocator) else []
    first = axis.get_major_ticks(1)[0]
    labels = labels or [first.label1]
    looks = (
        f"{colour([label.get_color() for label in labels])} {listed(sorted({label.get_size() for label in labels}))}"
    )
    line = first.tick1line
    return f"{looks} line {colour(line.get_color())} {listed([line.get_markersize(), line.get_markeredgewidth()])}"


def span(axis: Any, limits: Sequence[float]) -> float:
    """How far an axis reaches; 0 for a logarithmic one, where the smallest number shows."""
    return 0.0 if axis.get_scale() == "log" else abs(float(limits[1]) - float(limits[0]))


def _ticks(axis: Any, low: float, high: float) -> tuple[list[float], list[str]]:
    """Places and labels of the major ticks: Matplotlib's stand-in for an axis has room for nine."""
    locator, formatter = copy(axis.get_major_locator()), copy(axis.get_major_formatter())
    low, high = sorted((low, high))
    locator.axis = None
    locator.create_dummy_axis(minpos=low)
    formatter.axis = locator.axis
    locator.axis.set_view_interval(low, high)
    locator.axis.set_data_interval(low, high)
    places = [place for place in locator.tick_values(low, high) if low <= place <= high]
    labels = formatter.format_ticks(places)
    return places, [*labels, formatter.get_offset()] if formatter.get_offset() else labels
