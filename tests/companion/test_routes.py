"""Routes through the book lead to sections that there are, and take about the time that they promise."""

import re

import pytest

from companion.notebook.contents import slug
from companion.shared import routes

PROMISED = {"student": (90, 125), "engineer": (45, 70), "lecturer": (70, 100)}  # two hours, one, ninety minutes


@pytest.mark.parametrize("name", PROMISED)
def test_a_route_takes_about_the_time_that_the_landing_page_promises(name):
    low, high = PROMISED[name]
    assert low <= sum(minutes for *_, minutes in routes.stops(routes.read()[name])) <= high


def test_all_routes_are_promised_and_their_last_line_is_the_sum():
    assert routes.read().keys() == PROMISED.keys()
    made = routes.shown("engineer")
    times = [minutes for *_, minutes in routes.stops(routes.read()["engineer"])]
    assert made.rows[-1] == ["in all", "", f"{sum(times):.0f}"]


def test_a_stop_links_its_page_and_each_of_its_sections():
    stop = {"page": "gates", "sections": ["One gate, with numbers"], "why": "(12)"}
    ((link, why, minutes),) = routes.stops([stop])
    assert f'<a href="gates.html#{slug("One gate, with numbers")}">One gate, with numbers</a>' in link
    assert why == "(12)"
    assert 0 < minutes < 10


def test_a_section_a_page_and_a_route_that_are_not_there_are_refused():
    with pytest.raises(ValueError, match=r"gates: expected sections among .*, got \['No such'\]"):
        routes.stops([{"page": "gates", "sections": ["No such"], "why": ""}])
    with pytest.raises(ValueError, match=r"route: expected pages of forgetting, .*; got 'nowhere'"):
        routes.stops([{"page": "nowhere", "why": ""}])
    with pytest.raises(ValueError, match="name: expected one of"):
        routes.shown("tourist")


def test_the_lesson_is_ninety_minutes_long():
    plan = routes.lesson()
    assert plan.start[0] == 0
    assert plan.start[-1] == 90
    assert len(plan.start) == len(plan.what) == len(plan.how)


def test_each_link_of_the_site_from_a_route_or_the_lesson_leads_to_an_anchor(site):
    pages = [(site / f"book/{name}.html").read_text(encoding="utf-8") for name in ("index", "teaching")]
    links = {link for page in pages for link in re.findall(r'href="(\w+\.html#[\w-]+)"', page)}
    assert len(links) > 20
    for page, anchor in (link.split("#") for link in links):
        assert f'id="{anchor}"' in (site / "book" / page).read_text(encoding="utf-8"), (page, anchor)
