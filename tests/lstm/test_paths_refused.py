"""What the functions of paths refuse, each by the name of the argument."""

import numpy as np
import pytest
from tests.lstm.test_paths import GATES, WEIGHTS, cell

from lstm import paths
from lstm.cell import run
from lstm.scalar import held_gates


def test_bad_input_is_named():
    p, trace, o_0 = cell(2, 3, 4, 5)
    other, _, _ = cell(2, 4, 4, 5)
    found = paths.contributions(p, trace, 1, 3)
    held, held_trace = held_gates(**GATES, **WEIGHTS, c_1=0.4, o_1=0.7, T=4)
    calls = [
        (ValueError, "t", lambda: paths.enumerate_paths(0, paths.MOST_STEPS + 1)),
        (ValueError, "detach", lambda: paths.count(1, 3, detach={3})),
        (TypeError, "detach", lambda: paths.count(1, 3, detach=1)),
        (ValueError, "t", lambda: paths.contributions(p, trace, 1, 5)),
        (ValueError, "trace", lambda: paths.contributions(other, trace, 1, 3)),
        (TypeError, "trace", lambda: paths.contributions(p, None, 1, 3)),
        (ValueError, "o_0", lambda: paths.contributions(p, trace, 0, 3)),
        (ValueError, "o_0", lambda: paths.contributions(p, trace, 1, 3, o_0=o_0)),
        (ValueError, "o_0", lambda: paths.contributions(p, trace, 0, 3, o_0=o_0 + 0.01)),
        (ValueError, "trace", lambda: paths.contributions(held, held_trace, 0, 3, detach={0})),
        (ValueError, "keep", lambda: paths.total(found, keep=1.1)),
        (ValueError, "by", lambda: paths.grouped(found, "size")),
        (ValueError, "T", lambda: paths.from_zero(run(p, trace.x[:1], trace.h_0, trace.c_0))),
        (ValueError, "o_0", lambda: paths.contributions(p, trace, 0, 3, o_0=o_0[:2])),
        (TypeError, r"contributions\.path", lambda: paths.total([found[0]._replace(path="direct")])),
        (ValueError, r"contributions\.value", lambda: paths.total([found[0], found[1]._replace(value=np.eye(2))])),
        (TypeError, r"contributions\.size", lambda: paths.total([found[0]._replace(size="large")])),
    ]
    for error, name, call in calls:
        with pytest.raises(error, match=f"^{name}: "):
            call()


def test_a_path_whose_edges_are_no_tuple_is_refused():
    p, trace, _ = cell(2, 3, 4, 5)
    one = paths.contributions(p, trace, 1, 3)[0]
    wrong = one._replace(path=one.path._replace(edges="direct"))
    with pytest.raises(TypeError, match=r"^contributions\.path\.edges: expected a tuple of names, got 'direct'$"):
        paths.total([wrong])


@pytest.mark.parametrize("add", [paths.total, lambda all_: paths.grouped(all_, "visits")])
def test_a_sum_that_overflows_is_refused(add):
    p, trace, _ = cell(2, 3, 4, 5)
    one = paths.contributions(p, trace, 1, 3)[0]
    with pytest.raises(ValueError, match=r"^contributions"):
        add([one._replace(value=np.full((3, 3), 1.7e308))] * 2)
