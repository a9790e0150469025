"""So many verdicts: how many would be decided if networks were fair coins, and which fall if one asks for more.

A fair coin is a network that supports a claim or speaks against it with equal chance; one that may also do neither
decides less often, so what is computed here is the most that chance brings.
"""

from collections.abc import Mapping
from math import ceil, comb
from typing import Any

from companion.pages.claims.protocol import FEW, MOST_OF, NOTHING, OPEN, Verdict


def tail(heads: int, coins: int) -> float:
    """The chance of at least so many heads of so many fair coins: exact."""
    return sum(comb(coins, k) for k in range(heads, coins + 1)) / 2**coins


def decided(coins: int) -> float:
    """The chance that so many coins are a verdict, supported or refuted: 0 where they are too few."""
    return 2 * tail(ceil(round(MOST_OF * coins, 9)), coins) if coins >= FEW else 0.0


def expected(found: Mapping[Any, Verdict]) -> float:
    """How many of these verdicts would be decided, if every network were a fair coin."""
    return sum(decided(one.networks) for one in found.values())


def two_sided(agree: int, coins: int) -> float:
    """The chance that at least so many of so many fair coins fall on one side, either one: the sign test, at most 1."""
    return min(1.0, 2 * tail(agree, coins))


def p_value(one: Verdict) -> float:
    """The chance that as many coins or more agree as networks did, either way: two-sided, at most 1."""
    return two_sided(max(one.supports, one.against), one.networks)


def fall(found: Mapping[Any, Verdict], level: float = 0.05) -> list[Any]:
    """The decided verdicts that fall if the false discovery rate is held at `level`, over all that were tested.

    Y. Benjamini and Y. Hochberg, Controlling the false discovery rate, J. R. Stat. Soc. B 57 (1995) 289-300.
    """
    tested = {key: p_value(one) for key, one in found.items() if one.word != NOTHING}
    ranked = sorted(tested.values())
    under = [p for k, p in enumerate(ranked, start=1) if p <= level * k / len(ranked)]
    bar = max(under, default=-1.0)
    return [key for key, p in tested.items() if found[key].word != OPEN and p > bar]
