"""The figures of the training chapter show the arrays they were given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text
from tests.drawn_twice import drawn_twice

from companion.pages.training import figures, runs
from companion.style.palette import LIGHT

RNG = np.random.default_rng(0)
T, K, S = 12, 40, 3
VALUES, MARKS = RNG.random(T), np.eye(T)[[2, 8]].sum(axis=0)
STEPS, UPDATES = np.arange(1, T + 1), 20 * np.arange(1, K + 1)
FELT = {kind: 10.0 ** -np.linspace(k + 1, 0, T) for k, kind in enumerate(figures.KINDS)}
FALL = np.geomspace(0.3, 1e-4, K)
EACH = {kind: FALL ** (1 - 0.3 * k) * RNG.uniform(0.8, 1.2, (S, K)) for k, kind in enumerate(FELT)}
EACH["rnn"] = np.full((S, K), 1 / 6)
MIDDLE = {kind: np.median(curves, axis=0) for kind, curves in EACH.items()}
LEVELS = {"solved": 0.01}
CALLS = {
    "example": (figures.example, dict(values=VALUES, marks=MARKS, target=1.25)),
    "felt": (figures.felt, dict(steps=STEPS, curves=FELT)),
    "learning": (figures.learning, dict(updates=UPDATES, each=EACH, middle=MIDDLE, levels=LEVELS)),
}


def draw(name, **changed):
    function, arguments = CALLS[name]
    return function(**arguments | changed)


def words(figure):
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def test_the_sequence_is_drawn_as_given_and_its_marked_steps_apart():
    axes = draw("example").axes[0]
    points = {x: y for line in axes.lines for x, y in zip(*line.get_data(), strict=True)}
    assert points == dict(zip(STEPS, VALUES, strict=True))
    plain, marked = axes.lines
    assert list(marked.get_xdata()) == [3, 9]
    assert plain.get_markersize() < marked.get_markersize()
    stems = axes.collections[0].get_segments()
    assert [stem[1].tolist() for stem in stems] == [[3, VALUES[2]], [9, VALUES[8]]]
    shown = words(draw("example"))
    assert {f"{VALUES[2]:.2f}", f"{VALUES[8]:.2f}", "step $t$"} <= set(shown)
    assert any("target 1.25" in text for text in shown)


def test_what_is_felt_is_drawn_as_given_on_a_log_axis_each_kind_by_its_name_and_dash():
    axes = draw("felt").axes[0]
    assert axes.get_yscale() == "log"
    np.testing.assert_array_equal([line.get_ydata() for line in axes.lines], list(FELT.values()))
    assert len({(line.get_linestyle(), to_hex(line.get_color())) for line in axes.lines}) == 4
    assert set(figures.KINDS) == set(runs.KINDS) <= set(words(draw("felt")))


def test_a_band_holds_all_seeds_and_the_middle_is_a_line():
    axes = draw("learning").axes[0]
    bands = sorted(tuple(map(tuple, band.get_paths()[0].vertices)) for band in axes.collections)
    wanted = []
    for curves in EACH.values():
        low, high = np.min(curves, axis=0), np.max(curves, axis=0)
        wanted.append({*zip(UPDATES, low, strict=True), *zip(UPDATES, high, strict=True)})
    assert all(any(points <= set(band) for band in bands) for points in wanted)
    assert len(bands) == len(EACH)
    thick = [line.get_ydata() for line in axes.lines if line.get_linewidth() == 2]
    assert sorted(map(tuple, thick)) == sorted(map(tuple, MIDDLE.values()))
    level = [line for line in axes.lines if len(line.get_ydata()) == 2]
    assert [list(line.get_ydata()) for line in level] == [[0.01, 0.01]]
    assert {"solved", "updates", "rnn", "chrono"} <= set(words(draw("learning")))


def test_a_name_stands_where_its_curve_falls_and_in_its_colour():
    texts = {text.get_text(): text for text in draw("learning").axes[0].texts}
    kinds = {"bias 1": (0.03, "f"), "bias 0": (0.03, "g")}
    for kind, (level, colour) in kinds.items():
        x, y = texts[kind].xy
        assert y == MIDDLE[kind][x == UPDATES][0] < level <= MIDDLE[kind][x > UPDATES][-1]
        assert to_hex(texts[kind].get_color()) == LIGHT[colour]
    assert (texts["bias 1"].get_ha(), texts["bias 0"].get_ha()) == ("right", "left")
    assert texts["rnn"].get_ha() == "center"


@pytest.mark.parametrize("name", CALLS)
def test_the_same_arrays_give_the_same_bytes_and_leave_no_trace(name):
    drawn_twice(lambda: draw(name))


@pytest.mark.parametrize(
    ("name", "named", "changed"),
    [
        ("example", "values", dict(values=VALUES[:, None])),
        ("example", "marks", dict(marks=MARKS[1:])),
        ("example", "target", dict(target=[1.0])),
        ("felt", "steps", dict(steps=STEPS[:, None])),
        ("felt", r"curves\['rnn'\]", dict(curves={"rnn": VALUES[1:]})),
        ("felt", "curves", dict(curves={"gru": VALUES})),
        ("learning", "updates", dict(updates=UPDATES[:, None])),
        ("learning", "middle", dict(middle={})),
        ("learning", r"each\['rnn'\]", dict(each=EACH | {"rnn": FALL})),
        ("learning", r"middle\['rnn'\]", dict(middle=MIDDLE | {"rnn": FALL[1:]})),
        ("learning", r"levels\['a'\]", dict(levels={"a": np.nan})),
        ("learning", "each", dict(each={"gru": EACH["rnn"]}, middle={"gru": FALL})),
    ],
)
def test_what_does_not_fit_is_refused_by_its_name(name, named, changed):
    with pytest.raises(ValueError, match=rf"^{named}: expected"):
        draw(name, **changed)


def test_a_figure_that_differs_when_drawn_again_is_seen_and_so_is_a_setting_left_behind():
    with pytest.raises(AssertionError, match="other bytes"):
        drawn_twice(lambda: draw("example", target=RNG.random()))

    def careless():
        plt.rcParams["lines.linewidth"] = 7
        return draw("example")

    with plt.rc_context(), pytest.raises(AssertionError, match="changed matplotlib's settings"):
        drawn_twice(careless)
