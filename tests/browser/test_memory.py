"""The explorer of the memory in Chromium: its arithmetic, all that it shows, pointer and keys; and mutants of it."""

import numpy as np
import pytest
from tests.browser.mutants import survivors
from tests.browser.readouts import fixed, mount, number

from companion.explorers import MemoryExplorer
from companion.explorers.bundle import bundle
from companion.explorers.memory.explorer import GATES, PRESETS, T

ASK = """async ([code, settings]) => {
  const text = `${code}\\nexport default follow;`;
  const { default: follow } = await import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  return settings.map(follow);
}"""
READ = """async (root) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  await frame(); await frame();
  const all = (selector, what, within = root) => [...within.querySelectorAll(selector)].map(what);
  const at = (node) => (...names) => names.map((name) => Number(node.getAttribute(name)));
  const [chart] = all(".drawing > svg", (svg) => svg).slice(-1), text = (node) => node.textContent;
  const strips = all(".strip svg", (svg) => ({
    spoken: svg.getAttribute("aria-valuetext"), now: Number(svg.getAttribute("aria-valuenow")),
    bars: all("rect.bar", (bar) => at(bar)("x", "y", "width", "height"), svg), value: text(svg.querySelector(".value")),
    chosen: all("rect.bar", (bar) => bar.classList.contains("chosen"), svg).indexOf(true),
    held: svg.classList.contains("held"),
  }));
  return { say: all(".say p", text), strips, label: chart.getAttribute("aria-label"),
    pressed: all("[aria-pressed=true]", text), values: all(".value", text, chart),
    dots: all("circle", (dot) => at(dot)("cx", "cy", "r"), chart),
    paths: all("path", (path) => [path.getAttribute("class"), path.getAttribute("d")], chart),
    ticks: all(".end.tick", (tick) => [text(tick), Number(tick.getAttribute("y"))], chart) };
}"""
NAMES = {"f": "forget gate", "i": "input gate", "o": "output gate"}


def random_setting(rng):
    drawn = {name: rng.uniform(-1 if name == "g" else 0, 1, T).round(2).tolist() for name in "fiog"}
    return drawn | {"fixed": int(rng.integers(0, 4)), "t": int(rng.integers(1, T + 1))}


def shown(page, setting, code=None, width=688):
    return mount(page, MemoryExplorer(**setting), code, width)


def test_the_browsers_memory_agrees_with_pythons_on_a_thousand_settings(page):
    rng = np.random.default_rng(0)
    settings = [random_setting(rng) for _ in range(1000)]
    worst = 0
    for setting, got in zip(
        settings, page.evaluate(ASK, [bundle("memory/formulas.js", GATES=GATES), settings]), strict=True
    ):
        exact = MemoryExplorer(**setting).follow()._asdict()
        scale = np.cumsum(np.abs(setting["g"])) + 1
        worst = max(worst, *(np.abs((np.array(got[name]) - exact[name]) / scale).max() for name in exact))
    assert worst < 1e-12


def said(explorer):
    """The two sentences, as Python computes them."""
    (c, h, _), free, k = explorer.follow(), explorer.follow(as_drawn=True), explorer.t - 1
    held = GATES[explorer.fixed - 1] if explorer.fixed else None
    f, i = ("1" if name == held else fixed(getattr(explorer, name)[k], 2) for name in "fi")
    before, t = number(c[k - 1] if k else 0), explorer.t
    sum_ = f"{f} × {before} + {i} × {fixed(explorer.g[k], 2)} = {number(c[k])}"
    step = f"c({t}) = {sum_}; of it h({t}) shows {number(h[k])}."
    if not held:
        return [step, f"At the end, step {T}, c is {number(c[-1])} and h is {number(h[-1])}."]
    off = np.abs(h - free.h)
    most = int(off.argmax())
    shown = f"h is off most at step {most + 1}, by {number(off[most])}." if off[most] else "h is the same."
    end = f"c({T}) is {number(c[-1])} instead of {number(free.c[-1])}"
    return [step, f"With the {NAMES[held]} fixed at 1, {end}; {shown}"]


def assert_all_is_pythons(seen, explorer):
    now, free, k = explorer.follow(), explorer.follow(as_drawn=True), explorer.t - 1
    assert seen["say"] == said(explorer)
    for name, strip in zip("gifo", seen["strips"], strict=True):
        series, held = getattr(explorer, name), name == (explorer.fixed and GATES[explorer.fixed - 1])
        low = -1 if name == "g" else 0
        y = 42 - 38 * (np.array(series) - low) / (1 - low)
        zero = 42 - 38 * (0 - low) / (1 - low)
        tops, heights = (np.array(strip["bars"])[:, n] for n in (1, 3))
        np.testing.assert_allclose(tops, np.minimum(y, zero) - 1, atol=1e-4)
        np.testing.assert_allclose(heights, np.abs(y - zero) + 2, atol=1e-4)
        assert (strip["chosen"], strip["held"], strip["now"]) == (k, held, series[k])
        assert strip["value"] == ("1, fixed" if held else fixed(series[k], 2))
        assert strip["spoken"] == f"step {k + 1}: {fixed(series[k], 2)}{', fixed at 1' if held else ''}"
    assert seen["values"] == [number(one[k]) for one in now]
    words = zip(("cell state", "hidden state", "slope of h"), now, strict=True)
    assert seen["label"] == f"Over {T} steps; at step {k + 1}: {', '.join(f'{w} {number(v[k])}' for w, v in words)}."
    ticks, dots = seen["ticks"][:-1], np.array(seen["dots"]).reshape(3, T, 3)
    paths = [(kind, np.array([p.split() for p in d[1:].split("L")], float)) for kind, d in seen["paths"]]
    for row, name in enumerate(now._fields):
        both = [getattr(now, name), *([getattr(free, name)] if explorer.fixed else [])]
        mine = [(float(t.replace("−", "-")), y - 4.5) for t, y in ticks if 74 * row <= y - 4.5 < 74 * (row + 1)]
        (low, at_low), (high, at_high) = min(mine), max(mine)
        assert low <= np.min(both)
        assert high >= np.max(both)
        y = [at_low + (one - low) / (high - low) * (at_high - at_low) for one in both]
        np.testing.assert_allclose(dots[row, :, 1], y[0], atol=1e-4)
        drawn = [(kind, points[:, 1]) for kind, points in paths[row * len(both) : (row + 1) * len(both)]]
        wanted = [("course now", y[0])] if len(both) == 1 else [("course free", y[1]), ("course now", y[0])]
        for (kind, points), (want, heights) in zip(drawn, wanted, strict=True):
            assert kind == want
            np.testing.assert_allclose(points, heights, atol=1e-4)
        assert np.flatnonzero(dots[row, :, 2] == 5).tolist() == [k]
    assert (np.diff(dots[0, :, 0]) > 5).all()
    for strip in seen["strips"]:
        bars = np.array(strip["bars"])
        np.testing.assert_allclose(bars[:, 0] + bars[:, 2] / 2, dots[0, :, 0], atol=1e-4)


