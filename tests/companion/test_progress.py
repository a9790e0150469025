"""The progress bar: seen while it runs, gone afterwards; on a terminal, in a pipe, in a notebook and on nbval."""

import os
import pty
import subprocess
import sys
import termios
import threading

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from tools.refresh import canonical

from companion.notebook import progress

BAR = """
import time
from companion.notebook import progress
line = progress.bar(20, "adding")
for k in range(20):
    time.sleep(0.02)
    line.set_postfix_str(f"loss {1 / (k + 1):.2g}", refresh=False)
    line.update()
line.close()
print("done")
"""


def on_a_terminal(code):
    """What a terminal of its own gets from `code`, as text."""
    mine, its = pty.openpty()
    termios.tcsetwinsize(its, (24, 80))
    process = subprocess.Popen([sys.executable, "-c", code], stdin=its, stdout=its, stderr=its)
    os.close(its)
    seen = b""
    try:
        while piece := os.read(mine, 4096):
            seen += piece
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(mine)
    assert process.wait() == 0
    return seen.decode()


def last_picture(seen):
    """What is left on the screen: a carriage return goes to the start of the line, what follows overwrites it."""
    lines = []
    for line in seen.replace("\r\n", "\n").split("\n"):
        cells = []
        for piece in line.split("\r"):
            cells[: len(piece)] = piece
        lines.append("".join(cells).rstrip())
    return [line for line in lines if line]


def test_a_terminal_sees_the_bar_and_keeps_nothing_of_it():
    seen = on_a_terminal(BAR)
    assert "adding" in seen
    assert "/20" in seen
    assert "loss" in seen
    assert last_picture(seen) == ["done"]


def test_a_bar_that_stays_would_be_found():
    left = on_a_terminal(BAR.replace("line.close()", "line.leave = True; line.close()"))
    assert len(last_picture(left)) == 2


def test_a_pipe_gets_nothing():
    done = subprocess.run([sys.executable, "-c", BAR], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("done\n", "")


def test_no_thread_watches_the_bar():
    before = threading.enumerate()
    line = progress.bar(3, "short")
    line.update()
    assert threading.enumerate() == before
    line.close()
    assert progress.Quiet.monitor is None


def notebook():
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(BAR.strip())])


@pytest.fixture(scope="module")
def executed():
    """A notebook with one bar, as nbclient stores it."""
    return NotebookClient(notebook(), timeout=60).execute()


def test_a_stored_notebook_has_no_bar(executed):
    assert not any("adding" in str(output) for output in executed.cells[0].outputs)
    kept = canonical(executed).cells[0].outputs
    assert [(output.output_type, output.text) for output in kept] == [("stream", "done\n")]


def test_canonical_form_drops_an_empty_display_and_no_other(executed):
    raw = executed.cells[0].outputs
    assert [o.output_type for o in raw] == ["display_data", "stream"]
    assert raw[0].data == {}
    full = nbformat.from_dict(executed)
    full.cells[0].outputs[0].data = {"text/plain": "a bar"}
    assert [o.output_type for o in canonical(full).cells[0].outputs] == ["display_data", "stream"]


def test_nbval_passes_on_a_notebook_with_a_bar_and_still_compares_the_rest(executed, tmp_path):
    nb = canonical(executed)
    nb.cells.append(nbformat.v4.new_code_cell(BAR.strip() + "\nprint(1)", execution_count=2))
    nb.cells[1].outputs = [nbformat.v4.new_output("stream", name="stdout", text="done\n2\n")]
    nbformat.write(nb, tmp_path / "bar.ipynb")
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", "bar.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert "1 failed, 1 passed" in done.stdout, done.stdout


def test_a_notebook_gets_live_updates_and_an_empty_one_at_the_end():
    manager, client = start_new_kernel()
    messages = []
    try:
        client.execute_interactive(BAR, timeout=60, output_hook=messages.append)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    shown = [m["content"] for m in messages if m["msg_type"] == "display_data"]
    updates = [m["content"] for m in messages if m["msg_type"] == "update_display_data"]
    assert len(shown) == 1
    place = shown[0]["transient"]["display_id"]
    assert {update["transient"]["display_id"] for update in updates} == {place}
    texts = [update["data"].get("text/plain", "") for update in updates]
    assert any("adding" in text and "loss" in text and "/20" in text for text in texts)
    assert len({text for text in texts if text}) >= 2, "the bar moves"
    assert len(texts) <= 8, "and not at each of the 20 steps in 0.4 s"
    assert max(map(len, texts)) <= 80
    assert updates[-1]["data"] == {}
    assert not any(m["msg_type"] == "stream" and m["content"]["name"] == "stderr" for m in messages)
