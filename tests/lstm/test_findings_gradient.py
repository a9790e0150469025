"""The findings about the gradient: each occurs in a network or measure built for it, and not beside the threshold."""

import numpy as np
import pytest
from tests.lstm.finding_cases import DRAWN, LATE, B, N, T, X, names, told, with_gate

from companion.shared import cells
from lstm import audit, audit_layers, findings, init_params

CELLS = cells.cases(rng=np.random.default_rng(0))


def told_of(name):
    return told(CELLS[name].params, CELLS[name].x[:, None], None)


def test_the_verdicts_are_those_of_the_four_built_cells():
    assert told_of("vanishes")["gradient vanishes"].level == "act"
    assert told_of("explodes")["gradient explodes"].level == "act"
    assert not {"gradient vanishes", "gradient explodes"} & set(told_of("agrees"))
    assert {name for name in CELLS if "forget gates mislead" in told_of(name)} == {
        "understates",
        "explodes",
        "vanishes",
    }
    assert "paths cancel" in told_of("vanishes")
    assert not {"paths cancel", "not by the direct path", "product of f misses the chain"} & set(told_of("agrees"))
    assert told_of("understates")["not by the direct path"].value > 0.5
    assert "product of f misses the chain" in told_of("understates")


def test_a_verdict_in_fewer_than_half_of_the_sequences_is_a_note():
    found = audit(DRAWN, X, LATE)
    verdict = np.where(np.arange(B) < 3, 2, 1)
    some = names(findings(found._replace(chain=found.chain._replace(true_verdict=verdict))))
    assert some["gradient explodes"].level == "note"
    assert "38% of the sequences" in some["gradient explodes"].says


@pytest.mark.parametrize(("name", "place", "near", "far"), [("vanishes", 0, 0.011, 0.009), ("explodes", 2, 99, 101)])
def test_a_chain_is_to_act_on_where_it_changes_a_hundredfold_over_the_span(name, place, near, far):
    found = audit(DRAWN, X, LATE)
    for norm, level in ((near, "note"), (far, "act")):
        chain = found.chain._replace(true=np.full(B, norm), true_verdict=np.full(B, place))
        one = names(findings(found._replace(chain=chain)))[f"gradient {name}"]
        assert one.level == level
        assert f"{norm:.0e} in all" in one.says


def test_of_few_steps_a_verdict_is_unknown():
    assert told(start=T - 9)["gradient vanishes"].level == "unknown"
    assert told(start=T - 10)["gradient vanishes"].level != "unknown"
    assert told(reads=LATE + 1, lengths=[10] + [T] * 7)["gradient vanishes"].level == "unknown"


def test_a_gradient_is_felt_over_few_steps_where_it_has_shrunk_to_a_hundredth_in_less_than_half():
    found = audit(DRAWN, X, LATE)
    for reach, is_told in ((29, True), (30, False)):  # of 59
        assert ("gradient felt over few steps" in names(findings(found._replace(reach=np.full(B, reach))))) == is_told


def test_shares_of_few_steps_are_told():
    found = audit(DRAWN, X, LATE)
    for effective, is_told in ((0.099, True), (0.101, False)):
        shares = found.shares._replace(effective=effective * found.shares.pairs)
        assert ("shares of few steps" in names(findings(found._replace(shares=shares)))) == is_told


def test_a_loss_that_reads_each_step_leaves_mostly_the_local_term():
    assert "mostly the local term" in told(with_gate("f", -5.0), reads=np.ones((T, B, N)))
    assert "mostly the local term" not in told(with_gate("f", 5.0))


def test_clipping_is_judged_by_the_limit_and_needs_a_loss():
    found = audit(DRAWN, X, LATE)
    whole = found.clipping.whole
    assert "clipping would shorten" not in names(findings(found, limit=1.01 * whole))
    near, far = (names(findings(found, limit=part * whole))["clipping would shorten"] for part in (0.11, 0.09))
    assert near.level == far.level == "note", "a limit is a choice, and no fault of the network"
    assert near.value == pytest.approx(0.11)
    assert names(findings(audit(DRAWN, X)))["loss not given"].level == "unknown"
    assert "loss not given" not in names(findings(found))


def test_a_stack_without_a_loss_is_not_told_what_clipping_would_do():
    upper = init_params(N, N, rng=np.random.default_rng(3))
    assert [one.clipping for one in audit_layers([DRAWN, upper], X)] == [None, None]
    assert all(one.clipping.whole > 0 for one in audit_layers([DRAWN, upper], X, LATE))
