"""From numbers to verdicts on the three claims: thresholds that were fixed before the numbers.

A network supports a claim, speaks against it, or does neither. A claim is SUPPORTED in a group of networks where at
least MOST_OF of them support it, REFUTED where as many speak against it, else OPEN. Fewer than FEW say nothing. Each
judge returns a `Verdict`, which has the counts beside the word.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from companion.pages.claims.measures import Chain, Gates
from companion.pages.claims.past import Clamps, Small
from lstm import checks
from lstm.rates import SMALLEST

SUPPORTED, REFUTED, OPEN, NOTHING = "supported", "refuted", "left open", "not tested"
MOST_OF, FEW = 0.8, 3
GATES_NEAR, GATES_UNIFORM = 0.5, 0.2  # A: more than half of the gates near an end; no more than of uniform gates
GOOD_ERROR, USELESS_ERROR = 0.5, 0.9  # B: relative error of the product of f; a matrix of zeros has 1
FACTOR = 2.0  # B: within it a length counts as right
GOOD_COSINE, BAD_COSINE = 0.9, 0.5  # B: of the gradient and its direct way
ALIVE, NEARLY_ALL = 0.1, 0.95  # B: a unit's product of f, or column of the chain; part of the units for "sufficient"
ENTRIES = 0.001  # C: with fewer entries f < 0.1 there is nothing to test
LITTLE_HARM = 0.1  # C: rise of the loss over that of a control
TELLS = 0.01  # C: a rise of the loss that is less than this part of it tells nothing
CARRIES_LITTLE, CARRIES_MUCH = 0.1, 0.5  # C: gradient over an even share
TYPICALLY_LESS, TYPICALLY_MORE = 0.5, 1.0  # C: median size where f is small over that elsewhere
RANK = 0.5  # C: correlation between the mean f of a unit and what its clearing costs


class Verdict(NamedTuple):
    """The word for a group of networks, how many of them support the claim, speak against it, and were tested."""

    word: str
    supports: int
    against: int
    networks: int

    def __str__(self) -> str:
        return f"{self.supports}:{self.against}/{self.networks} {self.word}"


def protocol() -> str:
    """What speaks for and against each claim, in a network, with the thresholds of this module: a text."""
    return f"""A, gates        for: more than {GATES_NEAR:.0%} of the gates within 0.1 of 0 or 1
                against: at most {GATES_UNIFORM:.0%}, as in uniform gates
A, rounding     for: does its task with every gate rounded; against: does not
B, matrix       for: error of the product of f at most {GOOD_ERROR:.0%},
                norm within a factor of {FACTOR:g}
                against: error at least {USELESS_ERROR:.0%} (a matrix of zeros has 100%)
B, gradient     of the loss of the last two steps, by c^(s)
                for: cosine at least {GOOD_COSINE}, length within a factor of {FACTOR:g}
                against: cosine below {BAD_COSINE} and length farther off
B, sufficient   for: of the units with a product of f of at least {ALIVE},
                {NEARLY_ALL:.0%} or more keep a gradient of at least {ALIVE}
                against: {MOST_OF:.0%} or fewer
                (a network without such units is not counted)
  by the chain  norm of the unit's column of dc^(T)/dc^(s)
  by the loss   |dl/dc_j^(s)| over the rms of dl/dc^(T): this decides
  of its own    |dl/dc_j^(s)| over |dl/dc_j^(T)|, where that is not 0
B, necessary    the same, of the units that keep their gradient
C, clearing     for: does its task, and the loss rises by at most {LITTLE_HARM:.0%}
                of the rise that either control brings, random entries
                cleared, and the same doses taken away there;
                the latter rise at least {TELLS:.0%} of the loss
                against: does not do its task, or the loss rises by at
                least {TELLS:.0%}, and as much as by the same doses elsewhere
                (not tested where fewer than {ENTRIES:.1%} of the entries are small)
C, share        of the squared gradient where f is small, over an even share
                for: at most {CARRIES_LITTLE}; against: at least {CARRIES_MUCH}
C, typical      median size of the gradient where f is small over elsewhere
                for: at most {TYPICALLY_LESS:g}; against: at least {TYPICALLY_MORE:g}
C, units        for: rank correlation of mean f and cost at least {RANK}
                against: at most 0
