"""Figures: arrays in, a matplotlib Figure out, nothing computed. And the one palette.

LIGHT is read on white, DARK on a dark page; each has a contrast of at least 4.5 to 1 with its ground. A colour
never speaks alone: the symbol, a label or a line style says the same.
"""

import io
from typing import Any

import matplotlib.figure
from matplotlib import rc_context, rcParamsDefault
from matplotlib.layout_engine import ConstrainedLayoutEngine

from companion.style.drawn import MIME, drawn
from companion.style.palette import INK, MUTED, RULE

WIDTH = 5.6  # inches: the 11 points of the text are 9.5 pixels where the figure is shown 350 pixels wide
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 11.0,
    "mathtext.fontset": "dejavusans",
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.labelsize": 11.0,
    "axes.titlesize": 11.0,
    "axes.edgecolor": RULE,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.facecolor": "white",
    "axes.unicode_minus": True,
    "xtick.color": RULE,
    "ytick.color": RULE,
    "xtick.labelcolor": MUTED,
    "ytick.labelcolor": MUTED,
    "xtick.labelsize": 10.0,
    "ytick.labelsize": 10.0,
    "lines.linewidth": 1.6,
    "lines.markersize": 5.0,
    "legend.frameon": False,
}
# Decorates a function: Matplotlib's defaults and this style, whatever the reader's matplotlibrc says, and no trace of
# it in rcParams afterwards. The backend is the reader's.
styled = rc_context({k: v for k, v in rcParamsDefault.items() if not k.startswith("backend")} | STYLE)


class Figure(matplotlib.figure.Figure):
    """A figure that a notebook shows once, as PNG and as its drawn data, whether or not pyplot is imported."""

    @styled
    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {MIME: drawn(self)}

    def _repr_png_(self) -> bytes:
        png = io.BytesIO()
        self.savefig(png, format="png", metadata={"Software": None})
        return png.getvalue()

    @styled
    def savefig(self, *args: Any, **kwargs: Any) -> None:
        """As Matplotlib's own, in the book's style: ticks, for one, are made at the first drawing only."""
        super().savefig(*args, **kwargs)


def new(height: float) -> Figure:
    """An empty `Figure` of the book's width, `height` inches high, on white."""
    layout = ConstrainedLayoutEngine(w_pad=0.08, h_pad=0.05)
    return Figure(figsize=(WIDTH, height), dpi=160, facecolor="white", layout=layout)
