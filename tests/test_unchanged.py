"""A chapter that ran here is left as it is until something changes that its outputs come from."""

import asyncio
import os
from types import SimpleNamespace

import pytest
from tests import loops
from tests.conftest import ROOT
from tests.test_refresh import notebook
from tools import refresh, unchanged

FILES = ("src/lstm/cell.py", "src/companion/files/data.csv", "tools/refresh.py", "requirements.txt", "_toc.yml")


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A checkout of two chapters and what they are made of; `again()` says which of them run now."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("as it was")
    paths = [notebook(tmp_path / f"{name}.ipynb", "1 + 1") for name in ("one", "two")]
    monkeypatch.setattr(unchanged, "PLACE", tmp_path / "_build" / "ran.json")
    monkeypatch.setattr(unchanged, "ROOT", tmp_path)
    ran, failing = [], []

    async def run(path):
        ran.append(path.name)
        if path.name in failing:
            raise refresh.CellExecutionError("", "", "")
        return refresh.nbformat.read(path, 4)

    monkeypatch.setattr(refresh, "run", run)
    own = SimpleNamespace(run=loops.run, gather=asyncio.gather, Semaphore=asyncio.Semaphore)
    monkeypatch.setattr(refresh, "asyncio", own)

    def again(only_changed=True):
        ran.clear()
        refresh.run_all(paths, only_changed)
        return sorted(ran)

    return SimpleNamespace(root=tmp_path, paths=paths, again=again, failing=failing)


BOTH = ["one.ipynb", "two.ipynb"]


def test_what_ran_here_does_not_run_again_unless_all_are_asked_for(book):
    assert book.again() == BOTH
    assert book.again() == []
    assert book.again(only_changed=False) == BOTH


def test_a_chapter_that_changed_runs_and_no_other(book):
    book.again()
    notebook(book.paths[1], "1 + 2")
    assert book.again() == ["two.ipynb"]
    assert book.again() == []


@pytest.mark.parametrize("name", FILES)
def test_all_run_again_where_a_file_that_they_come_from_changed_or_is_new_or_gone(name, book):
    book.again()
    (book.root / name).write_text("otherwise")
    assert book.again() == BOTH
    if name.startswith(("src", "tools")):
        os.rename(book.root / name, (book.root / name).with_name("other.py"))
        assert book.again() == BOTH
    assert book.again() == []


def test_all_run_again_with_another_version_of_a_package(book, monkeypatch):
    book.again()
    monkeypatch.setattr(unchanged, "distributions", lambda: [SimpleNamespace(name="numpy", version="0.1")])
    assert book.again() == BOTH
    assert book.again() == []


def test_a_chapter_that_failed_runs_again(book):
    book.failing.append("one.ipynb")
    assert book.again() == BOTH
    assert book.again() == ["one.ipynb"]


def test_a_note_that_cannot_be_read_is_none(book):
    book.again()
    unchanged.PLACE.write_text('{"one.ipynb": "')
    assert book.again() == BOTH


def test_make_book_runs_what_changed_and_make_refresh_all():
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "\t$(BIN)/python -m tools.refresh --changed\n\t$(BUILD)\n" in rules
    assert rules.count("-m tools.refresh\n") == 1
