"""The fast layers at the edges of their range and of their memory, and what the complex step says of a wrong slope."""

import numpy as np
import pytest
from tests.lstm.refusals import refused as said
from tests.lstm.test_batched import batch

from lstm.analytic import complex_step
from lstm.cell import Params
from lstm.fast import batched, sequence

PARAMS, X, READS = batch(3, 2, 3, 5, 4, 1.0)  # T = 5 steps, B = 4 sequences, m = 2 inputs, n = 3 units


def test_changed_gates_outside_of_0_and_1_are_refused_with_the_least_and_the_largest():
    def change(k, i, f, o):
        f = np.full_like(f, 0.5)
        f[0, 0], f[1, 1] = -0.25, 1.75
        return i, f, o

    message = "change: expected gates in [0, 1], got f from -0.25 to 1.75"
    assert said(batched.run, PARAMS, X, change) == message


@pytest.mark.parametrize("name", ["h_0", "c_0"])
def test_an_initial_state_of_another_shape_is_refused_by_its_name(name):
    message = f"{name}: expected shape (4, 3), got shape (3, 4)"
    assert said(sequence.forward, PARAMS, X, **{name: np.zeros((3, 4))}) == message


def of(value, m=1, n=2, dtype=np.float64):
    """Parameters that are all `value`: n + m + 1 = 4 columns."""
    shapes = {"W_1": (n, m), "W_2": (n, n), "b_": (n,)}
    return Params(*(np.full(shapes[name[:-1]], value, dtype) for name in Params._fields))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("of_W", "of_x", "of_h"), [(-1, -1, 0), (1, -1, 0), (-1, 1, 0), (-1, 0, -1), (1, 0, -1)])
def test_products_that_might_overflow_are_refused_whatever_their_signs(dtype, of_W, of_x, of_h):
    largest = np.finfo(dtype).max
    root = dtype(2.0 ** (np.finfo(dtype).maxexp // 2))  # its square leaves the range by a hair
    x, h_0 = np.full((3, 2, 1), of_x * root, dtype), np.full((2, 2), of_h * root, dtype)
    message = said(sequence.forward, of(of_W * root, dtype=dtype), x, h_0)
    reach = 4 * float(root) ** 2 if dtype is np.float32 else np.inf
    name = np.dtype(dtype).name
    assert message == f"params: expected products with x and h_0 within {largest:.1e}, {name}, got up to {reach:.1e}"


def test_products_that_just_stay_in_range_are_taken():
    zeros = np.zeros((3, 2, 1))
    h, (_, c), _ = sequence.forward(of(np.finfo(float).max / 4), zeros)  # four columns: the sum is the largest number
    np.testing.assert_array_equal(h, np.tanh([1.0, 2.0, 3.0])[:, None, None] * np.ones((3, 2, 2)))  # all gates are 1
    assert c.tolist() == [[3, 3], [3, 3]]


def test_parameters_that_are_all_of_a_wrong_shape_alike_are_refused_by_name():
    flat = Params(*(np.ones((3, 3) if name[:3] == "W_2" else 3) for name in Params._fields))
    deep = Params(*(np.ones((3, 2, 2)) if name[:3] == "W_1" else a for name, a in flat._asdict().items()))
    for params, shape in ((flat, "(3,)"), (deep, "(3, 2, 2)")):
        message = said(sequence.forward, params, np.zeros((3, 2, 2)))
        assert "W_1i: expected shape" in message
        assert message.endswith(f"got shape {shape}")


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_arrays_of_a_cache_begin_on_cache_lines_and_stand_close(dtype):
    params = Params(*(a.astype(dtype) for a in PARAMS))
    for T in range(3, 13):
        _, _, cache = sequence.forward(params, np.ones((T, 5, 2), dtype))
        arrays = cache.room[:6]
        assert [a.ctypes.data % 64 for a in arrays] == [0] * 6
        block = arrays[0].base
        assert block.nbytes <= sum(a.nbytes for a in arrays) + 7 * 64


def test_a_slope_that_is_none_is_refused_with_both_slopes():
    message = (
        r"^function: expected analytic operations, got a slope of -(\S+) by complex step and of \1 by differences: "
        r"something in it conjugates or drops an imaginary part$"
    )
    with pytest.raises(ValueError, match=message):
        complex_step(np.conj, np.array([1.5, -0.5, 2.0]))
