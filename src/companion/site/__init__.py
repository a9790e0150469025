"""A Sphinx extension for this book: the palette of companion.style.palette as a stylesheet, so that it is stated once.

For each symbol, say f, the page gets the colour `var(--gg-f)`, light and dark; `<span class="sym-f">` wears it in
the text. Formulas carry the light colour itself (`\\textcolor{#0b5fa5}{f}`), since that is what every renderer of
LaTeX understands, and KaTeX keeps it as it stands; in the dark, the rules below put the dark colour in its place.
"""

import gc
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from myst_nb.core.render import load_mime_renders
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from companion.pages import ledger
from companion.site import (
    about,
    alive,
    card,
    defined,
    downloads,
    exercises,
    formulas,
    glossary,
    lines,
    missing,
    paper,
    policy,
    published,
    reference,
    search,
    spoken,
    symbols,
    weight,
)
from companion.style.drawn import MIME
from companion.style.palette import DARK, LIGHT

DARK_PAGE = 'html[data-theme="dark"]'
STYLESHEET = "palette.css"
QUIET = 200_000  # new objects from one look of the garbage collector to the next; 700 where nothing is said

# The theme asks the reader's system for light or dark only when its own script has come, last of all: too late for the
# first paint. A reader's choice, once made, is kept by the theme in localStorage.
EARLY = """if (!localStorage.getItem("mode")) {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  Object.assign(document.documentElement.dataset, {mode: "auto", theme: dark ? "dark" : "light"});
}"""


# Sections are laid out when they come near (book.css) until a link leads to a place on the page, which is where it is
# only when all above it is laid out; a link with a setting of an explorer names no place. An attribute, not
# `:root:not(:has(:target))`: that is asked anew at each change of the page, and a slider's every move is one.
NEAR = """(() => {
  const { dataset } = document.documentElement, place = (hash) => hash && !hash.includes("?");
  const follow = (hash) => place(hash) && delete dataset.near;
  if (!place(location.hash)) dataset.near = "";
  addEventListener("click", ({ target }) => follow(target.closest?.("a")?.hash), true);
  addEventListener("hashchange", ({ newURL }) => follow(new URL(newURL).hash));
})();"""


# A symbol of a formula that the reader points at is lit wherever the page and its explorers show it. A formula carries
# the light colour of its symbol, which names it.
POINTED = """((names) => {
  const { dataset } = document.documentElement;
  let mine = false;
  addEventListener("pointerover", ({ target }) => {
    const name = names[target.closest?.('.math [style*="color"]')?.style.color];
    if (name) dataset.lit = name;
    else if (mine) delete dataset.lit;
    mine = Boolean(name);
  });
})(%s);"""


def _rgb(colour: str) -> str:
    """#0b5fa5 as a browser writes it out: rgb(11, 95, 165)."""
    return f"rgb({', '.join(str(int(colour[n : n + 2], 16)) for n in (1, 3, 5))})"


def palette_css(light: Mapping[str, str] = LIGHT, dark: Mapping[str, str] = DARK) -> str:
    """The stylesheet as text, from two dicts {symbol: "#rrggbb"} with the same keys.

    Raises ValueError where the keys differ.
    """
    if light.keys() != dark.keys():
        raise ValueError(f"dark: expected the symbols {sorted(light)}, got {sorted(dark)}")
    lines = ["/* made from companion.style.palette by companion.site */"]
    for page, palette in [("html", light), (DARK_PAGE, dark)]:
        lines.append(page + " { " + " ".join(f"--gg-{k}: {v};" for k, v in palette.items()) + " }")
    lines += [f".sym-{k} {{ color: var(--gg-{k}); font-weight: 600; }}" for k in light]
    for k, colour in light.items():
        symbol = f'.math [style*="color:{colour}"]'
        lines.append(f"{DARK_PAGE} {symbol} {{ color: var(--gg-{k}) !important; }}")
        # What an explorer points at is lit wherever the page writes it: in words, and in formulas, light or dark.
        lit = f'html[data-lit="{k}"]'
        lines.append(
            f"{lit} .sym-{k}, {lit} {symbol} {{ background: color-mix(in srgb, var(--gg-{k}) 20%, transparent); }}"
        )
    return "\n".join(lines) + "\n"


class DrawnData:
    """A renderer for myst-nb, for the drawn data beside a picture: nothing on the page, and no warning."""

    mime_priority_overrides = ()

    @staticmethod
    def handle_mime(_renderer: object, data: Any, _inline: bool) -> list[Any] | None:
        """An empty list for drawn data; None, "not mine", for any other type."""
        return [] if data.mime_type == MIME else None


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx: write the stylesheet into the site, link it and the early script on every page."""
    gc.set_threshold(QUIET)  # a build makes millions of nodes and ends: looking through them took a fifth of its time
    if DrawnData not in load_mime_renders():  # a list that myst-nb keeps, of what entry points name
        load_mime_renders().append(DrawnData)
    app.connect("builder-inited", _write)
    app.connect("builder-inited", _check)
    app.connect("doctree-resolved", glossary.on_resolved)
    app.connect("html-page-context", alive.on_page, priority=400)  # myst-nb's own, which adds the state, has 500
    app.connect("html-page-context", spoken.on_page)
    app.connect("doctree-resolved", symbols.on_resolved)
    app.connect("doctree-resolved", defined.on_resolved)
    app.connect("env-updated", symbols.on_updated)
    for part in (formulas, paper, published, downloads, about, search, card, missing, reference, lines, weight, policy):
        part.setup(app)
    app.add_css_file(STYLESHEET)
    app.add_css_file(alive.STYLES)
    names = json.dumps({_rgb(colour): name for name, colour in LIGHT.items()})
    for body in (EARLY, f"{NEAR}\n{POINTED % names}"):  # the second one script: the policy names each
        app.add_js_file(None, body=body, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _write(app: Sphinx) -> None:
    if app.builder.format == "html":
        static = Path(app.outdir) / "_static"
        static.mkdir(parents=True, exist_ok=True)
        (static / STYLESHEET).write_text(palette_css(), encoding="utf-8")
        exercises.write(Path(app.srcdir), static)
        alive.write(static, Path(app.srcdir) / "book" / "assets" / "host.js")


def _check(app: Sphinx) -> None:
    """No book is built where the ledger is not whole."""
    try:
        ledger.check(Path(app.srcdir))
    except ValueError as error:
        raise ExtensionError(f"the ledger: {error}") from None
