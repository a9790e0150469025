"""Batched layers of some newer recurrences, with all gradients by hand: what it takes to train them.

Time first, as in lstm.fast: x (T, B, m), h (T, B, n), float64; the states before step 1 are zero.

diagonal  minGRU, also with a factor in (-1, 1), and RG-LRU
delta     DeltaNet, beta in (0, 1) or in (0, 2)
slstm     sLSTM
plain     LSTM, as lstm.fast has it, and the same with its paths through h cut

Tested against the steps of lstm.recurrences, which are to be read; these are to be run. Where gates read x alone they
are computed for all steps at once, and what is left for the loop is the recurrence itself.
"""

from lstm.recurrences.layers.delta import DELTA_LAYER, SIGNED_DELTA_LAYER
from lstm.recurrences.layers.diagonal import MIN_GRU_LAYER, RG_LRU_LAYER, SIGNED_MIN_GRU_LAYER
from lstm.recurrences.layers.kinds import Layer
from lstm.recurrences.layers.plain import CUT_LSTM_LAYER, LSTM_LAYER
from lstm.recurrences.layers.slstm import SLSTM_LAYER

LAYERS = {
    "LSTM": LSTM_LAYER,
    "LSTM, cut": CUT_LSTM_LAYER,
    "sLSTM": SLSTM_LAYER,
    "minGRU": MIN_GRU_LAYER,
    "minGRU, signed": SIGNED_MIN_GRU_LAYER,
    "RG-LRU": RG_LRU_LAYER,
    "DeltaNet": DELTA_LAYER,
    "DeltaNet, signed": SIGNED_DELTA_LAYER,
}

__all__ = ["LAYERS", "Layer"]
