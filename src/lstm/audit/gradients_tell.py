"""The findings of an audit about the gradient: how far it comes back, by which path, what clipping would do."""

from collections.abc import Iterator

import numpy as np

from lstm import rates
from lstm.audit.finding import Finding
from lstm.audit.report import Audit
from lstm.audit.say import relative

STEPS = 10  # at a factor of 0.9 a step ten steps leave a third: of fewer, "vanishes" says little
HALF = 0.5  # of the sequences; of the steps
FAR = 100.0  # over the whole span: less is a matter of the rate; a hundredth is what a step hardly feels (units.FELT)
LITTLE = 0.1  # of the pairs
CANCEL = 0.5  # a share of -1/2 takes back a third of what the other paths bring
MISSES = 0.5  # relative error of the product of f: at 1 it is no better than a matrix of zeros

ADVICE = {
    "vanishes": "What is older has next to no part in an update now. This alone does not settle whether a longer "
    "memory can be learned: LSTMs of that page began so and solved their task, and its plain networks did not.",
    "explodes": "One update may throw the weights far. Clipping the norm of the gradient cures this, and this alone.",
}


def all_of(found: Audit, limit: float) -> Iterator[Finding]:
    """All findings about the gradient, clipping to norm `limit`."""
    yield from _verdict(found)
    yield from _reach(found)
    yield from _paths(found)
    yield from _product(found)
    yield from _clipping(found, limit)


def _verdict(found: Audit) -> Iterator[Finding]:
    (start, T), chain = found.span, found.chain
    ends = np.full(len(chain.true), T) if found.lengths is None else found.lengths
    steps = int(ends.min()) - start
    for name, means in ADVICE.items():
        chapter, has = ("training", "forgetting")[name == "explodes"], chain.true_verdict == rates.VERDICTS.index(name)
        share = float(np.mean(has))
        if share:
            factor, whole = (float(np.median(a[has])) for a in (chain.true_rate, chain.true))
            far = whole * FAR < 1 or whole > FAR
            level, more = ("act" if share >= HALF and far else "note"), ""
            if steps < STEPS:
                level, more = "unknown", f" Over {steps} steps this says little: {STEPS} are wanted."
            times, some = ("one hundredth", 0.01) if name == "vanishes" else ("hundredfold", 100.0)
            after = f" It is {times} after {np.log(some) / np.log(factor):.0f} steps." if factor > 0 else ""
            says = (
                f"From c^({start}) to the end the true chain {name} in {share:.0%} of the "
                f"sequences, by a factor of {factor:.2f} a step and {whole:.0e} in all.{after}{more}"
            )
            yield Finding(f"gradient {name}", (), factor, level, says, means, chapter)


def _reach(found: Audit) -> Iterator[Finding]:
    (start, T), median = found.span, float(np.median(found.reach))
    if median < HALF * (T - start):
        says = (
            f"In the median sequence the gradient is above a hundredth of its largest for {median:.0f} of {T - start} "
            "steps back."
        )
        means = "What is older has next to no part in the update, whatever the forget gates keep."
        yield Finding("gradient felt over few steps", (), median, "note", says, means, "forgetting")
    pairs, effective = found.shares.pairs, found.shares.effective
    if effective < LITTLE * pairs:
        says = f"The {pairs} pairs (step, sequence) of the pooled shares weigh like {effective:.0f}."
        means = "The pooled shares describe few steps or few sequences: look at shares.by_step and at the quartiles."
        yield Finding("shares of few steps", (), effective, "note", says, means, "audit")


def _paths(found: Audit) -> Iterator[Finding]:
    pooled = found.shares.pooled._asdict()
    first, least = max(pooled, key=lambda k: pooled[k]), min(pooled, key=lambda k: pooled[k])
    listed = ", ".join(f"{k} {share:+.2f}" for k, share in pooled.items() if abs(share) >= 0.005)
    says = f"Pooled shares of the gradient of a step: {listed}."
    if first == "local":
        means = (
            "Most of the gradient at a step is what the loss reads there, so little of it has come from later steps."
        )
        yield Finding("mostly the local term", (), pooled[first], "note", says, means, "audit")
    elif first != "direct":
        means = (
            f"The gradient comes back by the {first} path more than by the direct one: open forget gates are then not "
            "what carries it, and their product does not tell it."
        )
        yield Finding("not by the direct path", (), pooled[first], "note", says, means, "regimes")
    if pooled[least] < -CANCEL:
        means = (
            f"The {least} path takes back a third or more of what the others bring. Where it takes nearly all, the "
            "gradient vanishes though the forget gates are open."
        )
        yield Finding("paths cancel", (), pooled[least], "note", says, means, "regimes")


def _product(found: Audit) -> Iterator[Finding]:
    chain, error = found.chain, float(np.median(found.chain.error))
    differ = float(np.mean(chain.true_verdict != chain.direct_verdict))
    if differ >= HALF:
        says = f"In {differ:.0%} of the sequences the product of f has another verdict than the true chain."
        means = "Forget gates are no evidence here that the gradient vanishes, holds or explodes: look at the chain."
        yield Finding("forget gates mislead", (), differ, "note", says, means, "regimes")
    if error >= MISSES:
        cosine = float(np.median(found.gradient.cosine))
        says = (
            f"The median relative error of the product of f as the chain is {relative(error)}; its gradient at "
            f"c^({found.span[0]}) has a cosine of {cosine:+.2f} with the true one."
        )
        means = (
            "The forget gates do not tell how all memories depend on earlier ones. For this loss the cosine counts: "
            "near 1 the direct path has the direction of the gradient, though it misses the chain."
        )
        yield Finding("product of f misses the chain", (), error, "note", says, means, "audit")


def _clipping(found: Audit, limit: float) -> Iterator[Finding]:
    if found.clipping is None:
        says = (
            "No reads were given, so the loss is the sum of the last h: what clipping would do is not told, and the "
            "shares, the reach and the carriers are those of that loss."
        )
        means = "Hand over reads, the derivative of your own loss by each h, and this is told of your loss."
        yield Finding("loss not given", (), 0.0, "unknown", says, means, "audit")
        return
    norms, whole = found.clipping
    if whole > limit:
        factor = limit / whole
        says = (
            f"The gradient of the {len(norms)} sequences has norm {whole:.2g} ({norms.min():.2g} to {norms.max():.2g} "
            f"each): clipping to {limit:g} would multiply it by {factor:.2g}."
        )
        means = (
            "Clipping multiplies the whole gradient by one number: the update keeps its direction, its length is set "
            "by the limit, and each lag keeps its share, so no vanished term comes back."
        )
        yield Finding("clipping would shorten", (), factor, "note", says, means, "forgetting")
