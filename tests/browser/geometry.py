"""The shapes of the explorers' charts against numbers: the axis is read from its ticks, as a reader does."""

import re

import numpy as np
from tests.browser.readouts import column, value_of

NEAR = 1e-4  # pixels
FLOOR = -32  # the lowest power of ten of a log axis
ROOM = 2  # radii that two neighbouring marks are apart at least


def axis(pairs):
    """The line through (value, pixel) of the ticks, as a function; the ticks must lie on it."""
    values, pixels = np.transpose(pairs)
    slope, start = np.polyfit(values, pixels, 1)
    np.testing.assert_allclose(slope * values + start, pixels, rtol=0, atol=NEAR)
    assert len(set(values)) == len(values) >= 2
    return lambda value: slope * np.asarray(value, float) + start


def assert_near(seen, wanted, what):
    np.testing.assert_allclose(seen, wanted, rtol=0, atol=NEAR, err_msg=what)


def numbers(d):
    return [float(one) for one in re.findall(r"-?[\d.]+(?:e-?\d+)?", d)]


def assert_bars(figure, rows, below):
    """Signed bars: `rows` one after the other, `below` them from 0. Each is (words, value, hue) and flags."""
    ticks = [(value_of(t["text"]), t["at"][0]) for t in figure.texts if t["kind"] == "middle tick"]
    x, bars = axis(ticks), figure.paths
    assert [t for t, _ in ticks] == sorted(t for t, _ in ticks)
    ends = np.cumsum([0.0, *(value for _, value, *_ in rows)])
    starts = [*ends[:-1], *(0.0 for _ in below)]
    names = [t for t in figure.texts if t["fill"]]
    values = [t for t in figure.texts if not t["fill"] and "tick" not in t["kind"]]
    wanted = column([value for _, value, *_ in (*rows, *below)])
    assert len(bars) == len(names) == len(values) == len(rows) + len(below)
    heights = []
    for k, (words, value, hue, *flags) in enumerate((*rows, *below)):
        a, top, tip, b, y, _, bottom, a_again = numbers(bars[k]["d"])
        assert re.sub(r"-?[\d.]+(?:e-?\d+)?", "", bars[k]["d"]).replace(" ", "") == "MHLLHz"
        assert_near([a, a_again], x(starts[k]), f"start of {words}")
        assert_near(b, x(starts[k] + value), f"end of {words}")
        assert_near(tip, b - np.sign(b - a) * min(5, abs(b - a)), f"tip of {words}")
        assert_near([top, bottom], [y - 7.5, y + 7.5], f"height of {words}")
        assert bars[k]["stroke"] == f"var(--{hue})", words
        assert bars[k]["fill"] == ("var(--ground)" if "hollow" in flags else f"var(--{hue})"), words
        assert names[k]["text"] == words
        assert names[k]["fill"] == f"var(--{hue})"
        assert values[k]["text"] == wanted[k], words
        assert names[k]["kind"] == values[k]["kind"] == ("end strong" if "strong" in flags else "end"), words
        assert_near([names[k]["at"][1], values[k]["at"][1]], y + 4.5, f"words beside {words}")
        heights.append(y)
    assert (np.diff(heights) > 15).all()
    uprights = [one["at"] for one in figure.lines if one["kind"] == "axis"]
    joints = [[x(end), heights[k], x(end), heights[k + 1]] for k, end in enumerate(ends[1:])]
    assert_near(uprights[len(uprights) - len(rows) :], joints, "from bar to bar")
    assert_near([at[0] for at in uprights[: -len(rows)]], [x(0.0)] * (len(uprights) - len(rows)), "the axis at 0")
    (rule,) = [one["at"][1] for one in figure.lines if one["at"][1] == one["at"][3]]
    assert heights[len(rows) - 1] < rule - 7.5 < rule + 7.5 < heights[len(rows)]


