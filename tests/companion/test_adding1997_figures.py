"""The figures of the experiment of 1997 show the numbers they were given."""

import numpy as np
import pytest
from matplotlib.text import Text

from companion.pages.adding1997 import figures

RUNS = {"chrono": [np.array([0.2, 0.05, 0.01])], "uniform": [np.array([0.2, 0.2]), np.array([0.2, 0.19])]}
PUBLISHED = {100: 74_000, 1000: 853_000}
SOLVED = {"chrono": {100: np.array([20_000, 40_000]), 1000: np.array([90_000])}}
BUDGETS = {"uniform": {100: (5, 200_000)}}


def words(figure):
    return "\n".join(text.get_text() for text in figure.findobj(Text))


def test_a_line_is_a_run_and_the_two_levels_are_named():
    figure = figures.curves(2000, RUNS, chance=0.2, correct=0.04)
    lines = [line for line in figure.axes[0].lines if len(line.get_xdata()) > 1 and line.get_xdata()[0] == 2000]
    np.testing.assert_array_equal(lines[0].get_xydata(), [[2000, 0.2], [4000, 0.05], [6000, 0.01]])
    assert len(lines) == 3
    assert len({line.get_linestyle() for line in lines}) == 2
    for word in ["chrono", "uniform", "predicting the mean", "correct"]:
        assert word in words(figure)


def test_a_mark_is_a_run_that_solved_and_an_arrow_counts_those_that_did_not():
    figure = figures.to_solve(PUBLISHED, SOLVED, BUDGETS)
    heights = [list(line.get_ydata()) for line in figure.axes[0].lines if len(line.get_ydata())]
    assert heights == [[20_000, 40_000], [90_000], [200_000], [74_000, 853_000]]
    for word in ["5", "1997, mean of 10 trials", "ours, chrono", "ours, uniform", "1,000"]:
        assert word in words(figure)


def test_the_same_arrays_give_the_same_bytes():
    one, two = (figures.to_solve(PUBLISHED, SOLVED, BUDGETS)._repr_png_() for _ in range(2))
    assert one == two


def test_an_unknown_initialisation_and_a_wrong_shape_are_refused():
    with pytest.raises(ValueError, match="runs: expected one of"):
        figures.curves(2000, {"orthogonal": []}, chance=0.2, correct=0.04)
    with pytest.raises(ValueError, match="runs"):
        figures.curves(2000, {"chrono": [np.zeros((2, 2))]}, chance=0.2, correct=0.04)
    with pytest.raises(ValueError, match="solved"):
        figures.to_solve(PUBLISHED, {"chrono": {100: np.array([np.nan])}}, {})


def test_the_record_is_sorted_into_runs_that_solved_and_runs_that_did_not():
    runs = [("chrono", True, 20, [0.1, 0.01]), ("chrono", False, 99, [0.2]), ("chrono", False, 99, [0.3])]
    record = {"runs": [{"T": 100, "init": i, "solved": s, "sequences": n, "curve": c} for i, s, n, c in runs]}
    record["runs"] += [
        record["runs"][0] | {"T": 500, "sequences": 30},
        record["runs"][0] | {"init": "chrono, b_f only"},
    ]
    found = figures.solved_of(record)
    assert {T: list(counts) for T, counts in found["solved"]["chrono"].items()} == {100: [20], 500: [30]}
    assert found["budgets"] == {"chrono": {100: (2, 99)}}
    curves = figures.curves_of(record, 100)
    assert [list(line) for line in curves["chrono"]] == [[0.1, 0.01], [0.2], [0.3]]
    assert list(curves) == list(found["solved"]) == ["chrono"]
