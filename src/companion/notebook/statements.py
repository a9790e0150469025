"""Statements: the sentences of a chapter that a reader should take away, each with its quantifier and its evidence.

Four kinds, and the words follow the kind:

always     derived on the page, and true in every one of N random draws
usually    true in more than half of the draws: the share is printed with its interval
can        there is an example: it is exhibited, with how many of N random draws are like it
measured   true of what was measured, the stored networks or years: their number and spread are printed

A statement that its evidence does not carry raises `Unsupported`: it can be neither stored nor tested green. In a
chapter the sentence stands first, its evidence below it; as text a statement is its evidence alone, one line.
"""

import re
from collections.abc import Sequence

import numpy as np

LEAST_DRAWS = 20
WORDS = {
    "always": "always|every|each|all|never|no|none|exactly|only|cannot|equals?",
    "usually": "usually|mostly|most|typically|seldom|rarely",
    "can": "can|may|need not|not always|there are|there is",
    "measured": "measured|here|in these|of these|of the \\w+",
}
TOO_STRONG = re.compile(r"\b(always|never|every|cannot|only|must)\b", re.IGNORECASE)


class Unsupported(ValueError):
    """A statement says more than its evidence carries."""


class Statement:
    """A sentence (Markdown), its kind and its evidence; `slug` is its anchor on the page."""

    def __init__(self, kind: str, sentence: str, evidence: str) -> None:
        if not re.search(rf"\b({WORDS[kind]})\b", sentence, re.IGNORECASE):
            raise ValueError(f"sentence: expected a word of a statement that is {kind!r}, got {sentence!r}")
        if kind != "always" and (strong := TOO_STRONG.search(re.sub(r"(need )?not( always)?", "", sentence))):
            raise ValueError(f"sentence: {strong[0]!r} is too strong for a statement that is {kind!r}: {sentence!r}")
        self.kind, self.sentence, self.evidence = kind, sentence, evidence
        self.slug = "statement-" + re.sub(r"[^a-z0-9]+", "-", sentence.lower()).strip("-")[:60].rstrip("-")

    def __repr__(self) -> str:
        return f"{self.kind}: {self.evidence}"

    def _repr_markdown_(self) -> str:
        head = f'<div class="statement statement-{self.kind}" id="{self.slug}">'
        evidence = re.sub(r"derived at #([\w-]+)", r'<a href="#\1">derived above</a>', self.evidence)
        return f'{head}\n\n{self.sentence}\n\n<p class="evidence"><b>{self.kind}</b> {evidence}</p>\n\n</div>'


def always(sentence: str, holds: Sequence[bool] | np.ndarray, *, derived: str, of: str = "draws") -> Statement:
    """True in each of `holds`, at least 20 random draws, and derived on the page at the label `derived`.

    Raises Unsupported where one draw fails, ValueError for fewer than 20, for an empty `derived`, and for a sentence
    without a word of its kind; TypeError where `holds` are not booleans.
    """
    draws = _draws(holds)
    if not re.fullmatch(r"[\w-]+", derived):
        raise ValueError(f"derived: expected the label of a section or an equation on the page, got {derived!r}")
    if not draws.all():
        raise Unsupported(f"{sentence!r} fails in {int((~draws).sum())} of {len(draws)} {of}")
    return Statement("always", sentence, f"derived at #{derived}, and so in {len(draws)} of {len(draws)} {of}")


def usually(sentence: str, holds: Sequence[bool] | np.ndarray, *, of: str = "draws") -> Statement:
    """True in more than half of the draws of which `holds`, at least 20, are a sample: with its interval, 95 %.

    Raises Unsupported where the interval (Wilson's) reaches down to one half, else as `always`.
    """
    draws = _draws(holds)
    low, high = interval(int(draws.sum()), len(draws))
    evidence = f"{int(draws.sum())} of {len(draws)} {of} ({_share(low)} to {_share(high)})"
    if low <= 0.5:
        raise Unsupported(f"{sentence!r} is not usual: {evidence}")
    return Statement("usually", sentence, evidence)


def can(
    sentence: str, holds: bool, example: str, *, among: Sequence[bool] | np.ndarray, of: str = "draws"
) -> Statement:
    """True of one `example`, said in words; `among` which of at least 20 random draws it is true too.

    Raises Unsupported where it is not true of the example, else as `always`.
    """
    draws = _draws(among)
    if not isinstance(holds, (bool, np.bool_)):
        raise TypeError(f"holds: expected True or False, got {holds!r}")
    if not holds:
        raise Unsupported(f"{sentence!r} does not hold of {example}")
    return Statement("can", sentence, f"{example}; so in {int(draws.sum())} of {len(draws)} {of}")


def measured(
    sentence: str, values: Sequence[float] | np.ndarray, holds: bool, *, of: str, digits: int = 2
) -> Statement:
    """True (`holds`) of what was measured: the `values`, one for each of the networks, years, ... that `of` names.

    Prints how many they are, their median and their range, or, of truth values, how many are true. Raises Unsupported
    where it is not true, ValueError for values that are none or not finite, else as `always`.
    """
    numbers = np.asarray(values, dtype=float).ravel()
    if not numbers.size or not np.isfinite(numbers).all():
        raise ValueError(f"values: expected finite numbers, at least one, got {values!r}")
    if not isinstance(holds, (bool, np.bool_)):
        raise TypeError(f"holds: expected True or False, got {holds!r}")
    low, middle, high = (f"{v:.{digits}f}" for v in (numbers.min(), np.median(numbers), numbers.max()))
    evidence = f"{len(numbers)} {of}: {middle} ({low} to {high})"
    if np.asarray(values).dtype == bool:
        evidence = f"{int(numbers.sum())} of {len(numbers)} {of}"
    if not holds:
        raise Unsupported(f"{sentence!r} is not borne out by {evidence}")
    return Statement("measured", sentence, evidence)


def interval(successes: int, draws: int) -> tuple[float, float]:
    """Wilson's interval, 95 %, for a share: `successes` of `draws`.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927) 209-212.
    """
    z, share = 1.959963984540054, successes / draws
    middle = (share + z**2 / (2 * draws)) / (1 + z**2 / draws)
    half = z / (1 + z**2 / draws) * np.sqrt(share * (1 - share) / draws + z**2 / (4 * draws**2))
    return float(middle - half), float(middle + half)


def _draws(holds: Sequence[bool] | np.ndarray) -> np.ndarray:
    draws = np.asarray(holds)
    if draws.dtype != bool or draws.ndim != 1:
        raise TypeError(f"holds: expected a row of True and False, got {draws.dtype} of shape {draws.shape}")
    if len(draws) < LEAST_DRAWS:
        raise ValueError(f"holds: expected at least {LEAST_DRAWS} draws, got {len(draws)}")
    return draws


def _share(value: float) -> str:
    """A share without its leading zero: .93."""
    return f"{value:.2f}".removeprefix("0")
