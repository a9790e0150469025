"""The door: `check`."""

from collections.abc import Mapping, Sequence
from typing import Any

from lstm import checks
from lstm.check import cause, examine, own
from lstm.check import names as usual
from lstm.check.convention import LAYOUTS, words
from lstm.check.find import ORDERS, find
from lstm.check.known import Known
from lstm.check.report import Part, Report
from lstm.check.subject import Subject
from lstm.check.trial import COARSE, Bench, Sizes, Trial, gap

NEAR = 1e-8  # relative: what is called right
OPTIONS = {
    "layout": (*LAYOUTS["sequence"], *LAYOUTS["step"]),
    "gates": ORDERS,
    "weights": ("columns", "rows"),
    "joined": ("", "hx", "xh"),
    "bias": ("n", "n1", "1n"),
    "dc": ("every", "last"),
}


def check(
    backward: Any,
    forward: Any = None,
    *,
    kind: str | None = None,
    layout: str | None = None,
    gates: str | None = None,
    weights: str | None = None,
    joined: str | None = None,
    bias: str | None = None,
    biases: int | None = None,
    dc: str | None = None,
    names: Mapping[str, str] | None = None,
    returns: Sequence[str] | None = None,
    truth: str = "book",
    m: int = 2,
    n: int = 3,
    T: int = 4,
    B: int = 7,
    seed: int = 0,
) -> Report:
    """Try a backward pass of the LSTM of Eq. (12) to (14) on fresh random arrays; return a `Report` of what is wrong.

    backward  a function; or a class, or an object or a module, with forward and backward.
    forward   the function that makes its cache, where backward takes one; the cache is the last that it returns.

    Arguments are found by their names, in any usual spelling: x, h_0 or h_prev, c_0 or c_prev, parameters, cache, and
    what the loss reads at once, dh and dc at every step, or dh_T and dc_T (dh_n, dc_n) from the last. Parameters come
    one by one, or in a dict called params. Results have names (a dict, a NamedTuple, attributes of the class), or come
    in the order of the arguments; of states without names, the order that agrees is taken. For other names,
    names={"my_name": "role"}; for a tuple, returns=("x", "W_1", ...).
    Some shapes, each in one line:

        def backward(dh, cache): ... return dx, dh0, dWx, dWh, db         # with forward(x, h0, Wx, Wh, b)
        def backward(da, caches): ... return {"dx": dx, "dWf": dWf, ...}  # with forward(x, a0, c0, parameters)
        def backward(x, h_prev, c_prev, W, U, b, dh, dc): ...             # one step, forward and back in one
        class LSTM: ...  # __init__(m, n), forward(x, h0, c0), backward(dh); gradients in self.dW, self.grads

    The convention is the one in which forward gives the h of (14), or else in which most gradients are right, unless it
    is named: kind "sequence" or "step"; layout of x, as "TBm", "BTm", "mBT", "Tm", "Bm", "m"; gates, the order of
    stacked blocks, as "ifgo"; weights "columns" (W @ x) or "rows" (x @ W); joined "hx" or "xh", one matrix for both;
    bias "n", "n1" or "1n", its shape; biases 0, 1 or 2; dc "every" step or the "last".

    truth "book" compares with `bptt.backward`; "forward", for another cell, with forward itself, by complex step or,
    where it does not run complex, by differences. m, n, T, B: sizes, no two alike, T >= 3. seed: of what is drawn,
    in which nothing is zero, biases included.

    Raises TypeError for what cannot be called or an argument whose name is not known; ValueError where no convention
    runs, where several fit alike, which it lists, or where forward is another cell's.
    """
    options = {"layout": layout, "gates": gates, "weights": weights, "joined": joined, "bias": bias, "dc": dc}
    fixed = {name: checks.one_of(name, value, OPTIONS[name]) for name, value in options.items() if value is not None}
    if kind is not None:
        checks.one_of("kind", kind, tuple(LAYOUTS))
    if biases is not None:
        checks.one_of("biases", biases, (0, 1, 2))
    checks.one_of("truth", truth, ("book", "forward"))
    for role in (*(names or {}).values(), *(returns or ())):
        if role not in usual.ROLES and usual.parameter(role) is None:
            raise ValueError(f"names, returns: expected roles, {', '.join(usual.ROLES)}, W_1i ..., got {role!r}")
    subject = Subject(backward, forward, dict(names or {}), tuple(returns) if returns is not None else None)
    bench = Bench(subject, _sizes(m, n, T, B, seed), biases, NEAR)
    trial, forward_errors = find(bench, fixed, kind, own_truth=truth == "forward")
    compared = "Backpropagation through time of Eq. (12) to (14)"
    if truth == "forward":
        if subject.first is None:
            raise ValueError("truth: expected a forward pass with truth='forward', got none")
        true, compared = own.truth(subject, trial.task, trial.convention, bench.two)
        bench.near = max(bench.near, own.NEAR[compared])
        trial = trial._replace(true=true)
    if bench.near == COARSE:
        compared += f", to {COARSE:g}: the results are of low precision"
    return _report(bench, trial, compared, cause.both(forward_errors) if forward_errors else "")


def _sizes(m: int, n: int, T: int, B: int, seed: int) -> Sizes:
    """Sizes of which no two are alike, so that a shape says what an array is. Raises TypeError or ValueError."""
    sizes = Sizes(
        checks.whole("m", m, 2),
        checks.whole("n", n, 2),
        checks.whole("T", T, 3),
        checks.whole("B", B, 2),
        checks.whole("seed", seed, 0),
    )
    lengths = [m, n, T, B, n + m, 4 * n]
    if len(set(lengths)) < len(lengths):
        raise ValueError(f"m, n, T, B: expected m, n, T, B, n + m and 4n to differ, got {lengths}")
    return sizes


def _report(bench: Bench, trial: Trial, compared: str, forward_words: str) -> Report:
    gaps = {name: gap(trial.parts[name], true) for name, true in trial.true.items() if name in trial.parts}
    parts = tuple(Part(name, one, one <= bench.near) for name, one in gaps.items())
    findings, hints = examine.findings(bench, trial), []
    wrong = tuple(part.name for part in parts if not part.right)
    found: list[cause.Cause] = []
    bent = examine.clipped(bench, trial)
    if bent is not None and wrong:
        found = [cause.Cause(bent, wrong)]
    elif bent is not None:
        findings.append(f"{bent}.")
    elif wrong:
        found = cause.causes(trial.parts, trial.true, Known(trial.task), _short(bench, trial), bench.near)
    if forward_words and all(forward_words not in one.words for one in found):
        found.insert(0, cause.Cause(forward_words, ()))
    if bent is None and {*wrong} - {name for one in found for name in one.parts}:
        hints = examine.hints(bench, trial)
    said = words(trial.convention)
    return Report(said, compared, parts, tuple(found), tuple(findings), tuple(hints))


def _short(bench: Bench, trial: Trial) -> cause.Short | None:
    """What came back for a sequence of one step; None where that does not run, or where it is one already."""
    if "T" not in trial.convention.layout:
        return None
    try:
        one = bench.attempt(trial.convention, bench.task(trial.convention, T=1))
        return cause.Short(one.parts, one.true, Known(one.task))
    except Exception:  # a layer may need more steps than one
        return None
