"""The explorer of a gate: its presets do what their names claim, and its numbers are those of Eq. (12)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from traitlets import TraitError

from companion.explorers import GateExplorer
from companion.explorers.gate.explorer import ORDER, PRESETS, PUSH
from lstm import sigmoid


def response(name):
    explorer = GateExplorer(**PRESETS[name])
    return explorer.responses()[ORDER[explorer.gate]]


def test_it_starts_with_the_unit_of_the_page():
    f = GateExplorer().responses()["f"]
    assert f.z == pytest.approx(1.39)
    assert (round(f.value, 4), round(f.slope, 4)) == (0.8006, 0.1596)


def test_the_presets_do_what_their_names_claim():
    half = response("half open")
    assert (half.z, half.value, half.slope) == (0, 0.5, half.steepest)
    assert response("open").value > 0.98
    assert response("shut").value < 0.02
    saturated = response("saturated")
    assert abs(saturated.pushed - saturated.value) < 1e-3 * PUSH
    assert saturated.value > 0.999
    assert saturated.slope < 0.01 * saturated.steepest
    steep = response("candidate at its steepest")
    assert (steep.value, steep.slope, steep.steepest) == (0, 1, 1)


@given(st.lists(st.floats(-1, 1), min_size=14, max_size=14))
def test_values_and_slopes_are_those_of_the_links(numbers):
    names = [name for name in GateExplorer.ranges() if name != "gate"]
    highs = [GateExplorer.ranges()[name][1] for name in names]
    setting = {name: high * x for name, high, x in zip(names, highs, numbers, strict=True)}
    for gate, one in GateExplorer(**setting).responses().items():
        z = setting[f"w_1{gate}"] * setting["x"] + setting[f"w_2{gate}"] * setting["h"] + setting[f"b_{gate}"]
        value = np.tanh(z) if gate == "g" else sigmoid(z)
        assert one.z == pytest.approx(z)
        assert one.value == pytest.approx(value, abs=1e-15)
        exact = 4 * sigmoid(2 * z) * sigmoid(-2 * z) if gate == "g" else sigmoid(z) * sigmoid(-z)
        assert one.slope == pytest.approx(exact, rel=1e-12, abs=0)
        assert one.slope <= one.steepest


@pytest.mark.parametrize(("gate", "least"), [("f", 1e-11), ("g", 1e-21)])
def test_a_slope_far_out_is_small_and_not_0(gate, least):
    far = GateExplorer(x=3.0, h=1.0, **{f"w_1{gate}": 4.0, f"w_2{gate}": 4.0, f"b_{gate}": 8.0}).responses()[gate]
    assert (far.z, far.value) == (24.0, pytest.approx(1))
    assert least < far.slope < 10 * least


def test_a_bad_value_is_refused():
    with pytest.raises(TraitError, match=r"gate: expected a whole number in \[0, 3\], got 4"):
        GateExplorer(gate=4)
    with pytest.raises(AttributeError, match="no trait 'b'"):
        GateExplorer().b = 1.0
