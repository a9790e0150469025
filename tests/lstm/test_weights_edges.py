"""Weights at the edges: each type of a file, each refusal in full, layers and models that say what they are."""

import json
import os
import struct
from types import SimpleNamespace as Bag

import numpy as np
import pytest
from tests.lstm.refusals import refused as said
from tests.lstm.test_weights import equal, numbered
from tests.lstm.test_weights_files import ARRAYS, model, written

from lstm import weights
from lstm.weights import from_keras, from_keras_gru, from_onnx, from_pytorch, from_pytorch_gru, from_safetensors

ONE = numbered(m=2, n=3)
TORCH, KERAS = weights.to_pytorch(ONE), list(weights.to_keras(ONE).values())
GRU = [np.arange(18.0).reshape(2, 9), 20 + np.arange(27.0).reshape(3, 9), 50 + np.arange(18.0).reshape(2, 9)]
ADVICE = "pass the arrays of one layer: model.layers[k].get_weights()"
TYPES = {
    "F64": np.float64, "F32": np.float32, "F16": np.float16, "I64": np.int64, "I32": np.int32, "I16": np.int16,
    "I8": np.int8, "U64": np.uint64, "U32": np.uint32, "U16": np.uint16, "U8": np.uint8, "BOOL": np.bool_,
}  # fmt: skip


def layer(arrays, config):
    return Bag(get_weights=lambda: arrays, get_config=lambda: config)


@pytest.mark.parametrize("word", TYPES)
def test_each_type_of_a_file_of_safetensors_is_read_with_its_numbers(tmp_path, word):
    largest = {"b": True, "i": 1, "u": 1, "f": 1.5}[np.dtype(TYPES[word]).kind]
    if np.dtype(TYPES[word]).kind in "iu":
        largest = np.iinfo(TYPES[word]).max
    array = np.array([[0, 1, largest]], TYPES[word])
    found = from_safetensors(written(tmp_path / "a", {"a": (word, array), "b": (word, array[0])}))
    assert found["a"].dtype == TYPES[word]
    assert found["a"].tolist() == array.tolist()
    assert found["b"].tolist() == array[0].tolist()


def test_a_file_of_a_header_alone_has_no_arrays_and_one_of_eight_bytes_is_refused(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(struct.pack("<Q", 2) + b"{}")
    assert from_safetensors(path) == {}
    text = json.dumps({"a": {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]}}).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text)
    assert from_safetensors(path)["a"].shape == (0,)
    nothing = f"path: expected a file of the format safetensors, got {str(path)!r}, which has no header"
    for first, rest in ((0, b""), (1, b"7"), (3, b"{}")):
        path.write_bytes(struct.pack("<Q", first) + rest)
        assert said(from_safetensors, path) == nothing


