"""Equation (15): its six terms, each by complex step with only its own path open, and known mistakes."""

from collections.abc import Callable
from functools import partial

import numpy as np

from companion.check.forward import NAMES, squash, weights
from companion.check.trial import Cell, Mistake, Subject
from lstm import equations, gradient, proofs
from lstm.analytic import complex_step
from lstm.cell import sigmoid

PATHS = {"forget": "f", "input": "i", "candidate": "g", "output": "o"}


def _loss(cell: Cell, path: str, c: np.ndarray) -> np.ndarray:
    """The loss as a function of c = c^(t-1), which moves along one path of (15) alone."""
    p, tr, k = cell.params, cell.trace, cell.t - 1
    h = equations.hidden_state(tr.o[k - 1], c)
    if path == "local":
        return cell.reads[k - 1] @ h
    now = gradient.step_of(tr, k)
    if path in PATHS:
        gate = PATHS[path]
        W_1, W_2, b = weights(cell, gate)
        now = now._replace(**{gate: squash(gate)(W_1 @ tr.x[k] + W_2 @ h + b)})
    c_prev = c if path == "direct" else tr.c[k - 1]
    c_now = equations.cell_state(now.f, c_prev, now.i, now.g)
    return proofs.loss_from(p, tr.x[k + 1 :], cell.reads[k:], c_now, equations.hidden_state(now.o, c_now))


def _terms(cell: Cell) -> dict[str, np.ndarray]:
    """The six terms, each by complex step."""
    at = cell.trace.c[cell.t - 2]
    return {path: complex_step(partial(_loss, cell, path), at) for path in gradient.Terms._fields}


def _around(cell: Cell, gate: str) -> tuple[np.ndarray, ...]:
    """Of the step t: W_2*, D^(t-1), D^(t), the gate, its partner in (13) or (14), dl/dc^(t), dl/dh^(t)."""
    tr, k = cell.trace, cell.t - 1
    partner = {"f": tr.c[k - 1], "i": tr.g[k], "g": tr.i[k], "o": np.tanh(tr.c[k])}[gate]
    D_prev, D = (equations.output_slope(tr.o[j], tr.c[j]) for j in (k - 1, k))
    return weights(cell, gate)[1], D_prev, D, getattr(tr, gate)[k], partner, cell.total.dl_dc[k], cell.total.dl_dh[k]


def _path_mistakes(part: str, gate: str) -> list[Mistake]:
    def made(form: Callable[..., np.ndarray]) -> Callable[[Cell], np.ndarray]:
        """form(W, D^(t-1), D^(t), slope, partner, to, other), `to` the derivative that belongs there."""

        def value(cell: Cell) -> np.ndarray:
            W, D_prev, D, v, partner, dc, dh = _around(cell, gate)
            slope = 1 - v**2 if gate == "g" else v * (1 - v)
            return form(W, D_prev, D, slope, partner, *((dh, dc) if gate == "o" else (dc, dh)))

        return value

    slope = "1 - g^2" if gate == "g" else f"{gate} (1 - {gate})"
    state, no = ("h", "c") if gate == "o" else ("c", "h")
    other = {"f": "c^(t-1)", "i": "g", "g": "i", "o": "tanh c^(t)"}[gate]
    return [
        Mistake(part, f"your W_2{gate} is not transposed.", made(lambda W, P, D, s, q, to, no: P * (W @ (s * q * to)))),
        Mistake(part, f"the slope {slope} is missing.", made(lambda W, P, D, s, q, to, no: P * (W.T @ (q * to)))),
        Mistake(part, "D^(t-1) is missing.", made(lambda W, P, D, s, q, to, no: W.T @ (s * q * to))),
        Mistake(
            part, "D^(t) stands where D^(t-1) belongs.", made(lambda W, P, D, s, q, to, no: D * (W.T @ (s * q * to)))
        ),
        Mistake(part, f"the factor {other} is missing.", made(lambda W, P, D, s, q, to, no: P * (W.T @ (s * to)))),
        Mistake(
            part,
            f"it takes dl/d{no}^(t) where dl/d{state}^(t) belongs.",
            made(lambda W, P, D, s, q, to, no: P * (W.T @ (s * q * no))),
        ),
        Mistake(
            part,
            "the slope is that of sigma at the gate, not at its argument.",
            lambda cell: _squashed_twice(cell, gate),
        ),
        *(
            Mistake(part, f"it has the weights of the {NAMES[j]}.", lambda cell, j=j: _borrowed(cell, gate, j))  # type: ignore[misc]
            for j in NAMES
            if j != gate
        ),
    ]


def _squashed_twice(cell: Cell, gate: str) -> np.ndarray:
    W, D_prev, _, v, partner, dc, dh = _around(cell, gate)
    slope = 1 - np.tanh(v) ** 2 if gate == "g" else sigmoid(v) * (1 - sigmoid(v))
    return D_prev * (W.T @ (slope * partner * (dh if gate == "o" else dc)))


def _borrowed(cell: Cell, gate: str, weights_of: str) -> np.ndarray:
    _, D_prev, _, v, partner, dc, dh = _around(cell, gate)
    slope = 1 - v**2 if gate == "g" else v * (1 - v)
    return D_prev * (weights(cell, weights_of)[1].T @ (slope * partner * (dh if gate == "o" else dc)))


TERMS = Subject(
    arguments=lambda cell: (cell.params, cell.trace, cell.t, cell.total, cell.reads),
    truth=_terms,
    mistakes=[
        Mistake("direct", "it has f of the step before.", lambda c: c.trace.f[c.t - 2] * c.total.dl_dc[c.t - 1]),
        Mistake("direct", "it takes dl/dh^(t), not dl/dc^(t).", lambda c: c.trace.f[c.t - 1] * c.total.dl_dh[c.t - 1]),
        Mistake("direct", "f is missing.", lambda c: c.total.dl_dc[c.t - 1]),
        Mistake("local", "D^(t-1) is missing.", lambda c: c.reads[c.t - 2]),
        Mistake("local", "it reads step t, not t-1.", lambda c: _around(c, "f")[1] * c.reads[c.t - 1]),
        *(mistake for part, gate in PATHS.items() for mistake in _path_mistakes(part, gate)),
    ],
)
