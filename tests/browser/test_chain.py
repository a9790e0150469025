"""The explorer of the chain: arithmetic, words, marks, curves and bars against Python; mouse, keys; mutants."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
from tests.browser.geometry import assert_bars, assert_curves, axis
from tests.browser.readouts import mount, moved, number, told

from companion.explorers import ChainExplorer
from companion.explorers.bundle import bundle
from companion.explorers.chain.explorer import PRESETS, T

SOURCE = bundle("chain/formulas.js")
SCRIPT = """([source, T, settings]) => {
  const { unit, products, split } = new Function(source + "\\nreturn { unit, products, split };")();
  return JSON.stringify(settings.map((s) => {
    const cell = unit(s, T), far = products(cell);
    return { far, parts: split(cell, far, s.t) };
  }));
}"""
NAMES = ("product_of_f", "product_of_jacobians", "chain")
WHOLE = ("t", "switch")


def settings(count, seed=13):
    rng, ranges = np.random.default_rng(seed), ChainExplorer.ranges()
    for _ in range(count):
        drawn = {name: round(float(rng.uniform(*ends)), 2) for name, ends in ranges.items()}
        yield drawn | {name: int(rng.integers(ranges[name][0], ranges[name][1] + 1)) for name in WHOLE}


def sizes(explorer):
    """The sums of the sizes of all paths: the explorer's numbers where no gate, weight or state has a sign."""
    positive = {name: abs(getattr(explorer, name)) for name in explorer.ranges()}
    params, trace = explorer.cell()
    plus = params._replace(**{f"W_2{k}": abs(getattr(params, f"W_2{k}")) for k in "figo"})
    same = ChainExplorer(**positive)
    same.cell = lambda: (plus, trace._replace(c=abs(trace.c), g=abs(trace.g), h=abs(trace.h), c_0=abs(trace.c_0)))
    return same.chains(), sum(same.split())


def worst(page, source, many):
    off, tiny = 0.0, 1e-290
    found = json.loads(page.evaluate(SCRIPT, [source, T, many]))
    for setting, seen in zip(many, found, strict=True):
        explorer = ChainExplorer(**setting)
        far, (scales, whole) = explorer.chains(), sizes(explorer)
        for name in NAMES:
            gaps = np.abs(np.array(seen["far"][name]) - getattr(far, name))
            off = max(off, (gaps / (getattr(scales, name) + tiny)).max())
        gaps = [abs(seen["parts"][name] - value) for name, value in explorer.split()._asdict().items()]
        off = max(off, max(gaps) / (whole + tiny))
        explorer.close()
    return off


def test_the_browsers_maths_is_that_of_python_on_a_thousand_settings(page):
    off = worst(page, SOURCE, list(settings(1000)))
    print(f"largest difference, of the summed absolute paths: {off:.1e}")
    assert off < 1e-12


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("k > s.switch", "k >= s.switch"),
        ("parts.output += without_o", "parts.output += on_c"),
        ("far.product_of_jacobians[k];", "far.chain[k];"),
        ("+ edges[k].o * far.by_h[0]", ""),
        ("s.scale * s.w_2i", "s.w_2i"),
    ],
)
def test_a_wrong_formula_is_noticed(right, wrong, page):
    assert SOURCE.count(right) == 1
    assert worst(page, SOURCE.replace(right, wrong), list(settings(20))) > 1e-6


def said(explorer):
    far, parts, k = explorer.chains(), explorer.split(), explorer.t - 1
    truth, by_f, by_J = far.chain[k], far.product_of_f[k], far.product_of_jacobians[k]
    f_at, J_at = (f"at step {step}" if step else "at no step" for step in explorer.parts_at())
    wrong_f, wrong_J = (", with the wrong sign" if one * truth < 0 else "" for one in (by_f, by_J))
    first = (
        f"dc(30)/dc({explorer.t}) is {number(truth)}; the product of f is {number(by_f)}{wrong_f}; the product of J"
        f" is {number(by_J)}{wrong_J}. Going back from step 30, the product of f is first off by more than a tenth"
        f" {f_at}, the product of J {J_at}."
    )
    name, most = max(list(parts._asdict().items())[1:], key=lambda item: abs(item[1]))
    if not most:
        add = "add nothing, because each passes a factor that is 0."
        return [first, f"From step {explorer.t}, the paths through h {add}"]
    gates = {"forget": "forget gate", "input": "input gate", "candidate": "candidate"}
    comes = f"first by the {gates[name]}" if name in gates else "past an output gate"
    lacks = f"{number(parts.output)}, the paths past an output gate." if parts.output else "nothing."
    return [
        first,
        f"From step {explorer.t}, the product of f lacks {number(truth - by_f)} because it leaves out the paths"
        f" through h; most comes {comes}: {number(most)}. The product of J lacks {lacks}",
    ]


