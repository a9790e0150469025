"""What `tools.mutants_js` changes, and that it tells what a test notices from what none does."""

import json
import subprocess
import sys
import textwrap

import pytest
from tests.conftest import ROOT
from tools.mutations_js import mutants, parsed

from companion.site import npm


@pytest.fixture(scope="module", autouse=True)
def installed():
    assert npm.install(ROOT) == 0


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("const a = b - c * 1;", "a: const a = b - c * 1; → const a = b + c * 1;"),
        ("const a = b - c * 1;", "a: const a = b - c * 1; → const a = b - c / 1;"),
        ("const a = b - c * 1;", "a: const a = b - c * 1; → const a = b - c * 2;"),
        ("const a = (b - c) * 0;", "a: const a = (b - c) * 0; → const a = (b - c) / 0;"),
        ("const a = (b - c) * 0;", "a: const a = (b - c) * 0; → const a = (b - c) * 1;"),
        ("const a = w.w_2f;", "a: const a = w.w_2f; → const a = w.w_2o;"),
        ("const a = now.c;", "a: const a = now.c; → const a = now.h;"),
        ("const a = Math.tanh(c);", "a: const a = Math.tanh(c); → const a = (c);"),
        ("const a = f(b, c);", "a: const a = f(b, c); → const a = f(c, b);"),
        ("const a = b.reverse();", "a: const a = b.reverse(); → const a = b;"),
        ("const a = -b;", "a: const a = -b; → const a = b;"),
        ("const a = b ? c : d;", "a: const a = b ? c : d; → const a = !(b) ? c : d;"),
        ("const a = b ?? c;", "a: const a = b ?? c; → const a = b && c;"),
        ("const a = 'no';", "a: const a = 'no'; → const a = 'XXno';"),
        ("const a = `f ${b}`;", "a: const a = `f ${b}`; → const a = `XXf ${b}`;"),
        ("const a = true;", "a: const a = true; → const a = false;"),
        ("function f() { if (a <= b) throw e; }", "f: if (a <= b) throw e; → if (a < b) throw e;"),
        ("function f() { if (a <= b) throw e; }", "f: if (a <= b) throw e; → if (a <= b) ;"),
        ("function f() { stop(); }", "f: stop(); → ;"),
    ],
)
def test_a_change_is_made(text, name):
    assert name in {one.name for one in mutants(text)}


TEXT = """
import { a } from "./a.js";
export const SIZE = { width: 3, "height": 4 };
export function area(x) {
  let sum = 0;
  for (let k = 0; k < x; k += 1) sum += k * SIZE.width;
  return sum > 1 ? sum : -a(sum, 1);
}
export default { area };
"""


def test_each_mutant_is_one_change_can_be_read_and_has_a_name_of_its_own():
    found = list(mutants(TEXT))
    assert len({one.name for one in found}) == len({one.source for one in found}) == len(found) > 10
    assert TEXT not in {one.source for one in found}
    assert all(parsed(one.source) for one in found)


def test_how_often_a_loop_runs_names_of_properties_and_imports_are_left_alone():
    sources = [one.source for one in mutants(TEXT)]
    assert all("k < x; k += 1" in text and '"./a.js"' in text and '"height": ' in text for text in sources)


def test_what_is_no_javascript_is_refused():
    with pytest.raises(ValueError, match=r"^text: expected a module that acorn can read, Unexpected token"):
        parsed("const = ;")


def test_survivors_are_told_from_what_a_test_notices(tmp_path):
    """Of two modules, one is what a test compares with Python, and the other is none that it needs."""
    code = f"""
        from pathlib import Path
        from tools import mutants_js, mutants_record
        root = Path({str(tmp_path)!r})
        mutants_record.STORE, mutants_record.TABLE, mutants_record.SAME = root / "a.json", root / "a.md", root / "none"
        mutants_js.main()
        """
    box = "companion/explorers"
    modules = [f"{box}/eq15/formulas.js", f"{box}/parts/sigmoid.js"]
    command = [sys.executable, "-c", textwrap.dedent(code), *modules, "--every", "12"]
    tests = ["--tests", "tests/browser/test_formulas.py"]
    done = subprocess.run([*command, *tests], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    compared, other = (found[module] for module in modules)
    assert (compared["killed"], compared["late"], compared["alive"]) == (3, 0, [])
    assert (other["killed"], len(other["alive"])) == (0, 1)
    assert f"{box}/parts/sigmoid.js: 0 tests\n" in done.stdout
    assert "| companion/explorers/eq15/formulas.js | 3, 1 in 12 | 0 | 3 | 0 | 0 | 100.0 % |" in done.stdout + (
        tmp_path / "a.md"
    ).read_text(encoding="utf-8")
