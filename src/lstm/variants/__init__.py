"""Other recurrent cells, each with its own Eq. (15), and the one chain that serves them all.

tied      the LSTM, the LSTM without forget gate, the LSTM with coupled gates
gru       the gated recurrent unit
peephole  the LSTM whose gates see the cell state
flow      chain, product of the direct factors, totals and their proof, for any cell
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import rnn
from lstm.gradient import Totals
from lstm.variants.flow import Variant, chains, follow, norms, products_of_direct, rows_at, scaled, totals
from lstm.variants.gru import GRU
from lstm.variants.peephole import PEEPHOLE
from lstm.variants.tied import COUPLED, LSTM, NO_FORGET


class RNNTerms(NamedTuple):
    """The two terms of dl/dh^(t-1) in the plain network, each (n,): it has no direct path."""

    recurrent: np.ndarray
    local: np.ndarray


def _rnn_terms(params: rnn.RNNParams, trace: rnn.RNNTrace, t: int, total: Totals, reads: ArrayLike) -> RNNTerms:
    _, dl_dh, reads_before = rows_at(trace, t, total, reads)
    return RNNTerms(rnn.state_jacobian(params, trace, t).T @ dl_dh, reads_before)


RNN = Variant(
    memory="h",
    init_params=rnn.init_params,
    run=rnn.run,
    restart=lambda params, trace, s, h: (h,),
    direct=lambda params, trace: np.zeros_like(trace.h),
    seed=lambda params, trace, t: np.eye(trace.h.shape[1]),
    state_jacobian=rnn.state_jacobian,
    terms=_rnn_terms,
)

CELLS = {
    "LSTM": LSTM,
    "no forget gate": NO_FORGET,
    "coupled gates": COUPLED,
    "GRU": GRU,
    "peepholes": PEEPHOLE,
    "plain RNN": RNN,
}

__all__ = [
    "CELLS",
    "COUPLED",
    "GRU",
    "LSTM",
    "NO_FORGET",
    "PEEPHOLE",
    "RNN",
    "RNNTerms",
    "Variant",
    "chains",
    "follow",
    "norms",
    "products_of_direct",
    "scaled",
    "totals",
]
