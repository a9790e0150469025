"""A chapter in JupyterLab, with a real kernel: the slider moves the trait in Python, and Python moves the slider."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from jupyter_client import BlockingKernelClient
from tests.conftest import ROOT

PATIENCE = 90  # seconds; how long anything here may take before it counts as broken


def until(ask, what):
    """Call `ask` until it answers with something true, and return that."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := ask():
            return answer
        time.sleep(0.05)
    raise TimeoutError(what)


@pytest.fixture
def lab(tmp_path):
    """A JupyterLab of its own: (address, folder of connection files). Its one chapter has no outputs yet."""
    shutil.copytree(ROOT / "book" / "data", tmp_path / "book" / "data")
    nb = nbformat.read(ROOT / "book" / "index.ipynb", as_version=4)
    nb.metadata.pop("widgets", None)
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(nb, tmp_path / "book" / "index.ipynb")
    places = {name: str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    own = {f"JUPYTER_{name}_DIR": path for name, path in places.items()}
    own |= {f"JUPYTERLAB_{name}_DIR": str(tmp_path / name) for name in ("SETTINGS", "WORKSPACES")}
    options = [
        "--no-browser",
        "--allow-root",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=0",
        "--IdentityProvider.token=",
        f"--ServerApp.root_dir={tmp_path / 'book'}",
        "--LabApp.news_url=",
        "--LabApp.extension_manager=readonly",
    ]
    log = tmp_path / "lab.log"
    with log.open("w") as stream:
        command = [sys.executable, "-m", "jupyterlab", *options]
        server = subprocess.Popen(command, env=os.environ | own, stdout=stream, stderr=subprocess.STDOUT)
    try:
        runtime = Path(places["RUNTIME"])
        address = until(lambda: _address(server, runtime), f"JupyterLab did not start: {log.read_text()}")
        yield address, runtime
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _address(server, runtime):
    """Where the server says it is, in the file that it writes when it is ready; None before that."""
    if server.poll() is not None:
        raise RuntimeError(f"JupyterLab ended with {server.returncode}")
    written = [path.read_text() for path in runtime.glob("jpserver-*.json")]
    return json.loads(written[0])["url"] if written and written[0] else None


@pytest.fixture
def kernel_of(lab):
    """A function that returns a client of the chapter's kernel, the one that the browser uses."""
    address, runtime = lab
    clients = []

    def connect():
        def sessions():
            with urllib.request.urlopen(f"{address}api/sessions", timeout=PATIENCE) as answer:
                return json.load(answer)

        session = until(sessions, "no kernel was started")[0]
        client = BlockingKernelClient(connection_file=str(runtime / f"kernel-{session['kernel']['id']}.json"))
        client.load_connection_file()
        client.start_channels()
        clients.append(client)
        client.wait_for_ready(timeout=PATIENCE)
        return client

    yield connect
    for client in clients:
        client.stop_channels()


def in_python(client, code="", value="None"):
    """Run `code` in the kernel, then return `value` as it prints, or None where it cannot be had."""
    expressions = {"value": value}
    reply = client.execute(code, silent=True, user_expressions=expressions, reply=True, timeout=PATIENCE)["content"]
    return reply["user_expressions"]["value"].get("data", {}).get("text/plain")


def test_slider_and_trait_follow_each_other(lab, kernel_of, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(PATIENCE * 1000)
    outside = []
    page.on("request", lambda r: r.url.startswith((lab[0], "ws:", "data:", "blob:")) or outside.append(r.url))
    page.goto(f"{lab[0]}lab/tree/index.ipynb")
    page.get_by_text("(ipykernel) | Idle").wait_for()  # before that the menus are still being filled
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    forget = page.get_by_role("slider", name="f, forget gate")
    forget.wait_for()
    client = kernel_of()
    start = float(until(lambda: in_python(client, value="explorer.f"), "no explorer in Python"))
    assert float(forget.input_value()) == start

    forget.press("ArrowLeft")
    wanted = f"{start - 0.01:.2f}"
    until(lambda: in_python(client, value="explorer.f") == wanted, "the slider did not reach Python")
    seen = in_python(client, value="f'{explorer.terms().direct:.3f}'")
    words = page.locator(".say").inner_text()

    in_python(client, code="explorer.f = 0.3")
    page.wait_for_function("node => node.value === '0.3'", arg=forget.element_handle())
    page.wait_for_function(
        "([node, old]) => node.innerText !== old", arg=[page.locator(".say").element_handle(), words]
    )
    assert in_python(client, value="f'{explorer.terms().direct:.3f}'") != seen
    page.close()
    assert outside == []
