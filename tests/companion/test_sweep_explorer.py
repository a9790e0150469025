"""The explorer of the sweep: its numbers by lstm, presets that keep their word."""

from itertools import pairwise

import numpy as np
import pytest
from traitlets import TraitError

from companion.explorers import SweepExplorer
from companion.explorers.sweep.explorer import MOST, PARAMETERS, PRESETS, START, T
from companion.shared.paper import on_paper
from lstm import bptt, cell_state, gradient, hidden_state


def drawn(rng):
    ranges = SweepExplorer.ranges()
    whole = {name: int(rng.integers(low, high + 1)) for name, (low, high) in ranges.items() if name[:2] in ("r_", "at")}
    return SweepExplorer(**{name: float(rng.uniform(*ends)) for name, ends in ranges.items()} | whole)


def preset(name):
    return SweepExplorer(**PRESETS[name])


def test_the_cell_runs_by_13_and_14_from_the_state_at_step_0():
    explorer = SweepExplorer(c_0=-1.5, f=0.7, i=0.9, g=-0.4, o=0.3, w_2g=3.0)
    params, trace = explorer.cell()
    assert (params.W_2g, trace.c_0, trace.h_0, len(trace.c)) == (3.0, -1.5, 0.0, T)
    for k, (before, now) in enumerate(pairwise([trace.c_0, *trace.c])):
        np.testing.assert_array_equal(now, cell_state(trace.f[k], before, trace.i[k], trace.g[k]))
    np.testing.assert_array_equal(trace.h, np.array(list(map(hidden_state, trace.o, trace.c))))
    assert {float(trace.f[0, 0]), float(trace.i[0, 0]), float(trace.g[0, 0]), float(trace.o[0, 0])} == {
        0.7,
        0.9,
        -0.4,
        0.3,
    }


def test_the_sweep_is_that_of_the_library():
    rng = np.random.default_rng(0)
    for _ in range(30):
        explorer = drawn(rng)
        params, trace = explorer.cell()
        swept, exact = explorer.sweep(), bptt.backward(params, trace, explorer.reads())
        total = gradient.totals(params, trace, explorer.reads())
        np.testing.assert_array_equal([swept.dl_dc, swept.dl_dh], [total.dl_dc[:, 0], total.dl_dh[:, 0]])
        sizes = np.abs(np.concatenate([*swept.b, *swept.w])).sum() + 1e-300
        assert abs(swept.to_c[0] - exact.c_0[0]) < 1e-12 * abs(swept.to_c[0]) + 1e-300
        assert abs(swept.to_h[0] - exact.h_0[0]) < 1e-12 * (4 * sizes)
        for name, shares in explorer.shares().items():
            wanted = getattr(exact.params, name.replace("w_", "W_"))
            assert abs(shares.sum() - wanted.item()) < 1e-12 * sizes, name


def test_what_is_collected_so_far_is_the_gradient_of_a_run_that_starts_there():
    explorer = SweepExplorer(w_2g=-3.0, r_2=1, r_4=1)
    params, trace = explorer.cell()
    for t in range(1, T + 1):
        rest = bptt.backward(params, bptt.segment(trace, t - 1, T), explorer.reads()[t - 1 :]).params
        for name, shares in explorer.shares().items():
            wanted = getattr(rest, name.replace("w_", "W_")).item()
            assert shares[t - 1 :].sum() == pytest.approx(wanted, rel=1e-12, abs=1e-15), (name, t)


def test_a_preset_is_a_complete_setting_whose_sweep_is_at_its_end():
    assert all(values.keys() == SweepExplorer.ranges().keys() for values in PRESETS.values())
    assert {values["at"] for values in PRESETS.values()} == {0}
    start = SweepExplorer()
    assert {name: getattr(start, name) for name in start.ranges()} == START
    assert (start.at, start.reads()[:, 0].tolist()) == (T, [0, 0, 0, 0, 0, 1])


def test_reading_every_step_adds_up_what_reading_each_alone_gives():
    every = preset("every step is read").shares()
    alone = [
        SweepExplorer(**START | {f"r_{s}": int(s == t) for s in range(1, T + 1)}).shares() for t in range(1, T + 1)
    ]
    for name in PARAMETERS:
        np.testing.assert_allclose(every[name], sum(one[name] for one in alone), rtol=1e-12, atol=1e-15)


def test_three_steps_by_hand_are_those_of_the_page():
    explorer, (unit, steps) = preset("three steps by hand"), on_paper(T=3)
    exact = bptt.backward(unit, steps, np.eye(3)[[2]].T).params
    for name, shares in explorer.shares().items():
        wanted = getattr(exact, name.replace("w_", "W_")).item()
        assert shares[:3].sum() == pytest.approx(wanted, rel=1e-12), name
        assert not shares[3:].any()


def test_in_a_short_memory_the_last_two_steps_give_most():
    explorer = preset("short memory")
    assert (explorer.f, explorer.most_from()) == (0.2, 5)
    assert SweepExplorer().most_from() == 1


def test_all_goes_through_h_where_the_forget_gate_is_0():
    explorer = preset("all through h")
    swept = explorer.sweep()
    assert explorer.f == 0
    assert not swept.to_c.any()
    assert swept.to_h.min() > 1  # as much as the loss read at step T, and more


def test_nothing_is_collected_where_the_output_gate_is_shut():
    explorer = preset("output gate shut")
    assert explorer.o == 0
    assert explorer.sweep().dl_dh[-1] == 1
    assert not any(shares.any() for shares in explorer.shares().values())
    assert (explorer.most_from(), explorer.cancels()) == (None, None)


def test_shares_cancel_to_less_than_a_thousandth_of_their_sizes():
    found = preset("shares cancel").cancels()
    assert (found.name, abs(found.sum) < found.sizes / 1000) == ("b_i", True)
    assert SweepExplorer().cancels() is None


def test_most_and_what_cancels_are_what_they_are_said_to_be():
    rng = np.random.default_rng(3)
    for _ in range(50):
        explorer = drawn(rng)
        sizes = {name: np.abs(shares) for name, shares in explorer.shares().items() if shares.any()}
        enough = [all(one[t - 1 :].sum() >= MOST * one.sum() for one in sizes.values()) for t in range(1, T + 1)]
        assert explorer.most_from() == (max(t for t in range(1, T + 1) if enough[t - 1]) if sizes else None)
        ratios = {name: abs(explorer.shares()[name].sum()) / one.sum() for name, one in sizes.items()}
        found = explorer.cancels()
        assert found is None or ratios[found.name] < min(ratios.values()) * (1 + 1e-8)
        assert found is not None or not ratios or min(ratios.values()) > 1 - 1e-8


@pytest.mark.parametrize(("name", "value"), [("at", 7), ("at", 1.5), ("r_3", 2), ("f", 1.1), ("c_0", -3.5)])
def test_a_bad_value_is_refused_and_named(name, value):
    with pytest.raises(TraitError, match=rf"^{name}: expected a (whole )?number in "):
        SweepExplorer(**{name: value})
