"""The GRU of PyTorch and of Keras: what was read gives their outputs, and its own Eq. (15) is theirs, by autograd."""

import keras
import numpy as np
import pytest
import torch
from tests.interop import keras_layers, torch_modules
from tests.interop.torch_modules import M, N

from lstm import recurrences, variants
from lstm.recurrences.torch_gru import TORCH_GRU, TorchGRU
from lstm.variants.gru import GRU, GRUParams
from lstm.weights import from_keras_gru, from_pytorch_gru

X = torch_modules.inputs()


def apart(params, out, x=X):
    run = GRU.run if isinstance(params, GRUParams) else lambda p, x: recurrences.run(TORCH_GRU, p, x)
    return max(np.abs(run(params, x[:, b]).h - out[:, b]).max() for b in range(x.shape[1]))


@pytest.mark.parametrize("bias", [True, False])
def test_each_layer_and_direction_of_pytorch_gives_its_part(bias):
    module = torch_modules.lstm(torch.nn.GRU, num_layers=2, bidirectional=True, bias=bias)
    out, _ = torch_modules.forward(module, X)
    first = torch_modules.lstm(torch.nn.GRU, bias=bias)
    first.load_state_dict({name: module.state_dict()[name] for name in first.state_dict()})
    assert apart(from_pytorch_gru(module), torch_modules.forward(first, X)[0]) < 1e-14
    params = [from_pytorch_gru(module, layer=1, reverse=reverse) for reverse in (False, True)]
    assert {p.W_1z.shape for p in params} == {(N, 2 * N)}
    below = np.concatenate(
        [
            np.stack([run_of(from_pytorch_gru(module), X[:, b]) for b in range(X.shape[1])], axis=1),
            np.stack([run_of(from_pytorch_gru(module, reverse=True), X[::-1, b]) for b in range(X.shape[1])], 1)[::-1],
        ],
        axis=2,
    )
    assert apart(params[0], out[..., :N], below) < 1e-14
    assert apart(params[1], out[::-1, :, N:], below[::-1]) < 1e-14


def run_of(params, x):
    return recurrences.run(TORCH_GRU, params, x).h


def test_a_cell_of_pytorch_and_a_prefix_are_read():
    cell = torch_modules.lstm(torch.nn.GRUCell)
    arrays = {f"rnn.cell.{name}": value for name, value in cell.state_dict().items()}
    h, out = None, []
    for x in torch.from_numpy(X):
        h = cell(x, h)
        out.append(h.detach().numpy())
    assert apart(from_pytorch_gru(arrays), np.array(out)) < 1e-14
    with pytest.raises(ValueError, match=r"^weights: expected a GRU, got an LSTM: read it by weights\.from_pytorch"):
        from_pytorch_gru(torch_modules.lstm())


def test_its_one_step_jacobian_terms_and_chain_are_those_of_autograd():
    module = torch_modules.lstm(torch.nn.GRU)
    params = from_pytorch_gru(module)
    one, x = recurrences.variant(TORCH_GRU), X[:, 0]
    trace = recurrences.run(TORCH_GRU, params, x)
    reads = np.random.default_rng(3).normal(size=trace.h.shape)
    total = variants.totals(one, params, trace, reads)
    for t in range(2, len(x) + 1):
        h = torch.from_numpy(trace.h[t - 2]).requires_grad_()
        rest = module(torch.from_numpy(x[t - 1 :]), h[None])[0]
        loss = (rest * torch.from_numpy(reads[t - 1 :])).sum() + (h * torch.from_numpy(reads[t - 2])).sum()
        (theirs,) = torch.autograd.grad(loss, h)
        terms = recurrences.terms(TORCH_GRU, params, trace, t, total, reads)
        assert np.abs(sum(terms.values()) - theirs.numpy()).max() < 1e-12
        assert set(terms) == {"direct", "update", "candidate", "reset", "local"}
    jacobian = torch.autograd.functional.jacobian(
        lambda h: module(torch.from_numpy(x[1:]), h[None])[0][-1], torch.from_numpy(trace.h[0])
    )
    ours = variants.chains(one, params, trace, len(x))[0]
    assert np.abs(ours - jacobian.numpy()).max() < 1e-12


@pytest.mark.parametrize(("after", "kind", "digits"), [(True, TorchGRU, 1e-14), (False, GRUParams, 1e-6)])
def test_both_grus_of_keras_are_read_and_told_apart(after, kind, digits):
    # Keras rounds to float32 inside its GRU with reset_after=False, whatever the layer's type.
    layer = keras_layers.lstm(keras.layers.GRU, reset_after=after)
    out = keras_layers.forward(layer, X)
    for weights in (layer, layer.get_weights()):
        params = from_keras_gru(weights)
        assert isinstance(params, kind)
        assert apart(params, out) < digits
    inner = keras.layers.GRU(N, return_sequences=True, dtype="float64", reset_after=after)
    both = keras_layers.built(keras.layers.Bidirectional(inner, dtype="float64"))
    assert apart(from_keras_gru(both, reverse=True), keras_layers.forward(both, X)[::-1, :, N:], X[::-1]) < digits


def test_a_gru_without_biases_is_read_as_the_refusal_says():
    layer = keras_layers.lstm(keras.layers.GRU, use_bias=False)
    with pytest.raises(ValueError, match=r"^weights: expected a bias, .*: add np\.zeros\(\(2, 3 \* n\)\) for a layer"):
        from_keras_gru(layer)
    params = from_keras_gru([*layer.get_weights(), np.zeros((2, 3 * N))])
    assert apart(params, keras_layers.forward(layer, X)) < 1e-14
    with pytest.raises(ValueError, match=r"^weights: expected a GRU, got an LSTM: read it by weights\.from_keras"):
        from_keras_gru(keras_layers.lstm())
    assert X.shape[2] == M