@pytest.mark.parametrize("width", [688, 340])
def test_all_that_is_shown_is_pythons(width, page):
    rng = np.random.default_rng(1)
    for setting in [*(PRESETS[name] for name in PRESETS), *(random_setting(rng) for _ in range(15))]:
        assert_all_is_pythons(shown(page, setting, width=width).evaluate(READ), MemoryExplorer(**setting))


MUTANTS = {
    "a gate of another": ("f[k] * (k ? c[k - 1] : 0)", "o[k] * (k ? c[k - 1] : 0)"),
    "a memory that starts at one": ("c.push(f[k] * (k ? c[k - 1] : 0)", "c.push(f[k] * (k ? c[k - 1] : 1)"),
    "another gate fixed": ("k + 1 === now.fixed", "k === now.fixed"),
    "a bar of another step": ("x: x(k + 1) - wide / 2", "x: x(k) - wide / 2"),
    "a bar upside down": ("zero - Math.max(0, high)", "zero - Math.min(0, high)"),
    "the free course as the course": ("path(now[name], \"now\")", "path((free ?? now)[name], \"now\")"),
    "a mark on another step": ("r: k + 1 === t ? 5", "r: k === t ? 5"),
    "the value of another step": ("number(now[name][t - 1]), {", "number(now[name][0]), {"),
    "the end of the other": ("strong(free.c[T - 1])", "strong(c[T - 1])"),
    "the least difference": ("Math.max(...off)", "Math.min(...off)"),
    "h for c": ("strong(k ? c[k - 1] : 0)", "strong(k ? h[k - 1] : 0)"),
    "a spoken step too few": ("`step ${t}: ${fixed", "`step ${t - 1}: ${fixed"),
    "dots off their course": ("cy: y(x), r", "cy: y(0), r"),
}  # fmt: skip


def test_a_wrong_display_is_noticed(page):
    rng = np.random.default_rng(2)
    settings = [random_setting(rng) | {"fixed": k} for k in (1, 2, 3, 0)]

    def look(source):
        for setting in settings:
            assert_all_is_pythons(shown(page, setting, source).evaluate(READ), MemoryExplorer(**setting))

    assert survivors(str(MemoryExplorer._esm), MUTANTS, look) == []


def test_a_pointer_draws_and_keys_walk_and_change(page):
    group = shown(page, PRESETS["hold"])
    strip = group.locator(".strip svg").nth(1)
    box = strip.bounding_box()
    wide = (688 - 112 - 62) / T

    def x(t):
        return box["x"] + 112 + wide * (t - 0.5)

    page.mouse.move(x(5), box["y"] + 4)
    page.mouse.down()
    page.mouse.move(x(8), box["y"] + 23, steps=12)
    page.mouse.up()
    drawn = page.evaluate("model.traits.i")
    assert drawn[4] > 0.9
    assert drawn[7] == pytest.approx(0.5, abs=0.03)
    assert (np.diff(drawn[4:8]) <= 0).all()
    assert (drawn[3], drawn[8], page.evaluate("model.traits.t")) == (0, 0, 8)
    strip.focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowUp", "PageUp"):
        page.keyboard.press(key)
    assert (page.evaluate("model.traits.t"), page.evaluate("model.traits.i")[8]) == (9, pytest.approx(0.7))
    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("model.traits.i")[8] == 1
    page.keyboard.press("Home")
    assert page.evaluate("model.traits.i")[8] == 0
    assert_all_is_pythons(group.evaluate(READ), MemoryExplorer(**page.evaluate("({ ...model.traits })")))
    assert page.evaluate("model.traits.g") == PRESETS["hold"]["g"]


def test_a_button_sets_all_and_the_way_back_is_the_first(page):
    group = shown(page, PRESETS["hold"])
    for name, setting in PRESETS.items():
        group.get_by_role("button", name=name, exact=True).click()
        assert {key: page.evaluate(f"model.traits.{key}") for key in setting} == setting
    group.get_by_role("button", name="input gate", exact=True).click()
    assert page.evaluate("model.traits.fixed") == 2
    group.get_by_role("button", name="start", exact=True).click()
    assert {key: page.evaluate(f"model.traits.{key}") for key in setting} == PRESETS["hold"]
