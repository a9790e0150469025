"""What a figure shows is what it was given: lines, bars, signs and zeros."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text
from tests.figure_calls import BARS, CALLS, CHAIN, DIRECT, JACOBIANS, LAGS, MAP, STEPS, C, F, G, H, I, O, T, X, draw

from companion.style.palette import LIGHT
from lstm.gradient import Terms


def lines(axes):
    return [line.get_ydata() for line in axes.lines]


def test_time_series_are_drawn_as_given_each_symbol_in_its_colour():
    rows = {"x": X[:, None], "i": I, "f": F, "o": O, "g": G}
    figure = draw("gates")
    for axes, (symbol, values) in zip(figure.axes, rows.items(), strict=True):
        np.testing.assert_array_equal(lines(axes), values.T[[0] if symbol == "x" else [0, 2]])
        assert {to_hex(line.get_color()) for line in axes.lines} == {LIGHT[symbol]}
    for axes, values in zip(draw("states").axes, (X[:, None], C, H), strict=True):
        np.testing.assert_array_equal(lines(axes), values.T)
    assert len(draw("states", x=None).axes) == 2


@pytest.mark.parametrize("name", ["gates", "states"])
def test_each_unit_has_a_line_style_of_its_own_and_the_legend_names_it(name):
    figure = draw(name, units=(3, 1, 2))
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["unit 3", "unit 1", "unit 2"]
    named = [str(line._unscaled_dash_pattern) for line in legend.legend_handles]
    assert len(set(named)) == 3
    for axes in figure.axes[1:]:
        assert [str(line._unscaled_dash_pattern) for line in axes.lines] == named
    np.testing.assert_array_equal(lines(draw("states", units=(3, 1, 2)).axes[1]), C.T[[2, 0, 1]])


def test_functions_and_weights_are_drawn_as_given():
    arrays = CALLS["two functions"][1]
    top, bottom = draw("two functions").axes
    np.testing.assert_array_equal(lines(top)[:2], [arrays["sigma"], arrays["tanh"]])
    np.testing.assert_array_equal(lines(bottom)[:2], [arrays["sigma_slope"], arrays["tanh_slope"]])
    slow, half, _, fast, *_ = draw("decay").axes[0].lines
    np.testing.assert_array_equal([slow.get_ydata(), fast.get_ydata()], [0.9**LAGS, 0.5**LAGS])
    assert (half.get_xdata()[0], half.get_ydata()[0]) == (6.58, 0.5)


@pytest.mark.parametrize("name", ["terms", "explorer"])
def test_bars_are_the_six_terms_and_their_sum(name):
    bars = [bar.get_width() for bar in draw(name).axes[0].patches]
    assert bars == [*BARS, 1.75]


@pytest.mark.parametrize("name", ["chains", "explorer"])
def test_chains_show_absolute_values_and_hollow_signs(name):
    axes = draw(name).axes[-1]
    np.testing.assert_array_equal(lines(axes)[::3], np.abs([DIRECT, JACOBIANS, CHAIN]))
    looks = {(line.get_linestyle(), to_hex(line.get_color())) for line in axes.lines[::3]}
    assert len(looks) == 3
    positive, negative = axes.lines[7:9]
    np.testing.assert_array_equal(positive.get_xdata(), STEPS[CHAIN > 0])
    np.testing.assert_array_equal(negative.get_xdata(), STEPS[CHAIN < 0])
    assert (to_hex(positive.get_mfc()), to_hex(negative.get_mfc())) == (LIGHT["c"], "#ffffff")


def test_a_zero_is_left_out_of_a_log_axis_and_said_so():
    gone = np.where(STEPS < T, 0.0, 1.0)
    figure = draw("chains", product_of_f=gone)
    drawn = figure.axes[0].lines[0].get_ydata()
    assert np.isnan(drawn[:-1]).all()
    assert drawn[-1] == 1
    labels = [text.get_text() for text in figure.findobj(Text)]
    assert "product of $f$ = 0" in labels
    assert "step $s$\nnot drawn where 0: product of $f$" in labels
    assert not any("0" in text.get_text() and "product" in text.get_text() for text in draw("chains").findobj(Text))
    nothing = np.zeros(T)
    assert draw("chains", product_of_f=nothing, product_of_jacobians=nothing, chain=nothing)._repr_png_()


def test_terms_that_are_all_zero_are_drawn():
    figure = draw("terms", terms=Terms(*[0.0] * 6), total=0.0)
    assert [text.get_text() for text in figure.axes[0].texts] == ["0"] * 7


def test_medians_are_drawn_as_given_and_a_third_of_a_kind_is_refused():
    curves = lines(draw("medians").axes[0])[::3]
    np.testing.assert_array_equal(curves, [0.5**STEPS, 0.9**STEPS, 0.99**STEPS])
    with pytest.raises(ValueError, match=r"^lstm: expected at most two curves, got 3"):
        draw("medians", lstm=dict.fromkeys([0, 1, 3], 0.9**STEPS))
    with pytest.raises(ValueError, match=r"^lstm\[1\]: expected shape"):
        draw("medians", lstm={1: 0.9 ** STEPS[:-1]})


def test_rates_and_map_are_drawn_as_given():
    rnn, lstm = lines(draw("rates").axes[0])[::3]
    np.testing.assert_array_equal([rnn, lstm], [0.5**STEPS, 0.9**STEPS])
    mesh = draw("map").axes[0].collections[0]
    np.testing.assert_array_equal(mesh.get_array(), MAP["log10_ratio"])
    assert mesh.norm.vmin == -mesh.norm.vmax
    flat = draw("map", log10_ratio=np.full((5, 7), 0.5))
    assert len(flat.axes[0].collections) == 1, "no contour line in a flat map"
