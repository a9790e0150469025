"""Calls of the library that are right, one for each of its doors: what a fuzzer then spoils."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from tests.fuzz.more_doors import of_layers, of_variants, of_weights

import lstm
from lstm import analytic, bptt, gradient, paths, proofs, rates, rnn, scalar, variants
from lstm.training import models
from lstm.weights import from_keras, from_keras_gru

M, N, T, B = 2, 3, 4, 5


class Door(NamedTuple):
    """A public function and arguments that it takes.

    `also`: other names by which its messages may call what came. `any_shape`: an array may have more axes. `limits`: a
    result may be inf or NaN, and the docstring says where.
    """

    function: Callable[..., Any]
    given: dict[str, Any]
    also: tuple[str, ...] = ()
    any_shape: bool = False
    limits: bool = False


KERAS = ("kernel", "recurrent_kernel", "bias")  # what arrays in a list are called
SAID: dict[Callable[..., Any], dict[str, Any]] = {
    lstm.audit: {"limits": True},
    lstm.audit_layers: {"limits": True, "also": ("params", "start", "reads")},
    lstm.sigmoid: {"any_shape": True},
    analytic.complex_step: {"any_shape": True},
    rates.rate: {"any_shape": True},
    rates.verdict: {"any_shape": True},
    from_keras: {"also": KERAS},
    from_keras_gru: {"also": KERAS},
    models.outputs: {"also": ("params",)},
    models.input_gradient: {"also": ("params",)},
    models.loss_and_gradient: {"also": ("params",)},
    variants.norms: {"also": ("params",)},
}


def named(function: Callable[..., Any]) -> str:
    """The name of a public function: its module without "lstm.", and its own."""
    return f"{function.__module__.removeprefix('lstm.')}.{function.__name__}"


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
    moved = bptt.backward(params, trace, reads)
    listed = paths.contributions(params, trace, 1, 3)[::7]
    unit = dict(zip(("params", "trace"), scalar.held_gates(**scalar.UNIT, T=4), strict=True))
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
        (proofs.gradients_by_complex_step, back),
        (bptt.compare, {"exact": moved, "other": bptt.truncated(params, trace, reads, 2)}),
        (paths.total, {"contributions": listed, "keep": 0.5}),
        (paths.grouped, {"contributions": listed, "by": "gates"}),
        (paths.from_zero, {"trace": trace}),
        (scalar.held_gates, scalar.UNIT | {"T": 4}),
        (scalar.terms, unit | {"read": 1.0, "read_prev": 0.5}),
        (scalar.chains, unit | {"read": 1.0}),
        (rates.verdict, {"rates": np.array([0.5, 1.0, 1.3]), "vanish": 0.9, "explode": 1.1}),
        (rnn.rates, {"params": plain_params, "trace": plain_trace, "s": 0, "t": 3}),
        (rates.rate, {"log10_norm": np.array([-1.0, 2.0]), "steps": 4}),
        (rnn.init_params, {"m": M, "n": N, "rng": np.random.default_rng(1), "radius": 0.9}),
        (rnn.step, {"params": plain_params, "x": x[0], "h_prev": h}),
        (rnn.run, {"params": plain_params, "x": x, "h_0": h}),
        (rnn.state_jacobian, {"params": plain_params, "trace": plain_trace, "t": 3}),
        (rnn.chain, {"params": plain_params, "trace": plain_trace, "s": 0, "t": 3}),
        (rnn.spectral_radius, {"W": plain_params.W_2}),
        (rnn.held_slope, {"w_2": 0.5, "slope": 0.9, "T": 5}),
        (analytic.complex_step, {"function": np.sin, "at": x}),
    ]
    calls += of_layers(params, plain_params, X, reads) + of_variants(x, reads) + of_weights(params)
    return {named(one): Door(one, given, **SAID.get(one, {})) for one, given in calls}
