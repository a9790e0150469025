"""Every formula of the book is rendered when it is built, and one that cannot be ends the build."""

import pickle
import re
import subprocess
import sys

import pytest
from docutils import nodes
from tests.conftest import ROOT

from companion.notebook.contents import contents
from companion.site import formulas
from companion.site.formulas import Formula

KATEX = formulas.folder(ROOT)
CONF = """
extensions = ["myst_parser", "companion.site.formulas"]
myst_enable_extensions = ["amsmath", "dollarmath"]
html_math_renderer = "katex"
exclude_patterns = ["node_modules"]
"""


def on_page(html):
    """How many formulas the text of a page has, and how many of them KaTeX rendered."""
    article = re.search(r"<article.*</article>", html, re.DOTALL)[0]
    text = re.sub(r'<p class="(?:symbols|defined)">.*?</p>', "", article, flags=re.DOTALL)  # companion.site adds these
    places = len(re.findall(r'<(?:span|div) class="(?:amsmath )?math ', text))
    shown = len(
        re.findall(
            r'<(?:span|div) class="(?:amsmath )?math [^>]*>(?:<span class="katex-display">)?<span class="katex"><span',
            text,
        )
    )
    return places, shown


@pytest.mark.parametrize("name", contents(ROOT))
def test_every_formula_of_a_page_is_rendered(name, site):
    tree = pickle.loads((site.parent / ".doctrees" / f"{name}.doctree").read_bytes())
    written = len(list(tree.findall(lambda node: isinstance(node, (nodes.math, nodes.math_block)))))
    html = (site / f"{name}.html").read_text(encoding="utf-8")
    assert on_page(html) == (written, written)
    assert on_page(html.replace('<span class="katex">', "$")) != (written, written) or not written


def numbers(html):
    """The number of each display, as it is shown; and what is written of the display for ears."""
    for display in re.findall(r'<div class="(?:amsmath )?math .*?</div>', html, re.DOTALL):
        ears, eyes = (re.sub("<[^>]*>", "", part) for part in display.split('<span class="katex-html"'))
        if number := re.search(r"\((\d+\w?|[A-Z]\.\d+)\)\W*$", eyes) if "katex-tag" in display else None:
            yield number[0].strip("\u200b"), ears


def test_the_number_of_a_display_is_written_for_ears_too(site):
    found = [pair for path in sorted(site.glob("book/*.html")) for pair in numbers(path.read_text(encoding="utf-8"))]
    assert len(found) > 30
    assert [number for number, ears in found if number not in ears] == []


def test_no_page_has_raw_latex_or_loads_a_renderer(site):
    raw = re.compile(r"\\[(\[]|\\(?:frac|mathrm|begin|textcolor)|katex-error")
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        text = re.sub(r"<script.*?</script>|<pre.*?</pre>|<code.*?</code>", "", html, flags=re.DOTALL)
        assert raw.findall(text) == [], path
        assert not re.search(r"mathjax(?!_ignore)", html, re.IGNORECASE), path
    assert not list(site.rglob("*[mM]ath[jJ]ax*"))
    assert raw.findall(r"\(x\)") == [r"\("]


@pytest.fixture
def small_book(tmp_path):
    """A function: the text of a page -> (exit status, what Sphinx says, the page) of a book that has it alone."""
    (tmp_path / "conf.py").write_text(CONF)
    (tmp_path / "package-lock.json").write_bytes((ROOT / "package-lock.json").read_bytes())
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")

    def build(text):
        (tmp_path / "index.md").write_text(f"# Title\n\n{text}\n")
        command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-E", tmp_path, tmp_path / "out"]
        done = subprocess.run(command, capture_output=True, text=True)
        return done.returncode, done.stderr, (tmp_path / "out" / "index.html").read_text(encoding="utf-8")

    return build


def test_a_sound_book_is_built(small_book):
    status, said, html = small_book("$x$ and\n\n$$a \\\\ b$$\n\n| $y$ |\n| - |\n| $x$ |\n")
    assert (status, said) == (0, "")
    assert on_page(html.replace("<body", "<article><body").replace("</body>", "</body></article>")) == (4, 4)


def test_no_line_breaks_between_a_short_formula_and_the_marks_that_stand_close_to_it(small_book):
    status, said, html = small_book("For ($x$), and **$y$**; $a + b$. It *is* “$z$”, or $x$ alone.")
    assert (status, said) == (0, "")
    held = re.findall(r'<span class="tight">(.*?)<span class="math.*?(?:</span>){5}(.*?)</span>', html)
    assert held == [("(", "),"), ("“", "”,")]
    assert re.search(r'<span class="mord mathnormal">b</span></span></span></span></span>\. It', html)


BROKEN = {
    r"$\frac{1}$": (r"\frac{1}", "KaTeX parse error"),
    "| head |\n| - |\n| $x^$ |": ("x^", "KaTeX parse error"),
    r"$$\nosuch x$$": (r"\nosuch x", "Undefined control sequence"),
    r"\begin{equation*}\begin{aligned}x\end{equation*}": (r"\begin{aligned}x", "KaTeX parse error"),
    "$y %$": ("y %", "commentAtEnd"),
    "$$z$$ (eq-z)": ("z", "number it with \\tag"),
}


def test_a_formula_that_cannot_be_shown_ends_the_build_and_is_named_with_its_page(small_book):
    status, said, _ = small_book("\n\n".join(["$x$", *BROKEN]))
    assert status == 1
    assert said.count("WARNING") == len(BROKEN)
    for formula, reason in BROKEN.values():
        named = rf"index\.md:\d+: WARNING: formula .*{re.escape(formula)}.* of page index: .*{re.escape(reason)}"
        assert re.search(named, said), formula


def test_one_process_renders_each_formula_once_and_always_alike(monkeypatch):
    calls, run = [], formulas.run_node
    monkeypatch.setattr(formulas, "run_node", lambda *a, **k: calls.append(k["input"]) or run(*a, **k))
    asked = [Formula("x", False), Formula("x", True), Formula("x", False), Formula(r"\frac", False)]
    html, errors = formulas.render(asked, KATEX)
    assert calls == [r'[["x", false], ["x", true], ["\\frac", false]]']
    assert set(html) == {Formula("x", False), Formula("x", True)}
    assert set(errors) == {Formula(r"\frac", False)}
    assert 'display="block"' in html[Formula("x", True)]
    assert "<math" in html[Formula("x", False)]
    assert "annotation" not in html[Formula("x", False)]
    assert formulas.render(asked, KATEX) == (html, errors)


def test_node_without_katex_is_said(tmp_path):
    with pytest.raises(formulas.ExtensionError, match=r"(?s)^node could not run KaTeX:.*katex\.js"):
        formulas.render([Formula("x", False)], tmp_path)


def test_lines_are_aligned_as_sphinx_does_it():
    tex = r"a &= b \\ &= c"
    assert formulas.of(nodes.math_block("", tex)) == (rf"\begin{{split}}{tex}\end{{split}}", True)
    assert formulas.of(nodes.math_block("", tex, nowrap=True)) == (tex, True)
    assert formulas.of(nodes.math("", tex)) == (tex, False)


def test_the_site_has_the_style_sheet_and_its_fonts_in_one_format(site):
    static = site / "_static" / "katex"
    css = (static / "katex.css").read_text(encoding="utf-8")
    named = set(re.findall(r"url\(([^)?]*)\?v=\w{12}\)", css))
    assert named == {str(path.relative_to(static)) for path in static.rglob("*.*") if path.suffix != ".css"}
    assert len(named) == 20
    assert all(name.endswith(".woff2") for name in named)
    assert css.count("@font-face") == 20
