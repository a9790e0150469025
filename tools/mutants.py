"""Which wrong versions of a module do the tests let pass? `python -m tools.mutants`, or with modules: lstm/gradient.py.

pytest collects the tests once, and notes which functions each one calls and how long it takes. Each mutant is then a
child of that process: it gets the changed code of one function and runs the tests that call it, the quick ones first.
A change outside of a function's body has its child import all anew. Sources are read from a copy.
"""

import ast
import inspect
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from tests import profile  # noqa: F401  the settings of Hypothesis

from tools import mutants_record
from tools.mutants_where import asked, chosen, folders_of, modules, named
from tools.mutations import Mutant, mutants
from tools.tests_called import Loop, calls, run

ROOT = Path(__file__).resolve().parent.parent
CALLS = ROOT / "_build" / "mutants.json"
OPTIONS = ["-x", "-q", "-s", "--noconftest", "-o", "addopts=--import-mode=importlib --strict-markers"]
OPTIONS += ["-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
CLOSED = {"lstm/ranges.py"}  # its functions live on in those that they made when lstm was imported
SLACK, MEMORY = 20, 8 * 2**30  # seconds to spare; bytes


def body(source: str, where: str) -> CodeType | None:
    """The code of the function `where` in a module, or None where it has none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # of a mutant such as 3[0], which its tests will not let pass
        code: CodeType | None = compile(source, "", "exec")
    for name in where.split("."):
        inner = code.co_consts if code else ()
        code = next((one for one in inner if isinstance(one, CodeType) and one.co_name == name), None)
    return code


def verdict(child: Callable[[], int], seconds: float) -> str:
    """What a forked process says: "alive" if `child` returns 0, else "killed", or "late" after `seconds` of CPU."""
    pid = os.fork()
    if not pid:
        try:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            end = int(time.process_time() + seconds)
            resource.setrlimit(resource.RLIMIT_CPU, (end, end))
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            os._exit(child())
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    late = os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL)
    return "late" if late else "killed" if status else "alive"


def replaced(module: str, where: str, code: CodeType) -> None:
    """Give the function `where` of an imported module another code, and empty what is cached."""
    found: Any = sys.modules[module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")]
    for name in where.split("."):
        found = inspect.getattr_static(found, name)
        found = inspect.unwrap(getattr(found, "fget", None) or getattr(found, "__func__", found))
    found.__code__ = code
    for each in [one for name, one in sys.modules.items() if name.startswith(("lstm", "companion"))]:
        for value in vars(each).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def tested(tests: list[str], *plugins: object) -> int:
    """What pytest returns for these tests; the root is given, lest a folder above or below be taken for it."""
    return int(pytest.main([*OPTIONS, "--rootdir", str(ROOT), *tests], plugins=plugins))


def anew(tests: list[str]) -> int:
    """What pytest returns for tests that import all anew, the tests' own modules too."""
    for name in list(sys.modules):
        if name.split(".")[0] in ("lstm", "companion", "tests") and name not in ("tests", "tests.profile"):
            del sys.modules[name]
    return tested(tests)


def tried(one: Mutant, module: str, src: Path, items: dict[str, pytest.Item], known: dict[str, Any]) -> str:
    """What the tests make of a mutant: "alive", "killed" or "late"."""
    plain = (ROOT / "src" / module).read_text(encoding="utf-8")
    tests, spent = chosen(module, one.where, known)
    if not tests:
        return "alive"
    old, new = (body(text, one.where) for text in (ast.unparse(ast.parse(plain)), one.source))

    def child() -> int:
        if new is None or old == new or module in CLOSED:
            return anew(tests)
        replaced(module, one.where, new)
        return run([items[test] for test in tests])

    (src / module).write_text(one.source, encoding="utf-8")
    found = verdict(child, SLACK + 4 * spent)
    (src / module).write_text(plain, encoding="utf-8")
    return found


def examined(
    module: str, every: int, again: bool, src: Path, items: dict[str, pytest.Item], known: dict[str, Any]
) -> None:
    """Record what becomes of the mutants of a module, whose tests have to pass where nothing is changed."""
    tests, spent = chosen(module, "", known)
    if tests and verdict(lambda: run([items[test] for test in tests]), SLACK + 4 * spent) != "alive":
        raise RuntimeError(f"{module}: expected tests that pass where nothing is changed")
    found = list(mutants((ROOT / "src" / module).read_text(encoding="utf-8")))
    mutants_record.record(module, found, every, again, lambda one: tried(one, module, src, items, known))


def main() -> None:
    given = asked(str(__doc__), "lstm/gradient.py or lstm/variants")
    wanted = named(given.modules, modules(ROOT))
    # Nothing is made smaller, and a busy machine kills no mutant: Hypothesis calls drawing that takes long a failure.
    phases, book = [Phase.explicit, Phase.generate], settings.get_profile("book")
    settings.register_profile("mutants", book, phases=phases, suppress_health_check=list(HealthCheck))
    settings.load_profile("mutants")
    sys.dont_write_bytecode = True

    def work(collected: list[pytest.Item]) -> None:
        known, items = calls(collected, src, CALLS), {one.nodeid: one for one in collected}
        for module in wanted:
            print(module, flush=True)
            examined(module, given.every, given.alive, src, items, known)

    with tempfile.TemporaryDirectory() as folder:
        src = Path(folder) / "src"
        shutil.copytree(ROOT / "src", src, ignore=shutil.ignore_patterns("__pycache__"))
        sys.path[:0] = [str(src), str(ROOT)]
        os.environ["PYTHONPATH"] = os.pathsep.join(sys.path[:2])
        sys.exit(tested(given.tests or folders_of(wanted), Loop(work)))


if __name__ == "__main__":
    main()
