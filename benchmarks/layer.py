"""lstm.fast.sequence against torch.nn.LSTM: one training step, forward and backward, on seven sizes.

    python -m benchmarks.layer                 all of it, with one thread and with all; a few minutes
    python -m benchmarks.layer --seconds 0.5   a quick look

Both start from the same weights. torch runs `out.backward(G)`. Contenders take turns in one process; a turn is one
call, or as many as take 10 ms, since in training a contender's next step follows its own last one. A ratio pairs
two turns of one round; medians and quartiles are over rounds. `layer` passes the last cache as `reuse`, as a training
loop does, `fresh` never does. `products` are the layer's matrix products alone: what no layer built on these products
can beat. torch's profiler counts its operators, outside the timed turns. Prints a table, writes
src/companion/files/results/layer.json.
"""

import argparse
import json
import time

import numpy as np
import torch
from threadpoolctl import threadpool_limits

from benchmarks.machine import cores, machine
from companion.files import FOLDER
from lstm import init_params, weights
from lstm.fast import sequence

SIZES = [  # B, T, m, n
    (1, 100, 8, 8),
    (1, 50, 1, 32),
    (16, 100, 2, 32),
    (32, 100, 10, 64),
    (32, 50, 64, 128),
    (64, 100, 128, 256),
    (32, 100, 256, 512),
]
TYPES = {"float64": torch.float64, "float32": torch.float32}
TOLERANCE = {"float64": 1e-12, "float32": 1e-4}  # largest difference over the largest entry
CONTENDERS = ("torch", "layer", "fresh", "products")
RATIOS = {"to_torch": ("layer", "torch"), "fresh_to_torch": ("fresh", "torch"), "to_products": ("layer", "products")}
TURN = 0.01  # seconds
HEADER = """
  B    T    m    n  type     thr  / torch (quartiles)        fresh   limit  / prod.        ms   torch ms rounds error"""


class Case:
    """One size and type: the contenders `torch`, `layer`, `fresh` and `products`, each a function without arguments."""

    def __init__(self, B, T, m, n, dtype):
        rng = np.random.default_rng(0)
        self.params = init_params(m, n, rng=rng, dtype=dtype)
        self.x, self.dh = (rng.normal(size=(T, B, k)).astype(dtype) for k in (m, n))
        self.model = torch.nn.LSTM(m, n).to(TYPES[dtype])
        arrays = weights.to_pytorch(self.params)
        self.model.load_state_dict({name: torch.from_numpy(array) for name, array in arrays.items()})
        back = weights.from_pytorch({name: tensor.numpy() for name, tensor in self.model.state_dict().items()})
        assert all(np.array_equal(a, b) for a, b in zip(back, self.params, strict=True))
        self.x_torch, self.dh_torch = torch.tensor(self.x, requires_grad=True), torch.tensor(self.dh)
        K, new = n + m + 1, lambda *shape: np.ones(shape, dtype)
        self.steps = [(new(4 * n, K), new(K, B), new(4 * n, B)), (new(n, 4 * n), new(4 * n, B), new(n, B))]
        self.ends = [(new(4 * n, T * B), new(K, T * B).T, new(4 * n, K)), (new(4 * n, T * B).T, new(4 * n, m))]
        self.cache = None

    def torch(self):
        self.model.zero_grad()
        self.x_torch.grad = None
        out, _ = self.model(self.x_torch)
        out.backward(self.dh_torch)

    def layer(self):
        _, _, self.cache = sequence.forward(self.params, self.x, reuse=self.cache)
        sequence.backward(self.cache, self.dh)

    def fresh(self):
        _, _, cache = sequence.forward(self.params, self.x)
        sequence.backward(cache, self.dh)

    def products(self):
        for factors in self.steps:
            for _ in range(len(self.x)):
                np.dot(*factors)
        for factors in self.ends:
            np.dot(*factors)


