"""The figure of an audit shows the audit it was given."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text
from tests.drawn_twice import drawn_twice
from tests.lstm.test_batched import batch

from companion.pages.audit import figures
from companion.style.palette import LIGHT
from lstm.audit.report import audit

FOUND = audit(*batch(5, 2, 6, 12, 4, 3.0))


def words(figure):
    return "\n".join(text.get_text() for text in figure.findobj(Text))


def test_bars_and_points_are_the_numbers_of_the_audit():
    gates, half_lives, shares, norms = figures.audit(FOUND).axes
    ends = [bar.get_width() for bar in gates.patches]
    np.testing.assert_array_equal(np.reshape(ends, (3, 3))[:, 1:], FOUND.saturation[:3])
    dashes = [segment[0, 0] for lines in gates.collections for segment in lines.get_segments()]
    assert dashes == [0.1, 0.9] * 3
    np.testing.assert_array_equal(half_lives.lines[0].get_ydata(), FOUND.half_lives.of_mean)
    drawn = [segment[:, 1] for segment in half_lives.collections[0].get_segments()]
    np.testing.assert_array_equal(drawn, FOUND.half_lives.quartiles[::2].T)
    assert [bar.get_width() for bar in shares.patches] == list(FOUND.shares.pooled)
    np.testing.assert_array_equal(norms.lines[0].get_ydata(), FOUND.chain.true)
    np.testing.assert_array_equal(norms.lines[1].get_ydata(), FOUND.chain.direct)


def test_no_label_covers_the_end_of_a_bar():
    figure = figures.audit(FOUND)
    figure.draw_without_rendering()
    gates = figure.axes[0]
    labels = [text.get_window_extent() for text in gates.texts if "near" in text.get_text()]
    assert len(labels) == 3
    assert not any(label.overlaps(bar.get_window_extent()) for label in labels for bar in gates.patches)


def test_each_path_and_gate_has_its_name_and_its_colour():
    figure = figures.audit(FOUND)
    text = words(figure)
    for name in ["input gate $i$", "forget gate", "candidate", "local", "true chain", "product of $f$", "unit"]:
        assert name in text
    assert f"{FOUND.saturation.f.low:.0%} near 0, {FOUND.saturation.f.high:.0%} near 1" in text
    assert f"{FOUND.shares.pooled.direct:+.2f}" in text
    assert r"$\mathrm{d}c^{(12)}/\mathrm{d}c^{(1)}$" in text
    fills = [to_hex(bar.get_facecolor()) for bar in figure.axes[2].patches]
    assert fills == [LIGHT[k] for k in ("direct", "f", "i", "g", "o", "h")]


def test_an_endless_half_life_is_left_out_and_counted():
    of_mean, quartiles = FOUND.half_lives.of_mean.copy(), FOUND.half_lives.quartiles.copy()
    of_mean[1], quartiles[:, 1] = np.inf, np.inf
    half_lives = FOUND.half_lives._replace(of_mean=of_mean, quartiles=quartiles)
    figure = figures.audit(FOUND._replace(half_lives=half_lives))
    assert len(figure.axes[1].lines[0].get_ydata()) == len(of_mean) - 1
    assert "1 endless" in words(figure)
    assert "endless" not in words(figures.audit(FOUND))
    none_left = FOUND.half_lives._replace(of_mean=of_mean + np.inf)
    assert figures.audit(FOUND._replace(half_lives=none_left))._repr_png_()


def test_the_same_audit_gives_the_same_bytes_and_leaves_no_trace():
    one = drawn_twice(lambda: figures.audit(FOUND))
    assert figures.audit(FOUND._replace(span=(2, 12)))._repr_png_() != one


def test_only_an_audit_is_drawn():
    with pytest.raises(TypeError, match=r"^found: expected lstm.Audit, got tuple"):
        figures.audit(tuple(FOUND))
