"""Write the data that PyTorch made: python -m tools.torch_arrays, in the environment of `make interop`.

The page on audits reads them, so that its checks hold our reader against PyTorch itself. A test of tests/interop makes
them anew and compares.
"""

from typing import Any

import numpy as np
import torch
from torch import nn

from companion.files import FOLDER

DATA = FOLDER / "data"


def layer() -> dict[str, Any]:
    """One layer as PyTorch draws it: its arrays, x (30, 5, 2), out and reads (30, 5, 8). The page shows these lines."""
    torch.manual_seed(0)
    lstm, head = nn.LSTM(2, 8), nn.Linear(8, 1)
    x, target = torch.randn(30, 5, 2), torch.randn(5, 1)
    out, _ = lstm(x)
    loss = nn.functional.mse_loss(head(out[-1]), target)
    (reads,) = torch.autograd.grad(loss, out)
    return _plain({"x": x, "reads": reads, "out": out} | lstm.state_dict())


def stack() -> dict[str, Any]:
    """Two layers under a prefix, batch first, sequences of unequal length: a state_dict, x, lengths, reads and out.

    8 sequences of 12 to 40 steps, two inputs, six units a layer; the loss compares an answer at each last step.
    """
    torch.manual_seed(1)
    net = nn.ModuleDict({"encoder": nn.LSTM(2, 6, num_layers=2, batch_first=True), "head": nn.Linear(6, 1)})
    lengths = torch.tensor([40, 12, 31, 25, 40, 18, 36, 22])
    x, target = torch.randn(8, 40, 2), torch.randn(8, 1)
    packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
    out, _ = nn.utils.rnn.pad_packed_sequence(net["encoder"](packed)[0], batch_first=True)
    loss = nn.functional.mse_loss(net["head"](out[torch.arange(8), lengths - 1]), target)
    (reads,) = torch.autograd.grad(loss, out)
    return _plain(net.state_dict() | {"x": x, "lengths": lengths, "reads": reads, "out": out})


def _plain(tensors: dict[str, Any]) -> dict[str, Any]:
    return {name: tensor.detach().numpy() for name, tensor in tensors.items()}


if __name__ == "__main__":
    for name, make in (("pytorch", layer), ("pytorch_stack", stack)):
        np.savez(DATA / f"{name}.npz", **make())
