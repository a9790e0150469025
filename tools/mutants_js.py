"""Which wrong versions of the explorers' JavaScript do their tests let pass? `python -m tools.mutants_js`, or with
names of modules: companion/explorers/cell.

pytest collects the tests that render an explorer in an empty page, and runs each once to see which modules it hands to
Chromium. A mutant is then put in the place of its module as the browser gets it, and the tests of this module run, the
quick ones first, all in the same Chromium.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from threading import Timer
from typing import Any

import psutil
import pytest
from playwright.sync_api import Browser

from companion.explorers.bundle import bare
from tools.mutants_record import ROOT, record
from tools.mutants_where import quick, scripts
from tools.mutations_js import mutants

OPTIONS = [
    "-p",
    "no:terminal",
    "-o",
    "addopts=--import-mode=importlib --strict-markers",
    "-p",
    "no:cacheprovider",
]
NOT = "not (noticed or caught or wrong or found or failed)"  # tests that make mutants themselves
BUILT = {"site", "public", "lab"}  # fixtures of what is built or started: its explorers come from elsewhere
PATIENCE, SLACK = 2, 20  # seconds: for what a page does not show, and for what does not end


class Handed:
    """What the browser is handed, in messages of playwright or in pages that a test writes: all passes json.dumps.

    It notes which modules are seen in it, and exchanges one of them.
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
        self.seen |= {name for name, text in self.texts.items() if text in value}
        return value.replace(self.old, self.new) if self.old else value

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


class Again:
    """A plugin that does `work` in place of running the tests: it may run them as often as it likes, in one session."""

    def __init__(self, work: Callable[["Again"], None]) -> None:
        self.work = work

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise session.Interrupted("expected tests that can be imported")
        self.session = session
        self.items = [one for one in session.items if not BUILT & {*getattr(one, "fixturenames", ())}]
        self.work(self)
        session.testsfailed = 0  # those that failed on a mutant
        return True

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


def work_on(wanted: Sequence[str], every: int, again: bool) -> Callable[[Again], None]:
    """What is done with the collected tests: each mutant of these modules is tried."""
    sources = {name: (ROOT / "src" / name).read_text(encoding="utf-8") for name in scripts(ROOT)}

    def handed_over(name: str, text: str) -> str:
        return bare(name, text, "export default" in text).strip("\n")

    def work(tests: Again) -> None:
        with Handed({name: handed_over(name, text) for name, text in sources.items()}) as handed:
            known: dict[str, tuple[float, set[str]]] = {}
            for item in tests.items:
                handed.seen, started = set(), time.monotonic()
                if tests.passes([item], 10 * SLACK) != "alive":
                    raise RuntimeError(f"{item.nodeid}: expected to pass where nothing is changed\n{tests.why}")
                known[item.nodeid] = time.monotonic() - started, handed.seen
            items = {one.nodeid: one for one in tests.items}
            for module in wanted:
                own = [(seconds, test) for test, (seconds, seen) in known.items() if module in seen]
                # What compares all that is shown with Python finds most, and at its first setting.
                chosen = sorted(test for _, test in own if "python" in test)
                chosen += [test for test in quick(own)[0] if test not in chosen]
                spent = sum(known[test][0] for test in chosen)
                print(f"{module}: {len(chosen)} tests", flush=True)

                def tried(one: Any, module: str = module, chosen: list[str] = chosen, spent: float = spent) -> str:
                    handed.old, handed.new = handed.texts[module], handed_over(module, one.source)
                    return tests.passes([items[test] for test in chosen], SLACK + 4 * spent)

                record(module, list(mutants(sources[module])), every, again, tried)
                handed.old = ""

    return work


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("modules", nargs="*", help="as companion/explorers/cell; all where none is named")
    asked.add_argument("--tests", nargs="*", default=["tests/browser"], help="files or folders of tests")
    asked.add_argument("--every", type=int, default=1, help="a sample: every k-th mutant of a module")
    asked.add_argument("--alive", action="store_true", help="only those that were alive, after tests were written")
    given = asked.parse_args()
    wanted = [one for name in given.modules or [""] for one in scripts(ROOT) if one.startswith(name)]
    sys.dont_write_bytecode = True
    plugin = Again(work_on(wanted, given.every, given.alive))
    sys.exit(pytest.main([*OPTIONS, "-k", NOT, "--rootdir", str(ROOT), *given.tests], plugins=[plugin]))


if __name__ == "__main__":
    main()
