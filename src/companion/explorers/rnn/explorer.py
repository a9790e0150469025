"""The explorer of the plain RNN: one unit of it beside one unit of an LSTM, over the same steps."""

from typing import NamedTuple

import numpy as np

from companion.explorers.base import Number, style
from companion.explorers.bundle import bundle
from companion.explorers.eq15.explorer import START, Eq15Explorer
from lstm import rnn

RNN_START = START | dict(w_2=0.9, slope=0.8)
# Each preset is a complete setting, and its name is a claim that the tests compute.
RNN_PRESETS = {
    "RNN vanishes, LSTM keeps": dict(w_2=1.0, slope=0.7, f=0.98, i=0.1, w_2f=0.3, w_2i=0.3, w_2g=0.3, w_2o=0.3),
    "RNN at the edge": dict(w_2=1.25, slope=0.8),
    "RNN explodes": dict(w_2=2.0, slope=0.8, f=0.98, i=0.1, w_2f=0.3, w_2i=0.3, w_2g=0.3, w_2o=0.3),
    "LSTM explodes too": dict(w_2=2.0, slope=0.8, f=0.6, i=0.9, o=0.9, g=0.05, c_prev=0.2, o_prev=0.9, w_2g=1.5),
}
RNN_PRESETS = {name: RNN_START | values for name, values in RNN_PRESETS.items()}


class Rates(NamedTuple):
    """For s = 1, ..., T, each of shape (T,): dh^(T)/dh^(s) of the RNN; of the LSTM product of f and true chain."""

    steps: np.ndarray
    rnn: np.ndarray
    product_of_f: np.ndarray
    chain: np.ndarray


class RNNExplorer(Eq15Explorer):
    """A plain unit h^(t) = tanh(w_1 x^(t) + w_2 h^(t-1) + b) beside the LSTM unit of `Eq15Explorer`.

    w_2 is the plain unit's recurrent weight, slope the slope 1 - h^2 at which its tanh is held over all T steps.
    Every trait is synced both ways with the browser. A bad value raises TraitError.
    """

    w_2 = Number(RNN_START["w_2"], -3, 3)
    slope = Number(RNN_START["slope"], 0, 1)

    def rates(self) -> Rates:
        """What is left of the state at step s by step T, for both kinds of unit: `Rates`."""
        lstm = self.chains()
        plain = rnn.held_slope(self.w_2, self.slope, self.T)[::-1]
        return Rates(lstm.steps, plain, lstm.product_of_f, lstm.chain)


RNNExplorer._esm = bundle("rnn/rnn.js", RANGES=RNNExplorer.limits(), PRESETS=RNN_PRESETS)
RNNExplorer._css = style()
