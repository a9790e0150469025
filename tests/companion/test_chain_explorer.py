"""The explorer of the chain: its truth by lstm, its paths by enumeration, presets that keep their word."""

from itertools import pairwise

import numpy as np
import pytest
from traitlets import TraitError

from companion.explorers import ChainExplorer
from companion.explorers.chain import explorer as module
from companion.explorers.chain.explorer import PRESETS, TENTH, T
from lstm import cell_state, gradient, hidden_state, paths


def drawn(rng):
    ranges = ChainExplorer.ranges()
    whole = {name: int(rng.integers(ranges[name][0], ranges[name][1] + 1)) for name in ("t", "switch")}
    return ChainExplorer(**{name: float(rng.uniform(*ends)) for name, ends in ranges.items()} | whole)


def errors(explorer):
    far = explorer.chains()
    return [np.abs(p / far.chain - 1) for p in (far.product_of_f, far.product_of_jacobians)]


def test_the_cell_runs_by_13_and_14_and_its_gates_change_after_the_switch():
    explorer = ChainExplorer(switch=7, f=0.3, f_2=0.6, o=0.2, o_2=0.7, scale=0.5, w_2g=3.0)
    params, trace = explorer.cell()
    assert trace.f[:, 0].tolist() == [0.3] * 7 + [0.6] * 23
    assert trace.o[:, 0].tolist() == [0.2] * 7 + [0.7] * 23
    assert params.W_2g == 1.5
    for k, (before, now) in enumerate(pairwise(trace.c)):
        np.testing.assert_array_equal(now, cell_state(trace.f[k + 1], before, trace.i[k + 1], trace.g[k + 1]))
    np.testing.assert_array_equal(trace.h, np.array(list(map(hidden_state, trace.o, trace.c))))
    assert len(ChainExplorer(switch=T).cell()[1].c) == T


def test_the_three_products_are_those_of_the_gradient_module():
    explorer = drawn(np.random.default_rng(0))
    params, trace = explorer.cell()
    far = explorer.chains()
    for s in (1, 11, 29):
        wanted = gradient.chain(params, trace, s, T), gradient.product_of_jacobians(params, trace, s, T)
        np.testing.assert_allclose([far.chain[s - 1], far.product_of_jacobians[s - 1]], np.ravel(wanted), rtol=1e-9)


def test_the_parts_add_up_to_the_product_of_f_to_that_of_J_and_to_the_truth():
    rng = np.random.default_rng(1)
    for _ in range(50):
        explorer = drawn(rng)
        far, k = explorer.chains(), explorer.t - 1
        sums = np.cumsum(explorer.split())
        scale = np.abs(explorer.split()).sum()
        wanted = far.product_of_f[k], far.product_of_jacobians[k], far.chain[k]
        assert np.abs(sums[[0, 3, 4]] - wanted).max() < 1e-9 * scale


def test_each_part_is_the_sum_of_the_paths_that_it_names():
    explorer = ChainExplorer(t=T - 5, switch=T - 3, o_2=0.6, w_2o=2.0, w_2f=-1.5, g_2=-0.4)
    wanted = dict.fromkeys(explorer.split()._fields, 0.0)
    for one in paths.contributions(*explorer.cell(), explorer.t, T):
        gates = [edge for edge in one.path.edges if edge not in ("direct", "D")]
        name = "output" if "output" in gates else gates[0] if gates else "direct"
        wanted[name] += one.value[0, 0]
    assert min(map(abs, wanted.values())) > 1e-4
    assert explorer.split()._asdict() == pytest.approx(wanted, rel=1e-12)


def test_where_a_product_parts_is_the_first_step_back_that_is_off_by_more_than_a_tenth():
    explorer = ChainExplorer(**PRESETS["the lost paths matter"])
    for error, step in zip(errors(explorer), explorer.parts_at(), strict=True):
        assert error[step - 1] > TENTH
        assert error[step:].max() <= TENTH


def test_a_preset_is_a_complete_setting_and_the_first_is_the_start():
    assert all(values.keys() == ChainExplorer.ranges().keys() for values in PRESETS.values())
    start = ChainExplorer()
    assert {name: getattr(start, name) for name in start.ranges()} == next(iter(PRESETS.values())) == module.START


def test_the_product_of_f_is_right_while_the_output_gate_is_shut_and_no_longer():
    explorer = ChainExplorer(**PRESETS["right while the output gate is shut"])
    of_f, _ = errors(explorer)
    trace = explorer.cell()[1]
    shut = np.flatnonzero(trace.o[:, 0] < 0.05)
    assert shut.tolist() == list(range(explorer.switch, T))
    assert of_f[shut].max() <= TENTH
    assert explorer.parts_at()[0] == explorer.switch
    assert of_f[: explorer.switch].min() > TENTH


def test_the_product_of_f_is_right_at_every_step():
    explorer = ChainExplorer(**PRESETS["product of f is right"])
    assert errors(explorer)[0].max() <= TENTH
    assert explorer.parts_at()[0] is None


def test_the_product_of_J_is_enough_where_that_of_f_is_not():
    of_f, of_J = errors(ChainExplorer(**PRESETS["product of J is enough"]))
    assert of_J.max() < 1e-12
    assert of_f[: T - 1].min() > TENTH


def test_the_lost_paths_are_more_than_half_of_the_truth():
    explorer = ChainExplorer(**PRESETS["the lost paths matter"])
    parts = explorer.split()
    assert parts.output > sum(parts) / 2
    assert explorer.parts_at()[1] is not None


def test_the_signs_of_the_product_of_f_and_of_the_truth_differ():
    explorer = ChainExplorer(**PRESETS["signs differ"])
    far, k = explorer.chains(), explorer.t - 1
    assert far.product_of_f[k] > 0 > far.chain[k]


@pytest.mark.parametrize(("name", "value"), [("t", 30), ("t", 2.5), ("switch", 1), ("scale", -0.1), ("o_2", 1.5)])
def test_a_bad_value_is_refused_and_named(name, value):
    with pytest.raises(TraitError, match=rf"^{name}: expected a (whole )?number in "):
        ChainExplorer(**{name: value})
