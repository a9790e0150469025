"""The command python -m lstm.audit: what it writes, its exit codes, and one line where a file cannot be used."""

import json
import struct
import subprocess
import sys

import numpy as np
import pytest
from tests.lstm.test_findings_told import FOUND, PARAMS, ROOT, X

from lstm import audit, findings, weights
from lstm.audit.__main__ import main
from lstm.cell import Params

QUIET = Params(*(0 * a for a in PARAMS))._replace(b_f=np.full(6, 2.5), W_1g=PARAMS.W_1g)


def save(path, arrays):
    """A file of safetensors."""
    header, data = {}, b""
    for name, a in arrays.items():
        header[name] = {"dtype": "F64", "shape": a.shape, "data_offsets": [len(data), len(data) + a.nbytes]}
        data += a.tobytes()
    words = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(words)) + words + data)


@pytest.fixture
def files(tmp_path):
    save(tmp_path / "w.safetensors", weights.to_pytorch(PARAMS))
    save(tmp_path / "quiet.safetensors", weights.to_pytorch(QUIET))
    np.save(tmp_path / "x.npy", X)
    np.save(tmp_path / "short.npy", X[:12])
    np.save(tmp_path / "objects.npy", np.array([{}]))
    np.savez(tmp_path / "x.npz", x=X)
    (tmp_path / "cut.npy").write_bytes((tmp_path / "x.npy").read_bytes()[:200])
    (tmp_path / "cut.safetensors").write_bytes((tmp_path / "w.safetensors").read_bytes()[:-8])
    return tmp_path


def command(files, *words):
    """(exit code, stdout, stderr) of the command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "lstm.audit", *words],
        cwd=files,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_the_command_exits_with_1_where_there_is_something_to_act_on_and_writes_json(files):
    code, out, err = command(files, "w.safetensors", "x.npy", "--json", "out.json")
    assert (code, err) == (1, "")
    assert out == f"{FOUND}\n"
    assert (files / "out.json").read_text(encoding="utf-8") == FOUND.to_json() + "\n"


def test_the_command_exits_with_0_where_there_is_nothing_to_act_on(files):
    code, out, err = command(files, "quiet.safetensors", "short.npy", "--measures")
    assert (code, err) == (0, "")
    assert out.startswith("gates within 0.1 of an end")
    assert "loss not given (not told by these data)" in out
    assert "to act on" not in out


def test_wrong_use_exits_with_2_and_one_line(files):
    code, out, err = command(files, "w.safetensors")
    assert (code, out) == (2, "")
    assert err == ("python -m lstm.audit: error: the following arguments are required: sequences; --help says more\n")
    code, out, err = command(files, "none.safetensors", "x.npy")
    assert (code, out) == (2, "")
    assert err == (
        "python -m lstm.audit: error: cannot open 'none.safetensors': No such file or directory: is the path right?\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["x.npy", "x.npy"],
            "weights: expected a file of the format safetensors, got 'x.npy', which has no header; Py",
        ),
        (
            ["cut.safetensors", "x.npy"],
            "weights: expected 24 numbers of F64 for 'bias_hh_l0', got 192 bytes: cut short?",
        ),
        (["w.safetensors", "x.npz"], "sequences: expected one array, a .npy file as numpy.save writes it, got 'x.npz'"),
        (["w.safetensors", "w.safetensors"], "sequences: expected one array, a .npy file"),
        (["w.safetensors", "objects.npy"], "sequences: expected numbers, got objects or a file that is cut short"),
        (["w.safetensors", "cut.npy"], "sequences: expected numbers, got objects or a file that is cut short"),
        (["w.safetensors", "x.npy", "--reads", "x.npy"], "reads: expected shape (60, 8, 6), got shape (60, 8, 2)"),
        (["w.safetensors", "x.npy", "--out", "none.npy"], "cannot open 'none.npy': No such file or directory"),
        (["w.safetensors", "x.npy", "--layer", "1"], "layer: expected one of layer=0, reverse=False; got layer=1"),
        (["w.safetensors", "x.npy", "--limit", "0"], "limit: expected a positive number, got 0"),
        (["w.safetensors", "x.npy", "--start", "60"], "start: expected at least 1 and at most 59, got 60"),
        (["w.safetensors", "x.npy", "--json", "no/out.json"], "cannot open 'no/out.json': No such file or directory"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(files, monkeypatch, capsys, words, said):
    monkeypatch.chdir(files)
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith(f"python -m lstm.audit: error: {said}")


def test_sequences_of_another_width_are_named_as_the_command_names_them(files, monkeypatch, capsys):
    monkeypatch.chdir(files)
    np.save("wide.npy", np.zeros((60, 8, 3)))
    assert main(["w.safetensors", "wide.npy"]) == 2
    assert (
        "error: sequences: expected shape (any length, any length, 2), got shape (60, 8, 3)" in capsys.readouterr().err
    )


def test_the_options_reach_the_audit(files, monkeypatch, capsys):
    monkeypatch.chdir(files)
    rng = np.random.default_rng(2)
    given = {"reads": rng.normal(size=(8, 60, 6)), "h_0": rng.normal(size=(8, 6)), "c_0": rng.normal(size=(8, 6))}
    given["lengths"] = np.arange(53, 61)
    turned = X.swapaxes(0, 1)
    for name, array in {**given, "turned": turned}.items():
        np.save(f"{name}.npy", array)
    save(files / "two.safetensors", {f"encoder.{k}_reverse": a for k, a in weights.to_pytorch(PARAMS).items()})
    options = [word for name in given for word in (f"--{name}", f"{name}.npy")]
    code = main(["two.safetensors", "turned.npy", "--reverse", "--prefix", "encoder", "--batch-first", "--start", "3",
                 "--limit", "0.5", *options])  # fmt: skip
    told = findings(audit(PARAMS, turned, batch_first=True, start=3, **given), limit=0.5)
    assert capsys.readouterr().out == f"{told}\n"
    assert code == told.to_act_on()


def test_half_precision_is_said_on_one_line(files, monkeypatch, capsys):
    monkeypatch.chdir(files)
    halves = {name: a.astype(np.float16) for name, a in weights.to_pytorch(PARAMS).items()}
    monkeypatch.setattr("lstm.weights.from_safetensors", lambda path: halves)
    assert main(["w.safetensors", "x.npy"]) == 1
    err = capsys.readouterr().err
    assert err.startswith("python -m lstm.audit: warning: weights: float16 widened to float32")
    assert err.count("\n") == 1
