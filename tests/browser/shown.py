"""What three explorers must show of a setting, all of it computed by Python: words, tables, bars and curves."""

import numpy as np
import pytest
from tests.browser.geometry import assert_bars, assert_curves
from tests.browser.readouts import fixed, moved, number
from tests.browser.shown_paths import assert_paths

from companion.explorers import Eq15Explorer, PathExplorer, RNNExplorer
from companion.explorers.eq15.explorer import held_cell
from lstm import scalar
from lstm.scalar import WEIGHTS

GATES = {"f": "forget gate", "i": "input gate", "o": "output gate", "g": "candidate"}
LABELS = {k: f"{k}, {words}" for k, words in GATES.items()}
LABELS |= {w: f"w{w[2:]}, to {GATES[w[3]]}" for w in WEIGHTS}
LABELS |= {"c_prev": "c(1), cell state", "o_prev": "o(1), output gate"}
BEFORE = {"c_prev": "c(t−1), cell state", "o_prev": "o(t−1), output gate"}
OF = {
    Eq15Explorer: LABELS
    | BEFORE
    | {"T": "T, steps, gates held", "read": "dl/dh(t), read at t", "read_prev": "r, read at t−1"},
    PathExplorer: LABELS | {"detach": "detach h: no gradient through any h", "rank": "k, path, by its size"},
    RNNExplorer: LABELS
    | {"T": "T, steps, all held", "w_2": "w2, weight of the RNN", "slope": "1 − h2, slope of its tanh"},
}
HUES = {"rank": "c", "c_prev": "c", "o_prev": "o", "T": "c", "read": "h", "read_prev": "h", "w_2": "h", "slope": "h"}
EDGE_CASES = {
    Eq15Explorer: [dict(T=2), dict(T=100, f=0.3), dict(read=0.0), dict(f=0.0), dict(w_2f=-4.0, c_prev=3.0, T=7)],
    PathExplorer: [dict(detach=1), dict(f=0.0, detach=1), dict(c_prev=-3.0)],
    RNNExplorer: [dict(T=2), dict(slope=0.0, T=9), dict(w_2=-3.0, slope=1.0, T=100), dict(w_2=-1.0, T=30)],
}
CLASSES = list(OF)


def random_settings(cls, count=20):
    """Settings that sliders can reach, as {trait: value}; the last ones are those at the edge."""
    rng = np.random.default_rng(6)
    settings = []
    for k in range(count + len(EDGE_CASES[cls])):
        drawn = {name: round(float(rng.uniform(*cls.ranges()[name])), 2) for name in OF[cls]}
        whole = {"T": int(rng.integers(2, 101)), "detach": int(k % 5 == 4), "rank": int(rng.integers(1, 9))}
        drawn |= {name: value for name, value in whole.items() if name in drawn}
        settings.append(drawn | (EDGE_CASES[cls][k - count] if k >= count else {}))
    return settings


def assert_controls(seen, explorer, labels):
    """Each control is labelled, stands at its trait's value and says it; no other is there."""
    names = {label: name for name, label in labels.items()}
    assert sorted(one["name"] for one in seen.controls) == sorted(names)
    for control in seen.controls:
        name = names[control["name"]]
        value, (low, high) = getattr(explorer, name), explorer.ranges()[name]
        assert control["value"] == value, name
        if name == "detach":
            continue
        digits, origin = (0 if name in ("T", "rank") else 2), max(0, low)
        assert [float(one) for one in control["range"]] == [low, high, 10.0**-digits], name
        assert control["text"] == fixed(value, digits), name
        first = getattr(type(explorer)(), name)
        since = "" if value == first else f", at the start {fixed(first, digits)}"
        assert control["spoken"] == (fixed(value, digits) + since).replace("−", "-"), name
        assert control["moved"] == (value != first), name
        hue, *ends = control["track"]
        assert hue == f"var(--{HUES.get(name, name[-1])})", name
        wanted = [100 * (end - low) / (high - low) for end in (min(value, origin), max(value, origin))]
        assert [float(end.rstrip("%")) for end in ends] == pytest.approx(wanted, abs=1e-9), name


def over(T):
    return "1 step" if T == 2 else f"{T - 1} steps"


