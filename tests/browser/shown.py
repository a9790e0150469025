"""What three explorers must show of a setting, all of it computed by Python: words, tables, bars and curves."""

import numpy as np
import pytest
from tests.browser.geometry import assert_bars, assert_curves
from tests.browser.readouts import fixed, moved, number

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
    PathExplorer: LABELS | {"detach": "detach h: no gradient through any h"},
    RNNExplorer: LABELS
    | {"T": "T, steps, all held", "w_2": "w2, weight of the RNN", "slope": "1 − h2, slope of its tanh"},
}
HUES = {"c_prev": "c", "o_prev": "o", "T": "c", "read": "h", "read_prev": "h", "w_2": "h", "slope": "h"}
EDGES = {"direct": "direct", "forget": "f", "input": "i", "candidate": "g", "output": "o", "D": "h"}
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
        whole = {"T": int(rng.integers(2, 101)), "detach": int(k % 5 == 4)}
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
        digits, origin = (0 if name == "T" else 2), max(0, low)
        assert [float(one) for one in control["range"]] == [low, high, 10.0**-digits], name
        assert control["text"] == fixed(value, digits), name
        assert control["spoken"] == fixed(value, digits).replace("−", "-"), name
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
        one = f"One step back, f alone says {kept} of dl/dc remains; in truth {left}."
    product, chain = number(far.product_of_f[0]), number(far.chain[0])
    assert seen.say == [one, f"Over {over(T)}, the product of f is {product}; the true chain, {chain}."]
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
    spoken = ", ".join(f"{name} {number(value)}" for name, value, *_ in (*rows, ("sum", total)))
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


def in_symbols(edges):
    """A path as its row says it, from the end back: "c(4) direct c(3) forget h(2) D c(2) ..."."""
    step, words = 1, "c(1)"
    for edge in edges:
        step += edge != "D"
        state = "h" if edge in ("D", "output") else "c"
        words = f"{state}({step}) {edge} {words}"
    return words


def assert_paths(seen, explorer):
    found, truth = explorer.contributions(), scalar.chains(*explorer.cell()).chain[0]
    value_of = {in_symbols(one.path.edges): float(one.value[0, 0]) for one in found}
    total, many = sum(value_of.values()), len(found)
    lost = f" The paths that are cut would add {number(truth - total)}." if explorer.detach else ""
    paths = f"{many} path{' adds' if many == 1 else 's add'}"
    assert seen.say == [f"{paths} up to {number(total)}; the true derivative is {number(truth)}.{lost}"]
    assert seen.soft == []
    assert seen.heads == ["path, from the end back", "adds"]
    largest = sorted(value_of.values(), key=abs, reverse=True)[:8]
    assert [value for _, value in seen.rows] == [number(value, "+") for value in largest]
    assert {path for path, _ in seen.rows} <= value_of.keys()
    assert [value for _, value in seen.rows] == [number(value_of[path], "+") for path, _ in seen.rows]
    assert len({path for path, _ in seen.rows}) == len(seen.rows)
    assert all(EDGES[edge] == hue for row in seen.hues for hue, edge in row)
    assert [len(row) for row in seen.hues] == [path.count(" ") // 2 for path, _ in seen.rows]
    rows = []
    for visits in range(4):
        own = [
            float(one.value[0, 0])
            for one in found
            if one.path.edges.count("D") + one.path.edges.count("output") == visits
        ]
        words = f"{visits} h: {len(own)} path{'' if len(own) == 1 else 's'}"
        rows.append((words, sum(own), "h" if visits else "direct"))
    spoken = ", ".join(f"{name} {number(value)}" for name, value, *_ in (*rows, ("sum", total)))
    assert seen.figures[0].label == f"Paths by the number of hidden states they visit: {spoken}."
    assert_bars(seen.figures[0], rows, [("sum", total, "c", "strong"), ("truth", truth, "c", "hollow")])


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
