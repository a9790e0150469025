"""The house around the book: build, refresh, Chromium, environment, and what the README promises."""

import filecmp
import importlib.util
import os
import re
import subprocess
import sys

import pytest
import yaml
from tests.conftest import ROOT, build
from tools import chromium, portable

from companion.site import palette_css
from companion.style.palette import DARK, LIGHT


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def make(*arguments):
    return subprocess.run(["make", *arguments], cwd=ROOT, capture_output=True, text=True)


def test_two_builds_are_the_same_to_the_byte(site, tmp_path):
    again = build(tmp_path)
    here, there = ({p.relative_to(d) for d in [root] for p in d.rglob("*") if p.is_file()} for root in (site, again))
    assert here == there
    _, different, unreadable = filecmp.cmpfiles(site, again, here, shallow=False)
    assert (different, unreadable) == ([], [])


def test_no_page_loads_anything_from_another_host(site):
    loads = re.compile(r"<(?:script|img|iframe|link)\b[^>]*\b(?:src|href)=[\"'](?:https?:)?//[^\"']*", re.IGNORECASE)
    pages = list(site.rglob("*.html"))
    assert pages
    assert {page.name: loads.findall(page.read_text(encoding="utf-8")) for page in pages} == {p.name: [] for p in pages}
    assert loads.search('<script async src="https://cdn.example/x.js">')


def test_the_style_sheet_has_every_colour_of_the_palette_light_and_dark(site):
    css = palette_css()
    assert (site / "_static" / "palette.css").read_text(encoding="utf-8") == css
    for symbol in LIGHT:
        assert f"--gg-{symbol}: {LIGHT[symbol]};" in css
        assert f"--gg-{symbol}: {DARK[symbol]};" in css
        assert f".sym-{symbol} " in css
    assert '.math [style*="color:#0b5fa5"]' in css
    with pytest.raises(ValueError, match=r"^dark: expected the symbols \['f'\], got \[\]"):
        palette_css({"f": "#0b5fa5"}, {})


def test_chromium_is_the_one_that_is_asked_for(tmp_path, monkeypatch):
    fake = tmp_path / "browser"
    fake.write_text("#!/bin/sh\necho Chromium 1.2.3\n")
    fake.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(fake))
    assert chromium.find() == str(fake)
    assert chromium.version(str(fake)) == "Chromium 1.2.3"
    fake.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(RuntimeError, match=r"^CHROMIUM is .*browser', which does not run"):
        chromium.find()


@pytest.mark.parametrize(
    ("root", "apt_works", "last"), [(True, True, "apt-get"), (True, False, "playwright"), (False, True, "playwright")]
)
def test_a_missing_chromium_is_installed_by_apt_where_we_are_root_else_by_playwright(
    monkeypatch, root, apt_works, last
):
    commands = []

    def run(command, **_):
        commands.append(command)
        return subprocess.CompletedProcess(command, 0 if apt_works else 100)

    monkeypatch.setattr(chromium.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 0 if root else 1000)
    monkeypatch.setattr(chromium.subprocess, "run", run)
    chromium.install()
    assert last in commands[-1]
    assert any(part.startswith("chromium") for part in commands[-1])


@pytest.mark.parametrize("there", ["chromium-headless-shell", "chromium"])
def test_where_the_shell_is_no_package_chromium_with_its_windows_is_installed(monkeypatch, there):
    commands = []

    def run(command, **_):
        commands.append(command)
        return subprocess.CompletedProcess(command, 0 if command[-1] in ("update", there) else 100)

    monkeypatch.setattr(chromium.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 0)
    monkeypatch.setattr(chromium.subprocess, "run", run)
    chromium.install()
    assert commands[-1][-1] == there


def test_without_any_chromium_the_command_says_what_to_do(monkeypatch, capsys):
    monkeypatch.setattr(chromium, "find", lambda: None)
    monkeypatch.setattr(chromium, "install", lambda: None)
    assert chromium.main() == 1
    assert "set CHROMIUM" in capsys.readouterr().err


