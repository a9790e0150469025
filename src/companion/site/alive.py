"""What makes the explorers of a page alive, once for the book: a script and a style sheet that a browser keeps.

A notebook stores the code of each explorer that it shows, as anywidget wants it, and the settings and layouts of all
its widgets. A page needs the settings alone: the code of the book's own explorers comes from these two files, in which
what they share stands once. An explorer of somebody else keeps its stored code.
"""

import json
import re
from pathlib import Path
from typing import Any

from myst_nb.core.render import WIDGET_STATE_MIMETYPE, sanitize_script_content
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.util import logging

from companion import explorers
from companion.explorers import base
from companion.explorers.bundle import library

SCRIPT, STYLES = "explorers.js", "explorers.css"
VIEW = re.compile(r'widget-view\+json">\s*\{[^<]*?"model_id": "(\w+)"')
LOGGER = logging.getLogger(__name__)
UNREAD = re.compile(r"/\*\* @type [^\n]*?\*/ ?|^ +", re.MULTILINE)  # casts for the type checker, and indentation
NOT_NEEDED = ("_esm", "_css", "_model", "_view", "_dom")  # the code, and what ipywidgets stores of every widget


def classes() -> dict[str, Any]:
    """{name: class} of the book's explorers and the answer box."""
    return {name: one for name, one in vars(explorers).items() if isinstance(one, type)}


def slim(code: str) -> str:
    """The code without what no browser reads. Raises ValueError for a string of several lines, which would change."""
    if torn := next((line for line in code.splitlines() if line.count("`") % 2), None):
        raise ValueError(f"expected strings that end in their line, got {torn.strip()}")
    return UNREAD.sub("", code)


def write(static: Path, host: Path) -> None:
    """Write the script, which ends with the page's host, and the style sheet into the folder `static`."""
    own = classes()
    code = library({name: one._esm for name, one in own.items()})
    (static / SCRIPT).write_text(slim(code) + host.read_text(encoding="utf-8"), encoding="utf-8")
    shared = base.style()
    styles = dict.fromkeys(str(one._css).removeprefix(shared) for one in own.values())
    (static / STYLES).write_text(shared + "".join(styles), encoding="utf-8")


def lean(stored: dict[str, Any]) -> dict[str, Any]:
    """The state of a page's widgets without layouts, empty traits, and the code that the script has anyway."""
    kept = {}
    for key, model in stored["state"].items():
        if model["model_name"] == "LayoutModel":
            continue
        state = {name: value for name, value in model["state"].items() if value is not None and name != "layout"}
        one = classes().get(str(state.get("_anywidget_id", "")).rpartition(".")[2])
        if one and (state.get("_esm"), state.get("_css")) == (str(one._esm), str(one._css)):
            state = {name: value for name, value in state.items() if not name.startswith(NOT_NEEDED)}
        kept[key] = model | {"state": state}
    return stored | {"state": kept}


def lost(body: str, stored: dict[str, Any]) -> list[str]:
    """The ids of the widgets that the body of a page shows and its stored state lacks."""
    return [shown for shown in map(str, VIEW.findall(body)) if shown not in stored.get("state", {})]


def on_page(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Let the page have the lean state, before myst-nb writes it; warn of one that is lost, which ends the build."""
    if app.builder.format != "html":
        return
    state: dict[str, Any] = {}
    for about in (kwargs for _, kwargs in NbMetadataCollector.get_js_files(app.env, page).values()):
        if about.get("type") == WIDGET_STATE_MIMETYPE:
            state = json.loads(about["body"])
            about["body"] = sanitize_script_content(json.dumps(lean(state)))
    for widget in lost(context.get("body", ""), state):
        LOGGER.warning("page %s shows widget %s, whose state the notebook lacks: run make refresh", page, widget)
