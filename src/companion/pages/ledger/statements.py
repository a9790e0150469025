"""The statements of all chapters, read from their stored outputs."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
from IPython.display import Markdown

from companion.notebook.contents import contents, gathered

KINDS = ("always", "usually", "can", "measured")
STATEMENT = re.compile(
    r'<div class="statement statement-(\w+)" id="([\w-]+)">\n\n(.*?)\n\n<p class="evidence"><b>\w+</b> (.*?)</p>',
    re.DOTALL,
)


class Entry(NamedTuple):
    """One statement: the page that makes it, its kind, its anchor there, the sentence and its evidence."""

    page: str
    kind: str
    slug: str
    sentence: str
    evidence: str


# Pages that argue for nothing, and why.
WITHOUT = {
    "index": "the way into the book",
    "notation": "the symbols and their meaning",
    "ledger": "this page",
    "teaching": "a lesson and its exercises",
}


def titles(root: Path) -> dict[str, str]:
    """{page: title} of the notebooks that _toc.yml in `root` names, in its order, without those of WITHOUT."""
    paths = [root / f"{name}.ipynb" for name in contents(root)]
    return {path.stem: _title(path) for path in paths if path.exists() and path.stem not in WITHOUT}


def read(paths: list[Path]) -> list[Entry]:
    """The `Entry` of every statement that the notebooks at `paths` hold, in their order.

    Raises ValueError where two statements of a page have the same anchor.
    """
    found = [Entry(path.stem, *parts) for path in paths for parts in _stored(path)]
    twice = [f"{page}#{slug}" for (page, slug), n in Counter((e.page, e.slug) for e in found).items() if n > 1]
    if twice:
        raise ValueError(f"paths: expected each statement once, got {', '.join(twice)} more than once")
    return found


def stored() -> tuple[dict[str, str], list[Entry]]:
    """`titles` and the entries of all chapters, as `make refresh` gathered them: this needs no chapter beside it."""
    chapters = gathered()
    entries = [Entry(page, *parts) for page, told in chapters.items() for parts in told["statements"]]
    return {page: told["title"] for page, told in chapters.items()}, entries


def statements(entries: list[Entry], titles: dict[str, str]) -> Markdown:
    """The entries as a Markdown text: for each page, by its title in `titles`, its statements, linked.

    Raises ValueError where a page of `titles` has no statement.
    """
    if empty := sorted(titles.keys() - {entry.page for entry in entries}):
        raise ValueError(f"entries: expected a statement of every chapter, got none of {', '.join(empty)}")
    lines = []
    for page, title in titles.items():
        lines += [f"**{title}**", ""]
        for entry in entries:
            if entry.page == page:
                link = f'<a href="{page}.html#{entry.slug}">{entry.kind}</a>'
                evidence = entry.evidence.replace('href="#', f'href="{page}.html#').replace(
                    ">derived above<", ">derived there<"
                )
                lines.append(f'- {entry.sentence} <span class="evidence">{link}: {evidence}</span>')
        lines.append("")
    return Markdown("\n".join(lines))


def _title(path: Path) -> str:
    return nbformat.read(path, 4).cells[0].source.splitlines()[0].removeprefix("# ")


def _stored(path: Path) -> Iterator[tuple[str, ...]]:
    for cell in nbformat.read(path, 4).cells:
        for output in cell.get("outputs", []):
            yield from (match.groups() for match in STATEMENT.finditer(output.get("data", {}).get("text/markdown", "")))
