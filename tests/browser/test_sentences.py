"""What stands below the sentences of an explorer stays where it is while they take now fewer and now more lines."""

from tests.browser.readouts import mount

from companion.explorers import RNNExplorer

KEPT = "node.style.minHeight = `${node.offsetHeight}px`;"
PLACES = """(group) => [group.querySelector(".columns").getBoundingClientRect().top,
  Math.max(...[...group.querySelectorAll(".say p")].map((one) => one.getBoundingClientRect().bottom))]"""
FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 20))))"


def places(page, code=None):
    """Where the controls begin and where the sentences end, for each of 17 weights w_2, as sets of pixels."""
    group = mount(page, RNNExplorer(), code, width=700)
    slider, found = group.get_by_role("slider").first, []
    low, high = (float(slider.get_attribute(name)) for name in ("min", "max"))
    for k in range(17):
        slider.fill(f"{low + (high - low) * k / 16:.2f}")
        page.evaluate(FRAMES)
        found.append(group.evaluate(PLACES))
    return [set(column) for column in zip(*found, strict=True)]


def test_the_controls_stay_where_they_are_when_the_sentences_grow_shorter(page):
    tops, ends = places(page)
    assert len(ends) == 2
    assert len(tops) == 1


def test_without_the_place_that_is_kept_the_controls_would_move(page):
    code = str(RNNExplorer()._esm)
    assert code.count(KEPT) == 1
    tops, ends = places(page, code.replace(KEPT, ""))
    assert len(tops) == len(ends) == 2
