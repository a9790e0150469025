"""Models of ONNX and files of safetensors, written here by hand; tests/interop has those that the packages write."""

import json
import struct
from types import SimpleNamespace as Bag

import numpy as np
import pytest
from tests.lstm.test_weights import equal, numbered

from lstm.variants.peephole import PeepholeParams
from lstm.weights import WidenedWarning, from_onnx, from_pytorch, from_safetensors, to_pytorch

PARAMS = numbered(m=2, n=3)
ROWS = np.concatenate([np.arange(3) + 3 * "ifgo".index(gate) for gate in "iofg"])
TORCH = to_pytorch(PARAMS)
ARRAYS = {
    "W": TORCH["weight_ih_l0"][None, ROWS],
    "R": TORCH["weight_hh_l0"][None, ROWS],
    "B": np.concatenate([TORCH["bias_ih_l0"][ROWS] - 1, np.ones(12)])[None],
}


def test_rows_of_onnx_are_i_o_f_c_and_the_two_biases_are_added():
    assert equal(from_onnx(ARRAYS), PARAMS)
    one = from_onnx({"W": np.arange(4.0)[None, :, None], "R": np.arange(4.0)[None, :, None] + 10})
    assert [float(getattr(one, name)[0, 0]) for name in ("W_1i", "W_1o", "W_1f", "W_1g")] == [0, 1, 2, 3]
    assert float(one.b_f[0]) == 0


def test_peepholes_are_i_o_f():
    found = from_onnx(ARRAYS | {"P": np.arange(9.0)[None]})
    assert isinstance(found, PeepholeParams)
    assert [a.tolist() for a in found[12:]] == [[0, 1, 2], [6, 7, 8], [3, 4, 5]], "ours are i, f, o"
    assert equal(found[:12], PARAMS)


def test_two_directions_must_be_told_apart():
    both = {name: np.concatenate([array, array + 1]) for name, array in ARRAYS.items()}
    assert equal(from_onnx(both, reverse=False), PARAMS)
    assert from_onnx(both, reverse=True).W_1i.tolist() == (PARAMS.W_1i + 1).tolist()


def tensor(name, array, **fields):
    kinds = {"float32": 1, "float16": 10, "float64": 11, "int64": 7}
    usual = {"raw_data": array.tobytes(), "dims": array.shape, "data_type": kinds[array.dtype.name], "data_location": 0}
    return Bag(name=name, **usual | fields)


def model(arrays, op_type="LSTM", attribute=(), drop=()):
    node = Bag(op_type=op_type, name="rnn", input=["x", "w", "r", "b"], attribute=list(attribute))
    tensors = [tensor(name.lower(), array) for name, array in arrays.items() if name not in drop]
    return Bag(graph=Bag(node=[Bag(op_type="Add", name="a", input=[], attribute=[]), node], initializer=tensors))


def test_a_model_is_read_by_the_names_of_its_operator():
    assert equal(from_onnx(model(ARRAYS)), PARAMS)
    assert equal(from_onnx(model(ARRAYS), node="rnn"), PARAMS)
    listed = model(ARRAYS)
    for one in listed.graph.initializer:
        one.double_data, one.raw_data = np.frombuffer(one.raw_data).tolist(), b""
    assert equal(from_onnx(listed), PARAMS)
    with pytest.warns(WidenedWarning, match="float16"):
        from_onnx(model({name: (array / 1e4).astype(np.float16) for name, array in ARRAYS.items()}))


