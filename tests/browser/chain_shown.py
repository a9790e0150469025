"""What the explorer of the chain must show of a setting, all of it computed by Python."""

from types import SimpleNamespace

import numpy as np
from tests.browser.geometry import assert_bars, assert_curves, axis
from tests.browser.readouts import drawn, number, told_all

from companion.explorers import ChainExplorer
from companion.explorers.chain.explorer import PRESETS, T


def said(explorer):
    far, parts, k = explorer.chains(), explorer.split(), explorer.t - 1
    truth, by_f, by_J = far.chain[k], far.product_of_f[k], far.product_of_jacobians[k]
    f_at, J_at = (f"at step {step}" if step else "at no step" for step in explorer.parts_at())
    wrong_f, wrong_J = (", with the wrong sign" if one * truth < 0 else "" for one in (by_f, by_J))
    first = (
        f"dc(30)/dc({explorer.t}) is {number(truth)}; the product of f is {number(by_f)}{wrong_f}; the product of J"
        f" is {number(by_J)}{wrong_J}. Going back, the product of f is first off by more than a tenth of the truth"
        f" {f_at}, the product of J {J_at}."
    )
    name, most = max(list(parts._asdict().items())[1:], key=lambda item: abs(item[1]))
    if not most:
        add = "add nothing, because each passes a factor that is 0."
        return [first, f"From step {explorer.t}, the paths through h {add}"]
    gates = {"forget": "forget gate", "input": "input gate", "candidate": "candidate"}
    comes = f"first by the {gates[name]}" if name in gates else "through an output gate"
    lacks = f"{number(parts.output)}, the paths through an output gate." if parts.output else "nothing."
    return [
        first,
        f"From step {explorer.t}, the product of f lacks {number(truth - by_f)} because it leaves out the paths"
        f" through h; the largest part comes {comes}: {number(most)}. The product of J lacks {lacks}",
    ]


def assert_all_is_pythons(page, group, many):
    explorer = ChainExplorer()
    for setting, seen in told_all(page, group, explorer, many):
        assert {one["value"] for one in seen.controls} == set(setting.values())
        assert seen.say == said(explorer)
        far, k = explorer.chains(), explorer.t - 1
        assert_marks(seen.figures[0], explorer)
        names = ("direct path", "forget gate", "input gate", "candidate", "through o")
        rows = list(zip(names, explorer.split(), ("direct", "f", "i", "g", "o"), strict=True))
        below = [
            ("true chain", far.chain[k], "c", "strong"),
            ("product of f", far.product_of_f[k], "direct", "hollow"),
            ("product of J", far.product_of_jacobians[k], "jacobians", "hollow"),
        ]
        assert_bars(seen.figures[1], rows, below)
        spoken = ", ".join(f"{name} {number(value)}" for name, value, *_ in (*rows, *below))
        assert seen.figures[1].label == f"Paths from step {explorer.t} to 30: {spoken}."


def assert_marks(figure, explorer):
    far, (of_f, of_J) = explorer.chains(), explorer.parts_at()
    changes = explorer.switch if explorer.switch < T else None
    marks = {"f is off": of_f, "J is off": of_J, "last early step": changes, f"t = {explorer.t}": explorer.t}
    marks = {words: step for words, step in marks.items() if step}
    n = len(marks)
    x = axis([(int(one["text"]), one["at"][0]) for one in figure.texts if one["kind"] == "middle tick"])
    assert [one["text"] for one in figure.texts[:n]] == list(marks)
    places = [one["at"][0] for one in figure.lines[:n]]
    np.testing.assert_allclose(places, x(list(marks.values())), atol=1e-4)
    for words, step in marks.items():
        assert f"{words}: step {step}" in figure.label
    rest = SimpleNamespace(texts=figure.texts[n:], lines=figure.lines[n:], paths=figure.paths)
    looks = [
        ("product of f", far.product_of_f, "direct", "7 4", "diamond"),
        ("product of J", far.product_of_jacobians, "jacobians", "2 3", "square"),
        ("true chain", far.chain, "c", "none", "disc", "strong"),
    ]
    assert_curves(rest, looks)


EDGES = [dict(t=29, scale=0.0), dict(t=1, switch=T), dict(f=0.0, f_2=0.0), dict(w_2o=0.0), *PRESETS.values()]


def shown_settings(count):
    return [*drawn(ChainExplorer, count, seed=4), *(next(drawn(ChainExplorer, 1, seed=13)) | edge for edge in EDGES)]
