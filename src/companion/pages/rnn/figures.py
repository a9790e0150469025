"""The figure of the plain network beside the LSTM: arrays in, a `Figure` out, nothing computed."""

from numpy.typing import ArrayLike

from companion.style.curves import log_curves
from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT


@styled
def rates(steps: ArrayLike, rnn: ArrayLike, lstm: ArrayLike, *, title: str, x_label: str = "step $s$") -> Figure:
    """Two positive quantities over `steps` on one log axis: a plain RNN beside an LSTM. All of shape (S,).

    Signs and zeros as in `chains`; so are the errors.
    """
    figure = new(3.4)
    axes = figure.subplots()
    looks = {"rnn": ("RNN", LIGHT["h"], "--", "s", 5), "lstm": ("LSTM", INK, "-", "o", 5)}
    log_curves(axes, steps, {"rnn": rnn, "lstm": lstm}, looks, title, x_label)
    return figure
