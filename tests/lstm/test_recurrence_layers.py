"""The batched layers against the steps that are read: outputs, and every gradient by complex step."""

import numpy as np
import pytest

from lstm import equations
from lstm.recurrences import CELLS, matrix, minimal
from lstm.recurrences.layers import LAYERS
from lstm.recurrences.layers.plain import RECURRENT

SIGNED = {cell.name: cell for cell in (minimal.SIGNED_MIN_GRU, matrix.SIGNED_DELTA)}
every_layer = pytest.mark.parametrize("name", LAYERS)
UNUSED = {"w_a", "b_a", "a"}  # of Gated DeltaNet alone


def lstm_step(p, x, h, c):
    return equations.step(p, x, h, c)


def case(name, seed, size=(2, 3, 5, 4)):
    """(layer, parameters all normal, so that no bias is zero, x, and what a loss reads from every h)."""
    (m, n, T, B), rng = size, np.random.default_rng(seed)
    p = LAYERS[name].init_params(m, n, rng=rng)
    p = p._replace(**{k: rng.normal(size=a.shape) for k, a in p._asdict().items()})
    if name == "LSTM, cut":
        p = p._replace(**{k: np.zeros((n, n)) for k in RECURRENT})
    return LAYERS[name], p, rng.normal(size=(T, B, m)), rng.normal(size=(T, B, n))


def readable(name, p, x):
    """h, (T, B, n), by the step of one sequence, which takes complex parameters."""
    n = len(p[2]) if name.startswith(("LSTM", "sLSTM")) else len(p[1])
    cell = None if name.startswith("LSTM") else (CELLS | SIGNED)[name]
    step, size = (lstm_step, n) if cell is None else (cell.step, cell.size(n))
    runs = []
    for b in range(x.shape[1]):
        h, c, found = np.zeros(n), np.zeros(size), []
        for x_t in x[:, b]:
            one = step(p, x_t, h, c)
            h, c = one.h, one.c
            found.append(h)
        runs.append(found)
    return np.swapaxes(np.array(runs), 0, 1)


def by_complex_step(name, p, x, reads):
    """The gradient of sum(reads h) by each number of the parameters, as a dict of arrays."""
    found = {}
    for key, array in p._asdict().items():
        found[key] = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            moved = array.astype(complex)
            moved[index] += 1e-30j
            found[key][index] = (reads * readable(name, p._replace(**{key: moved}), x)).sum().imag / 1e-30
    return found


@every_layer
@pytest.mark.parametrize("size", [(2, 3, 5, 4), (1, 1, 3, 2), (3, 2, 1, 1)])
def test_outputs_are_those_of_the_readable_step(name, size):
    for seed in range(5):
        layer, p, x, _ = case(name, seed, size)
        np.testing.assert_allclose(layer.forward(p, x)[0], readable(name, p, x), rtol=1e-9, atol=1e-12)


@every_layer
def test_every_gradient_is_that_of_the_readable_step_by_complex_step(name):
    for seed in range(2):
        layer, p, x, reads = case(name, seed, (2, 3, 4, 3))
        found = layer.backward(p, x, layer.forward(p, x)[1], reads)._asdict()
        true = by_complex_step(name, p, x, reads)
        size = max(np.abs(a).max() for a in true.values())
        for key, array in found.items():
            assert array.shape == getattr(p, key).shape
            if name == "LSTM, cut" and key in RECURRENT:
                assert not array.any()
                assert true[key].any()
            else:
                assert np.abs(array - true[key]).max() < 1e-11 * size, key


@every_layer
def test_each_parameter_that_is_used_has_a_gradient_and_one_that_is_left_out_would_be_seen(name):
    layer, p, x, reads = case(name, 1)
    found = layer.backward(p, x, layer.forward(p, x)[1], reads)._asdict()
    held = set(RECURRENT) if name == "LSTM, cut" else UNUSED if name.startswith("DeltaNet") else set()
    assert {key for key, array in found.items() if not array.any()} == held


@every_layer
def test_nothing_of_the_callers_is_changed_and_a_second_backward_pass_gives_the_same(name):
    layer, p, x, reads = case(name, 2)
    copies = [a.copy() for a in (*p, x, reads)]
    cache = layer.forward(p, x)[1]
    first, second = (layer.backward(p, x, cache, reads) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(copies, (*p, x, reads), strict=True))
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("name", SIGNED)
def test_a_signed_cell_has_an_eigenvalue_below_zero_and_its_other_one_has_not(name):
    other = name.removesuffix(", signed")
    _, p, x, _ = case(name, 3, (2, 3, 20, 1))
    least = {}
    for cell in (SIGNED[name], CELLS[other]):
        factors = []
        for x_t in x[:, 0]:
            one = cell.step(p, x_t, np.zeros(3), np.zeros(cell.size(3)))
            factors.append(np.diag(one.keep) if hasattr(one, "keep") else one.A)
        least[cell.name] = np.linalg.eigvalsh(factors).min()
    assert least[name] < 0 < least[other]
