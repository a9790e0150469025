"""The figure of an audit's findings: each has its row, and no label covers another, whatever was found."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.text import Text
from tests.drawn_twice import drawn_twice
from tests.lstm.test_findings_stored import ADDING, told

from companion.pages.audit import told as drawing
from lstm import audit, findings, init_params
from lstm.audit.finding import LEVELS, NOTHING, WORDS, Finding, Findings
from lstm.audit.say import GATES

FOUND = findings(audit(init_params(2, 6, rng=np.random.default_rng(0)), np.ones((60, 8, 2))))
STUCK = [f"{name} always {word}" for name in GATES.values() for word in ("open", "closed")]
OF_UNITS = [*STUCK, "hardly written", "never read", "memory mostly large", "few units carry the past"]


def of_size(n, which):
    """Findings about n units: `which` of the names that there are, the last levels too."""
    past = np.full(n, 1 / n)
    units = FOUND.audit.units._replace(past=past)
    every = [*drawing.VALUES, *OF_UNITS][which]
    units_of = {name: tuple(range(1, n + 1)) for name in OF_UNITS}
    one = [
        Finding(name, units_of.get(name, ()), 0.123456 - k, LEVELS[k % 3], "says", "means", "states")
        for k, name in enumerate(every)
    ]
    return Findings(tuple(one), FOUND.audit._replace(units=units))


def labels(figure):
    figure.draw_without_rendering()
    texts = [one for one in figure.findobj(Text) if one.get_text() and one.get_visible()]
    return {one.get_text() + f" at {one.get_position()}": one.get_window_extent() for one in texts}


@pytest.mark.parametrize("n", [1, 2, 16, 128, 1024])
@pytest.mark.parametrize("which", [slice(0, 1), slice(0, 2), slice(14, 18), slice(9, None), slice(None), slice(0, 0)])
def test_no_label_covers_another_or_leaves_the_figure(n, which):
    figure = drawing.findings(of_size(n, which))
    found, whole = labels(figure), figure.bbox
    for (one, a), (other, b) in combinations(found.items(), 2):
        assert not a.overlaps(b), (one, other)
    for name, box in found.items():
        assert (box.min >= whole.min).all(), name
        assert (box.max <= whole.max).all(), name
    (axes,) = figure.axes
    for line in axes.lines:
        if line.get_marker() == "o":
            size = line.get_markersize() * figure.dpi / 72 / 2
            dots = axes.transData.transform(line.get_xydata())
            for name, box in found.items():
                apart = np.maximum([box.x0, box.y0] - dots, dots - [box.x1, box.y1]).max(axis=1)
                assert (apart > size).all(), name


def test_the_measure_of_this_test_sees_a_label_that_covers_another():
    figure = drawing.findings(of_size(6, slice(0, 2)))
    first, second = figure.axes[0].texts[:2]
    second.set_position(first.get_position())
    a, b = list(labels(figure).values())[:2]
    assert a.overlaps(b)


def test_each_finding_has_its_name_its_level_and_its_units_or_its_number():
    _, found = told(ADDING["chrono, seed 3"])
    given = Findings(
        tuple(found.values()), FOUND.audit._replace(units=FOUND.audit.units._replace(past=np.ones(16) / 16))
    )
    figure = drawing.findings(given)
    texts = [text.get_text() for text in figure.axes[0].texts]
    dots = {len(line.get_xdata()) for line in figure.axes[0].lines if line.get_marker() == "o"}
    for one in given.findings:
        assert one.name in texts
        assert WORDS[one.level] in texts
        assert len(one.units) in dots or not one.units
        assert f"{len(one.units)}/16" in texts or not one.units
    vanishes = drawing.findings(FOUND._replace(findings=(of_size(6, slice(0, 1)).findings[0],)))
    assert "factor 0.12 a step" in [text.get_text() for text in vanishes.axes[0].texts]


def test_every_name_that_the_library_tells_of_the_layer_has_its_words():
    names = {one.name for one in FOUND.findings if not one.units}
    names |= {
        name
        for net in ADDING.values()
        if hasattr(net.layer, "W_1i")
        for name, one in told(net)[1].items()
        if not one.units
    }
    assert names
    assert names <= set(drawing.VALUES)


def test_nothing_found_is_said_and_only_findings_are_drawn():
    figure = drawing.findings(FOUND._replace(findings=()))
    assert [text.get_text() for text in figure.axes[0].texts] == [NOTHING]
    with pytest.raises(TypeError, match=r"^told: expected lstm\.\w*\.?\w*\.?Findings, got tuple"):
        drawing.findings(tuple(FOUND))


def test_the_same_findings_give_the_same_bytes():
    drawn_twice(lambda: drawing.findings(FOUND))
