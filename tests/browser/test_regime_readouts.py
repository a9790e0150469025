"""Every number and shape of the regime explorer, read in Chromium on random places of a small map, is Python's."""

from functools import cache

import numpy as np
import pytest
from tests.browser.geometry import assert_marks, assert_near, axis, log10_of, numbers
from tests.browser.mutants import survivors
from tests.browser.readouts import fixed, mount, number, told

from companion.explorers import RegimeExplorer
from companion.explorers.regimes.explorer import CASES, COLOURS
from companion.pages.regimes import places
from companion.shared import cells
from lstm.rates import VERDICTS

BIASES, SCALES = np.linspace(-2, 4, 5), np.linspace(0, 6, 7)
NETWORKS, STEPS = 5, 8
LOOKS = [
    ("product of f", "direct", "direct", "7 4", "diamond", "end"),
    ("true chain", "true", "c", "none", "disc", "end strong"),
]
LEGENDS = [
    f"log₁₀ of the true norm over that of the product of f, median of {NETWORKS} networks.",
    "The median rate: v vanishes, h holds, e explodes. Dark corner: the product of f says otherwise.",
    f"True rate in percent, median of {NETWORKS} networks; vanishes below 90, explodes above 110.",
]


@cache
def small():
    """(places, cells) of a map that is small, so that it is quick, and odd, so that nothing fits by chance."""
    draws = cells.draw_cells(NETWORKS, m=2, n=3, T=STEPS + 1, rng=np.random.default_rng(3))
    return places.places(draws, BIASES, SCALES), dict(zip(CASES, map(places.one, draws), strict=False))


def random_settings(count):
    rng = np.random.default_rng(4)
    drawn = zip(rng.choice(BIASES, count), rng.choice(SCALES, count), rng.integers(0, 5, count), strict=True)
    return [
        dict(bias=float(bias), scale=float(scale), case=int(case) * (k % 3 == 0), colour=k % 3 if k < 15 else 0)
        for k, (bias, scale, case) in enumerate(drawn)
    ]


def plain(x):
    return f"{x:g}".replace("-", "−")


def signed(x):
    return ("+" if x > 0 else "") + plain(x)


def assert_words(seen, explorer, shown):
    many = 1 if explorer.case else NETWORKS
    assert seen.say[0] == (
        f"The built cell {CASES[explorer.case - 1]}."
        if explorer.case
        else f"Forget bias {signed(explorer.bias)}, factor on W2 {plain(explorer.scale)}; medians of {many} networks."
    )
    true, direct = (number(shown[f"{which}_norm"][1]) for which in ("true", "direct"))
    verdicts = [VERDICTS[shown[f"{which}_verdict"]] for which in ("true", "direct")]
    assert seen.say[1:] == [
        f"Over {STEPS} steps the true norm is {true}; the product of f is {direct}.",
        f"In truth the gradient {verdicts[0]}; by the product of f it {verdicts[1]}.",
    ]
    assert seen.soft == [LEGENDS[explorer.colour], "¼, ¾: quartiles over the networks. Rate: mean factor per step."]
    assert seen.pressed == [*([CASES[explorer.case - 1]] if explorer.case else []), COLOURS[explorer.colour]]
    assert seen.heads == ["in truth", "product of f"]
    rows = []
    for what in ("norm", "rate"):
        for k, which in enumerate(("¼", "median", "¾")):
            pair = [shown[f"{side}_{what}"][k] for side in ("true", "direct")]
            rows.append([f"{what}, {which}", *(number(x) if many > 1 or k == 1 else "–" for x in pair)])
    for k, verdict in enumerate(("vanish", "hold", "explode")):
        rows.append([verdict, *(f"{shown[side][k]} of {many}" for side in ("true", "direct"))])
    assert seen.rows == rows


