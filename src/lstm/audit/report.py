"""Audit a network: how saturated its gates are, how long it remembers, by which paths its gradient comes back.

One call, `audit`, on weights and sequences; weights of PyTorch, Keras or ONNX come through lstm.weights. x has shape
(T, B, m) as in lstm.fast: T steps, B sequences, m inputs. The arithmetic is float64: float32 weights are cast, so the
audit is that of the float64 network with the same weights. Where the module's own outputs are given, they are compared.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm import checks, rates
from lstm.audit import given, mismatch, padding
from lstm.audit.measures import (
    QUARTILES,
    Chains,
    HalfLives,
    Likeness,
    Saturation,
    Shares,
    chains,
    gradients,
    half_lives,
    saturation,
    shares,
)
from lstm.audit.units import Clipping, Units, clipping, reach, units
from lstm.cell import Params
from lstm.fast import batched
from lstm.ranges import in_range

LONGEST = 1e12  # a half-life that f in float64 tells: 1 - f is 7e-13 there, right to 1e-4 of itself


class Audit(NamedTuple):
    """What `audit` returns; lstm.audit.measures and units say what each part holds. span = (start, T).

    Saturation, half-lives and units are of all steps; shares, chain, gradient, units.past and reach of the span.
    reach, (B,): over how many steps a sequence feels its loss. clipping: None where no reads were given.
    lengths, (B,): the steps of each sequence, where given; span then ends at each sequence's own last step.
    gap: the largest difference between our h and the module's own outputs, where these were given.
    """

    saturation: Saturation
    half_lives: HalfLives
    shares: Shares
    chain: Chains
    gradient: Likeness
    units: Units
    reach: np.ndarray
    clipping: Clipping | None
    span: tuple[int, int]
    lengths: np.ndarray | None = None
    gap: float | None = None


@in_range
def audit(
    params: Params,
    x: Any,
    reads: Any = None,
    *,
    near: float = 0.1,
    start: int = 1,
    out: Any = None,
    lengths: ArrayLike | None = None,
    h_0: Any = None,
    c_0: Any = None,
    batch_first: bool = False,
) -> Audit:
    """Audit `Params` (all float32 or all float64) on sequences x of shape (T, B, m), T >= 2: an `Audit`.

    reads, (T, B, n), is what the loss reads from h^(t) at once: its derivative by h^(t), all else held. Where not given
    the loss of a sequence is the sum of its last h. Gates and half-lives are taken at all steps; shares, chain and
    gradient from c^(start) on, 1 <= start < T. A gate within `near` of 0 or 1 is saturated, 0 < near < 1/2.
    In PyTorch: out, _ = lstm(x); loss = ...; (reads,) = torch.autograd.grad(loss, out). x, reads, out, h_0 and c_0 may
    be tensors.

    out          (T, B, n), the outputs of the module that was trained: a difference is refused with what it looks like.
    lengths      (B,), the steps of each sequence in x, above `start`; what stands beyond is padding and does not count,
                 nor do reads there.
    h_0, c_0     (B, n), h^(0) and c^(0), zero where not given.
    batch_first  True where x, reads and out are (B, T, ...).
    Raises TypeError or ValueError that names the argument, what came and what was expected; ValueError also where no
    gradient reaches c^(start), or where the true chain leaves the range of float64.
    """
    if not 0 < checks.real("near", near, ()) < 0.5:
        raise ValueError(f"near: expected 0 < near < 1/2, got {near}")
    x = given.time_first("x", x, (None, None, None), given.flag("batch_first", batch_first))
    h_0, c_0 = given.state("h_0", h_0), given.state("c_0", c_0)
    runs = batched.run(params, x, h_0=h_0, c_0=c_0)
    T = checks.whole("T", len(runs.c), 2)
    start = checks.whole("start", start, 1, T - 1)
    ends = padding.ends(lengths, T, runs.c.shape[1], start)
    gap = None if out is None else mismatch.gap(params, x, runs.h, out, h_0, c_0, ends, batch_first)
    x, own_loss = np.asarray(x, float), reads is not None
    runs, now = padding.frozen(runs, ends), padding.within(ends, T)
    if reads is not None:
        reads = given.time_first("reads", reads, runs.h.shape, batch_first)
    reads = padding.reads_within(reads, runs.h, ends)
    total = batched.totals(params, runs, reads)
    terms = padding.terms_within(batched.terms(params, runs, total, reads), ends, start)
    true, direct = total.dl_dc, batched.by_product_of_f(runs, reads)
    return Audit(
        saturation(runs.i[now], runs.f[now], runs.o[now], float(near)),
        half_lives(runs.f[now]),
        shares(terms),
        chains(batched.chain(params, runs, start, T), runs.f[start:], (ends - start).tolist()),
        gradients(true[start - 1], direct[start - 1]),
        units(runs, now, true[start - 1], float(near)),
        reach(true, start),
        clipping(x, runs, total, h_0, c_0) if own_loss else None,
        (start, T),
        None if lengths is None else ends,
        gap,
    )


def report(found: Audit) -> str:
    """An `Audit` in words and few digits: a text of some twenty lines. Three numbers a / b / c are quartiles.

    A half-life is "never" where f is 1 to rounding, and ">1e+12" where the rounding of f decides its digits.
    Raises TypeError for anything else.
    """
    checks.tuple_of("found", found, Audit)
    s, h, w, c = found.saturation, found.half_lives, found.shares, found.chain
    (start, T), B, steps = found.span, len(c.true), found.lengths
    span = f"c^({T}), {B} sequences"
    if steps is not None:
        span = f"the last step of {B} sequences of {min(steps)} to {max(steps)} steps"
    gates = (f"  {k}: {ends.low:.0%} near 0, {ends.high:.0%} near 1" for k, ends in zip("ifo", s[:3], strict=True))
    terms = (
        f"  {k:>9} {v:+z.2f}   ({' / '.join(f'{q:+z.2f}' for q in w.quartiles[i])})"
        for i, (k, v) in enumerate(w.pooled._asdict().items())
    )
    count = [[int(np.sum(v == k)) for k in range(3)] for v in (c.true_verdict, c.direct_verdict)]
    lines = [
        *([] if found.gap is None else [f"largest difference from the outputs of the module {found.gap:.0e}"]),
        f"gates within {s.near:g} of an end (uniform gates: {s.uniform:.0%})",
        *gates,
        f"half-life of a unit, steps, by the mean log f: {_half_lives(h.of_mean)}",
        f"signed shares of dl/dc, pooled over {w.pairs} pairs (step, sequence) that weigh like {w.effective:.0f}",
        *terms,
        f"from c^({start}) to {span}",
        f"  norm of the true chain {_three(c.true, '.1e')}",
        f"  norm of the product of f {_three(c.direct, '.1e')}",
        f"  relative error of the product of f {_three(c.error, '.0%')}",
        *(f"  {name} {_verdicts(n)}" for name, n in zip(("true chain", "product of f"), count, strict=True)),
        f"gradient at c^({start}), true against the direct path alone",
        f"  log10 of the ratio of lengths {_three(found.gradient.log10_ratio, '+z.1f')}",
        f"  cosine {_three(found.gradient.cosine, '+z.2f')}",
    ]
    return "\n".join(lines)


def _three(values: np.ndarray, digits: str) -> str:
    return " / ".join(f"{q:{digits}}" for q in np.quantile(values, QUARTILES))


def _half_lives(steps: np.ndarray) -> str:
    """Quartiles of half-lives of which some are inf. Between a number and inf lies inf; np.quantile makes it NaN."""
    endless = 1e200  # in place of inf; no finite half-life comes near
    quartiles = np.quantile(np.minimum(steps, endless), QUARTILES)
    return " / ".join("never" if q > 1e100 else f"{q:.3g}" if q <= LONGEST else f">{LONGEST:.0e}" for q in quartiles)


def _verdicts(count: list[int]) -> str:
    return ", ".join(f"{name} in {n}" for name, n in zip(rates.VERDICTS, count, strict=True))
