"""Weights from the real PyTorch: the cell of (12) to (14) with what was read gives PyTorch's own outputs."""

import numpy as np
import pytest
import torch
from tests.interop.torch_modules import B, M, N, T, forward, inputs, lstm

from lstm.fast import batched
from lstm.weights import WidenedWarning, from_pytorch, to_pytorch

X = inputs()


def apart(params, out, x=X):
    return np.abs(batched.run(params, x).h - out).max()


@pytest.mark.parametrize("bias", [True, False])
def test_one_layer_gives_the_outputs_of_pytorch(bias):
    module = lstm(bias=bias)
    out, _ = forward(module, X)
    assert apart(from_pytorch(module.state_dict()), out) < 1e-14
    assert apart(from_pytorch(module), out) < 1e-14
    assert apart(from_pytorch(module.named_parameters()), out) < 1e-14
    assert apart(from_pytorch(dict(module.named_parameters())), out) < 1e-14, "tensors that require gradients"
    assert apart(from_pytorch({k: v.numpy() for k, v in module.state_dict().items()}), out) < 1e-14


def test_each_layer_and_direction_of_a_stack_gives_its_part_of_the_outputs():
    module = lstm(num_layers=3, bidirectional=True)
    out, _ = forward(module, X)
    below = X
    for layer in range(3):
        there = batched.run(from_pytorch(module, layer=layer), below).h
        back = batched.run(from_pytorch(module, layer=layer, reverse=True), below[::-1]).h[::-1]
        below = np.concatenate([there, back], axis=2)
    assert np.abs(below - out).max() < 1e-14
    with pytest.raises(ValueError, match=r"^layer: expected one of layer=0, reverse=False, .*; got layer=3, rev"):
        from_pytorch(module, layer=3)
    with pytest.raises(ValueError, match=r"^layer: expected one of layer=0, reverse=False; got layer=0, reverse=True"):
        from_pytorch(lstm(), reverse=True)


def test_a_cell_gives_the_outputs_of_its_steps():
    cell = lstm(torch.nn.LSTMCell)
    state, out = None, []
    for x in torch.from_numpy(X):
        state = cell(x, state)
        out.append(state[0].detach().numpy())
    assert apart(from_pytorch(cell.state_dict()), np.array(out)) < 1e-14


class Net(torch.nn.Module):
    """An embedding, an encoder, a decoder and a head, as users have them."""

    def __init__(self):
        super().__init__()
        self.embed = torch.nn.Embedding(9, M)
        self.encoder = lstm()
        self.decoder = torch.nn.ModuleDict({"rnn": lstm(seed=5)})
        self.gru = lstm(torch.nn.GRU)
        self.head = torch.nn.Linear(N, 2)


def test_any_prefix_is_found_and_of_two_networks_one_must_be_named():
    net = Net()
    out, _ = forward(net.encoder, X)
    for prefix in ("encoder", "encoder."):
        assert apart(from_pytorch(net.state_dict(), prefix=prefix), out) < 1e-14
    one = {name: value for name, value in net.state_dict().items() if not name.startswith("decoder")}
    assert apart(from_pytorch(one), out) < 1e-14
    assert apart(from_pytorch({f"module.{name}": value for name, value in one.items()}), out) < 1e-14
    message = r"^prefix: expected the one LSTM to read, got 2: pass prefix=, one of \['decoder.rnn.', 'encoder.'\]"
    with pytest.raises(ValueError, match=message):
        from_pytorch(net.state_dict())
    with pytest.raises(ValueError, match=r"^prefix: expected one of .*'encoder\.'.*, got 'enc'"):
        from_pytorch(net.state_dict(), prefix="enc")
    with pytest.raises(ValueError, match=r"^weights: expected an LSTM, got a GRU: .*from_pytorch_gru"):
        from_pytorch(net.state_dict(), prefix="gru")


@pytest.mark.parametrize(("half", "digits"), [(torch.float16, 1e-3), (torch.bfloat16, 1e-2)])
def test_half_precision_is_widened_without_loss_and_with_a_word(half, digits):
    module = lstm(dtype=half)
    with pytest.warns(WidenedWarning, match=f"{str(half)[6:]} widened to float32") as words:
        params = from_pytorch(module)
    assert words[0].filename == __file__
    assert {a.dtype for a in params} == {np.dtype(np.float32)}
    out, _ = forward(module.float(), X.astype(np.float32))
    assert apart(params, out) < 1e-6
    with pytest.warns(WidenedWarning):
        again = from_pytorch({k: torch.from_numpy(v).to(half) for k, v in to_pytorch(params).items()})
    assert max(np.abs(a - b).max() for a, b in zip(again, params, strict=True)) < digits


def test_a_projection_is_refused_and_what_the_refusal_says_to_do_is_right():
    module = lstm(proj_size=2)
    arrays = {name: value.numpy() for name, value in module.state_dict().items()}
    message = r"^weights: .* without projection, got proj_size=2, .*'weight_hh_l0' is weight_hh_l0 @ weight_hr_l0"
    with pytest.raises(ValueError, match=message):
        from_pytorch(module)
    W_hr = arrays.pop("weight_hr_l0")
    params = from_pytorch(arrays | {"weight_hh_l0": arrays["weight_hh_l0"] @ W_hr})
    out, (_, c_T) = forward(module, X)
    runs = batched.run(params, X)
    assert np.abs(runs.h @ W_hr.T - out).max() < 1e-14
    assert np.abs(runs.c[-1] - c_T[0].numpy()).max() < 1e-14


def test_other_modules_are_named_with_what_to_do():
    with pytest.raises(ValueError, match=r"^weights: expected an LSTM, got a GRU: .*from_pytorch_gru"):
        from_pytorch(lstm(torch.nn.GRU))
    with pytest.raises(ValueError, match=r"^weights: expected an LSTM, got a plain RNN: give lstm\.rnn\.RNNParams"):
        from_pytorch(lstm(torch.nn.RNN))
    with pytest.raises(ValueError, match=r"^weights: expected a key 'weight_hh_l0'.* a module with a torch\.nn\.LSTM"):
        from_pytorch(torch.nn.Linear(2, 3))
    normed = torch.nn.utils.parametrizations.weight_norm(lstm(), "weight_hh_l0")
    with pytest.raises(ValueError, match=r"^weights: .* of a parametrisation .*: .*remove_parametrizations"):
        from_pytorch(normed)
    torch.nn.utils.parametrize.remove_parametrizations(normed, "weight_hh_l0")
    assert apart(from_pytorch(normed), forward(normed, X)[0]) < 1e-14, "the refusal's advice helps"


def test_a_checkpoint_is_refused_with_the_key_to_take():
    checkpoint = {"epoch": 3, "state_dict": lstm().state_dict()}
    with pytest.raises(ValueError, match=r"^weights: .* pass weights\['state_dict'\]"):
        from_pytorch(checkpoint)
    with pytest.raises(
        TypeError, match=r"^weights: expected tensors of float numbers, got float64: .*; hand over the module"
    ):
        from_pytorch({name: value.to_sparse() for name, value in lstm().state_dict().items()})


def test_what_we_write_a_module_loads_as_the_docstring_says():
    params = from_pytorch(lstm(seed=3))
    module = lstm()
    module.load_state_dict({name: torch.from_numpy(array) for name, array in to_pytorch(params).items()})
    assert apart(params, forward(module, X)[0]) < 1e-14
    assert X.shape[:2] == (T, B)