def log10_of(tick):
    power = np.log10(value_of(tick))
    assert abs(power - round(power)) < 1e-9
    return round(power)


def assert_curves(figure, looks):
    """Curves over s = 1, ..., T on a log axis. A look is (words, values, hue, dash, mark) and flags."""
    levels = [t for t in figure.texts if t["kind"] == "tick"]
    (below,) = [t for t in levels if t["text"].startswith("<")]  # the row of what is smaller than the axis shows
    zero = below["at"][1] - 4.5
    ticks = [(log10_of(t["text"]), t["at"][1] - 4.5) for t in levels if t is not below]
    y, lowest, T = axis(ticks), min(power for power, _ in ticks), len(looks[0][1])
    assert log10_of(below["text"][1:]) == lowest
    steps = [(int(t["text"]), t["at"][0]) for t in figure.texts if t["kind"] == "middle tick"]
    x = axis(steps)(np.arange(1, T + 1))
    assert {1, T} <= {s for s, _ in steps} <= set(range(1, T + 1))
    assert x[0] < x[-1]
    assert y(1) < y(0) < zero
    names = [t for t in figure.texts if t["fill"]]
    leads = [one for one in figure.lines if one["stroke"]]
    assert len(figure.paths) == 3 * len(looks)
    assert [t["text"] for t in names] == [words for words, *_ in looks]
    for k, (words, values, hue, dash, mark, *flags) in enumerate(looks):
        line, filled, hollow = figure.paths[3 * k : 3 * k + 3]
        with np.errstate(divide="ignore"):
            powers = np.log10(np.abs(values))
        assert lowest == FLOOR or powers[powers > FLOOR].min() >= lowest
        heights = np.where(powers < lowest, zero, y(np.maximum(powers, lowest)))
        points = [[float(one) for one in point.split()] for point in line["d"][1:].split("L")]
        assert_near(points, np.transpose([x, heights]), f"points of {words}")
        assert [line["stroke"], filled["stroke"], hollow["stroke"]] == [f"var(--{hue})"] * 3, words
        assert [line["fill"], filled["fill"], hollow["fill"]] == ["none", f"var(--{hue})", "var(--ground)"], words
        assert line["dash"].replace("px", "").replace(",", "") == dash, words
        assert_marks(filled["d"], hollow["d"], mark, x, heights, np.asarray(values), words)
        assert names[k]["fill"] == leads[k]["stroke"] == f"var(--{hue})"
        assert names[k]["kind"] == ("end strong" if "strong" in flags else "end")
        assert_near(leads[k]["at"][2:], [x[0] - 5, heights[0]], f"the line from {words}")
        assert_near(leads[k]["at"][1], names[k]["at"][1] - 4.5, f"the line to {words}")


START = {"disc": ("a", -1, 0), "square": ("h", -1, -1), "diamond": ("l", 0, -1.4)}


def assert_marks(filled, hollow, mark, x, heights, values, words):
    """Marks stand on an odd stride of the points, filled where the value is not negative, hollow where it is."""
    command, dx, dy = START[mark]
    found, radius = {}, 0
    for d, is_hollow in ((filled, False), (hollow, True)):
        for one in d.split("M")[1:]:
            assert command in one, words
            left, top, *rest = numbers(one)
            radius = rest[0] / {"disc": 1, "square": 2, "diamond": 1.4}[mark]
            k = int(np.abs(x - (left - dx * radius)).argmin())
            assert_near([left, top], [x[k] + dx * radius, heights[k] + dy * radius], f"mark {k} of {words}")
            found[k] = is_hollow
    marked = sorted(found)
    stride = marked[1] - marked[0] if len(marked) > 1 else len(x)
    assert marked == list(range(0, len(x), stride)), words
    assert stride % 2 == 1 or len(marked) == 1, words
    assert [found[k] for k in marked] == [bool(values[k] < 0) for k in marked], words
    assert len(marked) == 1 or x[marked[1]] - x[0] >= ROOM * radius
