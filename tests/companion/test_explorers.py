"""The explorers in Python: traits refuse bad values, methods give what lstm.gradient gives, presets are true."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from traitlets import TraitError

from companion.explorers import Eq15Explorer
from companion.explorers.base import NIGHTS
from companion.explorers.eq15.explorer import PRESETS
from companion.style.palette import DARK, LIGHT
from lstm import gradient
from lstm.scalar import held_gates

RANGES = Eq15Explorer.ranges()
INSIDE = {name: st.floats(low + 0.01, high - 0.01) for name, (low, high) in RANGES.items()}
SETTINGS = st.fixed_dictionaries(INSIDE | {"T": st.integers(2, 9)})

BAD = [("f", 1.2), ("f", -0.1), ("f", "0.5"), ("f", True), ("f", None), ("f", float("nan")), ("i", 2), ("o", 1j)]
BAD += [("g", -1.01), ("c_prev", float("inf")), ("o_prev", 7), ("w_2g", 4.5), ("read", [1.0]), ("read_prev", 3)]
BAD += [("T", 1), ("T", 101), ("T", 2.5), ("T", 20.0), ("T", True), ("T", float("nan"))]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_value_is_refused_by_name_value_and_range(name, value):
    low, high = RANGES[name]
    message = f"^{name}: expected a (whole )?number in {re.escape(f'[{low}, {high}]')}, got {re.escape(repr(value))}$"
    with pytest.raises(TraitError, match=message):
        Eq15Explorer(**{name: value})
    explorer = Eq15Explorer()
    before = repr(explorer)
    with pytest.raises(TraitError, match=message):
        setattr(explorer, name, value)
    assert repr(explorer) == before


@pytest.mark.parametrize("end", [0, 1])
def test_both_ends_of_each_range_are_accepted(end):
    ends = {name: bounds[end] for name, bounds in RANGES.items()}
    explorer = Eq15Explorer(**ends)
    assert {name: getattr(explorer, name) for name in RANGES} == ends
    assert np.isfinite(explorer.terms()).all()
    assert all(np.isfinite(column).all() for column in explorer.chains())


def test_traits_are_plain_floats_and_ints_and_are_synced():
    explorer = Eq15Explorer(f=1, g=np.float32(0.5), T=np.int64(7))
    assert [type(getattr(explorer, name)) for name in ("f", "g", "T")] == [float, float, int]
    assert RANGES.keys() <= explorer.get_state().keys()


def test_an_unknown_trait_is_refused():
    with pytest.raises(TypeError, match="no trait 'forget'"):
        Eq15Explorer(forget=0.9)


def test_the_repr_is_stable_and_says_the_whole_state():
    explorer = Eq15Explorer(f=0.25, T=3)
    assert repr(explorer).startswith("Eq15Explorer(f=0.25, i=0.5, o=0.8, g=0.3, T=3, c_prev=0.5,")
    again = eval(repr(explorer), {"Eq15Explorer": Eq15Explorer})
    assert repr(again) == repr(explorer)


def cell(s):
    names = ("f", "i", "o", "g", "w_2f", "w_2i", "w_2g", "w_2o", "T")
    return held_gates(**{name: s[name] for name in names}, c_1=s["c_prev"], o_1=s["o_prev"])


@given(SETTINGS)
def test_terms_are_those_of_equation_15(s):
    params, trace = cell(s | {"T": 2})
    reads = np.array([[s["read_prev"]], [s["read"]]])
    wanted = gradient.terms(params, trace, 2, gradient.totals(params, trace, reads), reads)
    got = Eq15Explorer(**s).terms()
    assert all(type(term) is float for term in got)
    np.testing.assert_allclose(got, np.ravel(wanted), rtol=1e-14, atol=0)


@given(SETTINGS)
def test_chains_are_those_of_the_gradient_module(s):
    (params, trace), T = cell(s), s["T"]
    reads = np.zeros((T, 1))
    reads[-1] = s["read"]
    got, steps = Eq15Explorer(**s).chains(), range(1, T + 1)
    assert got.steps.tolist() == list(steps)
    wanted = {
        "product_of_f": [gradient.product_of_f(trace, k, T) for k in steps],
        "product_of_jacobians": [gradient.product_of_jacobians(params, trace, k, T) for k in steps],
        "chain": [gradient.chain(params, trace, k, T) for k in steps],
        "dl_dc": gradient.totals(params, trace, reads).dl_dc,
        "c": trace.c,
    }
    for name, values in wanted.items():
        values = np.ravel(values)
        np.testing.assert_allclose(getattr(got, name), values, rtol=0, atol=1e-12 * max(1, abs(values).max()))


def perturbed(s, c_1):
    """c^(1..T) and h^(1..T) where c^(1) moves: each gate has the argument that holds it, and w_2* sees h move."""
    calm, h_calm, c, h = [s["c_prev"]], [s["o_prev"] * np.tanh(s["c_prev"])], [c_1], [s["o_prev"] * np.tanh(c_1)]

    def sigma(gate, push):
        return 1 / (1 + np.exp(-(np.log(s[gate] / (1 - s[gate])) + s[f"w_2{gate}"] * push)))

    for _ in range(s["T"] - 1):
        push = h[-1] - h_calm[-1]
        f, i, o, g = *(sigma(gate, push) for gate in "fio"), np.tanh(np.arctanh(s["g"]) + s["w_2g"] * push)
        c.append(f * c[-1] + i * g)
        h.append(o * np.tanh(c[-1]))
        calm.append(s["f"] * calm[-1] + s["i"] * s["g"])
        h_calm.append(s["o"] * np.tanh(calm[-1]))
    return np.array(c), np.array(h)


@given(SETTINGS)
def test_terms_and_chain_are_derivatives_by_complex_step(s):
    c, h = perturbed(s, s["c_prev"] + 1e-30j)
    explorer, slopes, steps = Eq15Explorer(**s), h.imag / 1e-30, c.imag / 1e-30
    far, near = explorer.chains(), explorer.terms()
    one_step = s["read"] * slopes[1] + s["read_prev"] * slopes[0]
    assert abs(sum(near) - one_step) <= 1e-12 * (1e-3 + np.abs(near).sum())
    assert abs(far.chain[0] - steps[-1]) <= 1e-10 * max(1, abs(steps).max())
    assert abs(far.dl_dc[0] - s["read"] * slopes[-1]) <= 1e-10 * max(1, abs(steps).max())


CLAIMS = {
    "kept": lambda near, far: far.product_of_f[0] > 0.6 and 0.9 < far.chain[0] / far.product_of_f[0] < 1.1,
    "forgotten": lambda near, far: abs(far.chain[0]) < 1e-9 and 0 < sum(near) / near.direct < 3,
    "direct term misleads": lambda near, far: near.direct > 0.1 and sum(near) < -0.1,
    "explodes": lambda near, far: far.product_of_f[0] < 1e-3 and abs(far.chain[0]) > 1e3,
    "vanishes though f is near 1": lambda near, far: far.product_of_f[0] > 0.5 and abs(far.chain[0]) < 1e-3,
}


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_what_its_name_says_and_no_other_is(name):
    true_of = []
    for preset, values in PRESETS.items():
        explorer = Eq15Explorer(**values)
        if CLAIMS[name](explorer.terms(), explorer.chains()):
            true_of.append(preset)
    assert true_of == [name]


def test_a_preset_sets_every_trait_to_a_place_that_a_slider_can_reach():
    for values in PRESETS.values():
        assert values.keys() == RANGES.keys()
        assert all(round(value, 2) == value for value in values.values())


def test_the_style_sheet_takes_its_colours_from_the_palette():
    light, dark, rest = Eq15Explorer._css.split("\n", 2)
    assert all(f"--{symbol}: {colour};" in light for symbol, colour in LIGHT.items())
    assert all(f"--{symbol}: {colour};" in dark for symbol, colour in DARK.items())
    assert f":is({', '.join(NIGHTS)}) .lstm {{" in dark
    assert not re.search(r"#[0-9a-fA-F]{3}", rest)
