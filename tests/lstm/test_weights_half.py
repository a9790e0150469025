"""Half precision is widened with a warning, in whatever it comes."""

import numpy as np
import pytest

from lstm import weights
from lstm.weights import WidenedWarning


class Variable:
    """As a variable of Keras or TensorFlow: its numbers come by numpy()."""

    def __init__(self, array):
        self.array, self.dtype, self.shape = array, array.dtype, array.shape

    def numpy(self):
        return self.array


def arrays(gates):
    rng = np.random.default_rng(1)
    bias = (2, 3 * gates) if gates == 3 else (3 * gates,)
    return [rng.normal(size=shape).astype(np.float16) for shape in ((2, 3 * gates), (3, 3 * gates), bias)]


@pytest.mark.parametrize(("read", "gates"), [(weights.from_keras, 4), (weights.from_keras_gru, 3)])
def test_half_precision_from_keras_is_widened_with_a_warning_as_arrays_and_as_variables(read, gates):
    plain = arrays(gates)
    with pytest.warns(WidenedWarning, match="float16 widened to float32"):
        wanted = read(plain)
    with pytest.warns(WidenedWarning, match="float16 widened to float32"):
        found = read([Variable(a) for a in plain])
    for one, other in zip(found, wanted, strict=True):
        assert one.dtype == np.float32
        np.testing.assert_array_equal(one, other)