def difference(case):
    """Largest difference from torch over the largest entry: outputs and all gradients, states included."""
    rng, (_, B, n) = np.random.default_rng(1), case.dh.shape
    h_0, c_0, dh_T, dc_T = rng.normal(size=(4, B, n)).astype(case.dh.dtype)
    h, last, cache = sequence.forward(case.params, case.x, h_0, c_0)
    gradients = sequence.backward(cache, case.dh, dh_T, dc_T)
    by_weights = weights.to_pytorch(gradients.params)
    by_weights["bias_hh_l0"] = by_weights["bias_ih_l0"]  # both biases have the gradient of their sum
    states = [torch.tensor(a[None], requires_grad=True) for a in (h_0, c_0)]
    case.model.zero_grad()
    case.x_torch.grad = None
    out, outs = case.model(case.x_torch, tuple(states))
    torch.autograd.backward([out, *outs], [case.dh_torch, *(torch.tensor(a[None]) for a in (dh_T, dc_T))])
    theirs = [*(p.grad for p in case.model.parameters()), case.x_torch.grad, *(a.grad[0] for a in states)]
    outputs = compare([h, *last], [out, *(a[0] for a in outs)])
    return max(outputs, compare([*by_weights.values(), *gradients[1:]], theirs))


def compare(ours, theirs):
    pairs = [(a, b.detach().numpy()) for a, b in zip(ours, theirs, strict=True)]
    return max(float(np.abs(a - b).max() / np.abs(b).max()) for a, b in pairs)


def measure(case, seconds):
    """Seconds a call of each of CONTENDERS, one row a round."""
    contenders = [getattr(case, name) for name in CONTENDERS]
    calls = [max(1, round(TURN / turn(call, 3))) for call in contenders]
    rounds, end = [], time.perf_counter() + seconds
    while len(rounds) < 7 or time.perf_counter() < end:
        rounds.append([turn(call, count) for call, count in zip(contenders, calls, strict=True)])
    return np.array(rounds)


def operators(call):
    """(how many operators torch runs in a call, the fused ones among them by name), as its own profiler counts."""
    with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU]) as profile:
        call()
    names = [event.name for event in profile.events() if event.name.startswith("aten::")]
    return len(names), sorted({name.removeprefix("aten::") for name in names if "mkldnn_rnn" in name})


def turn(call, count):
    start = time.perf_counter()
    for _ in range(count):
        call()
    return (time.perf_counter() - start) / count


def row(size, dtype, threads, seconds):
    """One row of layer.json; refuses to time a layer that computes something else than torch."""
    torch.set_num_threads(threads)
    with threadpool_limits(threads):
        case = Case(*size, dtype)
        wrong = difference(case)
        if not wrong < TOLERANCE[dtype]:
            raise AssertionError(f"{size} {dtype}: the layer differs from torch by {wrong:.1e} of the largest entry")
        rounds = measure(case, seconds)
    result = dict(zip(("B", "T", "m", "n"), size, strict=True), dtype=dtype, threads=threads)
    quartiles, seconds_of = {}, dict(zip(CONTENDERS, rounds.T, strict=True))
    for name, (above, below) in RATIOS.items():
        ratio = seconds_of[above] / seconds_of[below]
        low, result[name], high = np.quantile(ratio, [0.25, 0.5, 0.75]).round(4).tolist()
        quartiles[name] = [low, high]
    for name, column in seconds_of.items():
        result[f"{name}_ms"] = round(1e3 * float(np.median(column)), 4)
    result["torch_operators"], result["torch_fused"] = operators(case.torch)
    return result | {"quartiles": quartiles, "rounds": len(rounds), "difference": float(f"{wrong:.1e}")}


def line(r):
    (low, high), limit = r["quartiles"]["to_torch"], r["products_ms"] / r["torch_ms"]
    sizes = f"{r['B']:3} {r['T']:4} {r['m']:4} {r['n']:4}"
    return (
        f"{sizes}  {r['dtype']}  {r['threads']:3}  {r['to_torch']:6.3f} ({low:.3f} to {high:.3f})  "
        f"{r['fresh_to_torch']:6.3f}  {limit:6.3f}  "
        f"{r['to_products']:6.2f}  {r['layer_ms']:9.3f} {r['torch_ms']:9.3f}  {r['rounds']:5} {r['difference']:.0e}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=4, help="for each row, 28 rows in all (default: %(default)s)")
    parser.add_argument("--threads", type=int, nargs="+", default=sorted({1, cores()}), help="(default: 1 and all)")
    options = parser.parse_args()
    results = machine() | {"rows": []}
    print(json.dumps(results, indent=1))
    print(HEADER)
    for threads in options.threads:
        for dtype in TYPES:
            for size in SIZES:
                results["rows"].append(row(size, dtype, threads, options.seconds))
                print(line(results["rows"][-1]), flush=True)
    (FOLDER / "results" / "layer.json").write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
