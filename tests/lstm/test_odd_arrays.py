"""What NumPy would silently strip to its numbers is refused at the door, and named as it came."""

from collections import namedtuple
from decimal import Decimal

import numpy as np
import pytest

from lstm import checks, init_params, rates, run, step
from lstm.analytic import complex_step
from lstm.audit import audit_layers
from lstm.audit.report import audit
from lstm.fast import plain, sequence
from lstm.rnn import init_params as init_rnn
from lstm.scalar import held_gates
from lstm.training import optimiser
from lstm.weights import from_keras, from_keras_gru, from_onnx, from_pytorch, from_pytorch_gru, to_keras, to_pytorch


class Quantity(np.ndarray):
    """Numbers with a unit, as astropy and others keep them: a subclass of arrays."""

    unit = "metre"


class Series:
    """Numbers with labels, as pandas keeps them: no array, but one on demand."""

    def __init__(self, numbers, dtype=float):
        self.numbers, self.dtype = numbers, dtype

    def __len__(self):
        return len(self.numbers)

    def __getitem__(self, k):
        return self.numbers[k]

    def __array__(self, dtype=None, copy=None):
        return np.array(self.numbers, self.dtype)


PLAIN = np.array([1.0, 2.0])
MASKED = np.ma.array(PLAIN, mask=[True, False])
STRIPPED = {
    "masked": (MASKED, "a masked array"),
    "masked, nothing hidden": (np.ma.array(PLAIN), "a masked array"),
    "masked in a list": ([[MASKED, PLAIN]], "a masked array"),
    "the masked number": ([1.0, np.ma.masked], "a masked array"),
    "matrix": (np.array([[1.0, 2.0]]).view(np.matrix), "a matrix"),
    "records": (np.zeros(2, [("a", float)]).view(np.recarray), "a recarray"),
    "quantity": (PLAIN.view(Quantity), "a Quantity"),
    "quantities in a tuple": ((PLAIN.view(Quantity), PLAIN), "a Quantity"),
    "labelled": (Series([1.0, 2.0]), "a Series"),
    "nullable": (Series([1.0, None], object), "a Series"),
    "a bool among numbers": ([True, 2.0], "a bool"),
    "a NumPy bool among numbers": ([2.0, np.True_], "a bool"),
}
NO_NUMBERS = {
    "bools": (np.array([True, False]), "bool values"),
    "dates": (np.array(["2020-01-01"], "datetime64[D]"), "datetime64[D] values"),
    "a date": (np.datetime64("2020-01-01", "D"), "datetime64[D] values"),
    "spans of time": (np.array([1], "timedelta64[s]"), "timedelta64[s] values"),
    "text": (["1", "2"], "<U1 values"),
    "a number and text": ([1.0, "2"], "<U32 values"),
    "bytes": ([b"1"], "|S1 values"),
    "records, plain": (np.zeros(2, [("a", float)]), "[('a', '<f8')] values"),
    "nothing": ([None, 1.0], "object values, the first a NoneType"),
    "decimals": ([Decimal(1), Decimal(2)], "object values, the first a Decimal"),
    "numbers as objects": (PLAIN.astype(object), "object values, the first a float"),
    "huge whole numbers": ([10**30], "object values, the first a int"),
    "a mapping": ({"a": 1.0}, "object values, the first a dict"),
    "a generator": ((k for k in range(2)), "object values, the first a generator"),
}


def refused(value):
    with pytest.raises(TypeError) as error:
        checks.array("x", value, (2,))
    return str(error.value)


@pytest.mark.parametrize("name", STRIPPED)
def test_what_numpy_would_strip_is_refused_by_its_kind(name):
    value, kind = STRIPPED[name]
    assert refused(value) == f"x: expected real or complex numbers in plain arrays or lists, got {kind}"


@pytest.mark.parametrize("name", NO_NUMBERS)
def test_what_is_no_number_is_refused_with_its_type_as_it_came(name):
    value, kind = NO_NUMBERS[name]
    assert refused(value) == f"x: expected real or complex numbers, got {kind}"


Pair = namedtuple("Pair", "a b")


@pytest.mark.parametrize(
    "value", [PLAIN, [1.0, 2], (1, 2.0), Pair(np.float64(1), 2), [np.int8(1), np.array(2.0)], range(1, 3), PLAIN.data]
)
def test_plain_arrays_numbers_and_sequences_of_them_come_in(value):
    np.testing.assert_array_equal(checks.array("x", value, (2,)), PLAIN)


def test_an_array_on_disk_is_an_array(tmp_path):
    np.save(tmp_path / "x.npy", PLAIN)
    np.testing.assert_array_equal(checks.array("x", np.load(tmp_path / "x.npy", mmap_mode="r"), (2,)), PLAIN)


def test_an_integer_that_float64_would_round_is_refused():
    assert checks.array("x", 2**53, ()) == checks.array("x", np.uint64(2**53), ()) == 2**53
    for value in (2**53 + 1, -(2**53) - 1, np.uint64(2**64 - 1)):
        with pytest.raises(ValueError, match=r"^x: expected u?int64 values that float64 holds, up to 2\^53"):
            checks.array("x", value, ())


