"""No known misspelling in code, texts and chapters, as codespell knows them."""

import subprocess
import sys
from pathlib import Path

import nbformat
import yaml
from tests.conftest import ROOT

TEXTS = {".py", ".js", ".css", ".md", ".yml", ".toml", ".cff"}


def misspelt(paths):
    """What codespell says of the files; pyproject.toml names the words that it takes for others."""
    command = [Path(sys.executable).with_name("codespell"), *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_code_and_texts_are_spelt_as_they_should_be():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    files = [ROOT / name for name in tracked if Path(name).suffix in TEXTS and (ROOT / name).exists()]
    assert len(files) > 300
    assert misspelt(files) == []


def test_chapters_are_spelt_as_they_should_be(tmp_path):
    for path in sorted((ROOT / "book").glob("*.ipynb")):
        sources = [cell.source for cell in nbformat.read(path, 4).cells]
        (tmp_path / f"{path.stem}.txt").write_text("\n".join(sources), encoding="utf-8")
    assert misspelt([tmp_path]) == []


def test_a_misspelling_is_seen(tmp_path):
    (tmp_path / "a.md").write_text("to recieve", encoding="utf-8")  # codespell:ignore
    assert len(misspelt([tmp_path])) == 1


def test_the_hooks_start_tools_that_are_there():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    assert len(hooks) == 3
    for hook in hooks:
        assert Path(sys.executable).with_name(Path(hook["entry"].split()[0]).name).exists()
