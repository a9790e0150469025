"""The files of the package: each has its place, others are refused, and what is quoted is the original."""

import pytest
from tests.conftest import ROOT

from companion import files


def test_each_file_that_git_knows_is_found_by_its_name():
    folder = ROOT / "src" / "companion" / "files"
    stored = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(files.names()) == {name for name in stored if "/." not in name and not name.endswith((".py", ".pyc"))}
    assert {"data/sunspots.csv", "results/adding.npz", "protocols/co2.md", "book/chapters.json"} <= set(files.names())
    assert all(files.path(name).read_bytes() for name in files.names())


@pytest.mark.parametrize("name", ["sunspots.csv", "../files/data/co2.csv", "data", "results/.parts/x.json", "", None])
def test_a_name_that_is_none_is_refused_with_those_that_are_there(name):
    with pytest.raises(ValueError, match=r"^name: expected one of book/chapters.json, data/co2.csv, .*; got "):
        files.path(name)


def test_what_a_run_leaves_while_it_writes_is_no_file_of_the_package(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    for name in ("results/.parts/small/one.json", "results/a.json", "results/a.json.part", "data/__pycache__/b.pyc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert files.names() == ["results/a.json"]


def test_a_protocol_that_is_quoted_is_the_committed_one_to_the_byte():
    quoted = [name for name in files.names() if name.startswith("protocols/")]
    assert quoted == ["protocols/co2.md"]
    assert files.path(*quoted).read_bytes() == (ROOT / "experiments" / quoted[0]).read_bytes()
