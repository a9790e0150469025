"""The explorer of the recurrences: its numbers are those of lstm.recurrences, its presets keep their word."""

from functools import cache

import numpy as np
import pytest
from traitlets import TraitError

from companion.explorers import RecurrenceExplorer
from companion.explorers.recurrences.explorer import CELLS, PRESETS, SCALES
from companion.pages.recurrences import families as study
from companion.pages.recurrences import figures
from lstm import analytic, recurrences, variants
from lstm.recurrences import LSTM_CELL

KINDS = (LSTM_CELL, *recurrences.CELLS.values())


@cache
def small():
    return study.families(draws=3, steps=6)


@pytest.mark.parametrize("cell", KINDS, ids=lambda cell: cell.name)
def test_norms_and_misses_are_those_of_the_complex_step(cell):
    draws = [study.draw(cell, seed, normal=True, steps=6) for seed in range(3)]
    found, k, norms, off = study.shown(cell, draws), cell.memory(study.N), [], []
    for params, x in draws:
        trace, one = recurrences.run(cell, params, x), recurrences.variant(cell)
        true = analytic.complex_step(
            lambda c, one=one, params=params, trace=trace: variants.follow(one, params, trace, 2, c)[0][-1], trace.c[1]
        )[:k, :k]
        norms.append(np.linalg.norm(true, 2))
        off.append(recurrences.miss(cell, params, trace))
    assert found.true_curve[:, 1] == pytest.approx(np.quantile(np.log10(norms), [0.25, 0.5, 0.75]), abs=1e-10)
    np.testing.assert_allclose(found.off, off, rtol=1e-9, atol=1e-13)
    assert found.true_curve.shape == found.direct_curve.shape == (3, 6)
    np.testing.assert_array_equal(found.true_curve[:, -1], 0)


def test_the_size_of_an_edge_is_the_norm_of_how_one_end_follows_the_other():
    params, x = study.draw(LSTM_CELL, 1, normal=True, steps=4)
    trace = recurrences.run(LSTM_CELL, params, x)
    found = study.edges(LSTM_CELL, params, trace, 3)
    before = trace.h[1], trace.c[1]

    def after(name, h):  # c^(3) where one gate alone reads h
        rest = params._replace(**{k: np.zeros((3, 3)) for k in params._fields if k[:3] == "W_2" and k[3] != name})
        back = {
            f"b_{k}": getattr(params, f"b_{k}") + getattr(params, f"W_2{k}") @ before[0] for k in "ifog" if k != name
        }
        return LSTM_CELL.step(rest._replace(**back), x[2], h, before[1])

    for edge, name in {"forget": "f", "input": "i", "candidate": "g"}.items():
        slope = analytic.complex_step(lambda h, name=name: after(name, h).c, before[0])
        assert found[edge] == pytest.approx(np.linalg.norm(slope, 2), rel=1e-12)
    assert found["direct"] == pytest.approx(trace.steps[2].f.max(), rel=1e-12)
    D = analytic.complex_step(lambda c: trace.steps[1].o * np.tanh(c), before[1])
    assert found["D"] == pytest.approx(np.linalg.norm(D, 2), rel=1e-12)


def test_a_factor_of_zero_makes_the_product_the_chain_in_all_that_read_h():
    for cell in KINDS:
        family = study.family(cell, draws=2, steps=5)
        reads = [name for name in cell.shapes(1, 1) if name.startswith("W_2")]
        for way in family.settings:
            assert len(way) == (len(SCALES) if reads else 1)
            assert way[0].off.max() < 1e-13
            assert len(way) == 1 or min(one.off.min() for one in way[1:]) > 1e-3


def test_presets_keep_their_word():
    shown = {}
    for name, setting in PRESETS.items():
        explorer = RecurrenceExplorer(small(), **setting)
        assert set(setting) == set(RecurrenceExplorer.ranges())
        shown[name] = explorer.shown()
    cut, back, nowhere, matrices = shown.values()
    assert (cut["name"], cut["off"]) == ("LSTM", None)
    assert not any(cut["sizes"][path] for path, *_ in cut["ends"])
    assert [start for _, start, _ in back["ends"]].count("h") == 4
    assert nowhere["ends"] == [["output", "c", "h"]]
    assert nowhere["sizes"]["D"] == 0
    assert nowhere["off"] is None
    assert matrices["name"] == "DeltaNet"
    assert not next(cell for cell in KINDS if cell.name == "DeltaNet").diagonal


def test_bad_families_and_values_are_refused_in_words():
    with pytest.raises(ValueError, match=rf"^families: expected {CELLS} of them, got 2$"):
        RecurrenceExplorer(small()[:2])
    short = [one._replace(settings=one.settings[:1]) for one in small()]
    with pytest.raises(ValueError, match=r"^families\[0\]\.settings: expected 2 lists of 1 or of 5$"):
        RecurrenceExplorer(short)
    tiny = small()[0].settings[0][0]
    tiny = tiny._replace(true_curve=tiny.true_curve - 40)
    with pytest.raises(ValueError, match=r"^families\[3\]\.settings: expected norms of at least 10 \*\* -30, got 10"):
        RecurrenceExplorer(
            [one._replace(settings=[[tiny], [tiny]]) if k == 3 else one for k, one in enumerate(small())]
        )
    with pytest.raises(TypeError, match=r"^families\[1\]: expected"):
        RecurrenceExplorer([small()[0], "x", *small()[2:]])
    explorer = RecurrenceExplorer(small())
    with pytest.raises(TraitError, match=r"^cell: expected a whole number in \[0, 13\], got 14$"):
        explorer.cell = 14
    with pytest.raises(TraitError, match=r"^data: it is computed once"):
        explorer.data = "[]"


def test_the_figure_has_a_disc_and_a_diamond_for_each_cell():
    figure = figures.pairs({"a": (0.1, 0.2), "b": (0.5, 0.5)})
    (axes,) = figure.axes
    diamonds, discs = axes.lines
    np.testing.assert_array_equal(discs.get_xdata(), [0.1, 0.5])
    np.testing.assert_array_equal(diamonds.get_xdata(), [0.2, 0.5])
    assert [label.get_text() for label in axes.get_yticklabels()] == ["a", "b"]
    figure.draw_without_rendering()
    legend, plot = axes.get_legend().get_window_extent(), axes.get_window_extent()
    assert legend.y0 >= plot.y1 - 1, "the legend covers no norm"
    assert legend.x1 <= figure.bbox.x1
    assert legend.y1 <= figure.bbox.y1
    with pytest.raises(ValueError, match=r"^chains\['a'\]: expected shape \(2,\)"):
        figures.pairs({"a": (0.1,)})
