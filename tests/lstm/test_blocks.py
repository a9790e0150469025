"""The network of 1997: its equations, its full gradient and the truncated one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm import analytic
from lstm.variants import blocks
from lstm.variants.blocks import Blocks


def draw(rng, m=2, C=2, S=2, k=2):
    return Blocks(**{key: rng.normal(0, 0.8, shape) for key, shape in blocks.shapes(m, C, C * S, k).items()})


def case(seed, T=5, **sizes):
    rng = np.random.default_rng(seed)
    params = draw(rng, **sizes)
    x = rng.normal(size=(T, params.W_1i.shape[1]))
    target, read = rng.random((T, len(params.b))), rng.integers(2, size=T).astype(float)
    read[-1] = 1
    return params, x, target, read


def loss(params, x, target, read):
    return (((blocks.run(params, x).y - target) ** 2) * read[:, None]).sum() / 2


def gradient(params, x, target, read, **options):
    trace = blocks.run(params, x)
    return trace, blocks.gradient(params, x, trace, (trace.y - target) * read[:, None], **options)


def by_complex_step(of_params, params):
    def one(key, array):
        def of(vector):
            return of_params(params._replace(**{key: vector.reshape(array.shape)}))

        return analytic.complex_step(of, array.ravel()).reshape(array.shape)

    return Blocks(*(one(key, array) for key, array in params._asdict().items()))


sizes = st.fixed_dictionaries({k: st.integers(1, 3) for k in ("m", "C", "S", "k")})


def test_a_step_of_the_network_is_its_five_equations_written_out():
    params, x, _, _ = case(0, T=3)
    trace, u, c = blocks.run(params, x), np.zeros(8), np.zeros(4)

    def sigma(z):
        return 1 / (1 + np.exp(-z))

    for t in range(3):
        i = sigma(params.W_1i @ x[t] + params.W_2i @ u + params.b_i)
        o = sigma(params.W_1o @ x[t] + params.W_2o @ u + params.b_o)
        g = 4 * sigma(params.W_1g @ x[t] + params.W_2g @ u + params.b_g) - 2
        c = c + np.array([i[0], i[0], i[1], i[1]]) * g
        h = np.array([o[0], o[0], o[1], o[1]]) * (2 * sigma(c) - 1)
        np.testing.assert_allclose(trace.y[t], sigma(params.W @ h + params.b), rtol=1e-13)
        np.testing.assert_allclose(trace.c[t], c, rtol=1e-13)
        u = np.concatenate([h, i, o])


@given(seed=st.integers(0, 10**6), sizes=sizes)
def test_the_full_gradient_is_that_of_the_complex_step(seed, sizes):
    params, x, target, read = case(seed, **sizes)
    _, found = gradient(params, x, target, read)
    exact = by_complex_step(lambda p: loss(p, x, target, read), params)
    scale = max(np.abs(a).max() for a in exact)
    for one, other in zip(found.params, exact, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-12 * scale)


@given(seed=st.integers(0, 10**6), sizes=sizes)
def test_the_truncated_gradient_is_the_exact_one_of_a_network_whose_recurrent_inputs_are_constants(seed, sizes):
    params, x, target, read = case(seed, **sizes)
    trace, found = gradient(params, x, target, read, truncated=True)

    def held(p):
        c, total, S = 0, 0, len(p.b_g) // len(p.b_i)
        for t in range(len(x)):
            i, o, g = blocks.activations(p, x[t], trace.u_prev[t])
            c = c + np.repeat(i, S) * g
            y = 1 / (1 + np.exp(-(p.W @ (np.repeat(o, S) * np.tanh(c / 2)) + p.b)))
            total = total + read[t] * ((y - target[t]) ** 2).sum() / 2
        return total

    exact = by_complex_step(held, params)
    scale = max(np.abs(a).max() for a in exact)
    for one, other in zip(found.params, exact, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-12 * scale)


@given(seed=st.integers(0, 10**6))
def test_truncated_and_read_at_the_end_the_product_of_f_which_is_one_is_the_gradient(seed):
    params, x, target, _ = case(seed, T=6)
    read = np.eye(6)[5]
    _, cut = gradient(params, x, target, read, truncated=True)
    assert np.array_equal(cut.dl_dc, np.tile(cut.dl_dc[-1], (6, 1)))


def test_the_full_gradient_does_not_stay_what_it_was_at_the_end():
    params, x, target, _ = case(1, T=6)
    _, whole = gradient(params, x, target, np.eye(6)[5])
    assert np.abs(whole.dl_dc[0] / whole.dl_dc[-1] - 1).max() > 0.1


@given(seed=st.integers(0, 10**6))
def test_dl_dc_is_that_of_a_small_push_to_the_cell_state(seed):
    params, x, target, read = case(seed, T=4)
    _, whole = gradient(params, x, target, read)

    def pushed(delta, at=1):
        c, u, total, S = 0, np.zeros(8), 0, 2
        for t in range(4):
            i, o, g = blocks.activations(params, x[t], u)
            c = c + np.repeat(i, S) * g + (delta if t == at else 0)
            h = np.repeat(o, S) * np.tanh(c / 2)
            y = 1 / (1 + np.exp(-(params.W @ h + params.b)))
            total, u = total + read[t] * ((y - target[t]) ** 2).sum() / 2, np.concatenate([h, i, o])
        return total

    np.testing.assert_allclose(analytic.complex_step(pushed, np.zeros(4)), whole.dl_dc[1], atol=1e-13)


@pytest.mark.parametrize(
    ("change", "word"),
    [({"b_g": np.zeros(3)}, "whole number of blocks"), ({"W_2o": np.zeros((2, 7))}, "W_2o"), ({"W": [[1.0]]}, "W")],
)
def test_arrays_that_do_not_fit_are_named(change, word):
    params, x, _, _ = case(2)
    with pytest.raises(ValueError, match=word):
        blocks.run(params._replace(**change), x)


def test_the_paper_counts_its_weights_as_we_do():
    for m, C, S, k, published, without in [
        (2, 2, 2, 1, 93, ()),
        (8, 2, 2, 4, 156, ()),
        (1, 3, 1, 1, 102, ("b",)),
        (7, 3, 2, 7, 276, ("b", "b_g")),
        (7, 4, 1, 7, 264, ("b", "b_g")),
    ]:
        params = draw(np.random.default_rng(0), m, C, S, k)
        trained = Blocks(*(np.full(a.shape, key not in without) for key, a in params._asdict().items()))
        assert blocks.weights(trained) == published
