"""The JavaScript is checked by pinned tools on any machine, and each check can fail."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from tests.conftest import ROOT
from tools import javascript

from companion import explorers
from companion.explorers.bundle import FOLDER
from companion.site import npm

SOUND = "/** @type {(x: number) => string} */\nexport const a = (x) => x.toFixed(2);\n"


@pytest.fixture(scope="module", autouse=True)
def installed():
    assert npm.install(ROOT) == 0


@pytest.fixture
def complaints(tmp_path):
    """A function: tool, files of explorers by name -> what the tool says of them, or "" where it passes them."""
    for name in ("biome.json", "tsconfig.json"):
        shutil.copy(ROOT / name, tmp_path)
    folder = tmp_path / "src" / "companion" / "explorers"
    folder.mkdir(parents=True)

    def check(tool, **files):
        for name, text in files.items():
            (folder / f"{name}.js").write_text(text, encoding="utf-8")
        done = javascript.check(tool, tmp_path, capture_output=True, text=True)
        return done.stdout + done.stderr if done.returncode else ""

    return check


@pytest.mark.parametrize("tool", javascript.TOOLS)
def test_sound_files_pass(tool, complaints):
    assert complaints(tool, a=SOUND, b='import { a } from "./a.js";\n\nexport const b = a(1);\n') == ""


WRONG = {
    "an undefined name": ("biome", "export const b = PRESETS.length;\n", "PRESETS.* is undeclared"),
    "an unused import": ("biome", 'import { a } from "./a.js";\n\nexport const b = 1;\n', "import is unused"),
    "an unused name": ("biome", "const c = 1;\n\nexport const b = 1;\n", "variable c is unused"),
    "a suspicious form": ("biome", "export const b = (x) => (x == 1 ? x : 2);\n", "== "),
    "a wrong type": ("tsc", 'import { a } from "./a.js";\n\nexport const b = a("1");\n', "TS2345"),
    "a name without type": ("tsc", "export const b = (x) => x + 1;\n", "TS7006"),
    "a name that is not exported": ("tsc", 'import { c } from "./a.js";\n\nexport const b = c;\n', "TS2305"),
    "a module that is not there": ("tsc", 'import { c } from "./c.js";\n\nexport const b = c;\n', "TS2307"),
    "a name of nobody": ("tsc", "export const b = PRESETS;\n", "TS2304"),
}


@pytest.mark.parametrize("how", WRONG)
def test_a_wrong_file_is_named(how, complaints):
    tool, text, complaint = WRONG[how]
    said = re.sub(r"\x1b\[[0-9;]*m", "", complaints(tool, a=SOUND, b=text))
    assert "src/companion/explorers/b.js" in said
    assert re.search(complaint, said), said


def test_the_joined_modules_have_no_name_that_is_undefined_or_unused(complaints):
    joined = {name: str(cls._esm) for name, cls in vars(explorers).items() if isinstance(cls, type)}
    assert complaints("biome", **joined) == ""
    assert "is unused" in complaints("biome", PathExplorer=joined["PathExplorer"] + "const left = 1;\n")


ROOMS = {
    "cell": "CellExplorer",
    "chain": "ChainExplorer",
    "eq15": "Eq15Explorer",
    "gate": "GateExplorer",
    "memory": "MemoryExplorer",
    "paths": "PathExplorer",
    "recurrences": "RecurrenceExplorer",
    "rnn": "RNNExplorer",
    "regimes": "RegimeExplorer",
    "sweep": "SweepExplorer",
}


def test_what_python_gives_has_the_types_that_are_declared(complaints, tmp_path):
    folder = tmp_path / "src" / "companion" / "explorers"
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    given = {}
    for room, name in ROOMS.items():
        declared = re.findall(r"export const (\w+):", (FOLDER / room / "given.d.ts").read_text())
        source = str(getattr(explorers, name)._esm)
        values = [f"{one}: {re.search(rf'^const {one} = (.*);$', source, re.MULTILINE)[1]}" for one in declared]
        kind = f'/** @type {{typeof import("./{room}/given.js")}} */\n'
        given[room] = f"{kind}export const given = {{ {', '.join(values)} }};\n"
    assert complaints("tsc", **given) == ""
    assert "TS2322" in complaints("tsc", eq15=given["eq15"].replace('"f": [0, 1]', '"f": [0, "1"]'))


MOST = 200


def long_explorers(folder, most):
    """{room: its lines of JavaScript} of the rooms in `folder` that have more than `most`."""
    lines = {
        room.name: sum(len(one.read_text().splitlines()) for one in room.glob("*.js")) for room in folder.iterdir()
    }
    return {room: many for room, many in lines.items() if room != "parts" and many > most}


def test_an_explorer_has_at_most_200_lines_of_its_own():
    assert long_explorers(FOLDER, MOST) == {}


def test_one_line_more_is_noticed(tmp_path):
    for room, many in (("parts", MOST + 1), ("fits", MOST), ("long", MOST + 1)):
        (tmp_path / room).mkdir()
        (tmp_path / room / "a.js").write_text("const a = 1;\n" * (many - 1))
        (tmp_path / room / "b.js").write_text("const b = 1;\n")
    assert long_explorers(tmp_path, MOST) == {"long": MOST + 1}


def test_a_machine_without_node_passes():
    without = os.environ | {"PATH": ""}
    done = subprocess.run([sys.executable, "-m", "tools.javascript"], cwd=ROOT, env=without, capture_output=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_tools_are_pinned_exactly_and_the_lock_names_no_host():
    package, lock = (json.loads((ROOT / name).read_text()) for name in ("package.json", "package-lock.json"))
    pins = package["devDependencies"]
    assert package["private"]
    assert "dependencies" not in package
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", pin) for pin in pins.values()), pins
    installed = {name.removeprefix("node_modules/"): about for name, about in lock["packages"].items() if name}
    assert {name: installed[name]["version"] for name in pins} == pins
    assert all(about["integrity"].startswith("sha512-") for about in installed.values())
    assert "resolved" not in {key for about in installed.values() for key in about}
    assert (ROOT / ".npmrc").read_text() == "omit-lockfile-registry-resolved=true\n"


def test_an_older_lock_is_noticed_and_a_failed_installation_is_said(monkeypatch, tmp_path, capsys):
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "package-lock.json").write_text("new")
    (tmp_path / "node_modules" / ".installed").write_text("old")
    monkeypatch.setattr(javascript, "ROOT", tmp_path)
    monkeypatch.setattr(npm, "npm", lambda *_, **__: 1)
    assert javascript.main() == 1
    assert "npm could not install" in capsys.readouterr().err
    monkeypatch.setattr(npm, "npm", lambda *_, **__: 0)
    assert npm.install(tmp_path) == 0
    monkeypatch.setattr(npm, "npm", lambda *_, **__: 1)
    assert npm.install(tmp_path) == 0  # as the lock says, nothing to do
