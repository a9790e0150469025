"""The pages of a browser test that fails are stored as pictures."""

import subprocess
import sys

from tests.conftest import ROOT, SHOTS

FAILS = """
def test_that_fails_by_intent(open_page):
    open_page(width=320).set_content("<h1>Seen</h1>")
    open_page().set_content("<h1>Seen too</h1>")
    raise AssertionError


def test_that_passes(open_page):
    open_page()
"""


def test_a_failed_test_leaves_a_picture_of_each_of_its_pages_and_one_that_passed_none(tmp_path):
    (tmp_path / "test_it.py").write_text(FAILS)
    pictures = [SHOTS / "failed" / f"test_that_fails_by_intent-{number}.png" for number in (0, 1)]
    for picture in pictures:
        picture.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "--rootdir", tmp_path, "-c", "/dev/null"]
    done = subprocess.run([*command, tmp_path / "test_it.py"], cwd=ROOT, capture_output=True, text=True)
    assert "1 failed, 1 passed" in done.stdout, done.stdout + done.stderr
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)
    assert not list((SHOTS / "failed").glob("test_that_passes*"))
