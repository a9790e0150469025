"""The way to somebody's arrays and back loses nothing, in every convention."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm import init_params
from lstm.check import convention as ways
from lstm.check import names
from lstm.check.convention import Convention, WrongShapeError

ORDERS = ["".join(order) for order in permutations("ifog")]
CONVENTIONS = st.builds(
    Convention,
    layout=st.sampled_from([*ways.LAYOUTS["sequence"], *ways.LAYOUTS["step"]]),
    gates=st.sampled_from(ORDERS),
    weights=st.sampled_from(["columns", "rows"]),
    joined=st.sampled_from(["", "hx", "xh"]),
    bias=st.sampled_from(["n", "n1", "1n"]),
)
SIZES = st.tuples(*(st.integers(1, 4) for _ in range(4)))


@given(CONVENTIONS, SIZES, st.sampled_from(["", *"ifog"]), st.booleans())
def test_parameters_come_back(convention, sizes, gate, joined):
    m, n, _, _ = sizes
    params = init_params(m, n, rng=np.random.default_rng(0))
    parts = ways.with_second(params, 0.3)
    kinds = ["W", "b_1", "b_2"] if joined and convention.joined else ["W_1", "W_2", "b"]
    for role in [kind + gate for kind in kinds]:
        back = ways.parts_of(role, ways.own(role, parts, convention), params, convention)
        assert back
        for name, array in back.items():
            np.testing.assert_array_equal(array, parts[name])


@given(CONVENTIONS, SIZES)
def test_inputs_and_states_come_back(convention, sizes):
    m, n, T, B = sizes
    T, B = (T if "T" in convention.layout else 1), (B if "B" in convention.layout else 1)
    rng = np.random.default_rng(0)
    for axes, shape in (("TmB", (T, m, B)), ("mB", (n, B))):
        array = rng.normal(size=shape)
        there = ways.outward(array, axes, convention)
        assert there.ndim == len([axis for axis in convention.layout if axis in axes])
        np.testing.assert_array_equal(ways.inward(there, axes, shape, convention), array)


def test_another_shape_is_refused_with_both():
    params = init_params(2, 3, rng=np.random.default_rng(0))
    with pytest.raises(WrongShapeError, match=r"^shape \(2, 12\), expected \(12, 2\)"):
        ways.parts_of("W_1", np.zeros((2, 12)), params, Convention())
    with pytest.raises(WrongShapeError, match=r"^shape \(4, 2\), expected \(2, 4\)"):
        ways.inward(np.zeros((4, 2)), "mB", (4, 2), Convention(layout="Bm"))


@pytest.mark.parametrize(
    ("name", "role"),
    {
        "W_1i": "W_1i", "W_2f": "W_2f", "b_o": "bo", "Wx": "W_1", "Wh": "W_2", "b": "b", "weight_ih_l0": "W_1",
        "bias_hh": "b_2", "U": "W_2", "kernel": "W_1", "recurrent_kernel": "W_2", "Wf": "Wf", "Wc": "Wg",
        "W_xi": "W_1i", "W_hg": "W_2g", "W_ii": "W_1i", "b_hf": "b_2f", "Uc": "W_2g", "alpha": None, "hidden": None,
    }.items(),
)  # fmt: skip
def test_usual_names_of_parameters_are_known(name, role):
    assert names.parameter(name) == role


@pytest.mark.parametrize(
    ("name", "role"),
    {
        "dWx": "W_1", "grad_W_hi": "W_2i", "db_f": "bf", "dprev_h": "h_0", "da_prev": "h_0", "dc0": "c_0", "dxt": "x",
        "x": "x", "W_1g_grad": "W_1g", "dh_next": "h_0", "loss": None,
    }.items(),
)  # fmt: skip
def test_usual_names_of_gradients_are_known(name, role):
    assert names.result(name, {}) == role


@pytest.mark.parametrize(
    ("name", "role"),
    {
        "dh_T": "dh_T",
        "dhT": "dh_T",
        "dh_t": "dh",
        "dc_n": "dc_T",
        "dnext_h": "dh",
        "h_prev": "h_0",
        "caches": "cache",
    }.items(),
)
def test_usual_names_of_arguments_are_known(name, role):
    assert names.argument(name, {}) == role
    assert names.argument(name, {name: "x"}) == "x"
