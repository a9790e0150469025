"""What is asked of every figure: the same arrays give the same bytes, and matplotlib's settings stay as they were."""

import matplotlib as mpl


def drawn_twice(draw):
    """The bytes of the figure that `draw()` returns. Raises AssertionError where a second one differs, or a setting."""
    before = dict(mpl.rcParams)
    one, two = draw()._repr_png_(), draw()._repr_png_()
    assert one == two, "the same figure, drawn twice, has other bytes"
    assert dict(mpl.rcParams) == before, "drawing changed matplotlib's settings"
    return one