def assert_all_is_pythons(page, group, many):
    explorer = ChainExplorer()
    for setting in many:
        seen = told(page, group, setting)
        for name, value in setting.items():
            setattr(explorer, name, value)
        assert {one["value"] for one in seen.controls} == set(setting.values())
        assert seen.say == said(explorer)
        far, k = explorer.chains(), explorer.t - 1
        assert_marks(seen.figures[0], explorer)
        names = ("direct path", "forget gate", "input gate", "candidate", "past output")
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
    return [*settings(count, seed=4), *(next(settings(1)) | edge for edge in EDGES)]


@pytest.mark.parametrize("width", [688, 320])
def test_all_that_it_shows_is_pythons(width, page):
    assert_all_is_pythons(page, mount(page, ChainExplorer(), width=width), shown_settings(20))


MUTANTS = {
    "the truth for the product": ("strong(by_f), wrong", "strong(truth), wrong"),
    "a wrong sign never said": ("value * truth < 0", "value * truth < -1e300"),
    "the part of another gate": ("value: parts.forget", "value: parts.input"),
    "steps exchanged": ("...where(of_f)", "...where(of_J)"),
    "the smallest called most": ("Math.abs(b) - Math.abs(a)", "Math.abs(a) - Math.abs(b)"),
    "a lack of the other sign": ("strong(truth - direct)", "strong(direct - truth)"),
    "the split of a neighbour": ("split(cell, far, now.t)", "split(cell, far, Math.max(1, now.t - 1))"),
    "a twentieth": ("partsAt(one, far.chain, TENTH)", "partsAt(one, far.chain, TENTH / 2)"),
    "the last step for the first": ("lastIndexOf(true)", "indexOf(true)"),
    "a mark beside its step": ("at = x(step)", "at = x(step + 1)"),
    "the mark of another": ('step: of_J, words: "J is off"', 'step: of_f, words: "J is off"'),
    "a curve of another": ('values: far.product_of_jacobians, hue', 'values: far.chain, hue'),
    "hollow exchanged": ('value: far.chain[t - 1], hue: "c", strong', 'value: far.chain[t - 1], hue: "c", hollow'),
    "a switch never marked": ("now.switch < T ? now.switch : 0", "0"),
}  # fmt: skip


def test_a_wrong_display_is_noticed(page):
    many, source, alive = shown_settings(4), str(ChainExplorer._esm), []
    for name, (right, wrong) in MUTANTS.items():
        assert source.count(right) == 1, name
        group = mount(page, ChainExplorer(), source.replace(right, wrong))
        try:
            assert_all_is_pythons(page, group, many)
        except AssertionError:
            continue
        alive.append(name)
    assert alive == []


def test_every_control_moves_one_trait_of_its_own(page):
    group, before = mount(page, ChainExplorer()), {k: getattr(ChainExplorer(), k) for k in ChainExplorer.ranges()}
    labels = [one["name"] for one in moved(group, [{}])[0].controls]
    assert len(set(labels)) == len(labels) == len(before)
    touched = []
    for label in labels:
        (seen,) = moved(group, [{label: 0.37 if label[0] not in "tk" else 5}])
        touched += [name for name, value in seen.traits.items() if value != before[name]]
        before = dict(seen.traits)
    assert sorted(touched) == sorted(before)


def test_keys_on_the_slider_and_the_mouse_on_the_chart_move_the_step(page):
    group = mount(page, ChainExplorer())
    slider = group.get_by_role("slider", name="t, step that is moved")
    slider.press("ArrowRight")
    assert moved(group, [{}])[0].traits["t"] == 9
    page.keyboard.press("End")
    assert moved(group, [{}])[0].traits["t"] == T - 1
    picture = moved(group, [{}])[0].figures[0]
    x = axis([(int(one["text"]), one["at"][0]) for one in picture.texts if one["kind"] == "middle tick"])
    box = group.locator("svg").first.bounding_box()
    page.mouse.move(box["x"] + float(x(12)), box["y"] + 100)
    assert moved(group, [{}])[0].traits["t"] == T - 1  # a mouse that is not pressed moves nothing
    page.mouse.down()
    assert moved(group, [{}])[0].traits["t"] == 12
    page.mouse.move(box["x"] + float(x(20)) + 2, box["y"] + 90, steps=3)
    page.mouse.up()
    assert moved(group, [{}])[0].traits["t"] == 20


def test_a_button_sets_every_trait_and_is_pressed(page):
    group = mount(page, ChainExplorer())
    for name, setting in PRESETS.items():
        group.get_by_role("button", name=name, exact=True).click()
        (seen,) = moved(group, [{}])
        assert (seen.traits, seen.pressed) == (setting, [name])
