"""Files that the package safetensors writes, read without it."""

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from tests.interop.torch_modules import forward, inputs, lstm

from lstm.fast import batched
from lstm.weights import WidenedWarning, from_pytorch, from_safetensors

TYPES = [torch.float64, torch.float32, torch.float16, torch.int64, torch.int32, torch.int16, torch.uint8, torch.bool]


def test_every_array_is_that_of_the_package(tmp_path):
    numbers = torch.randn(3, 5) * 100
    there = {str(dtype): numbers.to(dtype) for dtype in TYPES} | {
        "scalar": torch.tensor(2.5),
        "none": torch.zeros(0, 2),
    }
    save_file(there, tmp_path / "net.safetensors", metadata={"format": "pt"})
    found = from_safetensors(tmp_path / "net.safetensors")
    assert set(found) == set(there)
    for name, tensor in there.items():
        assert found[name].dtype == tensor.numpy().dtype, name
        np.testing.assert_array_equal(found[name], tensor.numpy())


def test_bfloat16_is_widened_with_a_word(tmp_path):
    tensor = torch.randn(100).bfloat16()
    save_file({"a": tensor, "b": torch.ones(1)}, tmp_path / "net.safetensors")
    with pytest.warns(WidenedWarning, match="bfloat16 widened to float32") as words:
        found = from_safetensors(tmp_path / "net.safetensors")
    assert words[0].filename == __file__
    np.testing.assert_array_equal(found["a"], tensor.float().numpy())
    assert from_safetensors(tmp_path / "net.safetensors", prefix="b")["b"] == 1


def test_a_module_comes_in_from_its_file(tmp_path):
    module = lstm()
    save_file({f"encoder.{name}": value for name, value in module.state_dict().items()}, tmp_path / "net.safetensors")
    params = from_pytorch(from_safetensors(tmp_path / "net.safetensors"))
    assert np.abs(batched.run(params, inputs()).h - forward(module, inputs())[0]).max() < 1e-14
    save_file({"odd": torch.ones(2).to(torch.float8_e4m3fn)}, tmp_path / "odd.safetensors")
    with pytest.raises(ValueError, match=r"^path: expected float arrays, got 'odd' of F8_E4M3: store it as F32"):
        from_safetensors(tmp_path / "odd.safetensors")
