"""The findings about units: each is made to occur by a network built for it, and is absent from one that lacks it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lstm.finding_cases import DRAWN, LATE, B, N, X, names, told, with_gate
from tests.lstm.test_batched import batch

from lstm import audit, findings
from lstm.audit.finding import LEVELS
from lstm.cell import Params

END = {"closed": -np.log(9), "open": np.log(9)}  # a gate of 0.1, and of 0.9


@pytest.mark.parametrize("words", ["closed", "open"])
@pytest.mark.parametrize("gate", ["input", "forget", "output"])
def test_a_gate_that_is_always_at_one_end_is_told_with_its_unit(gate, words):
    beyond, short = 1.01 * END[words], 0.99 * END[words]
    found = told(with_gate(gate[0], beyond, [1, 4]))[f"{gate} gate always {words}"]
    assert found.units == (2, 5)
    assert found.value == 2 / N
    assert found.level == "note"
    assert f"{gate} gate always {words}" not in told(with_gate(gate[0], short, [1, 4]))


def test_one_value_elsewhere_and_a_gate_is_not_always_there():
    params, x = with_gate("i", -4.0, [0]), X.copy()
    params.W_1i[0, 0] = 1.0
    x[..., 0] = 0
    assert told(params, x)["input gate always closed"].units == (1,)
    x[7, 3, 0] = 3
    assert "input gate always closed" not in told(params, x)


def test_of_few_steps_always_and_never_are_not_told():
    params = with_gate("i", -4.0, [0])
    for steps, level in ((37, "unknown"), (38, "note")):  # times 8 sequences: 296 and 304
        found = told(params, X[:steps], LATE[-steps:])["input gate always closed"]
        assert found.level == level
        assert ("Only 296 steps were audited" in found.says) == (level == "unknown")


@pytest.mark.parametrize(("units", "is_told"), [(3, False), (4, True)])
def test_a_gate_is_saturated_where_more_than_half_of_its_values_are(units, is_told):
    found = told(with_gate("f", 3.0, slice(units), with_gate("f", 0.0)))
    assert ("forget gate saturated" in found) == is_told
    if is_told:
        assert found["forget gate saturated"].value == pytest.approx(4 / 6)
        assert "0.09" in found["forget gate saturated"].means


def test_a_memory_that_is_large_or_whose_output_gate_is_shut_is_never_read():
    for params, cause in (
        (with_gate("o", -4.7, [2]), "the output gate is shut"),
        (large(4.0), "the memory has grown large"),
    ):
        found = told(params, c_0=np.full((B, N), 4.0))["never read"]
        assert found.units == (3,)
        assert found.level == "note"
        assert found.value < 0.01
        assert cause in found.means


def test_a_memory_in_which_the_inputs_leave_nothing_is_hardly_written_though_it_holds_c_0():
    shut, c_0 = with_gate("i", -6.0, [2], with_gate("f", 0.0, [2])), np.full((B, N), 0.5)
    found = told(shut, c_0=c_0)
    assert found["hardly written"].units == (3,)
    assert 0 < found["hardly written"].value < 0.01
    assert "input gate always closed" not in found, "the one finding says more"
    fills = told(with_gate("i", -6.0, [2], with_gate("f", 9.0, [2], with_gate("g", 3.0, [2]))), c_0=c_0)
    assert "hardly written" not in fills, "as little in a step, and kept"
    assert fills["input gate always closed"].units == (3,)


@pytest.mark.parametrize(("gate", "name"), [("i", "hardly written"), ("o", "never read")])
def test_units_that_do_nothing_are_to_act_on_where_they_are_half_of_all(gate, name):
    for count, level in ((2, "note"), (3, "act"), (6, "act")):
        assert told(with_gate(gate, -7.0, slice(count), with_gate("f", 0.0)))[name].level == level
    assert told(with_gate(gate, -7.0, slice(3)), X[-37:], LATE[-37:])[name].level == "unknown"


def large(bias):
    """A cell whose unit 3 keeps what it has: f near 1, i near 0."""
    return with_gate("f", 20.0, [2], with_gate("i", -20.0, [2]))


def test_a_memory_that_is_read_is_not_told_as_never_read():
    shut_by_less = told(with_gate("o", -4.4, [2]))
    assert "never read" not in shut_by_less
    assert "output gate always closed" in shut_by_less, "0.012 is above the limit of a slope and below that of a gate"
    assert "never read" not in told(large(1.0), c_0=np.full((B, N), 1.0))


def test_a_memory_above_three_in_more_than_half_of_its_values_is_told():
    params, x = with_gate("f", 20.0, [2], with_gate("i", -20.0, [2])), X
    some = np.zeros((B, N))
    some[:5, 2] = 3.1  # five of eight sequences
    assert told(params, x, c_0=some)["memory mostly large"].units == (3,)
    some[4:, 2] = 0
    assert "memory mostly large" not in told(params, x, c_0=some)


def test_the_units_that_carry_the_past_are_told_by_their_share():
    params = with_gate("f", -3.0, slice(2, None), with_gate("f", 6.0, slice(2)))
    alone = params._replace(**{f"W_2{k}": np.zeros((N, N)) for k in "iog"})
    found = told(alone)["few units carry the past"]
    assert set(found.units) == {1, 2}
    assert found.value > 0.9
    assert "half-lives" in found.says
    assert "few units carry the past" not in told(with_gate("f", 6.0))


@pytest.mark.parametrize(("half_life", "is_told"), [(5.8, True), (6.0, False)])
def test_half_lives_are_short_where_ten_of_them_are_less_than_the_span(half_life, is_told):
    f = 0.5 ** (1 / half_life)
    assert ("short half-lives" in told(with_gate("f", np.log(f / (1 - f))))) == is_told


def test_a_network_may_have_nothing_to_tell():
    alone = Params(*(0 * a for a in DRAWN))._replace(b_f=np.full(N, 2.5), W_1g=DRAWN.W_1g)
    found = findings(audit(alone, X[:12], LATE[-12:], near=0.05), limit=1e9)
    assert found.findings == ()
    assert str(found).startswith("Nothing was found")
    assert not found.to_act_on()


def test_what_is_to_act_on_comes_first():
    levels = [LEVELS.index(one.level) for one in findings(audit(DRAWN, X)).findings]
    assert levels == sorted(levels, reverse=True)
    assert len(set(levels)) == 3


@given(st.integers(0, 2**32 - 1), st.permutations(range(5)))
def test_units_in_another_order_are_told_in_that_order(seed, order):
    params, x, reads = batch(seed, 2, 5, 20, 16, 4.0)
    turned = Params(*(a[order][:, order] if name[:3] == "W_2" else a[order] for name, a in params._asdict().items()))
    one, other = findings(audit(params, x, reads)).findings, findings(audit(turned, x, reads[..., order])).findings
    assert [found.name for found in one] == [found.name for found in other]
    for a, b in zip(one, other, strict=True):
        assert {order.index(k - 1) + 1 for k in a.units} == set(b.units)
        assert b.value == pytest.approx(a.value, rel=1e-6, abs=1e-12)
        assert a.level == b.level


@given(st.integers(0, 2**32 - 1), st.floats(1e-3, 1e3))
def test_the_size_of_the_loss_changes_what_clipping_would_do_and_nothing_else(seed, factor):
    params, x, reads = batch(seed, 2, 5, 20, 4, 2.0)
    one, other = (names(findings(audit(params, x, a * reads), limit=1e-6)) for a in (1, factor))
    clipped, scaled = one.pop("clipping would shorten"), other.pop("clipping would shorten")
    assert scaled.value == pytest.approx(clipped.value / factor)
    assert list(one) == list(other)
    for name in one:
        assert other[name].value == pytest.approx(one[name].value, rel=1e-6)


def test_only_an_audit_and_a_positive_limit_are_taken():
    with pytest.raises(TypeError, match=r"^found: expected lstm.Audit, got tuple"):
        findings(tuple(audit(DRAWN, X)))
    with pytest.raises(ValueError, match=r"^limit: expected a positive number, got 0"):
        findings(audit(DRAWN, X), limit=0)
