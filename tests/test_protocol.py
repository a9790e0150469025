"""What the record of an experiment rests on: its code, by fingerprint, and its protocol, by commit."""

import subprocess

import pytest
from experiments import parts, protocol, runner
from tests import small_experiment

from lstm.training import stored

WRAPPED = protocol.of.__wrapped__  # asks git each time


def test_any_change_of_a_file_of_the_code_changes_its_fingerprint(tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "one.py").write_text("x = 1\n")
    sources = {"some": (tmp_path, "*.py")}
    prints = [parts.fingerprint(sources)]
    (tmp_path / "inner" / "one.txt").write_text("not code")
    assert parts.fingerprint(sources) == prints[0]
    (tmp_path / "inner" / "one.py").write_text("x = 2\n")
    prints.append(parts.fingerprint(sources))
    (tmp_path / "inner" / "one.py").rename(tmp_path / "inner" / "two.py")
    prints.append(parts.fingerprint(sources))
    assert len(set(prints)) == 3
    assert parts.fingerprint() == parts.CODE
    assert all(any(folder.rglob(pattern)) for folder, pattern in parts.SOURCES.values())


@pytest.fixture
def protocols(tmp_path, monkeypatch):
    """A repository with a committed protocol of the small experiment; gives its folder of protocols."""
    folder = tmp_path / "experiments" / "protocols"
    folder.mkdir(parents=True)
    monkeypatch.setattr(protocol, "of", lambda name: WRAPPED(name, folder))
    (folder / "small.md").write_text("Three seeds.\n")
    git(folder, "init", "-q")
    return folder


def git(folder, *words):
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    return subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def test_a_record_names_the_commit_of_its_protocol_and_a_changed_protocol_is_refused(tmp_path, protocols, monkeypatch):
    monkeypatch.setattr(runner, "RESULTS", results := tmp_path / "results")
    log = tmp_path / "log"
    jobs = [(0, 0.0, str(log))]
    with pytest.raises(RuntimeError, match=r"small\.md is not committed as it is: commit the protocol first"):
        runner.run("small", small_experiment.one, jobs, workers=1)
    git(protocols, "add", "small.md")
    git(protocols, "commit", "-qm", "Protocol")
    runner.run("small", small_experiment.one, jobs, workers=1)
    (protocols / "small.md").write_text("Four seeds.\n")
    with pytest.raises(RuntimeError, match="is not committed as it is"):
        runner.run("small", small_experiment.one, jobs, workers=1)
    assert log.read_text() == "0\n"
    git(protocols, "commit", "-qam", "Another protocol")
    small_experiment.run(log, seeds=[0], workers=1)
    assert log.read_text() == "0\n0\n"  # again: the first was made under the other protocol
    commit = git(protocols, "log", "-1", "--format=%h", "--", "small.md")
    told = {"file": "experiments/protocols/small.md", "commit": commit}
    assert stored.load_record(results / "small.json")["protocol"] == told


def test_without_a_repository_the_commit_is_unknown_and_without_a_protocol_there_is_none(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert protocol.of("small", tmp_path) is None
    (tmp_path / "small.md").write_text("Three seeds.\n")
    assert WRAPPED("small", tmp_path)["commit"] == "unknown"
    monkeypatch.setenv("PATH", "")
    assert WRAPPED("small", tmp_path)["commit"] == "unknown"


def test_the_protocol_of_a_command_is_that_of_its_start(tmp_path, monkeypatch):
    told = iter(["", "abc", " M small.md", "def"])
    monkeypatch.setattr(protocol, "_git", lambda *_: next(told))
    (tmp_path / "small.md").write_text("Three seeds.\n")
    assert protocol.of("small", tmp_path)["commit"] == "abc"
    assert protocol.of("small", tmp_path)["commit"] == "abc"
