"""What a network to train refuses, and what it reports instead of returning it."""

import pytest
from tests.lstm.test_models import KINDS, case

from lstm.rnn import RNNParams
from lstm.training import models

MODEL, BATCH = case()


@pytest.mark.parametrize(
    ("error", "named", "model", "batch"),
    [
        (TypeError, "model", tuple(MODEL), BATCH),
        (TypeError, "model.layer", MODEL._replace(layer=tuple(MODEL.layer)), BATCH),
        (ValueError, "model.W", MODEL._replace(W=MODEL.W[:, 1:]), BATCH),
        (ValueError, "model.b", MODEL._replace(b=MODEL.b[1:]), BATCH),
        (TypeError, "model.W", MODEL._replace(W=MODEL.W.astype("f4")), BATCH),
        (TypeError, "batch", MODEL, tuple(BATCH)),
        (ValueError, "x", MODEL, BATCH._replace(x=BATCH.x[..., 1:])),
        (ValueError, "batch.y", MODEL, BATCH._replace(y=BATCH.y[..., :1])),
        (TypeError, "batch.y", MODEL, BATCH._replace(y=BATCH.y.astype("f4"))),
        (ValueError, "batch.read", MODEL, BATCH._replace(read=BATCH.read[1:])),
        (ValueError, "batch.read", MODEL, BATCH._replace(read=0 * BATCH.read)),
        (ValueError, "batch.read", MODEL, BATCH._replace(read=BATCH.read - 0.1)),
        (TypeError, "batch.read", MODEL, BATCH._replace(read=BATCH.read > 0)),
    ],
)
def test_what_does_not_fit_is_refused_by_its_name(error, named, model, batch):
    with pytest.raises(error, match=rf"^{named}: "):
        models.loss_and_gradient(model, batch)


def test_other_refusals_name_the_argument_too():
    with pytest.raises(ValueError, match=r"^loss: expected one of"):
        models.loss_and_gradient(MODEL, BATCH, "absolute")
    with pytest.raises(ValueError, match=r"^vector: expected shape"):
        models.unflatten(models.flatten(MODEL)[1:], MODEL)
    with pytest.raises(TypeError, match=r"^like: "):
        models.unflatten(models.flatten(MODEL), MODEL.layer)
    y = models.outputs(MODEL, BATCH.x)
    with pytest.raises(ValueError, match=r"^dy: expected shape"):
        models.input_gradient(MODEL, BATCH.x, y[1:])
    with pytest.raises(TypeError, match=r"^dy: expected float64 as in params"):
        models.input_gradient(MODEL, BATCH.x, y.astype("f4"))
    mixed = MODEL._replace(layer=MODEL.layer._replace(b_i=MODEL.layer.b_i.astype("f4")))
    with pytest.raises(TypeError, match=r"^model.layer: expected arrays all of"):
        models.check_model(mixed)
    plain = case("rnn").model
    with pytest.raises(TypeError, match=r"^model.layer: expected arrays all of"):
        models.check_model(plain._replace(layer=RNNParams(*(a.astype(complex) for a in plain.layer))))


@pytest.mark.parametrize(("factor", "words"), [(1e200, "the loss is inf"), (1e308, "the loss is")])
@pytest.mark.parametrize("kind", KINDS)
def test_a_number_that_is_not_finite_is_reported_and_not_returned(kind, factor, words):
    model, batch = case(kind)
    with pytest.raises(FloatingPointError, match=words):
        models.loss_and_gradient(model._replace(W=factor * model.W), batch)


def test_a_gradient_that_is_not_finite_is_reported_though_the_loss_is_finite():
    model, batch = case("rnn", scale=1.0)
    layer = model.layer._replace(W_2=1e200 * model.layer.W_2, b=0 * model.layer.b, W_1=0 * model.layer.W_1)
    with pytest.raises(FloatingPointError, match="the gradient is not finite, at a loss of"):
        models.loss_and_gradient(model._replace(layer=layer), batch)
