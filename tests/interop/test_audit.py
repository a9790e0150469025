"""The audit on networks that PyTorch and Keras really ran: agreement, and mismatches made by the frameworks."""

import keras
import numpy as np
import pytest
import torch
from tests.interop import keras_layers
from tests.interop.torch_modules import B, M, N, T, forward, inputs, lstm

from lstm import audit, audit_layers
from lstm.audit.mismatch import TOLERANCE
from lstm.weights import from_keras, from_pytorch

X = inputs()
LENGTHS = [7, 3, 5, 2, 6]


def refused(module, out, x=X, **options):
    params = from_keras(module.get_weights()) if hasattr(module, "get_weights") else from_pytorch(module)
    with pytest.raises(ValueError, match=r"^out: ") as error:
        audit(params, x, out=out, **options)
    return str(error.value)


def test_reads_come_from_autograd_in_three_lines_and_the_gradient_is_that_of_pytorch():
    lstm_, head = lstm(), torch.nn.Linear(N, 1).double()
    x, target = torch.from_numpy(X), torch.ones(B, 1)
    out, _ = lstm_(x)
    loss = torch.nn.functional.mse_loss(head(out[-1]), target.double())
    (reads,) = torch.autograd.grad(loss, out)
    found = audit(from_pytorch(lstm_), x, reads, out=out)
    assert found.gap < 1e-14
    last = audit(from_pytorch(lstm_), X, reads.numpy())
    assert found.gradient.cosine == pytest.approx(last.gradient.cosine, rel=1e-12)


@pytest.mark.parametrize(("m", "n", "steps", "batch"), [(3, 8, 30, 5), (20, 64, 1000, 4), (50, 256, 200, 8)])
def test_rounding_in_float32_stays_below_the_tolerance(m, n, steps, batch):
    torch.manual_seed(0)
    module, x = torch.nn.LSTM(m, n), torch.randn(steps, batch, m)
    with torch.no_grad():
        out, _ = module(x)
    found = audit(from_pytorch(module), x, out=out, start=steps - 5)
    print(f"m={m}, n={n}, T={steps}: {found.gap:.1e}")
    assert found.gap < TOLERANCE / 50


def test_packed_sequences_are_audited_by_their_lengths():
    module = lstm()
    x = torch.from_numpy(X).requires_grad_()
    packed = torch.nn.utils.rnn.pack_padded_sequence(x, torch.tensor(LENGTHS), enforce_sorted=False)
    out, _ = torch.nn.utils.rnn.pad_packed_sequence(module(packed)[0])
    assert f"looks like padding, where out stands still: pass lengths={LENGTHS}" in refused(module, out)
    found = audit(from_pytorch(module), X, out=out, lengths=torch.tensor(LENGTHS))
    assert found.gap < 1e-14
    for b, k in enumerate(LENGTHS):
        alone = audit(from_pytorch(module), X[:k, [b]], out=forward(module, X[:k, [b]])[0])
        assert found.chain.true[b] == pytest.approx(alone.chain.true[0], rel=1e-12)


def test_batch_first_states_directions_and_reversal_of_pytorch():
    first = lstm(batch_first=True)
    out, _ = forward(first, X.swapaxes(0, 1))
    square = X[:B]
    assert "pass batch_first=True" in refused(first, forward(first, square)[0], square)
    assert audit(from_pytorch(first), X.swapaxes(0, 1), out=out, batch_first=True).gap < 1e-14

    module = lstm()
    states = torch.rand(2, 1, B, N, dtype=torch.float64)
    out, _ = forward(module, X, tuple(states))
    assert "Pass h_0 and c_0" in refused(module, out)
    h_0, c_0 = states[:, 0]
    assert audit(from_pytorch(module), X, out=out, h_0=h_0, c_0=c_0).gap < 1e-14
    with pytest.raises(ValueError, match=r"^h_0: .* pass h_0\[k\]"):
        audit(from_pytorch(module), X, out=out, h_0=states[0])

    both = lstm(bidirectional=True)
    out, _ = forward(both, X)
    assert "two directions: pass out[:, :, :4] for the forward one" in refused(both, out)
    assert audit(from_pytorch(both), X, out=out[:, :, :N]).gap < 1e-14
    backward = from_pytorch(both, reverse=True)
    assert audit(backward, X[::-1], out=out[::-1, :, N:]).gap < 1e-14
    with pytest.raises(ValueError, match="time reversed, as in a backward direction"):
        audit(backward, X, out=out[:, :, N:])


