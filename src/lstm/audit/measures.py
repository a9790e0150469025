"""What an audit reports, computed from gates, terms and chains: the measures behind lstm.audit, one function each.

Every ratio here has a denominator that can be small, so each says what it divides and how it is averaged. T steps, B
sequences, n units, time first. Lengths are Euclidean, norms spectral; one below 2.2e-308 has left the range of float64.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lstm import rates
from lstm.gradient import Terms
from lstm.rates import SMALLEST

QUARTILES = (0.25, 0.5, 0.75)


class Ends(NamedTuple):
    """Fractions of the values of a gate, over all steps, sequences and units: near 0 and near 1."""

    low: float
    high: float


class Saturation(NamedTuple):
    """`Ends` of each gate: below `near`, above 1 - `near`. uniform = 2 near: low + high of a uniform gate."""

    i: Ends
    f: Ends
    o: Ends
    near: float
    uniform: float


class HalfLives(NamedTuple):
    """Half-lives log(1/2) / log f of each unit, in steps; inf where f is 1 to rounding.

    quartiles (3, n): of the quartiles of f over steps and sequences. of_mean (n,): of the mean log f over the same,
    the constant gate that has the same product.
    """

    quartiles: np.ndarray
    of_mean: np.ndarray


class Shares(NamedTuple):
    """Signed shares of the six terms of Eq. (15) in the gradient dl/dc^(t-1); each field a `Terms`.

    In a pair, one step of one sequence, the share of a term is <term, gradient> / <gradient, gradient>. The six sum
    to 1 in a pair, in `pooled` and in `by_step`; quartiles need not.
    pooled     floats: sum of the numerators over all pairs / sum of the denominators
    by_step    (S,): the same for each step, summed over the sequences alone; NaN where no gradient arrives
    quartiles  (3,): over the pairs, all weighed alike, those without gradient left out
    pairs      how many pairs have a gradient
    effective  how many of equal weight `pooled` amounts to: (sum of w)^2 / (sum of w^2), w = <gradient, gradient>
    """

    pooled: Terms
    by_step: Terms
    quartiles: Terms
    pairs: int
    effective: float


class Chains(NamedTuple):
    """dc^(T)/dc^(s) of each sequence, h^(s) moving with c^(s), and the product of f. Each of shape (B,).

    true, direct   norms; direct counts as 2.2e-308 where it is below
    log10_ratio    log10 of true / direct
    error          norm of (true chain - product of f) / norm of the true chain
    true_rate, direct_rate        norm^(1/(T - s)), the mean factor a step
    true_verdict, direct_verdict  places in rates.VERDICTS
    """

    true: np.ndarray
    direct: np.ndarray
    log10_ratio: np.ndarray
    error: np.ndarray
    true_rate: np.ndarray
    direct_rate: np.ndarray
    true_verdict: np.ndarray
    direct_verdict: np.ndarray


class Likeness(NamedTuple):
    """dl/dc^(s) of each sequence against what the direct path alone makes of it. Each of shape (B,).

    log10_ratio: of the lengths, true / direct. cosine: of their angle; 0 where the direct path brings nothing.
    """

    log10_ratio: np.ndarray
    cosine: np.ndarray


def saturation(i: np.ndarray, f: np.ndarray, o: np.ndarray, near: float = 0.1) -> Saturation:
    """`Saturation` of gates with values in [0, 1], arrays of any shape."""
    of_i, of_f, of_o = (Ends(float(np.mean(gate < near)), float(np.mean(gate > 1 - near))) for gate in (i, f, o))
    return Saturation(of_i, of_f, of_o, near, 2 * near)


def half_lives(f: np.ndarray) -> HalfLives:
    """`HalfLives` of forget gates f of shape (T, B, n) or (K, n). An f below 2.2e-308 counts as that."""
    log_f = np.log(np.maximum(f, SMALLEST)).reshape(-1, f.shape[-1])
    with np.errstate(divide="ignore"):  # f = 1 never halves
        of_quartiles, of_mean = (
            np.log(2) / np.abs(a) for a in (np.quantile(log_f, QUARTILES, axis=0), log_f.mean(axis=0))
        )
    return HalfLives(of_quartiles, of_mean)


def shares(terms: Terms) -> Shares:
    """`Shares` of `Terms`, each of shape (S, B, n): S steps of B sequences.

    Raises ValueError where no pair has a gradient.
    """
    six = np.array(terms)
    gradient = six.sum(axis=0)
    size = length(gradient)
    has = size >= SMALLEST
    if not has.any():
        raise ValueError("reads: no gradient arrives at any step, expected one, got zeros")
    size[~has] = 0
    scale = np.where(has, size, 1)[..., None]
    share = np.sum(six / scale * (gradient / scale), axis=-1)  # of each pair, (6, S, B)
    weight = (size / size.max()) ** 2
    largest = np.maximum(size.max(axis=1, keepdims=True), SMALLEST)  # of each step
    in_step = (size / largest) ** 2
    with np.errstate(invalid="ignore"):  # 0 / 0 where no gradient arrives
        by_step = (in_step * share).sum(axis=2) / in_step.sum(axis=1)
    return Shares(
        pooled=Terms(*((weight * share).sum(axis=(1, 2)) / weight.sum()).tolist()),
        by_step=Terms(*by_step),
        quartiles=Terms(*np.quantile(share[:, has], QUARTILES, axis=1).T),
        pairs=int(has.sum()),
        effective=float(weight.sum() ** 2 / (weight**2).sum()),
    )


def chains(true: np.ndarray, f: np.ndarray, steps: Sequence[int] | None = None) -> Chains:
    """`Chains` from the true chain, (B, n, n), and the forget gates of steps s+1, ..., T, (T - s, B, n).

    steps, (B,): T - s of each sequence, whose f is 1 beyond its own T; the same for all where not given.
    Raises ValueError where the true chain is too small for float64.
    """
    norm = np.linalg.norm(true, 2, axis=(1, 2))
    if (norm < SMALLEST).any():
        raise ValueError(
            f"start: the true chain is too small for float64, expected a later one or fewer steps, got {norm.min():.1g}"
        )
    log10_product = np.log10(np.maximum(f, SMALLEST)).sum(axis=0)
    product = 10 ** np.maximum(log10_product, np.log10(SMALLEST))
    direct = product.max(axis=1)
    error = np.linalg.norm(true - product[:, None] * np.eye(f.shape[-1]), 2, axis=(1, 2)) / norm
    log10 = np.log10([norm, direct])
    steps = [len(f)] * len(true) if steps is None else steps
    factors = np.stack([rates.rate(one, k) for one, k in zip(log10.T, steps, strict=True)], axis=1)
    return Chains(norm, direct, log10[0] - log10[1], error, *factors, *rates.verdict(factors))


def gradients(true: np.ndarray, direct: np.ndarray) -> Likeness:
    """`Likeness` from dl/dc^(s), (B, n), and what the direct path alone makes of it, (B, n).

    Raises ValueError where a gradient is zero, or too small for float64.
    """
    size, direct_size = length(true), length(direct)
    if (size < SMALLEST).any():
        which = int(np.argmax(size < SMALLEST))
        raise ValueError(f"reads: no gradient reaches c^(start) in sequence {which}, expected one, got zeros")
    direct_size = np.maximum(direct_size, SMALLEST)
    cosine = (true / size[:, None] * (direct / direct_size[:, None])).sum(axis=1)
    return Likeness(np.log10(size) - np.log10(direct_size), cosine)


def length(a: np.ndarray) -> np.ndarray:
    """Euclidean length along the last axis, exact also where the squares would be too small."""
    largest = np.maximum(np.abs(a).max(axis=-1), SMALLEST)
    return largest * np.linalg.norm(a / largest[..., None], axis=-1)
