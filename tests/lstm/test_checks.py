"""Bad input is refused at the door, by name, with what came and what was expected."""

import re

import numpy as np
import pytest

from lstm import checks, init_params, run, step
from lstm.cell import Params, check_params, hidden_state


@pytest.fixture
def params():
    return init_params(2, 3, rng=np.random.default_rng(0))


def refused(error, *words):
    return pytest.raises(error, match=".*".join(map(re.escape, words)))


def test_a_shape_that_numpy_would_broadcast_is_refused_with_both_shapes(params):
    with refused(ValueError, "h_prev", "(3,)", "(1,)"):
        step(params, np.zeros(2), np.zeros(1), np.zeros(3))
    with refused(ValueError, "c_prev", "(3,)", "(1,)"):
        step(params, np.zeros(2), np.zeros(3), np.zeros(1))
    with refused(ValueError, "c", "(3,)", "()"):
        hidden_state(np.zeros(3), 0.5)


def test_a_transposed_sequence_is_refused_with_both_shapes(params):
    with refused(ValueError, "x", "(any length, 2)", "(2, 7)"):
        run(params, np.zeros((2, 7)))


def test_an_empty_sequence_is_refused(params):
    with refused(ValueError, "x", "(any length, 2)", "(0, 2)"):
        run(params, np.zeros((0, 2)))


@pytest.mark.parametrize("bad", [["1", "2"], [None, 1.0], [object(), 2], [True, False]])
def test_values_that_are_no_numbers_are_refused(params, bad):
    with refused(TypeError, "x", "expected real or complex numbers"):
        step(params, bad, np.zeros(3), np.zeros(3))


def test_a_ragged_list_is_refused_with_the_argument_named(params):
    with refused(ValueError, "x", "(any length, 2)"):
        run(params, [[1.0, 2.0], [3.0]])


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_values_that_are_not_finite_are_refused_and_counted(params, bad):
    with refused(ValueError, "x", "1 of 2 not finite"):
        step(params, [0.0, bad], np.zeros(3), np.zeros(3))


def test_integers_become_float64_and_float32_stays(params):
    assert step(params, [1, 2], [0, 0, 0], [0, 0, 0]).h.dtype == np.float64
    narrow = init_params(2, 3, rng=np.random.default_rng(0), dtype=np.float32)
    assert run(narrow, np.zeros((4, 2), np.float32)).h.dtype == np.float32


def test_parameters_that_do_not_fit_each_other_are_refused(params):
    with refused(ValueError, "W_2o", "(3, 3)", "(3, 2)"):
        check_params(params._replace(W_2o=np.zeros((3, 2))))
    with refused(TypeError, "params", "lstm.Params", "tuple"):
        check_params(tuple(params))


def test_every_parameter_is_checked(params):
    for name in Params._fields:
        with refused(ValueError, name):
            check_params(params._replace(**{name: np.full_like(getattr(params, name), np.nan)}))


@pytest.mark.parametrize(("bad", "error"), [(0, ValueError), (1.0, TypeError), (True, TypeError), ("2", TypeError)])
def test_sizes_are_whole_numbers_from_one(bad, error):
    with refused(error, "m", "expected"):
        init_params(bad, 3, rng=np.random.default_rng(0))
    with refused(error, "n", "expected"):
        init_params(2, bad, rng=np.random.default_rng(0))


def test_a_whole_number_has_an_upper_bound_where_one_is_given():
    assert checks.whole("t", 5, 2, 5) == 5
    with refused(ValueError, "t", "at least 2 and at most 5", "6"):
        checks.whole("t", 6, 2, 5)


def test_randomness_is_explicit():
    with refused(TypeError, "rng", "default_rng", "0"):
        init_params(2, 3, rng=0)


@pytest.mark.parametrize("dtype", [int, np.float16, complex])
def test_parameters_are_float32_or_float64(dtype):
    with refused(TypeError, "dtype", "float32 or float64"):
        init_params(2, 3, rng=np.random.default_rng(0), dtype=dtype)


def test_arrays_of_one_network_are_all_float32_or_all_float64():
    single, double = np.ones(2, np.float32), np.ones(2)
    assert checks.one_type("a", [single, single]) == np.float32
    assert checks.one_type("a", [double]) == np.float64
    for arrays, words in [
        ([single, double], "got float32 and float64"),
        ([double.astype(complex)], "got complex128"),
        ([double, [1.0]], "got float64 and list"),
    ]:
        with pytest.raises(TypeError, match=f"^a: expected arrays all of float32 or all of float64, {words}"):
            checks.one_type("a", arrays)


def test_a_type_to_draw_in_is_float32_or_float64():
    assert [checks.float_type(kind) for kind in ("f4", np.float64)] == [np.float32, np.float64]
    for kind in (None, int, complex, np.float16):
        with pytest.raises(TypeError, match=r"^dtype: expected float32 or float64"):
            checks.float_type(kind)


def test_what_is_none_of_the_options_is_refused_with_the_list_of_them():
    assert checks.one_of("kind", "b", ("a", "b")) == "b"
    with pytest.raises(ValueError, match=r"^kind: expected one of \('a', 'b'\), got 'c'$"):
        checks.one_of("kind", "c", ("a", "b"))
