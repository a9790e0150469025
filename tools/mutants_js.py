"""Which wrong versions of the explorers' JavaScript do their tests let pass? `python -m tools.mutants_js`, or with
names of modules: companion/explorers/cell.

pytest collects the tests that render an explorer in an empty page, and runs each once to see which modules it hands to
Chromium. A mutant is then put in the place of its module as the browser gets it, and the tests of this module run in
the same Chromium: first what compares all that is shown with Python, then others while there is time, the quick ones
before the slow.
"""

import json
import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from threading import Timer
from typing import Any

import psutil
import pytest
from playwright.sync_api import Browser

from companion.explorers.bundle import bare
from tools.mutants_record import ROOT, record
from tools.mutants_where import asked, named, quick, scripts
from tools.mutations import Mutant
from tools.mutations_js import mutants
from tools.tests_called import Loop

OPTIONS = ["-p", "no:terminal", "-p", "no:cacheprovider"]
OPTIONS += ["-o", "addopts=--import-mode=importlib --strict-markers"]
NOT = "not (noticed or caught or wrong or found or failed)"  # tests that make mutants themselves
BUILT = {"site", "public", "lab"}  # fixtures of what is built or started: its explorers come from elsewhere
Known = dict[str, tuple[float, set[str]]]
PATIENCE, SLACK = 2, 20  # seconds: for what a page does not show, and for what does not end


class Handed:
    """What the browser is handed, in messages of playwright or in pages that a test writes: all passes json.dumps.

    It exchanges the text `old` for `new`; while there is none, it notes which modules are `seen`.
    """

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts, self.seen, self.old, self.new = texts, set[str](), "", ""

    def through(self, value: Any) -> Any:
        """A value on its way to the browser."""
        if isinstance(value, list | tuple):
            return [self.through(one) for one in value]
        if isinstance(value, dict):
            return {key: self.through(one) for key, one in value.items()}
        if not isinstance(value, str):
            return value
        if self.old:
            return value.replace(self.old, self.new)
        self.seen |= {name for name, text in self.texts.items() if text in value}
        return value

    def __enter__(self) -> "Handed":
        self.methods = json.dumps, Browser.new_context
        dumps, new_context = self.methods

        def handing(value: Any, **options: Any) -> str:
            return dumps(self.through(value), **options)

        def impatient(browser: Browser, **options: Any) -> Any:
            context = new_context(browser, **options)
            context.set_default_timeout(1000 * PATIENCE)
            return context

        json.dumps = handing  # type: ignore[assignment]
        Browser.new_context = impatient  # type: ignore[method-assign, assignment]
        return self

    def __exit__(self, *_: object) -> None:
        json.dumps, Browser.new_context = self.methods  # type: ignore[method-assign]


class Again(Loop):
    """A plugin that does `work` with the collected tests: it may run them as often as it likes, in one session."""

    left_out = BUILT

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.session = session
        done = super().pytest_runtestloop(session)
        session.testsfailed = 0  # those that failed on a mutant
        return done

    def passes(self, items: Sequence[pytest.Item], seconds: float) -> str:
        """What becomes of these tests: "alive" if all pass, "killed" if one fails, "late" after so many seconds."""
        self.failed = late = False

        def end() -> None:
            nonlocal late
            late = True
            for one in psutil.Process().children(recursive=True):
                if "--type=renderer" in one.cmdline():
                    one.kill()

        watch = Timer(seconds, end)
        watch.start()
        for item in items:
            # Below the session nothing stays for a test that follows: which one does is not known yet.
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=self.session)
            if self.failed:
                break
        watch.cancel()
        return "late" if late else "killed" if self.failed else "alive"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed, self.why = True, report.longreprtext

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, item: Any) -> Iterator[None]:
        report = yield
        item.failed = False  # no pictures of failures
        return report


def bundled(name: str, text: str) -> str:
    """A module as it stands in what the browser gets."""
    return bare(name, text, "export default" in text).strip("\n")


def seconds_and_modules(tests: Again, items: Sequence[pytest.Item], handed: Handed) -> Known:
    """{test: its seconds, the modules that it hands over}. Raises RuntimeError where one fails without a mutant."""
    known = {}
    for item in items:
        handed.seen, started = set(), time.monotonic()
        if tests.passes([item], 10 * SLACK) != "alive":
            raise RuntimeError(f"{item.nodeid}: expected to pass where nothing is changed\n{tests.why}")
        known[item.nodeid] = time.monotonic() - started, handed.seen
    return known


def chosen(module: str, known: Known) -> list[str]:
    """The tests of a module. What compares all that is shown with Python finds most, and at its first setting."""
    own = [(seconds, test) for test, (seconds, seen) in known.items() if module in seen]
    first = sorted(test for _, test in own if "python" in test)
    return first + [test for test in quick(own)[0] if test not in first]


def work(tests: Again, items: Sequence[pytest.Item], given: Namespace) -> None:
    """Try the mutants of the modules that are asked for, and record what becomes of them."""
    sources = {name: (ROOT / "src" / name).read_text(encoding="utf-8") for name in scripts(ROOT)}
    by_name = {one.nodeid: one for one in items}
    with Handed({name: bundled(name, text) for name, text in sources.items()}) as handed:
        known = seconds_and_modules(tests, items, handed)
        for module in named(given.modules, scripts(ROOT)):
            names = chosen(module, known)
            own, spent = [by_name[name] for name in names], sum(known[name][0] for name in names)
            print(f"{module}: {len(own)} tests", flush=True)

            def tried(one: Mutant, module: str = module, own: list[pytest.Item] = own, spent: float = spent) -> str:
                handed.old, handed.new = handed.texts[module], bundled(module, one.source)
                return tests.passes(own, SLACK + 4 * spent)

            record(module, list(mutants(sources[module])), given.every, given.alive, tried)


def main() -> None:
    given = asked(str(__doc__), "companion/explorers/cell")
    sys.dont_write_bytecode = True
    plugin = Again(lambda items: work(plugin, items, given))
    where = given.tests or ["tests/browser"]
    sys.exit(pytest.main([*OPTIONS, "-k", NOT, "--rootdir", str(ROOT), *where], plugins=[plugin]))


if __name__ == "__main__":
    main()
