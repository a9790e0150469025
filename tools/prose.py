"""Guards for sentences: a chapter's statements, and the numbers in its prose.

Each number must occur in the code or in the outputs of the chapter, rounded as written. Left out are formulas, code,
links, citations, numbers of equations and exercises, and years from 1900 on. An exception stands in the cell's metadata
with its reason: "numbers": {"40": "the age of the paper"}.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from companion.notebook.contents import slug
from companion.pages.ledger import WITHOUT

NUMBER = re.compile(r"(?<![\w.])[-−+]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?:e[-−+]?\d+)?(?=%|\b|[^\w])")
NOT_PROSE = re.compile(
    r"""```.*?```|:::.*?(?:\n|$)      # fences
    |\$\$.*?\$\$(?:\s*\([\w-]+\))?    # displays
    |\$[^$]*\$|`[^`]*`                # formulas and code in a line
    |\{[\w:]+\}                       # roles
    |\]\([^)]*\)|https?://\S+|<[^>]*> # links, tags
    |^\([\w-]+\)=\s*$                 # labels
    |^\*\*Reading\ time\.\*\*.*?$   # counted by tools.reading
    |\*\*\d+\.\*\*|^\d+\.\s           # numbers of exercises and of lists
    |\([BDHPSU]?\.?\d+[a-c]?\)         # numbers of equations: (12), (15b), (B.3), (P.1)
    |\b(?:19|20)\d\d\b                # years
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


def numbers_are_on_the_page(path: Path) -> Iterator[str]:
    """Each number in prose occurs in the code or the outputs of the chapter, rounded as written, or has a reason."""
    nb = nbformat.read(path, 4)
    there = {value for cell in nb.cells if cell.cell_type == "code" for value in _numbers(_shown(cell))}
    for place, cell in enumerate(nb.cells):
        if cell.cell_type == "markdown":
            reasons = cell.metadata.get("numbers", {})
            for written in prose_numbers(cell.source):
                if not reasons.get(written) and not is_among(written, there):
                    yield f"cell {place} writes {written}, which is in no code and no output of the chapter"
            for unused in set(reasons) - set(prose_numbers(cell.source)):
                yield f"cell {place} has a reason for {unused}, which it does not write"


def statements_are_sound(path: Path) -> Iterator[str]:
    """Three to eight statements a chapter, each in a folded cell; what one is derived from is on the page."""
    nb, found = nbformat.read(path, 4), 0
    text = "\n".join(cell.source for cell in nb.cells if cell.cell_type == "markdown")
    anchors = set(re.findall(r"^\(([\w-]+)\)=", text, re.MULTILINE))
    anchors |= {slug(heading) for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}
    for place, cell in enumerate(nb.cells):
        shown = [output.get("data", {}).get("text/markdown", "") for output in cell.get("outputs", [])]
        for statement in (text for text in shown if text.startswith('<div class="statement')):
            found += 1
            if "hide-input" not in cell.metadata.get("tags", []):
                yield f"cell {place} makes a statement and is not folded: it wants the tag hide-input"
            for label in set(re.findall(r'href="#([\w-]+)">derived', statement)) - anchors:
                yield f"cell {place} says that it is derived at {label}, which is no label and no heading of the page"
    if path.stem not in WITHOUT and not 3 <= found <= 8:
        yield f"the chapter has {found} statements, not three to eight"


def prose_numbers(text: str) -> list[str]:
    """The numbers that the prose of a Markdown text writes, as they are written."""
    return [match[0] for match in NUMBER.finditer(NOT_PROSE.sub(" ", text))]


def is_among(written: str, values: Iterable[Decimal]) -> bool:
    """Whether one of `values`, Decimals, or its hundredfold, is the number `written` when it is rounded as that is.

    A number with one digit, as 8 or .3, must be there as it is: too much would round to it.
    """
    number = _decimal(written)
    unit = Decimal(1).scaleb(int(number.as_tuple().exponent))
    short = len(number.normalize().as_tuple().digits) < 2
    sizes = (abs(value) * factor for value in values for factor in (1, 100))
    return any((size if short else _round(size, unit)) == abs(number) for size in sizes)


def _round(value: Decimal, unit: Decimal) -> Decimal:
    return value.quantize(unit, ROUND_HALF_UP) if value < 10**15 else value


def _numbers(text: str) -> set[Decimal]:
    return {_decimal(match[0]) for match in NUMBER.finditer(text)}


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", "").replace("−", "-"))


def _shown(cell: NotebookNode) -> str:
    """Code and text outputs of a cell."""
    parts = [cell.source]
    for output in cell.outputs:
        parts.append(output.get("text", ""))
        data = output.get("data", {})
        parts += [str(text) for kind, text in data.items() if kind.startswith("text/")]
    return "\n".join(parts)
