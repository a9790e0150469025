"""The figures of the plain network beside the LSTM: arrays in, a `Figure` out, nothing computed."""

from collections.abc import Mapping

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


@styled
def medians(
    steps: ArrayLike,
    rnn: Mapping[float, ArrayLike],
    lstm: Mapping[float, ArrayLike],
    *,
    title: str,
    x_label: str = "step $s$",
) -> Figure:
    """What is left in plain networks and in LSTMs over `steps`, (S,), on one log axis: two dicts of arrays (S,).

    `rnn` goes by spectral radius, `lstm` by what is added to the forget bias; at most two of each. Signs, zeros and
    errors as in `rates`. Raises ValueError too for a third curve of a kind.
    """
    curves, looks = {}, {}
    for name, values, sign, colour, marks in [("rnn", rnn, "", LIGHT["h"], "sD"), ("lstm", lstm, "+", INK, "vo")]:
        if len(values) > 2:
            raise ValueError(f"{name}: expected at most two curves, got {len(values)}")
        for (key, curve), dash, mark in zip(values.items(), ("--", "-"), marks, strict=False):
            curves[f"{name}[{key}]"] = curve
            looks[f"{name}[{key}]"] = (f"{name.upper()} {sign}{key}", colour, dash, mark, 5)
    figure = new(3.6)
    log_curves(figure.subplots(), steps, curves, looks, title, x_label)
    return figure
