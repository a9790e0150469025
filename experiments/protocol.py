"""The protocol of an experiment, experiments/protocols/NAME.md: it is committed before the run, or there is no run."""

import functools
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parent / "protocols"


@functools.cache  # what was committed when the command started is what its results follow, whatever is committed later
def of(name, folder=FOLDER):
    """{"file": ..., "commit": short hash}, None where there is no protocol; the commit is "unknown" without git.

    Raises RuntimeError where the file is not committed as it is.
    """
    path = folder / f"{name}.md"
    if not path.exists():
        return None
    changed, commit = (_git(path, *words) for words in (("status", "--porcelain"), ("log", "-1", "--format=%h")))
    if changed is None:
        commit = "unknown"
    elif changed or not commit:
        raise RuntimeError(f"{path} is not committed as it is: commit the protocol first, then run {name}")
    return {"file": f"{path.parents[1].name}/{path.parent.name}/{path.name}", "commit": commit}


def _git(path, *words):
    """What git says about a file, None where there is no git, or no repository."""
    try:
        done = subprocess.run(["git", *words, "--", path.name], cwd=path.parent, capture_output=True, text=True)
    except FileNotFoundError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
