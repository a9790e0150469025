"""The explorers' Python side: traits that refuse bad values, results by lstm.gradient, presets that keep their word."""

import re

import numpy as np
import pytest
from traitlets import TraitError

from lstm import gradient
from lstm.figures import DARK, LIGHT
from lstm.scalar import held_gates
from lstm.widgets import Eq15Explorer
from lstm.widgets.eq15 import PRESETS

BAD = {"f": 1.2, "i": -0.1, "o": np.nan, "g": -1.5, "T": 1, "c_prev": "1", "o_prev": True, "w_2f": 5, "read": None}


@pytest.mark.parametrize(("name", "value"), BAD.items())
def test_a_bad_value_is_refused_by_name_with_its_range(name, value):
    low, high = Eq15Explorer.ranges()[name]
    explorer = Eq15Explorer()
    before = getattr(explorer, name)
    with pytest.raises(TraitError, match=rf"{name}: expected .* in \[{low}, {high}\], got {re.escape(repr(value))}"):
        setattr(explorer, name, value)
    assert getattr(explorer, name) == before


def test_steps_are_whole():
    with pytest.raises(TraitError, match="T: expected a whole number"):
        Eq15Explorer(T=7.5)


def test_a_misspelled_trait_is_refused():
    with pytest.raises(TypeError, match="no trait 'forget'"):
        Eq15Explorer(forget=0.5)


def test_the_terms_are_those_of_lstm_gradient_and_sum_to_the_total():
    explorer = Eq15Explorer(f=0.7, i=0.4, o=0.6, g=-0.3, c_prev=1.1, o_prev=0.5, read=-1.5, read_prev=0.7, T=2)
    six, params, trace = explorer.terms(), *cell(explorer)
    total = gradient.totals(params, trace, np.array([[0.7], [-1.5]])).dl_dc
    assert all(isinstance(term, float) for term in six)
    assert sum(six) == pytest.approx(total[0, 0], rel=1e-14)


def cell(explorer):
    names = ("f", "i", "o", "g", "w_2f", "w_2i", "w_2g", "w_2o", "T")
    values = {name: getattr(explorer, name) for name in names}
    return held_gates(**values, c_1=explorer.c_prev, o_1=explorer.o_prev)


def test_the_chains_are_those_of_lstm_gradient():
    explorer = Eq15Explorer(T=9)
    params, trace = cell(explorer)
    chains = explorer.chains()
    for s in chains.steps:
        s = int(s)
        assert chains.product_of_f[s - 1] == pytest.approx(gradient.product_of_f(trace, s, 9)[0], rel=1e-13)
        by_J = gradient.product_of_jacobians(params, trace, s, 9)[0, 0]
        assert chains.product_of_jacobians[s - 1] == pytest.approx(by_J, rel=1e-13)
        assert chains.chain[s - 1] == pytest.approx(gradient.chain(params, trace, s, 9)[0, 0], rel=1e-13)
    np.testing.assert_array_equal(chains.c, trace.c[:, 0])


def told(name):
    """What a preset shows: true over direct for one step, then product of f and true chain over T steps."""
    explorer = Eq15Explorer(**PRESETS[name])
    six, chains = explorer.terms(), explorer.chains()
    return sum(six) / six.direct, chains.product_of_f[0], chains.chain[0]


def test_kept_means_that_the_direct_term_is_nearly_all_and_most_of_it_survives():
    ratio, by_f, true = told("kept")
    assert abs(ratio - 1) < 0.1
    assert by_f > 0.5
    assert abs(true / by_f - 1) < 0.5


def test_forgotten_means_that_nothing_is_left_by_any_way():
    _, by_f, true = told("forgotten")
    assert max(abs(by_f), abs(true)) < 1e-6


def test_misleads_means_that_the_direct_term_has_the_wrong_sign():
    ratio, _, _ = told("direct term misleads")
    assert ratio < -0.5


def test_explodes_means_that_the_truth_grows_while_the_product_of_f_vanishes():
    _, by_f, true = told("explodes")
    assert by_f < 1e-3
    assert abs(true) > 10


def test_vanishes_means_that_the_truth_is_gone_though_the_product_of_f_is_not():
    _, by_f, true = told("vanishes though f is near 1")
    assert PRESETS["vanishes though f is near 1"]["f"] > 0.95
    assert by_f > 0.5
    assert abs(true) < 1e-3


def test_a_preset_is_a_complete_setting():
    assert all(values.keys() == Eq15Explorer.ranges().keys() for values in PRESETS.values())


def test_the_repr_is_the_setting_and_gives_it_back():
    explorer = Eq15Explorer(f=0.25, T=5)
    assert repr(explorer).startswith("Eq15Explorer(f=0.25, ")
    assert repr(eval(repr(explorer))) == repr(explorer)


def test_the_module_is_joined_once_imports_nothing_and_asks_nobody():
    code = Eq15Explorer._esm
    assert not re.search(r"^\s*import\b|\bimport\(", code, re.MULTILINE)
    assert code.count("export default") == 1
    assert code.count("function terms(") == 1
    assert set(re.findall(r"https?://[^\s\"'`]+", code)) <= {"http://www.w3.org/2000/svg"}


def test_the_style_has_every_colour_of_the_palette_for_day_and_night():
    for palette in (LIGHT, DARK):
        assert all(f"--{name}: {colour};" in Eq15Explorer._css for name, colour in palette.items())
