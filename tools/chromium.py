"""Find a Chromium for the browser tests, or install one: python -m tools.chromium prints its path."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = ("--no-sandbox", "--disable-gpu")
# The shell first: the same engine without a window's own pages, which take more of the processor than one of ours.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def version(path: str) -> str | None:
    """What `path --version` prints, or None where it does not run."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def candidates() -> Iterator[str | None]:
    """Paths to try, best first: $CHROMIUM, the machine's own, playwright's."""
    yield os.environ.get("CHROMIUM")
    yield from map(shutil.which, NAMES)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    yield path if os.path.exists(path) else None


def find() -> str | None:
    """The path of a Chromium that runs, or None. A $CHROMIUM that does not run is an error: RuntimeError."""
    asked = os.environ.get("CHROMIUM")
    if asked and not version(asked):
        raise RuntimeError(f"CHROMIUM is {asked!r}, which does not run")
    return next((path for path in candidates() if path and version(path)), None)


def install() -> None:
    """Install Chromium: Debian's package where we are root and have apt, else playwright's own."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}

        def apt(*command: str) -> bool:
            return subprocess.run(["apt-get", "-q", *command], env=environment, stdout=sys.stderr).returncode == 0

        if apt("update") and any(apt("install", "-y", "--no-install-recommends", name) for name in NAMES[:2]):
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdout=sys.stderr)


@contextmanager
def opened() -> Iterator["Browser"]:
    """A browser, while the context lasts. RuntimeError where there is no Chromium."""
    from playwright.sync_api import sync_playwright

    path = find()
    if not path:
        raise RuntimeError("no Chromium: run python -m tools.chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def main() -> int:
    path = find()
    if not path:
        print("no Chromium found, installing one", file=sys.stderr)
        install()
        path = find()
    if not path:
        print("The browser tests need Chromium: install it, or set CHROMIUM to its path.", file=sys.stderr)
        return 1
    print(f"{path}: {version(path)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
