"""What the museum's explorer must show of an exhibit and a check, all of it computed by Python."""

import json

import pytest
from tests.browser.readouts import mount, number

from companion.explorers import MuseumExplorer
from companion.pages import museum

HALL = museum.hall()
START = {name: getattr(MuseumExplorer(HALL), name) for name in ("exhibit", "check")}
PAIRS = [(exhibit, check) for exhibit in range(15) for check in range(12)]
READ = """async (pairs) => {
  const root = document.querySelector(".lstm"), frame = () => new Promise((done) => requestAnimationFrame(done));
  const all = (selector, what, within = root) => [...within.querySelectorAll(selector)].map(what);
  const text = (node) => node.textContent, seen = [];
  const list = (table) => ({ title: text(table.caption), rows: all("tbody tr", (row) => all("th, td", text, row),
    table),
    chosen: all("input", (input) => input.checked, table), spoken: all("input", (input) => input.ariaLabel, table) });
  for (const [exhibit, check] of pairs) {
    model.set("exhibit", exhibit);
    model.set("check", check);
    await frame();
    await frame();
    const picture = root.querySelector("svg"), at = (node, ...names) => names.map((name) => +node.getAttribute(name));
    seen.push({
      say: all(".say p", text), lists: all(".pick", list), pressed: all("[aria-pressed=true]", text),
      trail: all(".trail tbody tr", (row) => all("th, td", text, row)), first: all(".trail .first", text),
      heads: all(".trail thead th", text), label: picture.ariaLabel, width: picture.clientWidth,
      texts: all("text", (one) => [...at(one, "x", "y"), text(one)], picture),
      lines: all("line[style]", (one) => [...at(one, "x1", "y1", "x2", "y2"), one.style.stroke], picture),
    });
  }
  return JSON.stringify(seen);
}"""


def read(page, pairs=PAIRS, code=None):
    mount(page, MuseumExplorer(HALL), code, width=688)
    return json.loads(page.evaluate(READ, pairs))


def value(x):
    return "∞" if x is None else number(x)


def limit(x):
    return {1e-10: "10⁻¹⁰", 0: "0", 1: "1", 0.1: "0.1"}[x]


def gap(x):
    return number(x) if x > HALL.agrees else "="


def wanted_lists(exhibit, check):
    """The two lists: title, rows, what is chosen, what is spoken."""
    lists = []
    names, found = (
        HALL.exhibits,
        [(row[check], told[check]) for row, told in zip(HALL.differences, HALL.caught, strict=True)],
    )
    for title, chosen in (
        (f"What {HALL.checks[check]} finds", exhibit),
        (f"Who finds {HALL.exhibits[exhibit]}", check),
    ):
        shown = []
        for k, (measured, caught) in enumerate(found):
            of = f" {'>' if caught else '≤'} {limit(HALL.tolerances[k])}" if names is HALL.checks else ""
            shown.append((names[k], "caught" if caught else "missed", value(measured) + of))
        rows = [[name, f"{'✓' if verdict == 'caught' else '–'} {verdict}", words] for name, verdict, words in shown]
        spoken = [f"{name}: {verdict}, {words}" for name, verdict, words in shown]
        marks = [k == chosen for k in range(len(names))]
        lists.append({"title": title, "rows": rows, "chosen": marks, "spoken": spoken})
        names, found = HALL.checks, list(zip(HALL.differences[exhibit], HALL.caught[exhibit], strict=True))
    return lists


def parting(exhibit):
    steps = HALL.trail[exhibit]
    apart = [(4 - s, j) for s, gaps in enumerate(steps) for j, one in enumerate(gaps) if one > HALL.agrees]
    return apart[0] if apart else None


def wanted_words(exhibit, check):
    first, caught = parting(exhibit), HALL.caught[exhibit]
    where = "All that goes back over the steps is right; only what is returned is wrong."
    if first:
        message = HALL.messages[first[1]]
        where = f"Going back, it parts first from the right pass at step {first[0]}, in {message}."
    cost, _, cheapest = min((HALL.costs[k], k, HALL.checks[k]) for k in range(12) if caught[k])
    told = f"The cheapest check that catches it is {cheapest}, with {cost} steps of a forward pass."
    measured, tolerance = value(HALL.differences[exhibit][check]), limit(HALL.tolerances[check])
    says = f" catches it: its number, {measured}, is above its tolerance, {tolerance}."
    if not caught[check]:
        says = f" misses it: {HALL.conditions[check]}, its number, {measured}, is not above its tolerance, {tolerance}."
        if HALL.alone[check]:
            full = value(HALL.differences[exhibit][0])
            says += " That condition is why: complex_step is the same check without it, and catches the exhibit"
            says += f" with {full}."
    finds = sum(row[check] for row in HALL.caught)
    return [
        f"{HALL.titles[exhibit]}. {where} {told}",
        f"{HALL.checks[check]}{says} It catches {finds} of the 15 exhibits.",
    ]


def assert_panels(seen, exhibit):
    """A line for each number, its ends where the right value and the exhibit's stand on the scale of their array."""
    wide, lines, texts = (seen["width"] - 32) / 3, list(seen["lines"]), [tuple(one) for one in seen["texts"]]
    for k, name in enumerate(HALL.arrays):
        left, y = k % 3 * (wide + 16), k // 3 * 50
        shown = {words for x, at, words in texts if at == y + 13 and left - 1 <= x <= left + wide + 1}
        assert shown == {name, gap(HALL.apart[exhibit][k])}
        pairs = list(zip(HALL.right[k], HALL.wrong[exhibit][k], strict=True))
        far = max(abs(x) for pair in pairs for x in pair)
        own, lines = lines[: len(pairs)], lines[len(pairs) :]
        for (x1, y1, x2, y2, stroke), (right, wrong) in zip(own, pairs, strict=True):
            middle, half = left + wide / 2, wide / 2 - 2
            assert (x1, x2) == pytest.approx((middle + right / far * half, middle + wrong / far * half), abs=1e-6)
            assert (y1, y2) == (y + 20, y + 44)
            assert stroke == f"var(--{name[0] if name in ('x', 'h_0', 'c_0') else name[-1]})"
    assert not lines


def assert_shown(seen, exhibit, check):
    assert seen["say"] == wanted_words(exhibit, check)
    assert seen["lists"] == [wanted_lists(exhibit, check)[k] for k in (0, 1)]
    assert seen["heads"] == ["step", *HALL.messages]
    assert seen["trail"] == [[str(4 - s), *map(gap, gaps)] for s, gaps in enumerate(HALL.trail[exhibit])]
    first = parting(exhibit)
    assert seen["first"] == ([gap(HALL.trail[exhibit][4 - first[0]][first[1]])] if first else [])
    presets = {"start": START, **dict(HALL.presets)}
    assert seen["pressed"] == [k for k, one in presets.items() if one == dict(exhibit=exhibit, check=check)]
    off = [gap(one) for one in HALL.apart[exhibit]]
    spoken = [f"{k} {'is right' if x == '=' else f'is off by {x}'}" for k, x in zip(HALL.arrays, off, strict=True)]
    assert seen["label"] == f"Gradients of {HALL.exhibits[exhibit]} beside the right ones: {', '.join(spoken)}."
    assert_panels(seen, exhibit)
