"""Right calls of layers, training and audit, of the other cells, and of the weights of frameworks."""

from collections.abc import Callable
from typing import Any

import numpy as np

import lstm
from lstm import recurrences, rnn, variants
from lstm.fast import batched, plain, sequence
from lstm.recurrences import flow, kinds, scan
from lstm.training import losses, models, optimiser, reber, tasks, tasks_1997
from lstm.variants import blocks, gru, peephole, tied
from lstm.weights import (
    check_real,
    from_keras,
    from_keras_gru,
    from_onnx,
    from_onnx_gru,
    from_pytorch,
    from_pytorch_gru,
    to_keras,
    to_pytorch,
)

Calls = list[tuple[Callable[..., Any], dict[str, Any]]]


def of_layers(params: lstm.Params, plain_params: rnn.RNNParams, X: np.ndarray, reads: np.ndarray) -> Calls:
    """Of lstm.fast, lstm.training and lstm.audit; X (T, B, m), reads (T, n)."""
    (T, B, m), n = X.shape, reads.shape[1]
    R = np.repeat(reads[:, None], B, axis=1)
    runs = batched.run(params, X)
    total = batched.totals(params, runs, R)
    after, after_plain = sequence.forward(params, X)[2], plain.forward(plain_params, X)[2]
    model = models.draw_lstm(m, n, 2, rng=np.random.default_rng(1), dtype=np.float64)
    batch = next(tasks.adding(6, B, rng=np.random.default_rng(2), dtype=np.float64))
    two = next(tasks_1997.two_sequences(20, B, rng=np.random.default_rng(2), dtype=np.float64))
    strings = next(reber.embedded_reber(2, rng=np.random.default_rng(2), dtype=np.float64))
    flat, draw = models.flatten(model), {"rng": np.random.default_rng(2)}
    single = models.draw_rnn(2, n, 1, rng=np.random.default_rng(1), dtype=np.float64)
    lengths = [4, 3, 4, 2, 3]
    return [
        (lstm.audit, {"params": params, "x": X, "lengths": lengths, "h_0": np.zeros((B, n)), "near": 0.1, "start": 1}),
        (lstm.audit_layers, {"layers": [params, lstm.init_params(n, 2, rng=np.random.default_rng(1))], "x": X}),
        (batched.run, {"params": params, "x": X}),
        (batched.totals, {"params": params, "runs": runs, "reads": R}),
        (batched.terms, {"params": params, "runs": runs, "total": total, "reads": R}),
        (batched.by_product_of_f, {"runs": runs, "reads": R}),
        (batched.chain, {"params": params, "runs": runs, "s": 1, "t": T}),
        (sequence.forward, {"params": params, "x": X}),
        (sequence.backward, {"cache": after, "dh": R, "dh_T": R[0], "dc_T": R[1]}),
        (plain.forward, {"params": plain_params, "x": X}),
        (plain.backward, {"cache": after_plain, "dh": R, "dh_T": R[0]}),
        (losses.squared, {"y": X, "target": X + 1, "read": np.ones((T, B))}),
        (losses.cross_entropy, {"y": X, "target": np.full(X.shape, 0.5), "read": np.ones((T, B))}),
        (optimiser.adam, {"gradient": flat, "moments": optimiser.adam(flat, rate=0.1)[1], "rate": 0.1}),
        (optimiser.clip, {"gradient": flat, "most": 1.0}),
        (lstm.training.updates_to, {"losses": np.linspace(1, 0, 60), "level": 0.5}),
        (models.draw_lstm, {"m": m, "n": n, "k": 1, "forget_bias": 1.0} | draw),
        (models.draw_rnn, {"m": m, "n": n, "k": 1, "radius": 0.9} | draw),
        (models.outputs, {"model": model, "x": X}),
        (models.input_gradient, {"model": model, "x": X, "dy": X}),
        (models.loss_and_gradient, {"model": single, "batch": batch, "loss": losses.squared}),
        (models.double, {"model": model}),
        (models.check_model, {"model": model}),
        (tasks.adding, {"T": 6, "batch": B} | draw),
        (tasks.adding_1997, {"T": 20, "batch": B} | draw),
        (tasks.temporal_order, {"T": 20, "batch": B} | draw),
        (tasks_1997.multiplication, {"T": 20, "batch": B} | draw),
        (tasks_1997.two_sequences, {"T": 20, "batch": B, "leading": 3} | draw),
        (tasks_1997.expected, {"batch": two}),
        (reber.embedded_reber, {"batch": 2} | draw),
        (reber.legal_next, {"batch": strings}),
        (reber.solved, {"batch": strings, "outputs": strings.y}),
    ]


