"""What each test calls and how long it takes: pytest collects the tests once, and this runs them one by one."""

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from itertools import zip_longest
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

SLOW = {"site", "page"}  # fixtures


def calls(items: Sequence[pytest.Item], src: Path, store: Path) -> dict[str, Any]:
    """{test: [its seconds, the functions of `src` that it calls]}; test files that are as they were are not run again.

    `store` keeps what was found, {hash of src and of a test file: {test: ...}}.
    """
    stored = json.loads(store.read_text(encoding="utf-8")) if store.exists() else {}
    code = "".join(one.read_text(encoding="utf-8") for one in sorted(src.rglob("*.py")))
    found: dict[str, Any] = {}
    for k, item in enumerate(items):
        key = hashlib.sha256((code + item.path.read_text(encoding="utf-8")).encode()).hexdigest()
        if item.nodeid not in stored.get(key, {}):
            seen: set[CodeType] = set()

            def note(frame: FrameType, event: str, _: Any, seen: set[CodeType] = seen) -> None:
                if event == "call":
                    seen.add(frame.f_code)

            started = time.process_time()
            sys.setprofile(note)
            run([item], items[k + 1 : k + 2])
            sys.setprofile(None)
            names = {function(one, src) for one in seen if one.co_filename.startswith(str(src))}
            stored.setdefault(key, {})[item.nodeid] = [round(time.process_time() - started, 3), sorted(names)]
            if k + 1 == len(items) or items[k + 1].path != item.path:
                store.parent.mkdir(exist_ok=True)
                store.write_text(json.dumps(stored), encoding="utf-8")
        found[item.nodeid] = stored[key][item.nodeid]
    return found


def function(code: CodeType, src: Path) -> str:
    """lstm/gradient.py:chain, the outermost function or the method in which a code stands."""
    return f"{Path(code.co_filename).relative_to(src).as_posix()}:{code.co_qualname.partition('.<locals>')[0]}"


def run(items: Sequence[pytest.Item], after: Sequence[pytest.Item] = ()) -> int:
    """Run these tests as pytest does, and return 0: one that fails is told to the plugin `Loop`, which ends all."""
    for item, following in zip_longest(items, [*items[1:], *after]):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
    return 0


class Loop:
    """A plugin that does `work` with the collected tests in place of running them; a failure ends the process.

    A test that wants a built page or a browser is left out: that is no matter of seconds. Where a file of tests cannot
    be imported, it does nothing: a mutant without tests would be called alive.
    """

    left_out = SLOW

    def __init__(self, work: Callable[[list[pytest.Item]], None]) -> None:
        self.work = work

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise session.Interrupted("expected tests that can be imported")
        self.work([one for one in session.items if not self.left_out & set(getattr(one, "fixturenames", ()))])
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            print(report.longreprtext, flush=True)
            os._exit(1)
