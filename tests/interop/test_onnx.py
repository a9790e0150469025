"""The operator LSTM of ONNX: what was read gives the outputs of onnxruntime, peepholes too."""

import io

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper

from lstm.fast import batched
from lstm.variants.peephole import PEEPHOLE, PeepholeParams
from lstm.weights import from_onnx

M, N, T, B = 3, 4, 7, 5
X = np.random.default_rng(1).normal(size=(T, B, M)).astype(np.float32)


def arrays(D=1, peepholes=False, bias=True):
    rng = np.random.default_rng(0)
    shapes = {"W": (D, 4 * N, M), "R": (D, 4 * N, N), "B": (D, 8 * N), "P": (D, 3 * N)}
    wanted = ["W", "R", *["B"] * bias, *["P"] * peepholes]
    return {name: rng.uniform(-0.6, 0.6, shapes[name]).astype(np.float32) for name in wanted}


def model(found, **attributes):
    """A model of one operator LSTM with these arrays; its output Y is (T, D, B, N)."""
    inputs = ["X", "W", "R", "B" if "B" in found else "", "", "", "", "P" if "P" in found else ""]
    node = helper.make_node("LSTM", inputs, ["Y"], name="rnn", hidden_size=N, **attributes)
    D = len(found["W"])
    graph = helper.make_graph(
        [node],
        "net",
        [helper.make_tensor_value_info("X", TensorProto.FLOAT, (T, B, M))],
        [helper.make_tensor_value_info("Y", TensorProto.FLOAT, (T, D, B, N))],
        [numpy_helper.from_array(array, name) for name, array in found.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)


def outputs(net, x=X):
    session = onnxruntime.InferenceSession(net.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: x})[0]


def apart(params, out, x=X):
    if isinstance(params, PeepholeParams):
        h = np.stack([PEEPHOLE.run(params, x[:, b]).h for b in range(B)], axis=1)
    else:
        h = batched.run(params, x).h
    return np.abs(h - out).max()


@pytest.mark.parametrize("peepholes", [False, True])
@pytest.mark.parametrize("bias", [False, True])
def test_one_operator_gives_the_outputs_of_onnxruntime(peepholes, bias):
    found = arrays(peepholes=peepholes, bias=bias)
    out = outputs(model(found))[:, 0]
    assert apart(from_onnx(found), out) < 1e-6
    assert apart(from_onnx(model(found)), out) < 1e-6
    assert isinstance(from_onnx(found), PeepholeParams) == peepholes
    if peepholes:
        assert apart(from_onnx({k: a for k, a in found.items() if k != "P"}), out) > 1e-3, "peepholes matter"


def test_each_direction_gives_its_half():
    found = arrays(2)
    net = model(found, direction="bidirectional")
    out = outputs(net)
    assert apart(from_onnx(net, reverse=False), out[:, 0]) < 1e-6
    assert apart(from_onnx(net, reverse=True), out[::-1, 1], X[::-1]) < 1e-6
    with pytest.raises(ValueError, match=r"^reverse: expected True or False, got None of two"):
        from_onnx(net)
    one = model(arrays(), direction="reverse")
    assert apart(from_onnx(one), outputs(one)[::-1, 0], X[::-1]) < 1e-6


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"activations": ["HardSigmoid", "Tanh", "Tanh"]}, r"^weights: expected the activations .*'hardsigmoid'"),
        ({"clip": 3.0}, r"^weights: expected no clip, got clip=3"),
        ({"input_forget": 1}, r"^weights: .*input_forget=1, coupled gates: .*lstm\.variants\.COUPLED"),
    ],
)
def test_another_cell_is_refused_by_its_attribute(attributes, message):
    with pytest.raises(ValueError, match=message):
        from_onnx(model(arrays(), **attributes))


def test_attributes_that_say_the_usual_are_accepted():
    net = model(arrays(), activations=["Sigmoid", "Tanh", "Tanh"], input_forget=0)
    assert apart(from_onnx(net), outputs(net)[:, 0]) < 1e-6


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = torch.nn.LSTM(M, N)
        self.decoder = torch.nn.LSTM(N, N)

    def forward(self, x):
        return self.decoder(self.encoder(x)[0])[0]


@pytest.mark.filterwarnings("ignore")  # torch.onnx.export has warnings of its own
def test_what_pytorch_exports_is_read_by_number_and_by_name():
    net, file = Net().eval(), io.BytesIO()
    torch.onnx.export(net, torch.from_numpy(X), file, dynamo=False)
    read = onnx.load_from_string(file.getvalue())
    with torch.no_grad():
        hidden = net.encoder(torch.from_numpy(X))[0].numpy()
        out = net(torch.from_numpy(X)).numpy()
    assert apart(from_onnx(read), hidden) < 1e-6
    assert apart(from_onnx(read, node=1), out, hidden) < 1e-6
    assert apart(from_onnx(read, node="/decoder/LSTM"), out, hidden) < 1e-6
    with pytest.raises(ValueError, match=r"^node: expected one of \['/encoder/LSTM', '/decoder/LSTM'\], got 'decoder'"):
        from_onnx(read, node="decoder")
    with pytest.raises(ValueError, match=r"^node: expected 0 to 1, of .*, got 2"):
        from_onnx(read, node=2)
