"""Every number and shape of the regime explorer, read in Chromium on random places of a small map, is Python's."""

from functools import cache

import numpy as np
import pytest
from tests.browser.geometry import assert_near
from tests.browser.mutants import survivors
from tests.browser.norms_shown import assert_norms
from tests.browser.readouts import fixed, mount, number, told

from companion.explorers import RegimeExplorer
from companion.explorers.regimes.explorer import CASES, COLOURS
from companion.pages.regimes import places
from companion.shared import cells
from lstm.rates import VERDICTS

BIASES, SCALES = np.linspace(-2, 4, 5), np.linspace(0, 6, 7)
NETWORKS, STEPS = 5, 8
LEGENDS = [
    f"log₁₀ of the true norm over that of the product of f, median of {NETWORKS} networks.",
    "Median rate: v vanishes, below 90 %; h holds; e explodes, above 110 %. "
    "Dark corner: the product of f says otherwise.",
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
        f"The built cell of the button {CASES[explorer.case - 1]}."
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
        assert_norms(seen.figures[1], shown, 1 if explorer.case else NETWORKS, "product of f")


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
    "a frame one row off": ("y: y(now.row)", "y: y(now.row + 1)"),
    "rows named from above": ('bias ${plain(bias, "+")}', 'bias ${plain(biases[biases.length - 1 - row], "+")}'),
    "a place of the transposed map": ("row * data.scales.length + column];", "column * data.biases.length + row];"),
    "a sign for nothing": ('plain(data.biases[row], "+")', "plain(data.biases[row])"),
}


def test_a_wrong_display_of_the_regimes_is_noticed(page):
    explorer, settings = RegimeExplorer(*small()), random_settings(8)

    def look(source):
        assert_all_is_pythons(page, mount(page, explorer, source), settings)

    assert survivors(str(explorer._esm), MUTANTS, look) == []