def of_variants(x: np.ndarray, reads: np.ndarray) -> Calls:
    """Of lstm.variants and lstm.recurrences; x (T, m), reads (T, n)."""
    rng, (m, n) = np.random.default_rng(3), (x.shape[1], reads.shape[1])
    calls: Calls = []
    given = {}
    cells = {"gru": variants.GRU, "peephole": variants.PEEPHOLE, "no": variants.NO_FORGET, "coupled": variants.COUPLED}
    for name, cell in cells.items():
        params = cell.init_params(m, n, rng=rng)
        trace = cell.run(params, x)
        total = variants.totals(cell, params, trace, reads)
        given[name] = {"params": params, "trace": trace, "t": 3, "total": total, "reads": reads}
    at = {name: {key: one[key] for key in ("params", "trace", "t")} for name, one in given.items()}
    g, p = given["gru"], given["peephole"]
    variant = {"variant": variants.GRU} | at["gru"]
    size = {"m": m, "n": n, "rng": np.random.default_rng(1)}
    block = blocks.Blocks(*(rng.normal(size=shape) for shape in blocks.shapes(m, 2, 4, 1).values()))
    passed = blocks.run(block, x)
    new = recurrences.CELLS["RG-LRU"]
    new_params = new.init_params(m, n, rng=rng)
    new_trace = recurrences.run(new, new_params, x)
    row = {"cell": new, "params": new_params, "trace": new_trace}
    new_total = variants.totals(recurrences.variant(new), new_params, new_trace, reads)
    affine = scan.elements(new, new_params, x)
    calls += [
        (gru.init_params, size),
        (gru.step, {"params": g["params"], "x": x[0], "h_prev": reads[0]}),
        (gru.run, {"params": g["params"], "x": x}),
        (gru.terms, g),
        (gru.state_jacobian, at["gru"]),
        (peephole.init_params, size),
        (peephole.run, {"params": p["params"], "x": x}),
        (peephole.terms, p),
        (peephole.output_slope, at["peephole"]),
        (peephole.diagonal, at["peephole"]),
        (peephole.state_jacobian, at["peephole"]),
        (tied.as_lstm, {"params": given["no"]["params"]}),
        (tied.lstm_terms, given["coupled"]),
        (tied.no_forget_terms, given["no"]),
        (tied.coupled_terms, given["coupled"]),
        (blocks.check_blocks, {"params": block}),
        (blocks.run, {"params": block, "x": x}),
        (blocks.gradient, {"params": block, "x": x, "trace": passed, "dl_dy": passed.y}),
        (variants.chains, variant),
        (variants.products_of_direct, variant),
        (variants.totals, {key: one for key, one in variant.items() if key != "t"} | {"reads": reads}),
        (variants.follow, {key: one for key, one in variant.items() if key != "t"} | {"s": 2, "c": reads[0]}),
        (variants.norms, {"variant": variants.GRU, "draws": [g["params"]], "x": x}),
        (variants.scaled, {"params": g["params"], "factor": 2.0}),
        (kinds.fitted, {"cell": new, "params": new_params}),
        (flow.run, {"cell": new, "params": new_params, "x": x}),
        (flow.slopes, row | {"t": 3}),
        (flow.terms, row | {"t": 3, "total": new_total, "reads": reads}),
        (flow.state_jacobian, row | {"t": 3}),
        (flow.products, row | {"t": 3}),
        (flow.miss, row),
        (scan.elements, {"cell": new, "params": new_params, "x": x}),
        (scan.sequential, {"steps": affine}),
        (scan.parallel, {"steps": affine}),
        (scan.states, {"scan": scan.parallel(affine), "c_0": reads[0]}),
    ]
    return calls


def of_weights(params: lstm.Params) -> Calls:
    """Of lstm.weights."""
    arrays = to_keras(params)
    keras = [arrays[name] for name in ("kernel", "recurrent_kernel", "bias")]
    n = len(params.b_i)
    in_threes = {name: a[: 3 * n] for name, a in to_pytorch(params).items()}
    rows = to_pytorch(params)
    bias = np.concatenate([rows["bias_ih_l0"], rows["bias_hh_l0"]])
    onnx = {"W": rows["weight_ih_l0"][None], "R": rows["weight_hh_l0"][None], "B": bias[None]}
    return [
        (check_real, {"params": params}),
        (to_pytorch, {"params": params}),
        (to_keras, {"params": params}),
        (from_keras, {"weights": keras}),
        (from_keras_gru, {"weights": [a[..., : 3 * n] for a in keras]}),
        (from_pytorch, {"weights": rows}),
        (from_pytorch_gru, {"weights": in_threes}),
        (from_onnx, {"weights": onnx}),
        (
            from_onnx_gru,
            {"weights": {k: a[:, : a.shape[1] * 3 // 4] for k, a in onnx.items()}, "linear_before_reset": 1},
        ),
    ]
