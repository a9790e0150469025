"""What the explorer of the sweep must show of a setting, all of it computed by Python."""

import numpy as np
from tests.browser.geometry import assert_near, axis, numbers
from tests.browser.readouts import drawn, fixed, number, told_all

from companion.explorers import SweepExplorer
from companion.explorers.sweep.explorer import MOST, PRESETS, START, T
from lstm import equations

READ = """(root) => {
  const all = (selector, what) => [...root.querySelectorAll(`.sweep-figure ${selector}`)].map(what);
  const of = (node) => (...names) => names.map((name) => node.getAttribute(name));
  const box = (node) => of(node)("x", "y", "width", "height").map(Number);
  const named = (node) => node.dataset.name;
  return {
    label: root.querySelector(".sweep-figure svg").getAttribute("aria-label"),
    arrows: all("path.message", (one) => [named(one), ...of(one)("d", "transform"), one.style.fill, one.style.stroke]),
    pale: all("line.pale", (one) => [named(one), ...of(one)("x1", "x2", "y1").map(Number)]),
    numbers: all("text[data-name]", (one) => [named(one), one.textContent, one.getAttribute("class"), one.style.fill,
      ...of(one)("x", "y").map(Number)]),
    steps: all("[data-step]", (one) =>
      [Number(one.dataset.step), one.getAttribute("class"), one.querySelectorAll("line").length]),
    bars: all("rect.share", (one) => [named(one), one.getAttribute("class"), one.style.fill, ...box(one)]),
    rows: all(".parameter", (one) => [one.textContent, one.style.fill, Number(one.getAttribute("y")) - 5]),
    here: all("rect.here", box),
    ticks: all(".tick", (one) => [Number(one.textContent), Number(one.getAttribute("x")), one.getAttribute("class")]),
  };
}"""
C, H, TOP, BOTTOM, HALF, HEAD, TALL, NARROW = 84, 138, 62, 160, 11, 7, 8, 84


def shown_settings(count):
    edges = [
        START,
        *(setting | {"at": at} for setting in PRESETS.values() for at in (0, 4)),
        START | {"r_6": 0, "at": 6},
    ]
    return [*drawn(SweepExplorer, count, seed=4), *edges]


def slopes(explorer):
    _, trace = explorer.cell()
    return equations.output_slope(trace.o, trace.c)[:, 0]


def said(explorer):
    swept, shares, t = explorer.sweep(), explorer.shares(), explorer.at
    if t == 0:
        return said_at_the_end(explorer, swept)
    k, reads, D = t - 1, getattr(explorer, f"r_{t}"), slopes(explorer)
    dh, dc, add = number(swept.dl_dh[k]), number(swept.dl_dc[k]), (number(shares[name][k]) for name in ("b_f", "w_2f"))
    product = f"D × dl/dh({t}) = {number(D[k])} × {dh}"
    if t == T:
        what = f"h({t})" if reads else "nothing here"
        one = f"Step {t}: no message has come yet; the loss reads {what}, and dl/dh({t}) is {dh}."
        two = f"dl/dc({t}) is {product}, which is {dc}."
    else:
        message = number(swept.to_h[t])
        one = f"Step {t}: the loss reads nothing here; dl/dh({t}) is the message, {message}."
        if reads:
            one = f"Step {t}: the loss reads h({t}), and dl/dh({t}) is 1 plus the message {message}, together {dh}."
        two = f"dl/dc({t}) is the message {number(swept.to_c[t])} plus {product}, together {dc}."
    to_b, to_w = add
    sent = f"{fixed(explorer.f, 2)} × {dc} = {number(swept.to_c[k])} to c({k}) and {number(swept.to_h[k])} to h({k})."
    return [f"{one} {two}", f"It adds {to_b} to the gradient of bf and {to_w} to that of w2f. It sends {sent}"]


def said_at_the_end(explorer, swept):
    first = (
        f"The end: dl/dc(0) is {number(swept.to_c[0])} and dl/dh(0) is {number(swept.to_h[0])}, each with the other"
        " held. The sums below are the whole gradient."
    )
    steps, found, share = explorer.most_from(), explorer.cancels(), f"{100 * MOST:.0f} %"
    if steps is None:
        return [first, "No parameter has collected anything."]
    much = (
        f"at least {share} of every parameter’s shares"
        if steps > 1
        else f"less than {share} of some parameter’s shares"
    )
    most = f"A sweep that stopped after step {max(steps, 2)} would have collected, by size, {much}."
    if found is None:
        return [first, f"{most} No parameter has shares of both signs."]
    name, sums = found.name.replace("_", ""), f"{number(found.sizes)}, the shares to {number(found.sum)}."
    return [first, f"{most} The shares of {name} cancel most: their sizes add up to {sums}"]


def collected(explorer):
    return {name: shares[max(explorer.at, 1) - 1 :].sum() for name, shares in explorer.shares().items()}


def table(explorer):
    shares, sums, t = explorer.shares(), collected(explorer), explorer.at

    def cells(name):
        return [number(shares[name][t - 1]) if t else "", number(sums[name])]

    return [[gate, *cells(f"b_{gate}"), *cells(f"w_2{gate}")] for gate in "figo"]


