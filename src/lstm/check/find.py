"""Which convention somebody's arrays follow: where his forward pass is (12) to (14), or where most parts are right."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import permutations, product

from lstm.check import names
from lstm.check.cause import SAME, single
from lstm.check.convention import LAYOUTS, Convention
from lstm.check.known import Errors, Known, in_forward
from lstm.check.trial import Bench, Trial, says_h

CLEAR = 0.1  # by how much the likeliest convention must be nearer than the next where no part is right
ORDERS = ["".join(order) for order in permutations("ifog")]


def find(bench: Bench, fixed: Mapping[str, str], kind: str | None, own_truth: bool = False) -> tuple[Trial, Errors]:
    """The trial in the convention that fits, and the known errors of the forward pass where it has any.

    fixed: fields of `Convention` that are given. Raises ValueError that lists what fits alike where more than one does,
    or says what went wrong where none runs or the forward pass is another cell's.
    """
    trials, errors = [], Counter[str]()
    for convention in _structures(bench, fixed, kind):
        try:
            trial = bench.attempt(convention)
        except Exception as error:  # whatever a function does with arrays that it does not expect
            errors[f"{type(error).__name__}: {error}"] += 1
            continue
        if trial.parts:
            trials.append(trial)
        elif trial.refused:
            errors["; ".join(f"the gradient by {role}: {words}" for role, words in trial.refused.items())] += 1
    if not trials:
        said = "; ".join(words for words, _ in errors.most_common(3)) or "no gradient with a usual name came back"
        raise ValueError(
            f"backward: expected a convention in which it runs, found none among those tried. It said: {said}"
        )
    trials = _every_order(bench, trials, fixed)
    trials, forward_errors = (trials, ()) if own_truth else _by_h(bench, trials)
    return _best(bench, trials), forward_errors


def _structures(bench: Bench, fixed: Mapping[str, str], kind: str | None) -> Iterator[Convention]:
    """Conventions but for the order of the gates, those with a batch first."""
    roles = bench.subject.roles
    kinds = {names.split(role)[0] for role in bench.subject.parameters}
    may_join = "W_2" not in kinds and ("params" in roles or "W" in kinds)
    choices = {
        "layout": [one for key in ("sequence", "step") if kind in (None, key) for one in LAYOUTS[key]],
        "weights": ["columns", "rows"],
        "joined": ["", "hx", "xh"] if may_join else [""],
        "bias": ["n", "n1", "1n"],
        "dc": ["every", "last"] if "dc" in roles else ["every"],
        "container": ["Params", "dict"] if "params" in roles else ["dict"],
    }
    choices |= {name: [value] for name, value in fixed.items() if name != "gates"}
    for values in product(*choices.values()):
        one = Convention(gates=fixed.get("gates", "ifog"), **dict(zip(choices, values, strict=True)))
        plain = one.weights == "columns" and not one.joined and one.bias == "n"
        if (plain or one.container == "dict") and ("T" in one.layout or one.dc == "every" or "dc" in fixed):
            yield one


def _every_order(bench: Bench, trials: list[Trial], fixed: Mapping[str, str]) -> list[Trial]:
    """The trials in every order of the gates where parameters are stacked and the order is not given."""
    least = min(len(trial.refused) for trial in trials)
    most = max(len(trial.parts) for trial in trials if len(trial.refused) == least)
    trials = [trial for trial in trials if len(trial.refused) == least and len(trial.parts) == most]
    found = []
    for trial in trials:
        stacked = any(role in names.KINDS for role in trial.given.arrays)
        for order in ORDERS if stacked and "gates" not in fixed else [trial.convention.gates]:
            found.append(bench.attempt(trial.convention._replace(gates=order)))
    return found


def _by_h(bench: Bench, trials: list[Trial]) -> tuple[list[Trial], Errors]:
    """The trials whose forward pass gives h, or h with a known error; all where no forward pass is seen."""
    if true := [trial for trial in trials if trial.h]:
        return true, ()
    seen = [trial for trial in trials if trial.h is not None]
    if not seen:
        return trials, ()
    known = {id(trial.task): Known(trial.task) for trial in seen}
    for errors in in_forward():
        wrong = {key: one.h(errors) for key, one in known.items()}
        alike = [t for t in seen if (h := wrong[id(t.task)]) is not None and says_h(t.called.outputs, h, t.convention)]
        if alike:
            return alike, errors
    raise ValueError(
        "forward: expected (12) to (14), got another h in every convention in which it runs. If the cell is meant to "
        "be another, compare it with its own forward pass: truth='forward'; if not, see to forward first"
    )


def _best(bench: Bench, trials: list[Trial]) -> Trial:
    ranked = sorted(trials, key=lambda trial: (-trial.right, -trial.close, "B" not in trial.convention.layout))
    best = ranked[0]
    rivals = [trial for trial in ranked[1:] if _differs(trial, best)]
    if best.right or not rivals or best.h:
        return best
    known: dict[int, Known] = {}
    told = [t for t in ranked if single(t.parts, known.setdefault(id(t.task), Known(t.task)), SAME) is not None]
    if told and not [trial for trial in told[1:] if _differs(trial, told[0])]:
        return told[0]
    if not told and best.close - rivals[0].close > CLEAR:
        return best
    listed = "; ".join(_short(trial.convention, best.convention) for trial in (told or ranked)[:4])
    raise ValueError(f"gates, layout: expected one convention that fits, found several alike, name yours: {listed}")


def _differs(one: Trial, other: Trial) -> bool:
    """Whether two conventions differ in what a reader would name."""
    return any(
        getattr(one.convention, k) != getattr(other.convention, k) for k in ("layout", "gates", "weights", "joined")
    )


def _short(convention: Convention, best: Convention) -> str:
    shown = ("layout", "gates", "weights") + (("joined",) if convention.joined or best.joined else ())
    return ", ".join(f"{name}={getattr(convention, name)!r}" for name in shown)
