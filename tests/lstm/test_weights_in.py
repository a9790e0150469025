"""Weights as users have them, told apart by names and shapes alone; tests/interop has the frameworks themselves."""

from pathlib import Path

import numpy as np
import pytest
from tests.lstm.test_weights import equal, numbered

from lstm import weights
from lstm.weights import from_keras, from_keras_gru, from_pytorch, from_pytorch_gru, to_keras, to_pytorch


class Tensor:
    """What a tensor is to us: it can be detached, brought to the processor, widened, and turned into an array."""

    def __init__(self, array, dtype, grad=True):
        self.array, self.dtype, self.grad, self.shape = array, f"torch.{dtype}", grad, array.shape

    def detach(self):
        return Tensor(self.array, self.dtype[6:], grad=False)

    def cpu(self):
        return self

    def float(self):
        return Tensor(self.array.astype(np.float32), "float32", self.grad)

    def numpy(self):
        if self.grad or "bfloat16" in self.dtype:
            raise TypeError("detach first, widen first")
        return self.array


def tensors(params, dtype="float64", prefix=""):
    return {prefix + name: Tensor(array, dtype) for name, array in to_pytorch(params).items()}


ONE, OTHER = numbered(m=2, n=3), numbered(m=5, n=3)


def at(suffix, params):
    return {name.replace("_l0", suffix): array for name, array in to_pytorch(params).items()}


def test_tensors_are_detached():
    assert equal(from_pytorch(tensors(ONE)), ONE)
    assert equal(from_pytorch(iter(tensors(ONE).items())), ONE), "as named_parameters() gives them"


def test_lists_come_in_as_from_a_file_of_json():
    lists = {name: array.tolist() for name, array in to_pytorch(ONE).items()}
    assert equal(from_pytorch(lists), ONE)
    assert equal(from_keras([array.tolist() for array in to_keras(ONE).values()]), ONE)


def test_bfloat16_is_widened_with_a_word_that_points_to_the_caller():
    with pytest.warns(weights.WidenedWarning, match="^weights: bfloat16 widened to float32") as words:
        params = from_pytorch(tensors(ONE, "bfloat16"))
    assert words[0].filename == __file__
    assert {a.dtype for a in params} == {np.dtype(np.float32)}
    with pytest.warns(weights.WidenedWarning, match="^weights: float16 widened") as words:
        from_keras({name: array.astype(np.float16) for name, array in to_keras(ONE).items()})
    assert words[0].filename == __file__


def test_half_precision_is_not_mixed_with_double():
    arrays = tensors(ONE) | {"bias_hh_l0": Tensor(np.zeros(12), "bfloat16")}
    with pytest.raises(TypeError, match=r"^weights: expected arrays all of float32 .*, got bfloat16 and float64"):
        from_pytorch(arrays)


def test_layers_directions_cells_and_prefixes_are_read_by_name():
    many = at("_l0", ONE) | at("_l0_reverse", OTHER) | at("_l1", OTHER._replace(b_f=OTHER.b_i))
    assert equal(from_pytorch(many), ONE)
    assert equal(from_pytorch(many, reverse=True), OTHER)
    assert equal(from_pytorch(many, layer=1), OTHER._replace(b_f=OTHER.b_i))
    assert equal(from_pytorch(at("", ONE)), ONE), "LSTMCell"
    net = tensors(ONE, prefix="a.b.") | {"a.weight": np.ones(3)}
    for prefix in ("auto", "a.b", "a.b."):
        assert equal(from_pytorch(net, prefix=prefix), ONE)


def test_without_biases_they_are_zero():
    arrays = {name: array for name, array in to_pytorch(ONE).items() if "bias" not in name}
    expected = ONE._replace(b_i=0 * ONE.b_i, b_f=0 * ONE.b_i, b_o=0 * ONE.b_i, b_g=0 * ONE.b_i)
    assert equal(from_pytorch(arrays), expected)
    assert equal(from_keras(list(to_keras(ONE).values())[:2]), expected)