def test_half_precision_of_pytorch_has_its_own_room():
    module = lstm(dtype=torch.bfloat16)
    with torch.no_grad():
        out, _ = module(torch.from_numpy(X).bfloat16())
    with pytest.warns(UserWarning, match="bfloat16 widened"):
        params = from_pytorch(module)
    x = torch.from_numpy(X).bfloat16()
    assert 1e-4 < audit(params, x, out=out).gap < 3e-2
    with pytest.raises(ValueError, match="it looks like coarser rounding, as TF32 and half precision have"):
        audit(params, x, out=out.float())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"recurrent_activation": "hard_sigmoid"}, "hard_sigmoid gates of Keras 3 and tanh"),
        ({"activation": "relu"}, "sigmoid gates and relu"),
        ({"activation": "linear"}, "sigmoid gates and no activation"),
    ],
)
def test_other_activations_of_keras_are_named_by_the_outputs(options, words):
    layer = keras_layers.lstm(**options)
    assert f"other activations, {words}" in refused(layer, keras_layers.forward(layer, X))


def test_masked_steps_of_keras_are_padding_behind_or_in_front():
    layer = keras_layers.lstm()
    behind = np.arange(T) < np.array(LENGTHS)[:, None]
    for mask in (behind, behind[:, ::-1]):
        out = keras_layers.forward(layer, X, mask=keras.ops.convert_to_tensor(mask.copy()))
        if mask is behind:
            assert f"pass lengths={LENGTHS}" in refused(layer, out)
            assert audit(from_keras(layer), X, out=out, lengths=LENGTHS).gap < 1e-6, "Keras rounds to float32 here"
        else:
            assert "padding before the sequences, which begin at steps [1, 5, 3, 6, 2]" in refused(layer, out)


def test_go_backwards_and_the_last_step_alone_of_keras_are_named():
    layer = keras_layers.lstm(go_backwards=True)
    out = keras_layers.forward(layer, X)
    assert "as with go_backwards: pass x reversed in time" in refused(layer, out)
    assert audit(from_keras(layer), X[::-1], out=out).gap < 1e-14
    last = keras_layers.built(keras.layers.LSTM(N, dtype="float64"))
    assert "the last step alone" in refused(last, keras.ops.convert_to_numpy(last(X.swapaxes(0, 1))))
    assert X.shape[2] == M


def test_a_stack_of_pytorch_is_audited_layer_by_layer_with_the_reads_of_autograd():
    module = lstm(num_layers=2)
    layers = [from_pytorch(module, layer=k) for k in range(2)]
    states = torch.rand(2, 2, B, N, dtype=torch.float64)
    out, _ = module(torch.from_numpy(X), tuple(states))
    (reads,) = torch.autograd.grad((out**2).sum(), out)
    found = audit_layers(layers, X, reads, out=out, h_0=states[0], c_0=states[1])
    assert found[1].gap < 1e-14

    single = lstm(), torch.nn.LSTM(N, N).double()
    single[0].load_state_dict({k: v for k, v in module.state_dict().items() if k.endswith("l0")})
    upper = {k.replace("l1", "l0"): v for k, v in module.state_dict().items() if k.endswith("l1")}
    single[1].load_state_dict(upper)
    below, _ = single[0](torch.from_numpy(X), tuple(states[:, [0]]))
    again, _ = single[1](below, tuple(states[:, [1]]))
    assert (again - out).abs().max() < 1e-14
    (lower,) = torch.autograd.grad((again**2).sum(), below)
    expected = audit(layers[0], X, lower, out=below, h_0=states[0, 0], c_0=states[1, 0])
    np.testing.assert_allclose(found[0].shares.pooled, expected.shares.pooled, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(found[0].gradient.cosine, expected.gradient.cosine, rtol=1e-10)


def test_a_bidirectional_stack_of_packed_sequences_is_audited_with_the_reads_of_autograd():
    first, second = lstm(bidirectional=True), torch.nn.LSTM(2 * N, N, bidirectional=True).double()
    layers = [(from_pytorch(one), from_pytorch(one, reverse=True)) for one in (first, second)]

    def packed(module, x):
        x = torch.nn.utils.rnn.pack_padded_sequence(x, torch.tensor(LENGTHS), enforce_sorted=False)
        return torch.nn.utils.rnn.pad_packed_sequence(module(x)[0])[0]

    below = packed(first, torch.from_numpy(X))
    out = packed(second, below)
    reads, lower = torch.autograd.grad((out**3).sum(), (out, below))
    found = audit_layers(layers, X, reads, out=out, lengths=LENGTHS)
    assert [one.gap is not None and one.gap < 1e-14 for one in found] == [False, False, True, True]
    turned = np.arange(T)[:, None]
    turned = np.where(turned < np.array(LENGTHS), np.array(LENGTHS) - 1 - turned, turned)[:, :, None]
    own = [(X, lower[:, :, :N].numpy()), *[[np.take_along_axis(a, turned, 0) for a in (X, lower[:, :, N:].numpy())]]]
    for one, params, (x, read) in zip(found, layers[0], own, strict=False):
        expected = audit(params, x, read, lengths=LENGTHS)
        np.testing.assert_allclose(one.shares.pooled, expected.shares.pooled, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(one.gradient.cosine, expected.gradient.cosine, rtol=1e-9)
