"""The stored arrays are what PyTorch makes with the lines that are kept and with those that the page shows."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from tools import torch_arrays

from companion import files
from lstm import audit, audit_layers
from lstm.weights import from_pytorch

ROOT = Path(__file__).parents[2]


def same(found, name):
    stored = dict(np.load(files.path(f"data/{name}")))
    assert set(found) == set(stored)
    for key, array in found.items():
        np.testing.assert_allclose(array, stored[key], rtol=1e-5, atol=1e-7, err_msg=key)


@pytest.mark.parametrize(("name", "make"), [("pytorch", torch_arrays.layer), ("pytorch_stack", torch_arrays.stack)])
def test_the_stored_arrays_are_made_again(name, make):
    same(make(), f"{name}.npz")


def test_the_lines_on_the_page_make_the_stored_arrays(tmp_path, monkeypatch):
    cells = json.loads((ROOT / "book" / "audit.ipynb").read_text(encoding="utf-8"))["cells"]
    (text,) = ("".join(cell["source"]) for cell in cells if "import torch " in "".join(cell["source"]))
    block = text.split("```python\n")[1].split("```")[0]
    monkeypatch.chdir(tmp_path)
    exec(block, {})
    same(dict(np.load("pytorch.npz")), "pytorch.npz")


def test_the_audits_of_the_page_are_those_of_the_living_modules():
    stored = dict(np.load(files.path("data/pytorch_stack.npz")))
    layers = [from_pytorch(stored, layer=k) for k in range(2)]
    x, lengths, reads, out = (stored[name] for name in ("x", "lengths", "reads", "out"))
    found = audit_layers(layers, x, reads, out=out, lengths=lengths, batch_first=True)
    assert found[1].gap < 1e-6
    torch.manual_seed(1)
    net = torch.nn.LSTM(2, 6, num_layers=2, batch_first=True)
    with torch.no_grad():
        below = torch.nn.LSTM(2, 6, batch_first=True)
        below.load_state_dict({name: value for name, value in net.state_dict().items() if name.endswith("l0")})
        lower = below(torch.from_numpy(x))[0].numpy()
    assert audit(layers[0], x, out=lower, batch_first=True).gap < 1e-6