ARRAYS = to_pytorch(ONE)
PATH = Path("net.safetensors")
RNN = {"weight_ih_l0": np.ones((3, 2)), "weight_hh_l0": np.ones((3, 3))}
REFUSED = [
    (ARRAYS, {"layer": 1}, r"^layer: expected one of layer=0, reverse=False; got layer=1, reverse=False"),
    (ARRAYS, {"layer": -1}, r"^layer: expected at least 0, got -1"),
    (ARRAYS, {"reverse": 1}, r"^reverse: expected True or False, got 1"),
    (ARRAYS, {"prefix": None}, r"^prefix: expected a string, got NoneType"),
    (ARRAYS, {"prefix": "a"}, r"^prefix: expected one of \[''\], got 'a'"),
    ({k: v for k, v in ARRAYS.items() if k != "bias_hh_l0"}, {}, r"^weights: .* both .* neither; 'bias_hh_l0' is miss"),
    ({k: v for k, v in ARRAYS.items() if "weight_ih" not in k}, {}, r"^weights: expected a key 'weight_ih_l0' beside"),
    (
        "net.pt",
        {},
        r"^weights: expected a mapping .*, got str: load the file first, by torch\.load or weights\.from_sa",
    ),
    (PATH, {}, r"^weights: expected a mapping .*, got \w*Path: load the file first"),
    ([1.0], {}, r"^weights: expected a mapping from names to arrays, got list: pass a state_dict"),
    (ARRAYS | {"weight_hh_l0": np.ones(12)}, {}, r"^weight_hh_l0: expected shape \(4n, n\), got shape \(12,\)"),
    (ARRAYS | {"weight_hh_l0": [[1.0], []]}, {}, r"^weight_hh_l0: expected shape \(4n, n\), got shape \(\)"),
    (RNN, {}, r"^weights: expected an LSTM, got a plain RNN: give lstm\.rnn\.RNNParams"),
    ({k: np.ones((9, *v.shape[1:])) for k, v in ARRAYS.items()}, {}, r"^weights: expected an LSTM, got a GRU: read it"),
    (ARRAYS | {"weight_hr_l0": np.ones((3, 9))}, {}, r"^weights: .* got proj_size=3, .* reads @ weight_hr_l0"),
    ({"a": {"weight_ih_l0": 1}}, {}, r"^weights: expected arrays, got mappings of them: pass weights\['a'\]"),
    ({"rnn.weight_hh_l0_raw": 1}, {}, r"^weights: .*'rnn.weight_hh_l0_raw' of a parametrisation"),
    (to_keras(ONE), {}, r"^weights: expected PyTorch's names, got Keras's .*: read them by weights\.from_keras"),
]


@pytest.mark.parametrize(("arrays", "options", "message"), REFUSED)
def test_a_refusal_says_what_came_and_what_to_do(arrays, options, message):
    with pytest.raises((TypeError, ValueError), match=message):
        from_pytorch(arrays, **options)


def test_a_weight_that_only_one_layer_hides_is_named_too():
    arrays = at("_l1", ONE) | {"parametrizations.weight_hh_l0.original0": np.ones(3)}
    with pytest.raises(ValueError, match=r"^weights: .* of a parametrisation or quantisation"):
        from_pytorch(arrays)
    assert equal(from_pytorch(arrays, layer=1), ONE)


KERAS = list(to_keras(ONE).values())
REFUSED_KERAS = [
    (KERAS[:1], {}, r"^weights: expected 2 or 3 arrays .* got 1: pass the arrays of one layer"),
    ([KERAS[1], KERAS[0], KERAS[2]], {}, r"^weights: expected kernel .* exchange the two"),
    (KERAS * 2, {}, r"^reverse: expected True or False, since 6 arrays are two directions"),
    ([*KERAS, KERAS[1], *KERAS[1:]], {"reverse": True}, r"^weights: expected two directions of the same shapes"),
    (KERAS, {"reverse": True}, r"^reverse: expected the 6 arrays of a Bidirectional layer, got 3"),
    (KERAS, {"reverse": "yes"}, r"^reverse: expected True or False, got 'yes'"),
    ({"kernel": KERAS[0]}, {}, r"^weights: expected a key 'recurrent_kernel'"),
    (to_keras(ONE) | {"p": KERAS[2]}, {}, r"^weights: expected the keys .* and no others"),
    ({"a/kernel": 1, "b/kernel": 1, "recurrent_kernel": 1}, {}, r"^weights: expected the keys"),
    ([np.ones((2, 3)), np.ones((3, 3))], {}, r"^weights: expected an LSTM, got a SimpleRNN: read it by lstm\.rnn"),
    (7, {}, r"^weights: expected a mapping from names to arrays, a list of arrays or a layer, got int"),
]


@pytest.mark.parametrize(("arrays", "options", "message"), REFUSED_KERAS)
def test_a_refusal_of_keras_says_what_came_and_what_to_do(arrays, options, message):
    with pytest.raises((TypeError, ValueError), match=message):
        from_keras(arrays, **options)


def test_two_directions_are_read_apart():
    both = [*KERAS, *to_keras(ONE._replace(b_f=ONE.b_i)).values()]
    assert equal(from_keras(both, reverse=False), ONE)
    assert equal(from_keras(both, reverse=True), ONE._replace(b_f=ONE.b_i))


def test_the_rows_of_a_gru_go_to_their_gates():
    rows = np.arange(3.0)[:, None]  # one unit, one input: r, z, n of PyTorch
    arrays = {"weight_ih_l0": rows, "weight_hh_l0": 10 + rows, "bias_ih_l0": rows[:, 0], "bias_hh_l0": 5 + rows[:, 0]}
    p = from_pytorch_gru(arrays)
    assert [float(a.squeeze()) for a in p] == [1, 11, 7, 0, 10, 5, 2, 12, 2, 7]
    columns = [rows.T, 10 + rows.T, np.array([rows[:, 0], 5 + rows[:, 0]])]  # z, r, h of Keras
    assert [float(a.squeeze()) for a in from_keras_gru(columns)] == [0, 10, 5, 1, 11, 7, 2, 12, 2, 7]
    before = from_keras_gru([*columns[:2], rows[:, 0]])
    assert [float(a.squeeze()) for a in before] == [0, 10, 0, 1, 11, 1, 2, 12, 2]
    with pytest.raises(ValueError, match=r"^weights: expected a bias, whose shape tells reset_after"):
        from_keras_gru(columns[:2])
