"""What `make mutants` changes, and that it tells a test that notices from one that does not."""

import ast
import json
import subprocess
import sys
import textwrap
import tomllib

import pytest
from tests.conftest import ROOT
from tools.mutants_record import SAME
from tools.mutants_where import folders_of, modules
from tools.mutations import mutants

TEXT = '''
"""A module."""
from functools import cache
__all__ = ["f"]
SIZE = 3


@cache
def f(x: int | None, y) -> int | float:
    """What f does."""
    if x < y and not x:
        return x + SIZE
    return zip(f"{x:.3f}", y, strict=True)
'''


def names(text):
    return {one.name for one in mutants(text)}


def test_each_mutant_is_one_change_and_has_a_name_of_its_own():
    found = list(mutants(TEXT))
    assert len({one.name for one in found}) == len({one.source for one in found}) == len(found)
    assert ast.unparse(ast.parse(TEXT)) not in {one.source for one in found}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a = b - c * 1", "module: a = b - c * 1 → a = b + c * 1"),
        ("a = b - c * 1", "module: a = b - c * 1 → a = b - c / 1"),
        ("a = b - c * 1", "module: a = b - c * 1 → a = b - c * 2"),
        ("a = W @ x", "module: a = W @ x → a = x @ W"),
        ("a = W.mT", "module: a = W.mT → a = W"),
        ("a = p.W_2f", "module: a = p.W_2f → a = p.W_2o"),
        ("a = now.c", "module: a = now.c → a = now.h"),
        ("a = np.tanh(c)", "module: a = np.tanh(c) → a = c"),
        ("a = f(b, c)", "module: a = f(b, c) → a = f(c, b)"),
        ("a = b[1:c]", "module: a = b[1:c] → a = b[:c]"),
        ("a = b[1:c]", "module: a = b[1:c] → a = b[1:]"),
        ("a = -b", "module: a = -b → a = b"),
        ("a += b", "module: a += b → pass"),
        ("check(a)", "module: check(a) → pass"),
        ("a = b if c else d", "module: a = b if c else d → a = b if not c else d"),
        ("a = [b for b in c if b]", "module: [b for b in c if b] → [b for b in c if not b]"),
        ("a = 'no'", "module: a = 'no' → a = 'XXno'"),
        ("def f():\n    if a <= b:\n        raise e", "f: raise e → pass"),
        ("def f():\n    if a <= b:\n        raise e", "f: a <= b → a < b"),
        ("@in_range\ndef f(): ...", "f: in_range → left out"),
    ],
)
def test_a_change_is_made(text, name):
    assert name in names(text)


@pytest.mark.parametrize(
    "text",
    [
        '"""A module."""',
        "import a",
        "__all__ = ['a']",
        "def f(x: int | None) -> 'T': ...",
        "n = a.c.shape",
        "n = len(a.c)",
    ],
)
def test_what_is_no_fault_of_a_program_is_left_alone(text):
    assert names(text) == set()


def test_what_only_asserts_or_formats_is_left_alone():
    assert not any("strict=False" in one.source or "XX.3f" in one.source for one in mutants(TEXT))


FILES = {
    "src/lstm/__init__.py": "",
    "src/lstm/toy.py": """
        SIZE = 2

        def area(x):
            return x * SIZE

        def size(x):
            while x > 9:
                x -= 1
            return abs(x)

        def unseen(x):
            return -x
        """,
    "tests/lstm/test_toy.py": """
        from lstm.toy import area, size

        def test_area():
            assert area(3) == 6

        def test_size():
            assert size(20) == 9
        """,
    "benchmarks/equivalent.toml": '["lstm/toy.py"]\n"size: x > 9 → x >= 9" = "said to be"\n',
}


def ran(files, tmp_path):
    """The command's run on a library of one module with its tests, in a folder of their own."""
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(textwrap.dedent(text), encoding="utf-8")
    code = f"""
        from pathlib import Path
        from tools import mutants, mutants_record
        mutants.ROOT = mutants_record.ROOT = root = Path({str(tmp_path)!r})
        mutants_record.STORE, mutants_record.TABLE = root / "a.json", root / "a.md"
        mutants.CALLS = root / "b" / "calls.json"
        mutants_record.SAME = root / "benchmarks" / "equivalent.toml"
        mutants.SLACK = 4
        mutants.main()
        """
    command = [sys.executable, "-c", textwrap.dedent(code), "--tests", str(tmp_path / "tests")]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_survivors_are_named_and_the_others_counted(tmp_path):
    done = ran(FILES, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    said, table = done.stdout, (tmp_path / "a.md").read_text(encoding="utf-8")
    found = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["lstm/toy.py"]
    assert {name for _, name in found["alive"]} == {"unseen: return -x → return x"}
    assert (found["same"], found["late"]) == (1, 2)  # x += 1, and no step at all, do not end
    assert found["killed"] >= 5
    assert "  lstm/toy.py:13 unseen: return -x → return x\n" in said
    assert "- `lstm/toy.py:13` `unseen: return -x → return x`" in table
    assert "Nothing." in table


def test_tests_that_cannot_be_imported_make_no_survivors(tmp_path):
    done = ran(FILES | {"tests/lstm/test_toy.py": "from lstm.toy import volume\n"}, tmp_path)
    assert done.returncode != 0
    assert "expected tests that can be imported" in done.stdout + done.stderr
    assert not (tmp_path / "a.json").exists()


def test_a_module_is_tried_by_the_folders_of_its_package_alone():
    assert folders_of(["lstm/cell.py", "lstm/audit/say.py"]) == ["tests/lstm", "tests/fuzz"]
    assert folders_of(["companion/pages/co2/report.py", "companion/shared/graph.py"]) == ["tests/companion"]
    found = modules(ROOT)
    assert {"lstm/cell.py", "companion/pages/co2/report.py"} < set(found)
    assert not any(one.endswith(("/figures.py", "/__main__.py")) for one in found)


def test_the_stored_table_speaks_of_mutants_that_there_are():
    same = tomllib.loads(SAME.read_text(encoding="utf-8"))
    assert same.keys() <= set(modules(ROOT))
    for module, reasons in same.items():
        there = names((ROOT / "src" / module).read_text(encoding="utf-8"))
        assert [name for name in reasons if name not in there] == [], module
        assert all(len(why) > 10 for why in reasons.values())