Groups          the word of {MOST_OF:.0%} of the networks, else "{OPEN}";
                "{NOTHING}" with fewer than {FEW} networks"""


def verdict(supports: ArrayLike, against: ArrayLike) -> Verdict:
    """`Verdict` on a group of networks, from two lists of truths, one entry a network each.

    Raises ValueError where the lists do not fit each other, or a network does both.
    """
    supports, against = np.asarray(supports, bool), np.asarray(against, bool)
    if supports.shape != against.shape or supports.ndim != 1:
        raise ValueError(f"against: expected one truth a network as in supports, got {against.shape}, {supports.shape}")
    if (supports & against).any():
        raise ValueError("against: a network cannot both support a claim and speak against it")
    if len(supports) < FEW:
        word = NOTHING
    else:
        word = SUPPORTED if supports.mean() >= MOST_OF else REFUTED if against.mean() >= MOST_OF else OPEN
    return Verdict(word, int(supports.sum()), int(against.sum()), len(supports))


def gates_at_the_ends(found: Sequence[Gates]) -> Verdict:
    """Claim A of a list of `Gates`: the gates are close to 0 or 1."""
    near = np.array([one.near[-1] for one in found])
    return verdict(near > GATES_NEAR, near <= GATES_UNIFORM)


def gates_may_be_rounded(found: Sequence[Gates]) -> Verdict:
    """Claim A in use, of `Gates` of networks that do their task: they still do it once every gate is rounded."""
    still = np.array([one.done_rounded for one in found], bool)
    return verdict(still, ~still)


def product_is_the_chain(found: Sequence[Chain]) -> Verdict:
    """Claim B of a list of `Chain`, as matrices: product of f and true chain are near, or as far as from zero."""
    error, ratio = (np.array([getattr(one, k) for one in found]) for k in ("error", "log10_ratio"))
    return verdict((error <= GOOD_ERROR) & (np.abs(ratio) <= np.log10(FACTOR)), error >= USELESS_ERROR)


def product_is_the_gradient(found: Sequence[Chain]) -> Verdict:
    """Claim B of a list of `Chain`, as gradients: the direct way has the right direction and length, or neither."""
    cosine, ratio = (np.array([getattr(one, k) for one in found]) for k in ("cosine", "gradient_log10_ratio"))
    right = np.abs(ratio) <= np.log10(FACTOR)
    return verdict((cosine >= GOOD_COSINE) & right, (cosine < BAD_COSINE) & ~right)


def open_and_alive(found: Sequence[Chain], kept: str = "true") -> np.ndarray:
    """Counts [product of f >= 0.1][kept >= 0.1] over units and sequences of a list of `Chain`.

    `kept` names what `Chain` has of it: "true", the column of the chain; "felt", the gradient of the loss; "returned",
    this over what the unit itself gets at the end.
    """
    product, alive = (np.array([getattr(one, k) for one in found]) >= ALIVE for k in ("product", kept))
    return np.array([[np.sum((product == p) & (alive == t)) for t in (False, True)] for p in (False, True)])


def sufficient(found: Sequence[Chain], kept: str = "true") -> Verdict:
    """Claim B of a list of `Chain`, by units: those with a large product of f keep their gradient, `kept` as above."""
    return _nearly_all(found, kept, "product")


def necessary(found: Sequence[Chain], kept: str = "true") -> Verdict:
    """The same of the units that keep their gradient: they have a large product of f."""
    return _nearly_all(found, "product", kept)


def small_f_may_be_zero(found: Sequence[Small]) -> Verdict:
    """Claim C of a list of `Small`, by intervention: what an f < 0.1 lets pass is not used, and is used elsewhere."""
    found = [one for one in found if one.entries >= ENTRIES]
    rises = np.array([one.losses[1:] - one.losses[0] for one in found]).reshape(-1, 3)
    cleared, random, doses = rises.T
    enough = TELLS * np.array([one.losses[0] for one in found])
    done = np.array([one.done for one in found], bool)
    harmless = (cleared <= LITTLE_HARM * random) & (cleared <= LITTLE_HARM * doses) & (doses >= enough)
    return verdict(done & harmless, ~done | ((cleared >= enough) & (cleared >= doses)))


def small_f_carries_no_gradient(found: Sequence[Small]) -> Verdict:
    """Claim C of a list of `Small`, by the share of the squared gradient that comes back where f < 0.1."""
    carried = np.array([one.carried for one in found if one.entries >= ENTRIES])
    return verdict(carried <= CARRIES_LITTLE, carried >= CARRIES_MUCH)


def small_f_is_typically_unfelt(found: Sequence[Small]) -> Verdict:
    """Claim C of a list of `Small`, by medians: the typical gradient where f < 0.1 against that elsewhere."""
    there, elsewhere = np.array([one.typical for one in found if one.entries >= ENTRIES]).reshape(-1, 2).T
    return verdict(there <= TYPICALLY_LESS * elsewhere, there >= np.maximum(TYPICALLY_MORE * elsewhere, SMALLEST))


def unit_by_unit(found: Sequence[Clamps]) -> Verdict:
    """Claim C of a list of `Clamps`: the larger a unit's mean f, the more its clearing costs."""
    rank = np.array([one.rank for one in found])
    return verdict(rank >= RANK, rank <= 0)


def spread(values: ArrayLike, digits: str = ".2f") -> str:
    """'least / median / largest' of some numbers, in few digits; a single number alone; '-' for none.

    Raises ValueError for values that are not finite.
    """
    values = np.array(values, float)
    if not values.size:
        return "-"
    checks.array("values", values, (None,))
    shown = values if len(values) == 1 else np.quantile(values, [0, 0.5, 1])
    return " / ".join(f"{q:{digits}}" for q in shown)


def _nearly_all(found: Sequence[Chain], large: str, among: str) -> Verdict:
    """`Verdict` over the networks that have units of which `among` is large, by the part in which `large` is too."""
    parts: list[float] = []
    for one in found:
        yes, some = getattr(one, large), getattr(one, among)
        asked = (some >= ALIVE) & ~np.isnan(yes)
        if asked.any():
            parts.append((yes[asked] >= ALIVE).mean())
    shares = np.array(parts)
    return verdict(shares >= NEARLY_ALL, shares <= MOST_OF)
