"""A chapter with a real kernel, where notebooks are run: sliders move the trait in Python, Python moves the sliders."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest
from jupyter_client import BlockingKernelClient
from tests.conftest import ROOT

PATIENCE = 90  # seconds; how long anything here may take before it counts as broken
FRONTENDS = {  # the module -> where it shows a notebook, and what is there once its menus and kernel are
    "jupyterlab": ("lab/tree", "text=(ipykernel) | Idle"),
    "notebook": ("notebooks", ".jp-Notebook-ExecutionIndicator[data-status=idle]"),
    "nbclassic": ("nbclassic/notebooks", "#kernel_indicator_icon.kernel_idle_icon"),
}


def until(ask, what):
    """Call `ask` until it answers with something true, and return that."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := ask():
            return answer
        time.sleep(0.05)
    raise TimeoutError(what)


@pytest.fixture(params=FRONTENDS)
def lab(request, tmp_path):
    """A server of its own: (frontend, address, folder of connection files). Its one chapter has no outputs yet."""
    (tmp_path / "book").mkdir()
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
        command = [sys.executable, "-m", request.param, *options]
        server = subprocess.Popen(command, env=os.environ | own, stdout=stream, stderr=subprocess.STDOUT)
    try:
        runtime = Path(places["RUNTIME"])
        address = until(lambda: _address(server, runtime), f"{request.param} did not start: {log.read_text()}")
        yield request.param, address, runtime
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _address(server, runtime):
    """Where the server says it is, in the file that it writes when it is ready; None before that."""
    if server.poll() is not None:
        raise RuntimeError(f"the server ended with {server.returncode}")
    written = [path.read_text() for path in runtime.glob("jpserver-*.json")]
    return json.loads(written[0])["url"] if written and written[0] else None


def kernels(address):
    """The kernels that run on a server; none while one of them starts, when a server may answer with an error."""
    try:
        with urllib.request.urlopen(f"{address}api/kernels", timeout=PATIENCE) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code != 500:
            raise
        return []


@pytest.fixture
def kernel_of(lab):
    """A function that returns a client of the chapter's kernel, the one that the browser uses."""
    _, address, runtime = lab
    clients = []

    def connect():
        (kernel,) = until(lambda: kernels(address), "no kernel started")
        client = BlockingKernelClient(connection_file=str(runtime / f"kernel-{kernel['id']}.json"))
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


def run_all(page, frontend, address):
    """Open the chapter, wait until menus and kernel are there, and run all its cells."""
    place, ready = FRONTENDS[frontend]
    page.goto(f"{address}{place}/index.ipynb")
    until(lambda: any(one["connections"] for one in kernels(address)), "the page found no kernel")
    page.locator(ready).first.wait_for()
    if frontend == "nbclassic":
        page.locator("#celllink").click()
        page.locator("#run_all_cells").click()
    else:
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def drag(page, slider, to):
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(box["x"] + to * box["width"], y, steps=4)
    page.mouse.up()


def test_slider_and_trait_follow_each_other_and_no_key_reaches_the_notebook(lab, kernel_of, browser):
    frontend, address, _ = lab
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(PATIENCE * 1000)
    outside, local = [], (address, "ws:", "data:", "blob:", "about:")
    page.on("request", lambda r: r.url.startswith(local) or outside.append(r.url))
    run_all(page, frontend, address)
    forget, cells = page.get_by_role("slider", name="f, forget gate"), page.locator(".jp-Cell, div.cell")
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

    drag(page, forget, to=0.8)
    until(lambda: abs(float(in_python(client, value="explorer.f")) - 0.8) < 0.1, "a drag did not reach Python")
    page.get_by_role("button", name="forgotten", exact=True).click()
    until(lambda: float(in_python(client, value="explorer.f")) < 0.5, "a preset did not reach Python")

    many = cells.count()
    for held in (forget, page.get_by_role("button", name="kept", exact=True)):
        held.focus()
        for key in "ddxx":  # in a notebook: delete this cell, cut this cell
            page.keyboard.press(key)
    forget.press("ArrowRight")
    until(lambda: in_python(client, value="explorer.f") == forget.input_value(), "the slider is deaf")
    assert cells.count() == many
    page.close()
    assert outside == []