def assert_norms(figure, explorer, shown):
    """Median lines with marks, and bands between the quartiles, on a log axis against the steps back."""
    spoken = ", ".join(f"{words} {number(shown[f'{name}_norm'][1])}" for words, name, *_ in LOOKS)
    assert figure.label == f"Norms on a log axis against the steps back, 0 to {STEPS}. At {STEPS}: {spoken}."
    y = axis([(log10_of(t["text"]), t["at"][1] - 4.5) for t in figure.texts if t["kind"] == "tick"])
    x = axis([(int(t["text"]), t["at"][0]) for t in figure.texts if t["kind"] == "middle tick"])(
        np.arange(STEPS, -1, -1)
    )
    assert x[0] < x[-1]
    assert y(1) < y(0)
    *bands, a, b, c, d, e, f = figure.paths
    assert len(bands) == (0 if explorer.case else 2)
    names, leads = (
        [one for one in group if one[hue]] for group, hue in ((figure.texts, "fill"), (figure.lines, "stroke"))
    )
    assert len(names) == len(LOOKS)
    for k, (words, name, hue, dash, mark, kind) in enumerate(LOOKS):
        lower, middle, upper = (np.array([*one, 0]) / 100 for one in shown[f"{name}_curve"])
        line, filled, hollow = ((a, b, c), (d, e, f))[k]
        assert_near(np.reshape(numbers(line["d"]), (-1, 2)), np.transpose([x, y(middle)]), f"points of {words}")
        assert_marks(filled["d"], hollow["d"], mark, x, y(middle), np.ones(STEPS + 1), words)
        assert [line["stroke"], filled["fill"], line["dash"].replace("px", "").replace(",", "")] == [
            f"var(--{hue})"
        ] * 2 + [dash]
        assert [names[k]["text"], names[k]["kind"], names[k]["fill"]] == [words, kind, f"var(--{hue})"]
        assert_near(leads[k]["at"][2:], [x[0] - 5, y(middle)[0]], f"the line from {words}")
        if bands:
            wanted = [*zip(x, y(upper), strict=True), *zip(x[::-1], y(lower)[::-1], strict=True)]
            assert_near(np.reshape(numbers(bands[k]["d"]), (-1, 2)), wanted, f"band of {words}")
            assert bands[k]["fill"] == f"var(--{hue})"


def assert_map(figure, explorer, every):
    """169 cells in the book, 35 here: letters, colours, corners, names, and the frame around the chosen one."""
    where = [(row, column) for row in reversed(range(len(BIASES))) for column in range(len(SCALES))]
    *boxes, frame = figure.rects
    letters = [t["text"] for t in figure.texts if t["kind"] == "middle"]
    here = (int(np.abs(BIASES - explorer.bias).argmin()), int(np.abs(SCALES - explorer.scale).argmin()))
    assert len(boxes) == len(letters) == len(figure.cells) == len(where)
    for k, (row, column) in enumerate(where):
        about = every[row * len(SCALES) + column]
        ratio, rate, verdict = about["log10_ratio"][1], about["true_rate"][1], about["true_verdict"]
        side, share, text = [
            (np.sign(ratio), np.log2(1 + abs(ratio)) / 4, fixed(ratio, 1 if abs(ratio) < 9.95 else 0)),
            (verdict - 1, 0.7, VERDICTS[verdict][0]),
            (np.sign(rate - 1), 3 * abs(rate - 1), fixed(100 * rate, 0)),
        ][explorer.colour]
        hue, percent = boxes[k]["style"].removeprefix("fill: color-mix(in srgb, var(--").split("%")[0].split(") ")
        assert hue == ("direct" if side < 0 else "h")
        assert float(percent) == pytest.approx(45 * min(1, share) if side else 0)
        assert letters[k].replace("−0.0", "0.0") == text.replace("−0.0", "0.0")
        marked = explorer.colour == 1 and verdict != about["direct_verdict"]
        assert figure.corners[k] == ("visible" if marked else "hidden")
        name = f"bias {signed(BIASES[row])}, factor {plain(SCALES[column])}: log10 ratio "
        name += f"{fixed(ratio + 0.0, 2)}, true rate {number(rate)}, {VERDICTS[verdict]}"
        chosen = (row, column) == here
        assert figure.cells[k] == [name, str(chosen and not explorer.case).lower(), "0" if chosen else "-1"]
        if chosen:
            assert_near(frame["at"][:3], boxes[k]["at"][:3], "the frame around the chosen place")
    assert frame["kind"] == ("chosen unused" if explorer.case else "chosen")
    columns = {t["text"]: t["at"][0] for t in figure.texts if t["kind"] == "middle tick"}
    centres = dict(zip(map(plain, SCALES), (box["at"][0] + box["at"][2] / 2 for box in boxes), strict=False))
    assert columns == pytest.approx({text: centres[text] for text in list(centres)[::2]})


