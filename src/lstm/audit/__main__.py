"""The audit as a command: weights of PyTorch's LSTM in a file of safetensors, sequences in a file of NumPy.

Exit codes: 0 nothing to act on, 1 a finding to act on, 2 the command or a file cannot be used, with one line on stderr.
"""

import argparse
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from lstm import weights
from lstm.audit import audit, findings, report

MAGIC = b"\x93NUMPY"
ARRAYS = ("reads", "out", "lengths", "h_0", "c_0")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line, not the usage before it: that is what --help is for."""
        self.exit(2, f"{self.prog}: error: {message}; --help says more\n")


def parser() -> argparse.ArgumentParser:
    """What the command takes."""
    found = _Parser(prog="python -m lstm.audit", description="What an LSTM's weights do on some sequences.")
    found.add_argument("weights", help="a file of safetensors with the names of torch.nn.LSTM, behind any prefix")
    found.add_argument("sequences", help="x, a .npy of shape (T, B, m)")
    found.add_argument("--layer", type=int, default=0, help="of a stack, counted from 0; sequences are its own input")
    found.add_argument("--reverse", action="store_true", help="the backward direction: the files in its own time")
    found.add_argument("--prefix", default="auto", help="what stands before weight_ih, where there are several LSTMs")
    found.add_argument("--reads", help=".npy (T, B, n): the derivative of the loss by h; else the sum of the last h")
    found.add_argument("--out", help=".npy (T, B, n): the module's outputs, to be compared")
    found.add_argument("--lengths", help=".npy (B,): the steps of each sequence")
    found.add_argument("--h_0", help=".npy (B, n): initial hidden states")
    found.add_argument("--c_0", help=".npy (B, n): initial cell states")
    found.add_argument("--batch-first", action="store_true", help="sequences, reads and out are (B, T, ...)")
    found.add_argument("--start", type=int, default=1, help="gradients are taken back to this step")
    found.add_argument("--limit", type=float, default=1.0, help="the norm of clipping that is judged")
    found.add_argument("--measures", action="store_true", help="write the measures before the findings")
    found.add_argument("--json", metavar="FILE", help="write all of it there as well")
    return found


def main(words: Sequence[str] | None = None) -> int:
    """Run the command with these words, those of the command line where None; return the exit code."""
    asked = parser().parse_args(words)
    try:
        with warnings.catch_warnings(record=True) as said:  # half precision that is widened: one line, not a place
            warnings.simplefilter("always", weights.WidenedWarning)
            arrays = _safetensors(asked.weights)
            params = weights.from_pytorch(arrays, asked.layer, asked.reverse, asked.prefix)
        more: dict[str, Any] = {
            name: None if (path := getattr(asked, name)) is None else _npy(name, path) for name in ARRAYS
        }
        x = _npy("sequences", asked.sequences)
        found = audit(params, x, batch_first=asked.batch_first, start=asked.start, **more)
        told = findings(found, limit=asked.limit)
        if asked.json:
            Path(asked.json).write_text(told.to_json() + "\n", encoding="utf-8")
    except (OSError, TypeError, ValueError) as error:
        print(f"python -m lstm.audit: error: {_one_line(error)}", file=sys.stderr)
        return 2
    for one in said:
        print(f"python -m lstm.audit: warning: {one.message}", file=sys.stderr)
    if asked.measures:
        print(report(found), end="\n\n")
    print(told)
    return int(told.to_act_on())


def _safetensors(path: str) -> dict[str, np.ndarray]:
    try:
        return weights.from_safetensors(path)
    except ValueError as error:
        save = "PyTorch writes one by safetensors.torch.save_file(module.state_dict(), path)"
        raise ValueError(f"weights: {str(error).removeprefix('path: ')}; {save}") from None


def _npy(name: str, path: str) -> np.ndarray:
    """The array of a .npy file; raises ValueError that names the argument."""
    with open(path, "rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise ValueError(f"{name}: expected one array, a .npy file as numpy.save writes it, got {path!r}")
    try:
        return np.load(path, allow_pickle=False)
    except (ValueError, EOFError):
        raise ValueError(f"{name}: expected numbers, got objects or a file that is cut short, {path!r}") from None


def _one_line(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"cannot open {error.filename!r}: {error.strerror}: is the path right?"
    words = " ".join(str(error).split())
    return "sequences: " + words.removeprefix("x: ") if words.startswith("x: ") else words


if __name__ == "__main__":
    sys.exit(main())
