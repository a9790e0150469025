"""A progress bar that leaves nothing behind: on a terminal, in a notebook, and in a notebook's stored output.

tqdm draws it. In a terminal it goes to standard error; where standard error is a file or a pipe there is none. In a
notebook it stands below the cell while the cell runs. A stored output must not hold a speed that no second run
reproduces, so the bar is taken away when it is done: what a run has to say, the cell prints.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from IPython import get_ipython
from IPython.display import display
from tqdm import tqdm

RECENT = 50  # losses over which the words beside the bar average


class Quiet(tqdm):  # type: ignore[misc]  # tqdm has no types
    """tqdm without its monitor: a thread that outlives the bar, and in a notebook would draw into another cell."""

    monitor_interval = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, leave=False, miniters=1, **kwargs)  # 1: no guess how many steps to skip


class InNotebook(Quiet):
    """A bar in the output of the running cell, drawn five times a second at most, and emptied at the end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.place = display({}, raw=True, display_id=True)
        super().__init__(*args, **kwargs, file=io.StringIO(), ncols=80, mininterval=0.2, ascii=False)

    def display(self, msg: str | None = None, pos: int | None = None) -> None:
        self.place.update({"text/plain": str(self) if msg is None else msg}, raw=True)

    def close(self) -> None:
        if not self.disable:
            super().close()
            self.place.update({}, raw=True)


@contextmanager
def watching(updates: int, label: str) -> Iterator[Callable[[list[float]], None]]:
    """A context that shows a bar and gives what `training.train` wants as `watch`; the bar goes when it ends."""
    line = bar(updates, label)

    def watch(losses: list[float]) -> None:
        if len(losses) % 10 == 0:
            line.set_postfix_str(f"loss {sum(losses[-RECENT:]) / len(losses[-RECENT:]):.3g}", refresh=False)
        line.update()

    try:
        yield watch
    finally:
        line.close()


def bar(total: int, label: str) -> tqdm:
    """A bar of `total` steps with methods `update`, `set_postfix_str` and `close`, as tqdm has them."""
    if hasattr(get_ipython(), "kernel"):
        return InNotebook(total=total, desc=label)
    return Quiet(total=total, desc=label, disable=None)
