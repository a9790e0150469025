"""Guards for the course: every chapter has the same parts, its exercises answer, and it leads to the page after it.

Parts: a title; what you will see, what you need, the reading time; sections; what to take away; exercises; further
reading; what to read next. An exercise: its number and kind, perhaps a box, perhaps a hint, and one folded solution.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from companion.notebook.contents import contents
from companion.notebook.exercise import EXERCISE, OPENS
from companion.pages.ledger import WITHOUT
from tools.widgets import models

OPENING = ("What you will see.", "What you need.", "Reading time.")
ENDING = ["What to take away", "Exercises", "Further reading", "What to read next"]
KINDS = ("On paper", "In code", "By explorer", "To think")
LEAST_EXERCISES, LEAST_KINDS, LEAST_BOXES = 5, 3, 3


def parts_are_in_order(path: Path) -> Iterator[str]:
    """A chapter opens with what it shows and needs and how long it takes, and ends with the same four sections."""
    if path.stem in WITHOUT:
        return
    text = prose(nbformat.read(path, 4))
    opening = text.partition("\n## ")[0]
    places = [opening.find(f"**{part}**") for part in OPENING]
    if not opening.startswith("# ") or -1 in places or places != sorted(places):
        yield f"the chapter does not open with a title and, in this order, {', '.join(OPENING)}"
    elif "](" not in opening[places[1] : places[2]]:
        yield "what you need names no page"
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    if headings[-len(ENDING) :] != ENDING:
        yield f"the last sections are {headings[-len(ENDING) :]}, not {ENDING}"


def exercises_answer(path: Path) -> Iterator[str]:
    """At least five exercises of three kinds, numbered; three with a box of the right key; each with one solution."""
    if path.stem in WITHOUT:
        return
    nb = nbformat.read(path, 4)
    section = prose(nb).partition("\n## Exercises\n")[2].partition("\n## ")[0]
    found = EXERCISE.findall(section)
    numbers, kinds = [int(number) for number, _ in found], [kind for _, kind in found]
    if numbers != list(range(1, len(found) + 1)) or len(found) < LEAST_EXERCISES:
        yield f"the exercises are numbered {numbers}, not 1 to {LEAST_EXERCISES} or more"
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        yield f"exercises are {unknown}, none of {', '.join(KINDS)}"
    if len(set(kinds)) < LEAST_KINDS:
        yield f"the exercises are all of the kinds {sorted(set(kinds))}, fewer than {LEAST_KINDS}"
    for number, one in zip(numbers, EXERCISE.split(section)[3::3], strict=True):
        if one.count(OPENS) != 1:
            yield f"exercise {number} has {one.count(OPENS)} solutions"
        if one.count("<details") != one.count("</details>") or one.rstrip()[-10:] != "</details>":
            yield f"exercise {number} does not end with the end of its solution"
    keys = [state["key"] for state in models(nb).values() if state.get("_anywidget_id", "").endswith(".Answer")]
    own = [f"{path.stem}-{number}" for number in numbers]
    for key in keys:
        if key not in own and not key.startswith(f"{path.stem}-self"):
            yield f"a box has the key {key!r}, which names no exercise of the chapter"
    if len(set(keys) & set(own)) < LEAST_BOXES:
        yield f"{len(set(keys) & set(own))} exercises have a box, fewer than {LEAST_BOXES}"


def boxes_stand_in_their_exercise(path: Path) -> Iterator[str]:
    """A box stands between the text of its exercise and the solution; the page leaves out the code that makes it."""
    number = None
    for place, cell in enumerate(nbformat.read(path, 4).cells):
        if cell.cell_type == "markdown":
            for match in EXERCISE.finditer(cell.source):
                number = match[1]
            if OPENS in cell.source:
                number = None
        elif key := re.search(r"^\s*(?:ask|choose)\(\s*\"([\w-]+)\"", cell.source, re.MULTILINE):
            if "remove-input" not in cell.metadata.get("tags", []):
                yield f"cell {place} makes a box, and its code would be on the page: it wants the tag remove-input"
            if key[1] != f"{path.stem}-{number}" and not key[1].startswith(f"{path.stem}-self"):
                yield f"cell {place} makes the box {key[1]!r} in exercise {number}"


def further_reading_says_why(path: Path) -> Iterator[str]:
    """Two or three works, each cited, each with a sentence why."""
    if path.stem in WITHOUT:
        return
    section = prose(nbformat.read(path, 4)).partition("\n## Further reading\n")[2].partition("\n## ")[0]
    items = re.findall(r"^- (.*)$", section, re.MULTILINE)
    if not 2 <= len(items) <= 3:
        yield f"further reading has {len(items)} items, not two or three"
    for item in items:
        if "{cite" not in item or len(item.split()) < 8:
            yield f"further reading cites nothing, or gives no reason: {item!r}"


def the_next_page_is_next(path: Path) -> Iterator[str]:
    """The first link under the last heading leads to the page that follows in the table of contents."""
    if path.stem in WITHOUT:
        return
    pages = [Path(page).stem for page in contents(path.parents[1])]
    after = pages[pages.index(path.stem) + 1]
    link = re.search(r"\]\((\w+)\.(?:ipynb|md)", prose(nbformat.read(path, 4)).partition("\n## What to read next\n")[2])
    if link is None or link[1] != after:
        yield f"what to read next leads to {link[1] if link else 'no page'}, and the next page is {after}"


def prose(nb: NotebookNode) -> str:
    """The text of all Markdown cells."""
    return "\n\n".join(cell.source for cell in nb.cells if cell.cell_type == "markdown")


COURSE = (
    parts_are_in_order,
    exercises_answer,
    boxes_stand_in_their_exercise,
    further_reading_says_why,
    the_next_page_is_next,
)