CLIP = Bag(name="clip", f=3.0)
RELU = Bag(name="activations", strings=[b"Sigmoid", b"Relu", b"Tanh"])
REFUSED = [
    (ARRAYS, {"reverse": True}, r"^reverse: expected two directions, got one"),
    (ARRAYS, {"reverse": 1}, r"^reverse: expected True or False, got 1"),
    ({k: np.concatenate([v, v]) for k, v in ARRAYS.items()}, {}, r"^reverse: expected True or False, got None of two"),
    ({"W": 1}, {}, r"^weights: expected the keys 'W', 'R' and maybe 'B', 'P' .*, got \['W'\]"),
    ([1, 2], {}, r"^weights: expected a mapping from names to arrays or a model, got list"),
    (ARRAYS | {"R": np.ones((12, 3))}, {}, r"^R: expected shape \(directions, 4n, n\), got shape \(12, 3\)"),
    (ARRAYS | {"R": np.ones((1, 9, 3))}, {}, r"^R: expected shape .*, got \(1, 9, 3\), a GRU: .*from_onnx_gru"),
    (ARRAYS | {"W": np.ones((1, 9, 3))}, {}, r"^W: expected shape \(1, 12, any length\), got shape \(1, 9, 3\)"),
    (ARRAYS | {"B": np.ones((1, 12))}, {}, r"^B: expected shape \(1, 24\), got shape \(1, 12\)"),
    (
        model(ARRAYS, "GRU"),
        {},
        r"^weights: expected a model with an operator LSTM, got the operators \['Add', 'GRU'\]; .*_gru",
    ),
    (model(ARRAYS), {"node": 1}, r"^node: expected 0 to 0, of \['rnn'\], got 1"),
    (model(ARRAYS), {"node": "b"}, r"^node: expected one of \['rnn'\], got 'b'"),
    (model(ARRAYS), {"node": None}, r"^node: expected a number or a name, got None"),
    (
        model(ARRAYS, drop="R"),
        {},
        r"^weights: expected R of 'rnn' among the model's initializers, got 'r', which the gr",
    ),
    (model(ARRAYS, attribute=[CLIP]), {}, r"^weights: expected no clip, got clip=3"),
    (model(ARRAYS, attribute=[RELU]), {}, r"^weights: expected the activations .*'relu'"),
    (
        model(ARRAYS | {"W": np.ones((1, 12, 2), int)}),
        {},
        r"^weights: expected .w. of float32, .*DataType 7: export in",
    ),
]


@pytest.mark.parametrize(("weights", "options", "message"), REFUSED)
def test_what_does_not_fit_is_refused_with_what_to_do(weights, options, message):
    with pytest.raises((TypeError, ValueError), match=message):
        from_onnx(weights, **options)


def written(path, arrays, header=None, cut=None):
    """A file of safetensors; BF16 for what came as ("BF16", upper halves)."""
    entries, data = {"__metadata__": {"by": "hand"}}, b""
    for name, (kind, array) in arrays.items():
        entries[name] = {
            "dtype": kind,
            "shape": list(array.shape),
            "data_offsets": [len(data), len(data) + array.nbytes],
        }
        data += array.tobytes()
    text = json.dumps(entries if header is None else header).encode()
    path.write_bytes((struct.pack("<Q", len(text)) + text + data)[:cut])
    return path


FILE = {f"rnn.{name}": ("F64", array) for name, array in TORCH.items()}


def test_a_file_is_read_by_its_header(tmp_path):
    path = written(tmp_path / "a.safetensors", FILE | {"step": ("I64", np.array(7))})
    assert from_safetensors(path)["step"] == 7
    assert equal(from_pytorch(from_safetensors(path)), PARAMS)
    assert list(from_safetensors(str(path), prefix="st")) == ["step"]


def test_bfloat16_is_the_upper_half_of_float32(tmp_path):
    numbers = np.array([1.0, -2.5, 3e38], np.float32)
    halves = (numbers.view(np.uint32) >> 16).astype(np.uint16)
    path = written(tmp_path / "a.safetensors", {"a": ("BF16", halves)})
    with pytest.warns(WidenedWarning, match=r"^path: bfloat16 widened to float32"):
        found = from_safetensors(path)["a"]
    np.testing.assert_allclose(found, numbers, rtol=2**-7)
    assert found[:2].tolist() == [1.0, -2.5]


def test_what_is_no_such_file_is_refused(tmp_path):
    path = tmp_path / "a.safetensors"
    path.write_bytes(b"PK\x03\x04 a zip file of torch.save")
    with pytest.raises(ValueError, match=r"^path: expected a file of the format safetensors, got '.*', which has no"):
        from_safetensors(path)
    path.write_bytes(b"")
    with pytest.raises(ValueError, match="which has no header"):
        from_safetensors(path)
    for header in ([1, 2], {"a": {"dtype": "F64"}}, {"a": 7}):
        with pytest.raises(ValueError, match=r"^path: expected a header of the format safetensors"):
            from_safetensors(written(path, FILE, header))
    with pytest.raises(ValueError, match=r"^path: expected 36 numbers of F64 for 'rnn.weight_hh_l0', .*: cut short\?"):
        from_safetensors(written(path, FILE, cut=-200))
    wide = {"a": {"dtype": "F64", "shape": [2], "data_offsets": [0, 10**9]}}
    with pytest.raises(ValueError, match="cut short"):
        from_safetensors(written(path, FILE, wide))
    with pytest.raises(ValueError, match=r"^path: expected float arrays, got 'a' of F8_E5M2: store it as F32"):
        from_safetensors(written(path, {"a": ("F8_E5M2", np.zeros(2, np.uint8))}))
