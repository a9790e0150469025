"""Recurrences since 2023, each with its own Eq. (15): what became of the paths through h.

minimal      minGRU, minLSTM: gates that read the input alone
linear       RG-LRU and S6 (Mamba): a decay that the input sets
rotating     LRU, HGRN: complex decays, as pairs of real numbers
exponential  mLSTM, and the stabiliser of the xLSTM; slstm: sLSTM, which reads h again
rwkv4        RWKV-4, a fraction
matrix       DeltaNet, Gated DeltaNet, RWKV-7: diagonal plus rank one
torch_gru    the GRU of PyTorch; lstm_cell: the LSTM, as such a cell
kinds        how a cell is described
flow         its run, the terms of its Eq. (15), and the product of its direct factors, for any of them
scan         the same run one step after the other, and in pairs of pairs
layers       some of them batched, with all gradients by hand: what it takes to train them
"""

from lstm.recurrences.exponential import MLSTM_CELL
from lstm.recurrences.flow import miss, products, run, slopes, terms, variant
from lstm.recurrences.kinds import Cell, Path, Slopes, Trace, fitted
from lstm.recurrences.linear import MAMBA, RG_LRU
from lstm.recurrences.lstm_cell import LSTM_CELL
from lstm.recurrences.matrix import DELTA, GATED_DELTA, RWKV_7
from lstm.recurrences.minimal import MIN_GRU, MIN_LSTM
from lstm.recurrences.rotating import HGRN_CELL, LRU_CELL
from lstm.recurrences.rwkv4 import RWKV_4
from lstm.recurrences.slstm import SLSTM_CELL
from lstm.recurrences.torch_gru import TORCH_GRU

_ORDER = (
    TORCH_GRU, SLSTM_CELL, LRU_CELL, RWKV_4, HGRN_CELL, MAMBA, RG_LRU, MIN_GRU, MIN_LSTM, MLSTM_CELL,
    DELTA, GATED_DELTA, RWKV_7,
)  # fmt: skip
CELLS = {cell.name: cell for cell in _ORDER}

__all__ = [
    "CELLS",
    "LSTM_CELL",
    "Cell",
    "Path",
    "Slopes",
    "Trace",
    "fitted",
    "miss",
    "products",
    "run",
    "slopes",
    "terms",
    "variant",
]