SINGLE = init_params(1, 2, rng=np.random.default_rng(0), dtype=np.float32)
SINGLE_RNN = init_rnn(1, 2, rng=np.random.default_rng(0), dtype=np.float32)
WHOLE = SINGLE._replace(W_1f=np.ones((2, 1), int))
AS_IT_CAME = {
    "x of the fast layer": lambda: sequence.forward(SINGLE, np.ones((3, 1, 1), np.int64)),
    "x in a list": lambda: sequence.forward(SINGLE, [[[1]]]),
    "x of the plain layer": lambda: plain.forward(SINGLE_RNN, np.ones((3, 1, 1), np.int64)),
    "a parameter": lambda: sequence.forward(WHOLE, np.ones((3, 1, 1), np.float32)),
    "a parameter of the plain layer": lambda: plain.forward(
        SINGLE_RNN._replace(b=np.ones(2, int)), np.ones((3, 1, 1), np.float32)
    ),
    "a parameter to PyTorch": lambda: to_pytorch(WHOLE),
    "an array from PyTorch": lambda: from_pytorch(to_pytorch(SINGLE) | {"bias_ih_l0": np.ones(8, int)}),
}


@pytest.mark.parametrize("name", AS_IT_CAME)
def test_integers_where_floats_of_one_type_are_wanted_are_called_int64_not_float64(name):
    with pytest.raises(TypeError, match=r"got (float32 and )?int64$"):
        AS_IT_CAME[name]()


def masked(array):
    return np.ma.array(array, mask=np.zeros(np.shape(array), bool))


DOUBLE = init_params(1, 2, rng=np.random.default_rng(0))
TORCH = to_pytorch(DOUBLE)
GRU = {"weight_ih": np.ones((6, 1)), "weight_hh": np.ones((6, 2)), "bias_ih": np.ones(6), "bias_hh": np.ones(6)}
DOORS = {
    "x": lambda: run(DOUBLE, masked(np.ones((3, 1)))),
    "h_prev": lambda: step(DOUBLE, [1.0], masked([1.0, 1.0]), [1.0, 1.0]),
    "W_2o": lambda: run(DOUBLE._replace(W_2o=masked(DOUBLE.W_2o)), [[1.0]]),
    "b_g": lambda: sequence.forward(DOUBLE._replace(b_g=masked(DOUBLE.b_g)), np.ones((3, 1, 1))),
    "W_1i": lambda: audit(DOUBLE._replace(W_1i=DOUBLE.W_1i.view(np.matrix)), np.ones((3, 1, 1))),
    "reads": lambda: audit(DOUBLE, np.ones((3, 1, 1)), masked(np.ones((3, 1, 2)))),
    "out": lambda: audit(DOUBLE, np.ones((3, 1, 1)), out=masked(np.ones((3, 1, 2)))),
    "lengths": lambda: audit(DOUBLE, np.ones((3, 1, 1)), lengths=masked([3])),
    "h_0": lambda: audit(DOUBLE, np.ones((3, 1, 1)), h_0=masked(np.ones((1, 2)))),
    "c_0": lambda: audit_layers([DOUBLE], np.ones((3, 1, 1)), c_0=[masked(np.ones((1, 2)))]),
    "layer 0: W_1f": lambda: audit_layers([DOUBLE._replace(W_1f=masked(DOUBLE.W_1f))], np.ones((3, 1, 1))),
    "a.weight_hh_l0": lambda: from_pytorch({f"a.{k}": masked(v) if "hh" in k else v for k, v in TORCH.items()}),
    "bias_ih": lambda: from_pytorch_gru(GRU | {"bias_ih": masked(np.ones(6))}),
    "kernel": lambda: from_keras([masked(a) for a in to_keras(DOUBLE).values()]),
    "bias": lambda: from_keras_gru([np.ones((1, 6)), np.ones((2, 6)), masked(np.ones((2, 6)))]),
    "P": lambda: from_onnx({"W": np.ones((1, 8, 1)), "R": np.ones((1, 8, 2)), "P": masked(np.ones((1, 6)))}),
}


@pytest.mark.parametrize("name", DOORS)
def test_the_doors_of_the_library_refuse_them_by_the_argument(name):
    with pytest.raises(TypeError, match=rf"^{name}: expected .* got a (masked array|matrix)$"):
        DOORS[name]()


HELD = dict(f=0.9, i=0.5, o=0.5, g=0.5, c_1=1, o_1=0.5, w_2f=1, w_2i=1, w_2g=1, w_2o=1, T=3)
CASTS = {
    "reads": lambda: audit(DOUBLE, np.ones((3, 1, 1)), np.ones((3, 1, 2)) + 0j),
    "out": lambda: audit(DOUBLE, np.ones((3, 1, 1)), out=np.ones((3, 1, 2)) + 0j),
    "lengths": lambda: audit(DOUBLE, np.ones((3, 1, 1)), lengths=[3 + 0j]),
    "h_0": lambda: audit(DOUBLE, np.ones((3, 1, 1)), h_0=np.ones((1, 2)) + 0j),
    "c_0": lambda: audit_layers([DOUBLE], np.ones((3, 1, 1)), c_0=np.ones((1, 1, 2)) + 0j),
    "x": lambda: audit_layers([DOUBLE], np.ones((3, 1, 1)) + 0j),
    "near": lambda: audit(DOUBLE, np.ones((3, 1, 1)), near=0.1 + 0j),
    "f": lambda: held_gates(**HELD | {"f": 0.9 + 0j}),
    "c_1": lambda: held_gates(**HELD | {"c_1": 1j}),
    "most": lambda: optimiser.clip(PLAIN, 1 + 1j),
    "rates": lambda: rates.verdict([1 + 1j]),
    "at": lambda: complex_step(np.sin, PLAIN + 0j),
}


@pytest.mark.parametrize("name", CASTS)
def test_a_complex_number_is_not_cast_to_a_real_one(name):
    with pytest.raises(TypeError, match=rf"^{name}: expected real numbers, got complex128 values"):
        CASTS[name]()
