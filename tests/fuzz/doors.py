"""Calls of the library that are right, one for each of its doors: what a fuzzer then spoils."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

import lstm
from lstm import analytic, bptt, gradient, paths, proofs, rates, rnn
from lstm.fast import batched, plain, sequence
from lstm.training import losses, tasks
from lstm.variants import gru, peephole, tied
from lstm.weights import from_keras, from_pytorch, to_keras, to_pytorch

M, N, T, B = 2, 3, 4, 5

# Doors that still let something through, `make fuzz` says what; the tests try the others. Overflow, too, still ends in
# a warning and not in words.
OPEN = {
    "analytic.complex_step",
    "audit.report.audit",
    "bptt.segment",
    "bptt.sliding",
    "cell.init_params",
    "equations.sigmoid",
    "fast.plain.forward",
    "gradient.deltas",
    "paths.contributions",
    "paths.count",
    "paths.enumerate_paths",
    "proofs.agreement",
    "proofs.states_by_jacobian",
    "rates.rate",
    "rnn.held_slope",
    "rnn.init_params",
    "rnn.spectral_radius",
    "training.losses.squared",
    "training.tasks.adding",
    "variants.gru.init_params",
    "weights.keras.from_keras",
    "weights.pytorch.from_pytorch",
}


class Door(NamedTuple):
    """A public function and arguments that it takes."""

    function: Callable[..., Any]
    given: dict[str, Any]


def doors() -> dict[str, Door]:
    """{name: door}; each call of this function makes all arguments anew, the same."""
    rng = np.random.default_rng(0)
    x, X, reads = rng.normal(size=(T, M)), rng.normal(size=(T, B, M)), rng.normal(size=(T, N))
    params = lstm.init_params(M, N, rng=rng)
    params = params._replace(**{name: rng.normal(size=N) for name in params._fields if name.startswith("b_")})
    h, c, dh = rng.normal(size=(3, N))
    trace = lstm.run(params, x, h, c)
    total = lstm.totals(params, trace, reads)
    plain_params = rnn.init_params(M, N, rng=rng)
    plain_trace = rnn.run(plain_params, x)
    at, span = {"params": params, "trace": trace, "t": 3}, {"params": params, "trace": trace, "s": 1, "t": 3}
    back = {"params": params, "trace": trace, "reads": reads}
    g, p = gru.init_params(M, N, rng=rng), peephole.init_params(M, N, rng=rng)
    g_trace, p_trace = gru.run(g, x), peephole.run(p, x)
    keras = [to_keras(params)[name] for name in ("kernel", "recurrent_kernel", "bias")]
    calls = [
        (lstm.init_params, {"m": M, "n": N, "rng": np.random.default_rng(1), "forget_bias": 1.0}),
        (lstm.sigmoid, {"z": x}),
        (lstm.gates, {"params": params, "x": x[0], "h_prev": h}),
        (lstm.cell_state, {"f": trace.f[0], "c_prev": c, "i": trace.i[0], "g": trace.g[0]}),
        (lstm.hidden_state, {"o": trace.o[0], "c": c}),
        (lstm.step, {"params": params, "x": x[0], "h_prev": h, "c_prev": c}),
        (lstm.run, {"params": params, "x": x, "h_0": h, "c_0": c}),
        (lstm.totals, back),
        (lstm.terms, at | {"total": total, "reads": reads}),
        (lstm.chain, span),
        (lstm.product_of_f, {"trace": trace, "s": 1, "t": 3}),
        (lstm.audit, {"params": params, "x": X, "lengths": [4, 3, 4, 2, 3], "h_0": np.zeros((B, N))}),
        (gradient.deltas, {"trace": trace, "t": 3, "dl_dc": dh, "dl_dh": h}),
        (gradient.output_slope, {"trace": trace, "t": 3}),
        (gradient.step_jacobian, at),
        (gradient.state_jacobian, at),
        (gradient.product_of_jacobians, span),
        (bptt.backward, back),
        (bptt.truncated, back | {"window": 2}),
        (bptt.sliding, back | {"window": 2}),
        (bptt.segment, {"trace": trace, "s": 1, "t": 3}),
        (paths.enumerate_paths, {"s": 1, "t": 4}),
        (paths.count, {"s": 1, "t": 4}),
        (paths.contributions, span),
        (proofs.states_by_complex_step, back),
        (proofs.states_by_jacobian, back),
        (proofs.agreement, back),
        (rates.rate, {"log10_norm": np.array([-1.0, 2.0]), "steps": 4}),
        (rnn.init_params, {"m": M, "n": N, "rng": np.random.default_rng(1), "radius": 0.9}),
        (rnn.step, {"params": plain_params, "x": x[0], "h_prev": h}),
        (rnn.run, {"params": plain_params, "x": x, "h_0": h}),
        (rnn.state_jacobian, {"params": plain_params, "trace": plain_trace, "t": 3}),
        (rnn.chain, {"params": plain_params, "trace": plain_trace, "s": 0, "t": 3}),
        (rnn.spectral_radius, {"W": plain_params.W_2}),
        (rnn.held_slope, {"w_2": 0.5, "slope": 0.9, "T": 5}),
        (analytic.complex_step, {"function": np.sin, "at": x}),
        (batched.run, {"params": params, "x": X}),
        (sequence.forward, {"params": params, "x": X}),
        (plain.forward, {"params": plain_params, "x": X}),
        (losses.squared, {"y": X, "target": X + 1, "read": np.ones((T, B))}),
        (tasks.adding, {"T": 6, "batch": B, "rng": np.random.default_rng(2)}),
        (gru.init_params, {"m": M, "n": N, "rng": np.random.default_rng(1)}),
        (gru.run, {"params": g, "x": x}),
        (gru.state_jacobian, {"params": g, "trace": g_trace, "t": 3}),
        (peephole.run, {"params": p, "x": x}),
        (peephole.diagonal, {"params": p, "trace": p_trace, "t": 3}),
        (tied.as_lstm, {"params": params}),
        (to_pytorch, {"params": params}),
        (to_keras, {"params": params}),
        (from_keras, {"weights": keras}),
        (from_pytorch, {"weights": to_pytorch(params)}),
    ]
    return {f"{one.__module__.removeprefix('lstm.')}.{one.__name__}": Door(one, given) for one, given in calls}
