"""Print the built book into one PDF: python -m tools.pdf [--solutions] writes _build/pdf/gates-and-gradients.pdf

Chromium prints it, by the rules that Ctrl-P has too (book/assets/paper.css). The articles of all pages are put into
one document, in the order of _toc.yml, so that a link to another chapter leads there inside the PDF, and so that there
is one outline. On which page a chapter begins is known only when the book is printed; so it is printed twice, and
pypdf reads the outline of the first time for the contents of the second.
"""

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page
from pypdf import PdfReader

from companion.notebook.contents import contents
from companion.site import about
from tools import chromium, pages

ROOT = Path(__file__).resolve().parents[1]
SITE, PDF = ROOT / "_build" / "html", ROOT / "_build" / "pdf" / "gates-and-gradients.pdf"
# A heading at the very top of a page is painted on the page before, too, and Chromium then has it twice in the outline.
STYLE = """article h1 { break-before: page; padding-top: .2em; } article :is(h1, h2, h3) { white-space: pre-wrap; }
.name { padding-top: 8cm; font-size: 20pt; }
.contents p { display: flex; margin: 0; } .contents .part { font-weight: 600; margin-top: .8em; }
.contents span { margin-left: auto; }"""

# The article of a page, without its scripts and explorers, its places called after the page, so that they differ.
ARTICLE = """([pages, solutions]) => {
  const article = document.querySelector("article.bd-article");
  const stem = (path) => pages.find((page) => path.endsWith(`/${page}.html`));
  const here = stem(location.pathname);
  for (const one of article.querySelectorAll("script, .cell:has(+ .tag_static-figure) .widget-place")) one.remove();
  const places = new Set([...article.querySelectorAll("[id]")].map((one) => one.id));
  for (const id of places) document.getElementById(id).id = `${here}--${id}`;
  for (const link of article.querySelectorAll("a[href]")) {
    const { protocol, pathname, hash } = new URL(link.href), there = stem(pathname);
    if (protocol !== "file:") continue;
    if (there) link.setAttribute("href", `#${there}` + (/^#[^?]+$/.test(hash) ? `--${hash.slice(1)}` : ""));
    else link.removeAttribute("href");
  }
  for (const image of article.querySelectorAll("img")) image.setAttribute("src", image.src);
  if (solutions) for (const one of article.querySelectorAll("details.solution")) one.open = true;
  const title = article.querySelector("h1");
  title.id = here;
  return [title.textContent.replace("#", "").trim(), article.innerHTML];
}"""
# All of it; a link to what stands in a closed fold, and so not on paper, leads to the chapter.
WHOLE = """(html) => {
  const article = document.querySelector("article");
  article.innerHTML = html;
  for (const link of article.querySelectorAll("a[href^='#']")) {
    const place = document.getElementById(link.hash.slice(1));
    if (place?.closest("details:not([open])")) link.setAttribute("href", link.hash.split("--")[0]);
  }
}"""


def articles(page: Page, site: Path, names: Sequence[str], solutions: bool) -> dict[str, tuple[str, str]]:
    """{name: the title of that page of the site, and its article as HTML to stand with the others in one document}."""
    found = {}
    for name in names:
        page.goto((site / f"{name}.html").as_uri())
        page.wait_for_function(pages.READY)
        title, article = page.evaluate(ARTICLE, [list(names), solutions])
        found[name] = (title, article)
    return found


def front(root: Path, titles: Mapping[str, str], numbers: Mapping[str, int]) -> str:
    """The first page and the contents, from {page: its title} and {page: the number of its first page on paper}."""
    said = about.read(root)
    lines = [f'<p class="name">{escape(said.title)}</p><p>{escape(said.authors)}</p>', about.foot(said)]
    lines.append('<div class="contents"><h1>Contents</h1>')
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    for part in [{"caption": "", "chapters": [{"file": toc["root"]}]}, *toc["parts"]]:
        here = [one["file"] for one in part["chapters"] if one["file"] in titles]
        lines += [f'<p class="part">{escape(part["caption"])}</p>'] if part["caption"] and here else []
        lines += [f'<p><a href="#{name}">{escape(titles[name])}</a><span>{numbers[name]}</span></p>' for name in here]
    return "\n".join([*lines, "</div>"])


def begins(pdf: Path) -> list[int]:
    """The page on which each entry of the outline's first level begins."""
    reader = PdfReader(pdf)
    entries: Iterable[Any] = reader.outline
    pages = [reader.get_destination_page_number(one) for one in entries if not isinstance(one, list)]
    return [0 if page is None else page + 1 for page in pages]


def write(root: Path, site: Path, pdf: Path, names: Sequence[str], solutions: bool = False) -> None:
    """Print these pages of the site, after a first page and contents. RuntimeError where one has no outline entry."""
    pdf.parent.mkdir(parents=True, exist_ok=True)
    with chromium.opened() as browser:
        page = browser.new_page()
        found = articles(page, site, names, solutions)
        titles, whole = {name: title for name, (title, _) in found.items()}, "".join(html for _, html in found.values())
        numbers = before = dict.fromkeys(names, 0)
        for _ in ("to learn the numbers", "with the numbers"):
            page.goto((site / f"{names[0]}.html").as_uri())
            page.add_style_tag(content=STYLE)
            page.evaluate(WHOLE, front(root, titles, numbers) + whole)
            page.evaluate("title => { document.title = title; }", about.read(root).title)
            page.evaluate("document.fonts.ready.then(() => null)")
            page.pdf(path=pdf, format="A4", outline=True, tagged=True, print_background=True, prefer_css_page_size=True)
            chapters = begins(pdf)[1:]  # the first is the contents
            if len(chapters) != len(names):
                raise RuntimeError(f"{pdf}: expected {len(names)} chapters in the outline, got {len(chapters)}")
            before, numbers = numbers, dict(zip(names, chapters, strict=True))
    if before != numbers:
        raise RuntimeError(f"{pdf}: the pages moved when their numbers were written: {before} became {numbers}")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.pdf", description="Print the built book into one PDF.")
    parser.add_argument("--solutions", action="store_true", help="with the solutions of the exercises")
    asked = parser.parse_args(arguments)
    names = contents(ROOT)
    if missing := [name for name in names if not (SITE / f"{name}.html").exists()]:
        print(f"not built: {', '.join(missing)}; make html builds the pages", file=sys.stderr)
        return 1
    write(ROOT, SITE, PDF, names, asked.solutions)
    print(f"{PDF}: {len(PdfReader(PDF).pages)} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