def assert_eq15(seen, explorer):
    near, far, T = explorer.terms(), explorer.chains(), explorer.T
    total, dl_dc = sum(near), scalar.chains(*held_cell(explorer, 2), explorer.read).dl_dc[-1]
    one = f"dl/dc(t) is 0 here; dl/dc(t−1) is {number(total)}."
    if dl_dc:
        kept, left = number(near.direct / dl_dc), number(total / dl_dc)
        one = f"One step back, f alone says {kept} of dl/dc = {number(dl_dc)} remains; in truth {left}."
    product, chain = number(far.product_of_f[0]), number(far.chain[0])
    gates = {"forget": "f", "input": "i", "candidate": "g", "output": "o"}
    term = max(gates, key=lambda gate: abs(getattr(near, gate)))
    name, weight = GATES[gates[term]], fixed(getattr(explorer, f"w_2{gates[term]}"), 2)
    through = (
        f"Through h, the largest term is the {name}’s: {number(getattr(near, term))}, with w2{gates[term]} = {weight}."
    )
    assert seen.say == [one, through, f"Over {over(T)}, the product of f is {product}; the true chain, {chain}."]
    ratio = (
        f"The sum is {number(total / near.direct)} times the direct term." if near.direct else "The direct term is 0."
    )
    assert seen.soft == [ratio, "Hollow: negative. The loss reads h(T) only."]
    assert seen.heads == ["by f alone", "by J", "in truth"]
    seed, products = far.dl_dc[-1], [far.product_of_f[0], far.product_of_jacobians[0]]
    by_c = [number(one * seed) for one in products]
    assert seen.rows == [
        ["dc(T)/dc(1)", *map(number, products), chain],
        ["dl/dc(1)", *by_c, number(far.dl_dc[0])],
    ]
    words = ("direct", "forget gate", "input gate", "candidate", "output gate", "read at t−1")
    rows = list(zip(words, near, ("direct", *"figo", "h"), strict=True))
    spoken = ", ".join(
        f"{name} {number(value)}" for name, value, *_ in (*rows, ("sum", total), ("direct alone", near[0]))
    )
    assert seen.figures[0].label == f"Terms of dl/dc at step t−1: {spoken}."
    below = [("sum", total, "c", "strong"), ("direct alone", near.direct, "direct", "hollow")]
    assert_bars(seen.figures[0], rows, below)
    assert_steps(
        seen.figures[1],
        [
            ("product of f", far.product_of_f, "direct", "7 4", "diamond"),
            ("product of J", far.product_of_jacobians, "jacobians", "2 3", "square"),
            ("true chain", far.chain, "c", "none", "disc", "strong"),
        ],
    )


def assert_steps(figure, looks):
    spoken = ", ".join(f"{words} {number(values[0])}" for words, values, *_ in looks)
    assert figure.label == f"Sizes on a log axis over steps s = 1 to {len(looks[0][1])}. At s = 1: {spoken}."
    assert_curves(figure, looks)


def assert_rnn(seen, explorer):
    rates, T = explorer.rates(), explorer.T
    ends = [rates.rnn[0], rates.product_of_f[0], rates.chain[0]]
    plain, product, chain = map(number, ends)
    factor = number(explorer.slope * explorer.w_2)
    assert seen.say == [
        f"Each step multiplies the RNN's gradient by {factor}; over {over(T)} that is {plain}.",
        f"The LSTM's true chain is {chain}; the product of its f, {product}.",
    ]
    assert seen.soft == ["Hollow: negative. Per step: the size to the power 1/(T − 1)."]
    assert seen.heads == ["RNN", "product of f", "LSTM, true"]
    per_step = [number(abs(end) ** (1 / (T - 1))) for end in ends]
    assert seen.rows == [["all steps", plain, product, chain], ["per step", *per_step]]
    assert_steps(
        seen.figures[0],
        [
            ("RNN", rates.rnn, "h", "2 3", "square"),
            ("product of f", rates.product_of_f, "direct", "7 4", "diamond"),
            ("LSTM, true", rates.chain, "c", "none", "disc", "strong"),
        ],
    )


SHOWS = {Eq15Explorer: assert_eq15, PathExplorer: assert_paths, RNNExplorer: assert_rnn}


def assert_all_is_pythons(group, cls, settings):
    """Move the controls to each setting, and compare everything that is seen with what Python computes."""
    labels, explorer = OF[cls], cls()
    for setting in settings:
        (seen,) = moved(group, [{labels[name]: value for name, value in setting.items()}])
        for name, value in setting.items():
            setattr(explorer, name, value)
        assert seen.traits is None or seen.traits.items() >= setting.items()
        assert_controls(seen, explorer, labels)
        SHOWS[cls](seen, explorer)
