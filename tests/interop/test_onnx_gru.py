"""The operator GRU of ONNX: what was read gives the outputs of onnxruntime, wherever its reset gate stands."""

import io

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper
from tests.interop.test_onnx import B, M, N, T, X, outputs

from lstm import recurrences
from lstm.recurrences.torch_gru import TORCH_GRU, TorchGRU
from lstm.variants.gru import GRU, GRUParams
from lstm.weights import from_onnx, from_onnx_gru


def arrays(D=1, bias=True):
    rng = np.random.default_rng(0)
    shapes = {"W": (D, 3 * N, M), "R": (D, 3 * N, N), "B": (D, 6 * N)}
    return {
        name: rng.uniform(-0.6, 0.6, shape).astype(np.float32) for name, shape in shapes.items() if bias or name != "B"
    }


def model(found, **attributes):
    """A model of one operator GRU with these arrays; its output Y is (T, D, B, N)."""
    inputs = ["X", "W", "R", *["B"] * ("B" in found)]
    node = helper.make_node("GRU", inputs, ["Y"], name="rnn", hidden_size=N, **attributes)
    graph = helper.make_graph(
        [node],
        "net",
        [helper.make_tensor_value_info("X", TensorProto.FLOAT, (T, B, M))],
        [helper.make_tensor_value_info("Y", TensorProto.FLOAT, (T, len(found["W"]), B, N))],
        [numpy_helper.from_array(array, name) for name, array in found.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)


def apart(params, out, x=X):
    run = GRU.run if isinstance(params, GRUParams) else lambda p, x: recurrences.run(TORCH_GRU, p, x)
    return max(np.abs(run(params, x[:, b]).h - out[:, b]).max() for b in range(B))


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("after", [0, 1])
def test_one_operator_gives_the_outputs_of_onnxruntime(after, bias):
    found = arrays(bias=bias)
    net = model(found, linear_before_reset=after)
    out = outputs(net)[:, 0]
    assert apart(from_onnx_gru(net), out) < 1e-6
    assert apart(from_onnx_gru(found, linear_before_reset=after), out) < 1e-6
    assert apart(from_onnx_gru(found, linear_before_reset=1 - after), out) > 1e-3, "the place of the reset gate matters"


def test_without_the_attribute_the_reset_gate_stands_before_the_product():
    net = model(arrays())
    assert isinstance(from_onnx_gru(net), GRUParams)
    assert apart(from_onnx_gru(net), outputs(net)[:, 0]) < 1e-6


@pytest.mark.parametrize("after", [0, 1])
def test_each_direction_gives_its_half(after):
    net = model(arrays(2), direction="bidirectional", linear_before_reset=after)
    out = outputs(net)
    assert apart(from_onnx_gru(net, reverse=False), out[:, 0]) < 1e-6
    assert apart(from_onnx_gru(net, reverse=True), out[::-1, 1], X[::-1]) < 1e-6


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"activations": ["HardSigmoid", "Tanh"]}, r"^weights: expected the activations .*'hardsigmoid'"),
        ({"clip": 3.0}, r"^weights: expected no clip, got clip=3"),
    ],
)
def test_another_cell_is_refused_by_its_attribute(attributes, message):
    with pytest.raises(ValueError, match=message):
        from_onnx_gru(model(arrays(), **attributes))


@pytest.mark.filterwarnings("ignore")  # torch.onnx.export has warnings of its own
def test_what_pytorch_exports_is_read_as_pytorch_s_gru():
    net, file = torch.nn.GRU(M, N).eval(), io.BytesIO()
    torch.onnx.export(net, torch.from_numpy(X), file, dynamo=False)
    read = onnx.load_from_string(file.getvalue())
    params = from_onnx_gru(read)
    assert isinstance(params, TorchGRU)
    with torch.no_grad():
        assert apart(params, net(torch.from_numpy(X))[0].numpy()) < 1e-6
    with pytest.raises(ValueError, match=r"operator LSTM, .*; read the GRU by weights\.from_onnx_gru$"):
        from_onnx(read)
