"""Networks drawn by the name of their initialisation: each does what its name says."""

import numpy as np
import pytest

from lstm.training import models


def lstm(init, **options):
    return models.draw_lstm(3, 50, 2, rng=np.random.default_rng(4), init=init, dtype=np.float64, **options)


def test_an_initialisation_does_what_its_name_says():
    uniform, one, chrono = lstm("uniform"), lstm("forget bias"), lstm("chrono", span=100)
    limit = 1 / np.sqrt(50)
    assert np.abs(models.flatten(uniform)).max() <= limit
    assert np.abs(models.flatten(uniform)).max() > 0.99 * limit
    np.testing.assert_array_equal(one.layer.b_f, uniform.layer.b_f + 1)
    np.testing.assert_array_equal(lstm("forget bias", forget_bias=-2.5).layer.b_f, uniform.layer.b_f - 2.5)
    assert (chrono.layer.b_f >= 0).all()
    assert (chrono.layer.b_f <= np.log(99)).all()
    spans = np.exp(chrono.layer.b_f)
    assert 35 < spans.mean() < 65  # uniform on (1, 99): mean 50, standard error 4
    np.testing.assert_array_equal(chrono.layer.b_i, -chrono.layer.b_f)


@pytest.mark.parametrize(("init", "options"), [("forget bias", {}), ("chrono", {"span": 100})])
def test_the_same_rng_gives_the_same_weights_under_all_three(init, options):
    uniform, other = lstm("uniform"), lstm(init, **options)
    changed = {"b_f"} if init == "forget bias" else {"b_f", "b_i"}
    for name, array in uniform.layer._asdict().items():
        assert np.array_equal(array, getattr(other.layer, name)) == (name not in changed)
    assert np.array_equal(uniform.W, other.W)
    assert np.array_equal(uniform.b, other.b)


def test_models_come_in_the_type_asked_for_float32_by_default():
    rng = np.random.default_rng(0)
    drawn = [models.draw_lstm(1, 2, 1, rng=rng, init="chrono", span=9), models.draw_rnn(1, 2, 1, rng=rng)]
    assert {models.flatten(model).dtype for model in drawn} == {np.dtype("f4")}
    assert models.flatten(models.draw_rnn(1, 2, 1, rng=rng, dtype=np.float64)).dtype == np.float64


def test_the_plain_network_is_scaled_to_its_radius():
    W_2 = models.draw_rnn(2, 8, 1, rng=np.random.default_rng(0), radius=0.9, dtype=np.float64).layer.W_2
    assert np.abs(np.linalg.eigvals(W_2)).max() == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("error", "named", "options"),
    [
        (ValueError, "init", {"init": "xavier"}),
        (ValueError, "span", {"init": "chrono"}),
        (ValueError, "span", {"span": 100}),
        (ValueError, "span", {"init": "chrono", "span": 2}),
        (ValueError, "forget_bias", {"init": "uniform", "forget_bias": 1.0}),
        (ValueError, "forget_bias", {"forget_bias": np.nan}),
        (ValueError, "k", {"k": 0}),
        (TypeError, "m", {"m": 1.5}),
        (TypeError, "rng", {"rng": 0}),
        (TypeError, "dtype", {"dtype": np.float16}),
    ],
)
def test_a_network_that_cannot_be_drawn_is_refused_by_the_argument(error, named, options):
    sizes = {"m": 2, "n": 3, "k": 1, "rng": np.random.default_rng(0)} | options
    with pytest.raises(error, match=rf"^{named}: "):
        models.draw_lstm(sizes.pop("m"), sizes.pop("n"), sizes.pop("k"), **sizes)
