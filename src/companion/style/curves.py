"""Curves on a log axis with their names beside them, and numbers as text: what several figures share."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter
from numpy.typing import ArrayLike

from companion.style.palette import MUTED
from lstm import checks

Looks = Mapping[str, tuple[str, str, Any, str, float]]  # label, colour, dash, marker and its size


def log_curves(
    axes: Axes, steps: ArrayLike, curves: Mapping[str, ArrayLike], looks: Looks, title: str, x_label: str = "step $s$"
) -> None:
    """|values| over steps, each curve in its look: label, colour, dash, marker and the size of the marker.

    Raises TypeError or ValueError that names the argument and both shapes.
    """
    steps = checks.array("steps", steps, (None,))
    found = {k: checks.array(k, values, steps.shape) for k, values in curves.items()}
    small = 1 if len(steps) <= 40 else 0.5
    for k, values in found.items():
        _, colour, dash, marker, size = looks[k]
        shown = np.where(values == 0, np.nan, np.abs(values))
        axes.plot(steps, shown, ls=dash, color=colour)
        for here, fill in [(values > 0, colour), (values < 0, "white")]:
            axes.plot(steps[here], shown[here], marker, ms=small * size, mec=colour, mfc=fill)
    if any((values < 0).any() for values in found.values()):
        title += ", hollow: negative"
    zeros = [looks[k][0] for k, values in found.items() if (values == 0).any()]
    axes.set_title(title, loc="left", color=MUTED)
    axes.set_xlabel(x_label + (f"\nnot drawn where 0: {', '.join(zeros)}" if zeros else ""))
    axes.set_yscale("log")
    low, high = axes.get_ylim()
    if high < 30 * low:
        low, high = low / 2, high * 2
        axes.set_ylim(low, high)
    axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 0.5, 0.2) if high < 1e3 * low else (1.0,), numticks=8))
    axes.yaxis.set_major_formatter(power)
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.yaxis.tick_right()
    axes.spines[["left", "right"]].set_visible([False, True])
    _end_labels(axes, steps, found, looks)


def _end_labels(
    axes: Axes, steps: np.ndarray, curves: Mapping[str, np.ndarray], looks: Looks, gap: float = 0.085
) -> None:
    """Each curve's label beside its first point, moved where it would touch another; zeros at the bottom."""
    bottom, top = np.log10(axes.get_ylim())
    with np.errstate(divide="ignore"):
        places = {k: max(0.0, (np.log10(abs(v[0])) - bottom) / (top - bottom)) for k, v in curves.items()}
    place = -gap
    for above, k in zip(range(len(places))[::-1], sorted(places, key=lambda k: places[k]), strict=True):
        place = min(max(places[k], place + gap), 1 - gap * above)
        label, colour, *_ = looks[k]
        text: dict[str, Any] = {
            "color": colour,
            "ha": "right",
            "va": "center",
            "size": 11,
            "textcoords": "axes fraction",
        }
        if curves[k][0] == 0:
            axes.annotate(f"{label} = 0", (0, 0), (-0.03, place), xycoords="axes fraction", **text)
        else:
            line: dict[str, Any] = {
                "arrowstyle": "-",
                "color": colour,
                "lw": 0.7,
                "shrinkA": 0,
                "shrinkB": 5,
                "relpos": (1, 0.5),
            }
            axes.annotate(label, (steps[0], abs(curves[k][0])), (-0.03, place), arrowprops=line, **text)


def power(value: float, _position: float | None) -> str:
    """A tick of a log axis: plain from 0.001 to 1000, else as a power of ten."""
    if 1e-3 <= value <= 1e3:
        return f"{value:g}"
    digits, power = f"{value:.0e}".split("e")
    return rf"$10^{{{int(power)}}}$" if digits == "1" else rf"${digits}\times10^{{{int(power)}}}$"


def signed(value: float) -> str:
    """Three digits with sign, the minus as long as the plus."""
    digits = f"{value:+.3g}" if 1e-3 <= abs(value) < 1e4 else f"{value:+.1e}".replace("e-0", "e-").replace("e+0", "e")
    return digits.replace("-", "\u2212") if value else "0"
