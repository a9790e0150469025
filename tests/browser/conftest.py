"""A page of its own for the widget host, opened from a file."""

import json

import pytest
from tests.conftest import ROOT

ASSETS = ROOT / "book" / "assets"
STATIC = '<div class="cell tag_static-figure"><img id="static" alt="the same as a picture"></div>'


@pytest.fixture
def page_with(tmp_path, page):
    """A function that opens a page, from a file, with these models and a cell for each of these views."""

    def show(models, views, host="host.js", after=STATIC, target=page, state=None, wait=True):
        (tmp_path / "host.js").write_bytes((ASSETS / "host.js").read_bytes())
        (tmp_path / "book.css").write_bytes((ASSETS / "book.css").read_bytes())
        kind = "application/vnd.jupyter.widget-"
        state = json.dumps({"state": models}).replace("</", "<\\/") if state is None else state
        (tmp_path / "empty.js").write_text("")
        (tmp_path / "unparsable.js").write_text("const = ;")
        cells = (
            f'<div class="cell"><div class="cell_output"><script type="{kind}view+json">'
            f"{json.dumps({'model_id': view})}</script></div></div>{after}"
            for view in views
        )
        (tmp_path / "page.html").write_text(
            f'<!DOCTYPE html><html lang="en"><head><title>t</title><link rel="stylesheet" href="book.css">'
            f'<script type="{kind}state+json">{state}</script>'
            f"""<script async src="{host}" onerror="document.documentElement.dataset.host = 'failed'"></script>"""
            f"</head><body>{''.join(cells)}</body></html>",
            encoding="utf-8",
        )
        target.goto((tmp_path / "page.html").as_uri())
        if wait:
            target.wait_for_selector("html[data-host]", state="attached")
        return target

    return show