def assert_all_is_pythons(page, group, many):
    explorer = SweepExplorer()
    for setting, seen in told_all(page, group, explorer, many):
        assert sorted(one["value"] for one in seen.controls) == sorted(setting.values())
        assert seen.say == said(explorer)
        assert seen.heads == ["to b", "b, so far", "to w2", "w2, so far"]
        assert seen.rows == table(explorer)
        assert_picture(group.evaluate(READ), explorer)


def arrow(x, y, x2, y2, value, hue):
    """What an arrow for `value` from (x, y) to (x2, y2) must look like."""
    long, w = np.hypot(x2 - x, y2 - y), (1 + 2 * np.clip(np.log10(abs(value)) + 3, 0, 3)) / 2
    d = [0, -w, long - HEAD, -w - 3.5, long, 0, long - HEAD, w + 3.5, w, 0]
    turn = np.degrees(np.arctan2(y2 - y, x2 - x))
    return d, [x, y, turn], f"var(--{'ground' if value < 0 else hue})", f"var(--{hue})"


def assert_picture(seen, explorer):
    swept, at, reached = explorer.sweep(), explorer.at, max(explorer.at, 1)
    x, sums = axis([tick[:2] for tick in seen["ticks"]]), collected(explorer)
    assert [tick[0] for tick in seen["ticks"] if "strong" in tick[2]] == [at]
    wide = float(x(1) - x(0))
    assert_near(seen["here"][0][::2], [float(x(at)) - wide / 2, wide], "the step that is marked")
    wanted, texts, pale = {}, {}, []
    for t in range(1, T + 1):
        for name, y, of in (("c", C, swept.to_c), ("h", H, swept.to_h)):
            ends, value, goes = (x(t) - HALF - 2, x(t - 1) + HALF + 1), of[t - 1], f"{name}{t - 1}"
            if t < reached:
                pale.append([goes, *ends, y])
                continue
            wanted[goes] = (ends[0], y, ends[1], y, value, name)
            texts[goes] = [
                number(value),
                "middle strong" if t == reached else "middle",
                f"var(--{name})",
                (x(t) + x(t - 1)) / 2,
            ]
        if t >= reached:
            wanted[f"r{t}"] = (x(t), 42 if wide < NARROW else 2, x(t), TOP - 2, getattr(explorer, f"r_{t}"), "h")
            wanted[f"D{t}"] = (x(t), H - 10, x(t), C + 11, slopes(explorer)[t - 1] * swept.dl_dh[t - 1], "h")
    wanted = {name: arrow(*one) for name, one in wanted.items() if one[4] != 0}
    assert sorted(one[0] for one in seen["arrows"]) == sorted(wanted)
    for name, d, transform, fill, stroke in seen["arrows"]:
        shape, place, *colours = wanted[name]
        assert_near(numbers(d), shape, f"shape of {name}")
        assert_near(numbers(transform), place, f"place of {name}")
        assert [fill, stroke] == colours, name
    assert [one[0] for one in seen["pale"]] == [one[0] for one in pale]
    assert_near([one[1:] for one in seen["pale"]], [one[1:] for one in pale], "messages not yet sent") if pale else None
    assert {name: rest[:3] for name, *rest in seen["numbers"]} == {name: one[:3] for name, one in texts.items()}
    assert_near([one[4] for one in seen["numbers"]], [texts[one[0]][3] for one in seen["numbers"]], "numbers")
    marked = [[t, "sweep-step" if t >= at else "sweep-step pale", int(t >= reached)] for t in range(T + 1)]
    assert seen["steps"] == marked
    assert_bars_of_shares(seen, explorer, x, reached)
    goes = ", ".join(
        f"to {k}({reached - 1}) goes {number(of[reached - 1])}" for k, of in (("c", swept.to_c), ("h", swept.to_h))
    )
    so_far = ", ".join(f"{name.replace('_', '')} {number(value)}" for name, value in sums.items())
    where = f"at step {at}" if at else "at its end"
    assert seen["label"] == f"The unrolled graph of {T} steps, the sweep {where}: {goes}. Collected so far: {so_far}."


def assert_bars_of_shares(seen, explorer, x, reached):
    shares = explorer.shares()
    hues = {name: f"var(--{name[-1]})" for name in shares}
    assert [row[:2] for row in seen["rows"]] == [[name.replace("_", ""), hues[name]] for name in shares]
    heights = dict(zip(shares, (row[2] for row in seen["rows"]), strict=True))
    assert (np.diff(list(heights.values())) > 2 * TALL).all()
    steps = {f"{name} {t}": (name, t) for name, one in shares.items() for t in range(reached, T + 1) if one[t - 1]}
    assert [bar[0] for bar in seen["bars"]] == list(steps)
    for key, kind, fill, left, top, wide, tall in seen["bars"]:
        name, t = steps[key]
        share = shares[name][t - 1]
        y, high = heights[name], TALL * abs(share) / np.abs(shares[name]).max()
        assert (kind, fill) == ("share now" if t == explorer.at else "share", hues[name]), key
        assert_near([left + wide / 2, top, tall], [x(t), y if share < 0 else y - high, high], key)