def test_a_header_longer_than_the_format_allows_is_not_read(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(struct.pack("<Q", 100_000_001))
    os.truncate(path, 100_000_100)
    assert said(from_safetensors, path).endswith("which has no header")


def test_the_word_of_widened_bfloat16_counts_the_arrays_and_points_to_the_caller(tmp_path):
    halves = np.array([0x3F80, 0xC020], np.uint16)  # 1, -2.5
    path = written(tmp_path / "a", {"a": ("BF16", halves), "b": ("BF16", halves), "c": ("BF16", halves)})
    with pytest.warns(weights.WidenedWarning) as words:
        found = from_safetensors(path)
    assert str(words[0].message) == "path: bfloat16 widened to float32, which keeps every value, in 'a' and 2 more"
    assert words[0].filename == __file__
    assert found["c"].tolist() == [1, -2.5]


def test_a_gru_of_keras_in_half_precision_is_widened_with_a_word_that_points_to_the_caller():
    with pytest.warns(weights.WidenedWarning, match="float16") as words:
        found = from_keras_gru([a.astype(np.float16) for a in GRU])
    assert words[0].filename == __file__
    assert found.W_1z.tolist() == [[0, 9], [1, 10], [2, 11]]


def test_biases_of_a_gru_whose_sum_leaves_the_range_are_refused():
    arrays = {"weight_ih_l0": np.ones((3, 2)), "weight_hh_l0": np.ones((3, 1))}
    arrays |= {"bias_ih_l0": np.full(3, 1e308), "bias_hh_l0": np.full(3, 1e308)}
    assert "expected numbers with finite results" in said(from_pytorch_gru, arrays)


def test_a_layer_of_keras_is_refused_for_other_activations_alone():
    usual = {"activation": "tanh", "recurrent_activation": "sigmoid", "units": 3}
    for config in ({}, usual, {"layer": {"config": usual}, "activation": "x"}, usual | {"layer": "a word"}):
        assert equal(from_keras(layer(KERAS, config)), ONE)
    assert equal(from_keras(Bag(get_weights=lambda: KERAS)), ONE), "without a config"
    for name, ours in (("activation", "tanh"), ("recurrent_activation", "sigmoid")):
        message = (
            f"weights: expected a layer with {name}={ours!r}, got 'relu', another cell, whose gradient these "
            f"equations do not give: train it with {name}={ours!r}"
        )
        for config in (usual | {name: "relu"}, {"layer": {"class_name": "LSTM", "config": usual | {name: "relu"}}}):
            assert said(from_keras, layer(KERAS, config)) == message
            assert said(from_keras_gru, layer(GRU, config)) == message


def test_variables_that_only_give_their_numbers_are_read():
    variables = [Bag(numpy=lambda a=a: a) for a in KERAS]
    assert equal(from_keras(variables), ONE)
    named = {name: Bag(numpy=lambda a=a: a, shape=a.shape) for name, a in TORCH.items()}
    assert equal(from_pytorch(named), ONE)


def test_what_keras_hands_over_in_another_shape_is_refused_in_full():
    assert said(from_keras, GRU) == "weights: expected an LSTM, got a GRU: read it by weights.from_keras_gru"
    assert said(from_keras_gru, KERAS) == "weights: expected a GRU, got an LSTM: read it by weights.from_keras"
    assert said(from_keras, KERAS, reverse=True) == (
        "reverse: expected the 6 arrays of a Bidirectional layer, got 3; a layer with go_backwards is read without "
        "reverse and audited on x[::-1]"
    )
    assert said(from_keras, [KERAS[0][0], *KERAS[1:]]) == (
        "weights: expected kernel (m, 4n), recurrent_kernel (n, 4n), bias, got shapes "
        f"[(12,), (3, 12), (12,)]: {ADVICE}"
    )
    assert said(from_keras, [KERAS[1], KERAS[0], KERAS[2]]) == (
        "weights: expected kernel (m, 4n), then recurrent_kernel (n, 4n), got (3, 12) and (2, 12): exchange the two"
    )


def test_a_quantised_tensor_is_refused_in_full():
    def refuse():
        raise RuntimeError("no numbers")

    tensor = Bag(dtype="torch.qint8", shape=(12, 2), cpu=refuse)
    tensor.detach = lambda: tensor
    assert said(from_pytorch, TORCH | {"weight_ih_l0": tensor}) == (
        "weights: expected tensors of float numbers, got qint8: no numbers; hand over the module before it was "
        "quantised, or its dequantize()d, to_dense()d arrays"
    )


def test_names_of_pytorch_that_do_not_fit_are_refused_in_full():
    by_gru = {"weight_ih_l0": np.ones((9, 2)), "weight_hh_l0": np.ones((9, 3))}
    gru = (
        "weights: expected an LSTM, got a GRU: read it by weights.from_pytorch_gru, whose Eq. (15) lstm.recurrences has"
    )
    assert said(from_pytorch, {f"a.{k}": v for k, v in by_gru.items()}, prefix="a") == gru
    two = {f"{where}.{name}": array for where in "ba" for name, array in TORCH.items()}
    assert said(from_pytorch, two) == "prefix: expected the one LSTM to read, got 2: pass prefix=, one of ['a.', 'b.']"
    assert said(from_pytorch, TORCH | {"weight_hr_l0": np.ones((3, 9))}) == (
        "weights: expected an LSTM without projection, got proj_size=3, 'weight_hr_l0' of shape (3, 9). It is the LSTM "
        "of 9 units whose 'weight_hh_l0' is weight_hh_l0 @ weight_hr_l0: pass that product in its place, leave "
        "'weight_hr_l0' out, and give the audit reads @ weight_hr_l0"
    )
    assert said(from_pytorch, {"a.weight_hh": TORCH["weight_hh_l0"]}) == (
        "weights: expected a key 'a.weight_ih' beside 'a.weight_hh', got ['a.weight_hh']"
    )
    assert said(from_pytorch, {"recurrent_kernel": 1}) == (
        "weights: expected PyTorch's names, got Keras's ['recurrent_kernel']: read them by weights.from_keras"
    )


@pytest.mark.parametrize(("count", "more"), [(7, ""), (8, ""), (9, " and 1 more"), (11, " and 3 more")])
def test_of_many_names_eight_are_said_and_how_many_more(count, more):
    names = ", ".join(f"'a{k:02}'" for k in range(min(count, 8)))
    assert said(from_pytorch_gru, {f"a{k:02}": 1 for k in range(count)}) == (
        f"weights: expected a key 'weight_hh_l0', after any prefix, got [{names}]{more}: pass the state_dict of a "
        "module with a torch.nn.GRU"
    )


def test_a_model_of_float32_is_read_from_either_field():
    single = {name: array.astype(np.float32) for name, array in ARRAYS.items()}
    assert equal(from_onnx(model(single)), numbered(2, 3, np.float32))
    listed = model(single)
    for one in listed.graph.initializer:
        one.float_data, one.raw_data = np.frombuffer(one.raw_data, np.float32).tolist(), b""
        del one.data_location
    assert equal(from_onnx(listed), numbered(2, 3, np.float32)), "and without a place of data, as older models have it"


def test_a_model_has_its_peepholes_at_its_eighth_input_and_may_leave_biases_out():
    net = model(ARRAYS | {"P": np.arange(9.0)[None]})
    net.graph.node[1].input = ["x", "w", "r", "b", "", "", "", "p"]
    assert [a.tolist() for a in from_onnx(net)[12:]] == [[0, 1, 2], [6, 7, 8], [3, 4, 5]]
    bare = model(ARRAYS)
    bare.graph.node[1].input = ["x", "w", "r"]
    assert equal(from_onnx(bare), ONE._replace(b_i=0 * ONE.b_i, b_f=0 * ONE.b_f, b_o=0 * ONE.b_o, b_g=0 * ONE.b_g))


def test_what_a_model_says_of_its_operator_is_accepted_or_refused_in_full():
    usual = Bag(name="activations", strings=[b"Sigmoid", b"Tanh", b"Tanh"])
    assert equal(from_onnx(model(ARRAYS, attribute=[usual, Bag(name="input_forget", i=0)])), ONE)
    clip = said(from_onnx, model(ARRAYS, attribute=[Bag(name="clip", f=3.0)]))
    assert clip == "weights: expected no clip, got clip=3, another cell: export without it"
    away = model(ARRAYS)
    away.graph.initializer[0].data_location = 1
    assert said(from_onnx, away) == "weights: expected 'w' in the model, got external data: onnx.load reads both"
    assert said(from_onnx, {"W": 1}) == (
        "weights: expected the keys 'W', 'R' and maybe 'B', 'P' as the operator LSTM names its inputs, got ['W']"
    )
