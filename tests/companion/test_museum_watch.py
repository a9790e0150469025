"""The museum's own safety: what a layer does to its inputs, or raises, is a finding, and reaches no other verdict."""

from copy import deepcopy

import numpy as np
import pytest

from companion.pages import museum
from companion.pages.museum import cases

CHECKS = {check.name: check for check in museum.CHECKS}


def tampered(name, *changes):
    return museum.CONTROL._replace(name=name, changes=changes)


WRITES = tampered("writes", ("dh = reads[t] + dh_next", "reads[t] += dh_next\n        dh = reads[t]"))
WRITES_ALL = tampered(
    "writes_all",
    ("        h_prev, c_prev = h, c\n", "        h_prev, c_prev = h, c\n        x_t *= 2\n        p.b_i[:] = 0\n"),
    ("        moments.append(", "        h_0 += 1\n        c_0 += 1\n        moments.append("),
    ("        dh = reads[t] + dh_next", "        moments[t].i[:] = 1\n        dh = reads[t] + dh_next"),
)
RAISES = tampered("raises", ("reversed(range(len(moments)))", "reversed(range(len(moments) + 1))"))
RETURNS_NOTHING = tampered("returns_nothing", ("    return moments\n", "    return None\n"))
NAN = tampered("nan", ("c_0=dc_next", "c_0=np.nan * dc_next"))
REMEMBERS = tampered(
    "remembers",  # right at the first call only
    ("def forward(", "calls = []\n\n\ndef forward("),
    ("    h, c, moments = h_0, c_0, []", "    calls.append(1)\n    h, c, moments = h_0 * (len(calls) == 1), c_0, []"),
)
ODD = (WRITES, WRITES_ALL, RAISES, RETURNS_NOTHING, NAN, REMEMBERS)


@pytest.fixture(scope="module")
def each_alone():
    """Every odd layer and the control before every check, each pair in a visit of its own."""
    found = {}
    for check in museum.CHECKS:
        material = check.prepare()
        prepared = check._replace(prepare=lambda material=material: deepcopy(material))
        found |= {(e.name, check.name): museum.verdicts([e], [prepared])[0] for e in (*ODD, museum.CONTROL)}
    return found


def of(verdicts, exhibit):
    return [v for (name, _), v in verdicts.items() if name == exhibit.name]


def test_a_layer_that_writes_into_its_inputs_is_a_finding_though_its_gradient_is_right(each_alone):
    for verdict in of(each_alone, WRITES):
        assert not verdict.caught
        if verdict.check != "one_step":  # there dh_next is 0 and nothing changes
            assert verdict.finding == "writes into reads"


def test_the_finding_names_every_argument_that_was_written_into(each_alone):
    assert each_alone["writes_all", "complex_step"].finding == "writes into c_0, h_0, moments, p, x"
    assert each_alone["writes_all", "complex_step"].caught


def test_a_layer_that_raises_is_caught_by_every_check_and_the_verdict_says_how(each_alone):
    for verdict in of(each_alone, RAISES):
        assert verdict[2:] == (True, np.inf, "raises IndexError: list index out of range")
    for verdict in of(each_alone, RETURNS_NOTHING):
        assert verdict[2:4] == (True, np.inf)
        assert verdict.finding.startswith("raises TypeError: ")


def test_a_layer_that_returns_nan_is_caught_by_the_checks_that_compare_numbers_and_is_no_finding(each_alone):
    blind = {"shapes_only", "loss_goes_down", "weights_only"}
    for verdict in of(each_alone, NAN):
        assert verdict.caught == (verdict.check not in blind), verdict
        assert verdict.finding == ""


def test_a_layer_through_which_no_complex_step_can_be_taken_is_a_finding_where_one_is_taken():
    absolute = tampered("absolute", ("return (1 + np.tanh(z / 2)) / 2", "return (1 + np.tanh(np.abs(z) / 2)) / 2"))
    (own, other) = museum.verdicts([absolute], [CHECKS["own_forward"], CHECKS["complex_step"]])
    assert own.finding.startswith("raises ValueError: function: expected analytic operations")
    assert own.caught
    assert other.finding == ""


def test_the_correct_layer_gives_no_finding(each_alone):
    assert {v.finding for v in of(each_alone, museum.CONTROL)} == {""}


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_exhibits_and_checks_never_matters(seed, each_alone):
    rng = np.random.default_rng(seed)
    exhibits = [(*ODD, museum.CONTROL)[k] for k in rng.permutation(len(ODD) + 1)]
    checks = [museum.CHECKS[k] for k in rng.permutation(len(museum.CHECKS))]
    found = museum.verdicts(exhibits, checks)
    assert [v[:2] for v in found] == [(e.name, k.name) for e in exhibits for k in checks]
    for verdict in found:
        np.testing.assert_equal(tuple(verdict), tuple(each_alone[verdict[:2]]))


def test_a_check_that_writes_into_its_material_reaches_no_other_layer():
    def measure(layer, case):
        case.x[:] += 1
        return float(case.x.sum())

    check = museum.Check("careless", "writes", 0, cases.draw, measure)
    first, second = museum.verdicts([museum.CONTROL, WRITES], [check])
    assert first.difference == second.difference


def test_without_the_watch_a_layer_that_writes_would_spoil_the_next_verdict():
    check = CHECKS["complex_step"]
    material = check.prepare()
    assert check.measure(museum.build(WRITES), material) <= check.tolerance
    assert check.measure(museum.build(museum.CONTROL), material) > check.tolerance


def test_the_table_says_a_finding_once():
    checks = [CHECKS["complex_step"], CHECKS["batch_of_one"]]
    shown = museum.table(museum.verdicts([museum.CONTROL, WRITES, RAISES], checks))
    assert shown.headings[-1] == "finding"
    assert [row[-1] for row in shown.rows] == ["", "writes into reads", "raises IndexError: list index out of range"]