def test_make_refuses_an_old_python_in_words(tmp_path):
    old = tmp_path / "python3.10"
    old.write_text(
        f'#!/bin/sh\nexec {sys.executable} -c "import sys; sys.version_info = (3, 10, 9); exec(sys.argv[1])" "$2"\n'
    )
    old.chmod(0o755)
    done = make("html", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}")
    assert done.returncode == 2
    assert "Python 3.11 or newer is needed" in done.stderr
    assert "is 3.10" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_every_make_target_that_the_texts_name_exists():
    rules = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        assert set(re.findall(r"`make ([a-z]+)`", read(name))) <= rules
    listed = set(re.findall(r"^make (\w+)", make().stdout, re.MULTILINE))
    assert {"book", "test", "refresh", "lab", "html", "portable"} <= listed <= rules


def test_the_example_in_the_readme_runs(capsys):
    (example,) = re.findall(r"```python\n(.*?)```", read("README.md"), re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})
    assert "Terms(direct=" in capsys.readouterr().out


def test_every_module_that_the_texts_start_exists():
    modules = re.findall(r"\.venv/bin/python -m ([\w.]+)", read("README.md") + read("CONTRIBUTING.md"))
    assert len(modules) >= 5
    for module in modules:
        spec = importlib.util.find_spec(module)
        if spec.submodule_search_locations:  # a package is started by its __main__
            spec = importlib.util.find_spec(f"{module}.__main__")
        assert spec, module


def test_every_file_that_the_texts_lead_to_exists():
    names = ("README.md", "CONTRIBUTING.md", ".github/HOSTING.md")
    for path in [*(ROOT / name for name in names), *ROOT.glob("decisions/*.md")]:
        links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
        assert [link for link in links if not (path.parent / link).exists()] == [], path
    assert len(read("README.md").splitlines()) <= 80


def test_ci_calls_the_test_command_of_the_readme():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert read(".ci/run").splitlines()[-1] == "exec make test"
    assert "make test" in read("README.md")


def jobs():
    return yaml.safe_load(read(".github/workflows/book.yml"))["jobs"]


def test_the_actions_of_the_workflow_are_pinned_by_commit_with_their_tag_beside():
    assert {"make test", "make book"} <= {step.get("run") for step in jobs()["book"]["steps"]}
    assert "make interop" in {step.get("run") for step in jobs()["interop"]["steps"]}
    used = re.findall(r"uses: (.*)", read(".github/workflows/book.yml"))
    assert len(used) == 11
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one) for one in used), used


def test_no_checkout_of_the_workflow_keeps_credentials():
    steps = [step for job in jobs().values() for step in job["steps"] if "checkout" in step.get("uses", "")]
    assert len(steps) == 4
    assert all(step["with"]["persist-credentials"] is False for step in steps)


def test_the_workflow_tests_the_library_as_make_oldest_does():
    (ours,) = re.findall(r"pytest (tests/lstm.*)\\\n\t\t(-o .*)", read("Makefile"))
    options = ours[0].split()
    runs = [step["run"].split() for step in jobs()["library"]["steps"] if "pytest" in step.get("run", "")]
    assert len(runs) == 2
    assert all(run[3 : 3 + len(options)] == options for run in runs)


def test_every_requirement_is_pinned_exactly_and_as_in_the_constraints():
    wanted = re.findall(r"^([\w.-]+)(.*)$", read("requirements.txt"), re.MULTILINE)
    pins = dict(re.findall(r"^([\w.-]+)==(.*)$", read("constraints.txt"), re.MULTILINE))
    packages = [(name, rest) for name, rest in wanted if not name.startswith("-")]
    assert len(packages) > 10
    assert [(name, rest) for name, rest in packages if rest != f"=={pins.get(name)}"] == []


def test_another_machine_is_imitated_in_four_ways():
    names = [set(variables) for variables in portable.machines().values()]
    kernels, threads, features = {"OPENBLAS_CORETYPE"}, {"OPENBLAS_NUM_THREADS"}, {"NPY_DISABLE_CPU_FEATURES"}
    assert names == [kernels, kernels, threads, features]
