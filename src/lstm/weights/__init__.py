"""Weights in and out: `Params` to and from the array layouts of PyTorch, Keras and ONNX. No framework is imported.

All stack the four gates. PyTorch stacks rows in the order i, f, g, o and keeps two biases, which are added; Keras
stacks columns in the order i, f, c, o (its c is our g) and keeps one bias; ONNX stacks rows i, o, f, c. Arrays are
copied, never shared, and are float32 or float64, all alike. Sigmoid gates and a tanh candidate, as in (12), are the
default of all three.

pytorch, keras, onnx  one framework each, by the order of its blocks; gru: the GRU of all three
onnx_graph            where in a model of ONNX the operator's arrays stand
safetensors           the file of that name, read without its package
places                where in PyTorch's names a layer stands; taken: tensors and half precision made plain
stacked               what they share
"""

from lstm.weights.gru import from_keras_gru, from_onnx_gru, from_pytorch_gru
from lstm.weights.keras import from_keras, to_keras
from lstm.weights.onnx import from_onnx
from lstm.weights.pytorch import from_pytorch, to_pytorch
from lstm.weights.safetensors import from_safetensors
from lstm.weights.stacked import check_real, fill, views
from lstm.weights.taken import WidenedWarning

__all__ = [
    "WidenedWarning",
    "check_real",
    "fill",
    "from_keras",
    "from_keras_gru",
    "from_onnx",
    "from_onnx_gru",
    "from_pytorch",
    "from_pytorch_gru",
    "from_safetensors",
    "to_keras",
    "to_pytorch",
    "views",
]
