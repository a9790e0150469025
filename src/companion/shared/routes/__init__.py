"""Routes through the book: lists of sections, with the time that each takes to read."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from companion.notebook.contents import gathered, slug
from companion.notebook.reading import EXERCISES
from companion.notebook.tables import Table, table


class Lesson(NamedTuple):
    """The stops of a lesson: the minute at which each starts, what it is (HTML), how it is done."""

    start: list[int]
    what: list[str]
    how: list[str]


def lesson() -> Lesson:
    """The lesson of lesson.yml, its end as the last stop."""
    stops = _load("lesson.yml")
    start = [sum(stop["minutes"] for stop in stops[:k]) for k in range(len(stops) + 1)]
    return Lesson(start, [*(stop["what"] for stop in stops), "end"], [*(stop["how"] for stop in stops), ""])


def read() -> dict[str, list[dict[str, Any]]]:
    """{route: its stops}, from routes.yml. A stop has a page, its sections (all, where none are named) and a reason."""
    return _load("routes.yml")


def stops(route: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, float]]:
    """For each stop of a route its links (HTML), its reason and its minutes, from what was gathered of the chapters.

    Raises ValueError where there is no such page, or a page has no such section.
    """
    found, chapters = [], gathered()
    for stop in route:
        if stop["page"] not in chapters:
            raise ValueError(f"route: expected pages of {', '.join(chapters)}; got {stop['page']!r}")
        chapter = chapters[stop["page"]]
        times = {title: time for title, time in chapter["sections"].items() if title != EXERCISES}
        chosen = stop.get("sections")
        if missing := [title for title in chosen or [] if title not in times]:
            raise ValueError(f"{stop['page']}: expected sections among {list(times)}, got {missing}")
        page = f"{stop['page']}.html"
        parts = "; ".join(f'<a href="{page}#{slug(title)}">{title}</a>' for title in chosen or [])
        link = f'<a href="{page}">{chapter["title"]}</a>'
        minutes = sum(times[title] for title in chosen) if chosen else sum(times.values())
        found.append((f"{link}: {parts}" if parts else link, stop["why"], minutes))
    return found


def shown(name: str) -> Table:
    """The route `name` as a table, its last line the sum. Raises ValueError for a route that is not there."""
    routes = read()
    if name not in routes:
        raise ValueError(f"name: expected one of {list(routes)}, got {name!r}")
    found = stops(routes[name])
    links, reasons, minutes = zip(*found, strict=True)
    columns = {"read": [*links, "in all"], "for": [*reasons, ""], "minutes": [*minutes, sum(minutes)]}
    return table(columns, {"minutes": ".0f"})


def _load(name: str) -> Any:
    return yaml.safe_load(files("companion.shared.routes").joinpath(name).read_text(encoding="utf-8"))
