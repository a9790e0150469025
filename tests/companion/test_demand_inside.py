"""What goes into the trained cells of the page on the demand and what comes out of them, on cells set by hand."""

import numpy as np
import pytest

from companion.pages.demand import cells, inside
from companion.shared import coins
from lstm.training import models


def test_least_squares_explains_what_is_linear_in_the_states_and_nothing_of_what_is_not():
    values, rng = np.random.default_rng(0).normal(size=(4000, 3)), np.random.default_rng(1)
    assert inside.explained(values, values @ [1, -2, 0.5] + 3) == pytest.approx(1)
    assert inside.explained(values, rng.normal(size=4000)) < 0.01
    assert inside.explained(values, values[:, 0] + rng.normal(size=4000)) == pytest.approx(0.5, abs=0.05)


def one_cell(gates, W=1.0):
    return models.Model(cells.by_hand(gates), np.array([[W]]), np.zeros(1))


def with_bell(batch):
    """A batch of two inputs with a third: no bell."""
    return batch._replace(x=np.concatenate([batch.x, np.zeros((*batch.x.shape[:2], 1))], axis=-1))


def test_a_cell_that_writes_at_the_mark_alone_holds_the_coin_and_one_that_writes_all_holds_a_vote():
    batch = with_bell(next(coins.keep(30, 4000, rng=np.random.default_rng(0))))
    alone, all_coins = (inside.coin(one_cell(gates), batch) for gates in ("io", ""))
    for name in ("in $c$", "in $h$", "size $s$", "$i$ at mark"):
        assert alone[name] == pytest.approx(1)
    assert (alone["$i$ later"], all_coins["$i$ later"]) == (pytest.approx(0, abs=1e-8), 1)
    assert (alone["one step"], all_coins["one step"]) == (pytest.approx(0, abs=1e-8), pytest.approx(1))
    assert all_coins["in $c$"] == pytest.approx(1 / 30, abs=0.02)
    assert all_coins["in $h$"] < all_coins["in $\\tanh(c/s)$"] < all_coins["in $c$"] + 0.01


def fed_back(weight):
    """The cell that holds the coin, with g reading its own h by this weight, and g small enough to be nearly linear."""
    layer = cells.by_hand("")._replace(W_1g=np.array([[0.0, 0.01, 0.0]]), W_2g=np.array([[weight]]))
    return models.Model(layer, np.ones((1, 1)), np.zeros(1))


def test_writes_of_one_sign_add_up_and_coins_cancel():
    batch = with_bell(next(coins.keep(60, 500, rng=np.random.default_rng(0))))
    walks, drifts = inside.drift(one_cell(""), batch), inside.drift(fed_back(0.5), batch)
    assert walks["of one sign"] < 0.2
    assert walks["size"] == walks["without $W_{2g}$"] < 12
    assert drifts["of one sign"] == pytest.approx(1)
    assert drifts["size"] > 10
    assert drifts["without $W_{2g}$"] == pytest.approx(0.01, rel=0.01)
    assert drifts["$|h|$, step 10"] == pytest.approx(0.01 * 1.5**9, rel=0.1)


def test_a_coin_that_is_held_is_followed_alike_at_all_steps_and_one_that_is_fed_back_more_and_more():
    batch = with_bell(next(coins.keep(60, 500, rng=np.random.default_rng(0))))
    held = inside.followed(one_cell("io"), batch)
    assert [held[f"step {t}"] for t in (1, 20, 60)] == pytest.approx([1, 1, 1])
    assert held["told"] == held["told without $W_{2g}$"] == 1
    layer = fed_back(0.1).layer._replace(W_1g=np.array([[0.01, 0.0, 0.0]]))
    grown = inside.followed(fed_back(0.1)._replace(layer=layer), batch)
    assert grown["step 1"] == pytest.approx(0.01, rel=0.01)
    assert grown["step 20"] == pytest.approx(0.01 * 1.1**19, rel=0.3)
    assert grown["step 60"] > 30 * grown["step 1"]


def test_the_unit_that_answers_is_the_one_with_the_largest_part_at_the_question():
    batch = next(coins.recall(20, 50, rng=np.random.default_rng(0)))
    door, shut = cells.by_hand("io"), -20.0
    twice = {name: np.repeat(a, 2, axis=0) for name, a in door._asdict().items()}
    twice |= {name: np.zeros((2, 2)) for name in twice if name.startswith("W_2")}
    twice |= {"W_1o": np.array([[0, 0, 40.0], [0, 0, 0]]), "b_o": np.array([shut, 0.0])}
    found = inside.answering(models.Model(type(door)(**twice), np.array([[0.9, 1.0]]), np.zeros(1)), batch)
    assert found["part before"] == pytest.approx(0, abs=1e-6)
    assert found["part when asked"] == pytest.approx(0.9 * np.tanh(1))
    assert (found["$o$ before"], found["$o$ when asked"]) == (pytest.approx(0, abs=1e-6), pytest.approx(1))


def test_parts_that_cancel_are_counted_one_by_one_and_the_output_as_their_sum():
    batch = next(coins.recall(20, 50, rng=np.random.default_rng(0)))
    one = cells.by_hand("io")
    twice = {name: np.repeat(a, 2, axis=0) for name, a in one._asdict().items()}
    twice |= {name: np.zeros((2, 2)) for name in twice if name.startswith("W_2")}
    found = inside.parts(models.Model(type(one)(**twice), np.array([[1.0, -1.0]]), np.full(1, -0.3)), batch)
    assert found["sizes of the parts"] == pytest.approx(2 * np.tanh(1))
    assert found["size of their sum"] == pytest.approx(0)
    assert found["constant"] == pytest.approx(0.3)
    assert found["size of the output"] == pytest.approx(0.3)
    assert found["$o$ before"] == found["$o$ when asked"] == pytest.approx(1)


@pytest.mark.parametrize(("gates", "kept"), [("io", 1), ("ifo", 0)])
def test_a_bell_leaves_a_state_as_it_is_or_nothing_of_it(gates, kept):
    tossed = next(coins.count(200, 50, rng=np.random.default_rng(0)))
    bell = tossed.x[..., 1].copy()
    x = np.stack([tossed.x[..., 0], np.ones_like(bell), bell], axis=-1)  # every coin is marked
    columns = x[..., [0, 2, 1]]  # the measure reads the bell from the second input
    layer = cells.by_hand(gates)
    layer = layer._replace(**{f"W_1{k}": getattr(layer, f"W_1{k}")[:, [0, 2, 1]] for k in "ifog"})
    found = inside.emptied(models.Model(layer, np.ones((1, 1)), np.zeros(1)), tossed._replace(x=columns))
    assert found["kept at a bell"] == pytest.approx(kept, abs=0.05)
    assert (found["step 200"] > 1.5 * found["largest $|c|$, step 50"]) == (gates == "io")


def test_the_median_is_that_of_each_group():
    batch = with_bell(next(coins.keep(5, 50, rng=np.random.default_rng(0))))
    found = inside.medians(inside.coin, [[one_cell("io")] * 3, [one_cell("")]], batch)
    assert found["$i$ later"] == [pytest.approx(0, abs=1e-8), 1]
