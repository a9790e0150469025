"""The gradient by lags against the complex step, the sequences it takes by enumeration, the latch, the figures."""

from itertools import product

import numpy as np
import pytest

from companion.pages.forgetting import figures, lags
from companion.shared import coins
from lstm import proofs, rnn
from lstm.training import models


def network(n=3, T=6):
    rng = np.random.default_rng(4)
    params = rnn.init_params(2, n, rng=rng, radius=1.2)
    return params, rnn.run(params, rng.normal(size=(T, 2)), rng.normal(size=n) / 2), rng.normal(size=n)


@pytest.mark.parametrize("name", ["W_1", "W_2", "b"])
def test_the_terms_of_all_lags_sum_to_the_gradient_of_the_complex_step(name):
    params, trace, dl_dh = network()

    def loss(a):
        return dl_dh @ rnn.run(params._replace(**{name: a}), trace.x, trace.h_0).h[-1]

    terms = getattr(lags.by_lag(params, trace, dl_dh), name)
    np.testing.assert_allclose(terms.sum(axis=0), proofs.complex_step(loss, getattr(params, name)), rtol=1e-12)


def test_a_term_of_lag_k_sees_k_steps_back():
    params, trace, dl_dh = network()
    terms = lags.by_lag(params, trace, dl_dh)
    for k in (0, 3, 5):
        back = rnn.chain(params, trace, 6 - k, 6).T @ dl_dh
        delta = (1 - trace.h[5 - k] ** 2) * back
        before = trace.h[4 - k] if k < 5 else trace.h_0
        np.testing.assert_allclose(terms.W_2[k], np.outer(delta, before), rtol=1e-12)


def test_the_sizes_are_norms_of_the_transported_gradient():
    params, trace, dl_dh = network()
    trace = rnn.run(params, trace.x)
    expected = [np.linalg.norm(rnn.chain(params, trace, 6 - k, 6).T @ dl_dh) for k in range(6)]
    np.testing.assert_allclose(lags.sizes(params, trace.x, dl_dh), np.array(expected) / expected[0], rtol=1e-12)


def test_the_gradients_by_sequence_are_those_of_the_training_engine():
    model = models.draw_rnn(2, 3, 1, rng=np.random.default_rng(0), dtype=float)
    batch = next(coins.keep(5, 4, rng=np.random.default_rng(1)))
    found = lags.by_sequence(model, batch.x)
    y = models.outputs(model, batch.x)[-1, :, 0]
    _, gradient, _ = models.loss_and_gradient(model, batch)
    layer = np.hstack([gradient.layer.W_2, gradient.layer.W_1, gradient.layer.b[:, None]]).ravel()
    np.testing.assert_allclose((2 * (y - batch.y[-1, :, 0])) @ found / 4, layer, rtol=1e-10, atol=1e-14)


def test_the_sequences_needed_are_those_of_a_full_enumeration():
    model, T = models.draw_rnn(2, 3, 1, rng=np.random.default_rng(2), dtype=float), 6
    x = np.zeros((T, 2**T, 2))
    x[..., 0], x[0, :, 1] = np.array(list(product([-1.0, 1.0], repeat=T))).T, 1
    each = x[0, :, 0][:, None] * lags.by_sequence(model, x)
    expected = each.var(axis=0).sum() / np.sum(each.mean(axis=0) ** 2)
    assert lags.sequences_needed(model, x) == pytest.approx(expected, rel=1e-9)


def test_the_latch_keeps_every_coin_and_without_its_own_weight_none():
    batch = next(coins.keep(200, 300, rng=np.random.default_rng(0)))
    assert coins.told(lags.latch(), batch) == 1
    assert coins.told(lags.latch(hold=0.5), next(coins.keep(2000, 50, rng=np.random.default_rng(0)))) < 0.8


def test_the_figures_show_what_they_are_given_and_refuse_what_does_not_fit():
    words = [text.get_text() for text in figures.unrolled().axes[0].texts]
    assert {"$W_2$", "$J^{(4)}$", "lag 0", "lag 3"} <= set(words)
    bands = {"radius 1": np.array([[1, 0.1], [1, 0.2], [1, 0.4]])}
    axes = figures.sizes(np.arange(2), bands, ylabel="size").axes[0]
    np.testing.assert_array_equal(axes.lines[0].get_ydata(), [1, 0.2])
    with pytest.raises(ValueError, match=r"^bands: expected one to 3"):
        figures.sizes(np.arange(2), {}, ylabel="size")
    with pytest.raises(ValueError, match=r"^bands\['radius 1'\]: expected shape"):
        figures.sizes(np.arange(3), bands, ylabel="size")
