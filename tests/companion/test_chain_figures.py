"""The figure of the page on many steps shows the explorer's numbers."""

import numpy as np
import pytest

from companion.explorers import ChainExplorer
from companion.pages.chain import figures


def test_curves_and_bars_are_the_explorers_numbers_and_the_marks_stand_at_their_steps():
    explorer = ChainExplorer()
    far, parts = explorer.chains(), explorer.split()
    figure = figures.parting(far._asdict(), parts._asdict(), explorer.t, {"f is off": 18})
    top, bottom = figure.axes
    drawn = [line.get_ydata() for line in top.lines if line.get_linestyle() != "None"]
    for wanted in (far.product_of_f, far.product_of_jacobians, far.chain):
        assert any(len(one) == len(wanted) and np.array_equal(one, wanted) for one in drawn)
    assert {18, explorer.t} <= {line.get_xdata()[0] for line in top.lines if len(line.get_xdata()) == 2}
    assert [bar.get_width() for bar in bottom.patches] == pytest.approx([*parts, far.chain[explorer.t - 1]])
    starts = [0.0, *np.cumsum(parts)[:-1], 0.0]
    assert [bar.get_x() for bar in bottom.patches] == pytest.approx(starts, abs=1e-15)


def test_parts_of_other_names_are_refused():
    far = ChainExplorer().chains()._asdict()
    with pytest.raises(ValueError, match=r"^parts: expected direct, forget, input, candidate, output, got direct$"):
        figures.parting(far, {"direct": 1.0}, 3, {})