def assert_all_is_pythons(page, group, settings):
    explorer = RegimeExplorer(*small())
    every = []
    for bias in BIASES:
        for scale in SCALES:
            explorer.bias, explorer.scale = bias, scale
            every.append(explorer.shown())
    for setting in settings:
        for name, value in setting.items():
            setattr(explorer, name, value)
        seen = told(page, group, setting)
        shown = explorer.shown()
        assert_words(seen, explorer, shown)
        assert_map(seen.figures[0], explorer, every)
        assert_norms(seen.figures[1], explorer, shown)


@pytest.mark.parametrize("width", [840, 340])
def test_all_that_the_regime_explorer_shows_is_pythons(width, page):
    assert_all_is_pythons(page, mount(page, RegimeExplorer(*small()), width=width), random_settings(20))


MUTANTS = {
    "the other norm": ("strong(true_norm[1]), ", "strong(direct_norm[1]), "),
    "a quartile for the median": ("number(chosen[`${name}_norm`][1])", "number(chosen[`${name}_norm`][0])"),
    "columns exchanged": ("[text, direct[k]]", "[direct[k], text]"),
    "counts of the other": ("counts(chosen.direct)", "counts(chosen.true)"),
    "quartiles of one cell": ("networks > 1 || k === 1", "true"),
    "titles exchanged": ('"vanish", "hold", "explode"', '"hold", "vanish", "explode"'),
    "a band without its upper edge": ("y(upper[k])", "y(lower[k])"),
    "hundredths for tenths": ("x / 100", "x / 10"),
    "a curve of the other": ("chosen[`${look.name}_curve`]", 'chosen["true_curve"]'),
    "steps that run forward": ("label(xs[steps - k], base + 18", "label(xs[k], base + 18"),
    "the sign of the colour": ('side < 0 ? "direct" : "h"', 'side > 0 ? "direct" : "h"'),
    "the share of the colour": ("Math.log2(1 + Math.abs(x)) / 4", "Math.log2(1 + Math.abs(x)) / 5"),
    "corners where both agree": ("true_verdict !== direct_verdict ?", "true_verdict === direct_verdict ?"),
    "percent of one": ("decimals(100 * x, 0)", "decimals(10 * x, 0)"),
    "a frame one row off": ("y: y(at.row)", "y: y(at.row + 1)"),
    "rows named from above": ("bias ${signed(biases[r])}", "bias ${signed(biases[biases.length - 1 - r])}"),
    "a place of the transposed map": ("row * data.scales.length + column);", "column * data.biases.length + row);"),
    "a sign for nothing": ('(x > 0 ? "+" : "") + plain(x)', "plain(x)"),
}


def test_a_wrong_display_of_the_regimes_is_noticed(page):
    explorer, settings = RegimeExplorer(*small()), random_settings(8)

    def look(source):
        assert_all_is_pythons(page, mount(page, explorer, source), settings)

    assert survivors(str(explorer._esm), MUTANTS, look) == []
