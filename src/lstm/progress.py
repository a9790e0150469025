"""A progress bar that leaves nothing behind: on a terminal, in a notebook, and in a notebook's stored output.

tqdm draws it. In a terminal it goes to standard error; where standard error is a file or a pipe there is none. In a
notebook it stands below the cell while the cell runs. A stored output must not hold a speed that no second run
reproduces, so the bar is taken away when it is done: what a run has to say, the cell prints.
"""

import io

from IPython import get_ipython
from IPython.display import display
from tqdm import tqdm


class InNotebook(tqdm):
    """tqdm that draws into the output of the running cell, and empties it at the end."""

    def __init__(self, *args, **kwargs):
        self.place = display({}, raw=True, display_id=True)
        super().__init__(*args, **kwargs, file=io.StringIO(), leave=False, ncols=80)

    def display(self, msg=None, pos=None):
        self.place.update({"text/plain": msg or str(self)}, raw=True)

    def close(self):
        if not self.disable:
            super().close()
            self.place.update({}, raw=True)


def bar(total, label):
    """A bar of `total` steps with methods `update`, `set_postfix_str` and `close`, as tqdm has them."""
    if hasattr(get_ipython(), "kernel"):
        return InNotebook(total=total, desc=label)
    return tqdm(total=total, desc=label, leave=False, disable=None)
