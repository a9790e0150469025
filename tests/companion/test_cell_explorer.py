"""What the explorer of the cell is given: on random runs its numbers are those of lstm, and its sentences use them."""

import re

import numpy as np
import pytest

from companion.explorers import CellExplorer
from companion.explorers.cell import numbers, pieces
from companion.explorers.cell.explorer import WAYS
from lstm import equations, gradient, init_params, run

TERMS = ("direct", "forget", "input", "candidate", "output", "local")


def drawn(rng, T=6):
    m, n = rng.integers(1, 4, 2)
    params = init_params(int(m), int(n), rng=rng)
    return params, run(params, rng.normal(size=(T, m)), *rng.normal(size=(2, n)) / 2), rng.normal(size=(T, n))


complex_act = dict.fromkeys("fio", lambda z: 1 / (1 + np.exp(-z))) | {"g": np.tanh}


def assert_numbers_are_the_librarys(runs):
    for params, trace, reads in runs:
        found = numbers.forward(params, trace) | numbers.backward(params, trace, reads)
        total = gradient.totals(params, trace, reads)
        first = "x" if trace.x.shape[1] == 1 else "x_1"
        assert (found[first] == trace.x[:, :1]).all()
        assert {series.shape for series in found.values()} == {trace.c.shape}
        for k in range(1, len(trace.x)):
            six = gradient.terms(params, trace, k + 1, total, reads)
            delta = gradient.deltas(trace, k + 1, total.dl_dc[k], total.dl_dh[k])
            h, c, D, D_prev = trace.h[k], trace.c[k], *(gradient.output_slope(trace, t) for t in (k + 1, k))
            (dl_dc_prev, dl_dc), (dl_dh_prev, dl_dh) = total.dl_dc[k - 1 : k + 1], total.dl_dh[k - 1 : k + 1]
            wanted = {name: getattr(six, name) for name in TERMS}
            wanted |= {f"delta_{gate}": getattr(delta, gate) for gate in "fiog"}
            wanted |= {"c": c, "h": h, "c_prev": trace.c[k - 1], "h_prev": trace.h[k - 1], "squashed": np.tanh(c)}
            wanted |= {"dl_dc": dl_dc, "dl_dh": dl_dh, "before": dl_dc_prev, "dl_dh_before": dl_dh_prev}
            wanted |= {"D": D, "D_prev": D_prev, "through_h": D * dl_dh, "through_before": D_prev * dl_dh_prev}
            wanted |= {"read": reads[k], "read_prev": reads[k - 1], "beyond": dl_dc - D * dl_dh}
            wanted |= {"kept": trace.f[k] * trace.c[k - 1], "written": trace.i[k] * trace.g[k]}
            for gate in "figo":
                act = np.tanh if gate == "g" else equations.sigmoid
                z = found[f"z_{gate}"][k]
                wanted |= {gate: act(z), f"b_{gate}": getattr(params, f"b_{gate}")}
                wanted[f"z_{gate}"] = sum(found[f"{part}_{gate}"][k] for part in "xhb")
                wanted[f"x_{gate}"] = getattr(params, f"W_1{gate}") @ trace.x[k]
                wanted[f"sent_{gate}"] = getattr(params, f"W_2{gate}").T @ getattr(delta, gate)
                slope, z = found[f"slope_{gate}"][k], z + 1e-30j  # by the complex step
                np.testing.assert_allclose(slope, complex_act[gate](z).imag / 1e-30, rtol=1e-12, err_msg=gate)
            np.testing.assert_allclose(sum(found[f"sent_{gate}"][k] for gate in "figo") + reads[k - 1], dl_dh_prev)
            for name, value in wanted.items():
                np.testing.assert_allclose(found[name][k], value, rtol=1e-9, atol=1e-12, err_msg=name)


def test_the_numbers_of_a_hundred_random_cells_are_those_of_the_library():
    rng = np.random.default_rng(9)
    assert_numbers_are_the_librarys(drawn(rng) for _ in range(100))


WRONG = {
    "a step that is not the one before": ("before", lambda first, series: series),
    "terms of two gates exchanged": ("ROLES", {"f": "input", "i": "forget", "g": "candidate", "o": "output"}),
    "a gate left out": ("GATES", ("f", "i", "g")),
}


@pytest.mark.parametrize("how", WRONG)
def test_a_wrong_number_is_noticed(how, monkeypatch):
    monkeypatch.setattr(numbers, *WRONG[how])
    with pytest.raises((AssertionError, KeyError)):
        assert_numbers_are_the_librarys([drawn(np.random.default_rng(9))])


def test_a_sentence_uses_only_numbers_that_the_run_has_and_each_number_is_used():
    params, trace, reads = drawn(np.random.default_rng(1))
    found = set(numbers.forward(params, trace) | numbers.backward(params, trace, reads))
    parts = [*pieces.forward(), *pieces.backward()]
    used = {part.name for part in parts}.union(*(re.findall(r"\{(\w+)\}", part.how) for part in parts))
    assert used - {"x", "x_1"} == found - {"x", "x_1"}


def test_each_part_stands_in_the_drawing_and_has_its_line_of_code():
    for way in WAYS.values():
        for part in way["pieces"]:
            assert part["wires"] or part["box"], part["name"]
            assert all(0 < x < 5.6 and 0 < y < 3.95 for points, *_ in part["wires"] for x, y in points)
    code = {part["name"]: part["code"] for way in WAYS.values() for part in way["pieces"]}
    assert code["sent_f"] == "forget=D_prev * (p.W_2f.mT @ d.f)"
    assert code["f"] == "f=sigmoid(p.W_1f @ x + p.W_2f @ h_prev + p.b_f)"


def test_six_digits_are_stored_unit_by_unit():
    params, trace, reads = drawn(np.random.default_rng(2), T=5)
    explorer = CellExplorer(params, trace.x, reads, h_0=trace.h_0, c_0=trace.c_0)
    assert {(len(series), len(series[0])) for series in explorer.shown.values()} == {trace.c.T.shape}
    np.testing.assert_allclose(explorer.shown["c"], trace.c.T, rtol=5e-6)
    assert all(len(f"{x:.12g}".split("e")[0].strip("-0.").replace(".", "")) <= 6 for x in np.ravel(explorer.shown["c"]))


def test_a_run_that_is_too_long_is_refused():
    params = init_params(1, 1, rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match="at most 400 steps and 64 units, got 401 and 1"):
        CellExplorer(params, np.zeros((401, 1)))
