"""The audit at its thresholds: values that just lie on one, what is said of them in full, and refusals by name."""

import json

import numpy as np
import pytest
from tests.lstm.finding_cases import names
from tests.lstm.refusals import refused as said
from tests.lstm.test_batched import batch

from lstm import audit, audit_layers, findings, report
from lstm.audit import measures, padding, units
from lstm.audit.finding import Finding, Findings
from lstm.audit.units import Clipping, UnitEnds
from lstm.equations import Step
from lstm.gradient import Terms

N, T, B = 10, 12, 4
PARAMS, X, READS = batch(2, 2, N, T, B, 1.0)
FOUND = audit(PARAMS, X, READS)
TINY = np.finfo(float).tiny


def changed(limit=1e9, found=FOUND, **parts):
    """The findings by name, where parts of the audit are others: of a tuple its fields, else the part itself."""
    parts = {k: getattr(found, k)._replace(**v) if isinstance(v, dict) else v for k, v in parts.items()}
    return names(findings(found._replace(**parts), limit=limit))


def of_units(first, rest, count=1):
    return np.array([first] * count + [rest] * (N - count), float)


@pytest.mark.parametrize(("whole", "level"), [(0.01, "note"), (0.0099, "act"), (100.0, "note"), (101.0, "act")])
def test_a_chain_in_half_of_the_sequences_is_to_act_on_beyond_a_hundredfold(whole, level):
    which, rate = (0, 0.5) if whole < 1 else (2, np.exp(0.10132))
    chain = {"true": np.full(4, whole), "true_rate": np.full(4, rate), "true_verdict": np.array([which, which, 1, 1])}
    one = changed(chain=chain)[f"gradient {'vanishes' if whole < 1 else 'explodes'}"]
    assert one.level == level
    after = (
        "0.50 a step and {}. It is one hundredth after 7"
        if whole < 1
        else "1.11 a step and {}. It is hundredfold after 45"
    )
    assert one.says == (
        f"From c^(1) to the end the true chain {'vanishes' if whole < 1 else 'explodes'} in 50% of the sequences, by a "
        f"factor of {after.format(f'{whole:.0e} in all')} steps."
    )


def test_a_chain_of_rate_zero_is_not_said_to_be_one_hundredth_somewhere():
    one = changed(chain={"true_rate": np.zeros(4), "true_verdict": np.zeros(4, int), "true": np.zeros(4)})
    assert one["gradient vanishes"].says.endswith("by a factor of 0.00 a step and 0e+00 in all.")


def test_the_thresholds_of_the_gradient_lie_on_the_side_that_is_written():
    assert "shares of few steps" not in changed(shares={"pairs": 100, "effective": 10.0})
    assert "shares of few steps" in changed(shares={"pairs": 100, "effective": 9.9})
    pooled = Terms(1.2, 0.005, 0.004, 0.291, 0.0, -0.5)
    assert "paths cancel" not in changed(shares={"pooled": pooled})
    one = changed(shares={"pooled": pooled._replace(**{Terms._fields[5]: -0.8})})["paths cancel"]
    a, b, _, d, _, f = Terms._fields
    assert one.says == f"Pooled shares of the gradient of a step: {a} +1.20, {b} +0.01, {d} +0.29, {f} -0.80."
    assert one.value == -0.8
    verdicts = {"true_verdict": np.array([0, 0, 1, 1]), "direct_verdict": np.array([1, 1, 1, 1])}
    assert "forget gates mislead" in changed(chain=verdicts)
    assert "product of f misses the chain" in changed(chain={"error": np.full(4, 0.5)})
    assert "product of f misses the chain" not in changed(chain={"error": np.full(4, 0.49)})


def test_clipping_is_told_above_the_limit_which_is_1_where_none_is_given():
    clip = Clipping(np.ones(4), 1.5)
    assert "clipping would shorten" not in changed(1.5, clipping=clip)
    assert "clipping would shorten" in names(findings(FOUND._replace(clipping=clip)))
    assert changed(clipping=None)["loss not given"][2] == 0.0
    assert said(findings, FOUND, limit="a").startswith("limit: expected")


def test_units_that_carry_exactly_nine_tenths_are_few_enough():
    past = np.array([0.025, 0.5, 0.4, 0.025, 0.025, 0.025, 0, 0, 0, 0])
    assert changed(units={"past": past})["few units carry the past"][1:3] == ((2, 3), 0.9)


@pytest.mark.parametrize(("count", "names_of"), [(7, ""), (8, ""), (9, " and 1 more")])
def test_nine_units_are_eight_and_one_more(count, names_of):
    one = changed(units={"written": of_units(0.001, 0.002, count) + of_units(0, 1, count), "values": 300})
    numbers = ", ".join(str(k + 1) for k in range(min(count, 8)))
    assert one["hardly written"].says == (
        f"In units {numbers}{names_of} of 10 what i and g left in the memory never came to 0.01; the most was 0.001."
    )
    assert one["hardly written"].level == "act", "300 steps are enough"


def test_the_thresholds_of_units_lie_on_the_side_that_is_written():
    ends, open_ = UnitEnds(of_units(1, 0), np.zeros(N)), UnitEnds(np.zeros(N), of_units(1, 0))
    at = {"written": of_units(0.01, 1), "slope": of_units(0.01, 1), "large": of_units(0.9, 0), "values": 300}
    one = changed(units=at | {"i": ends, "o": ends})
    assert {"input gate always closed", "output gate always closed", "memory mostly large"} <= set(one)
    assert not {"hardly written", "never read"} & set(one)
    small = {"written": np.r_[0.001, 0.003, np.ones(8)], "slope": np.r_[0.002, 0.004, np.ones(8)], "values": 300}
    one = changed(units=small | {"large": np.r_[0.25, 0.75, np.zeros(8)], "i": open_, "o": open_})
    assert (one["hardly written"][2], one["never read"][2]) == (0.003, 0.004)
    assert "since the output gate is shut:" in one["never read"].means, "half is not more than half"
    assert one["input gate always open"][1] == one["output gate always open"][1] == (1,)
    assert one["output gate always open"].means == "These memories are passed on whole at each step."
    assert changed(units={"large": np.r_[0.6, 0.8, np.zeros(8)]})["memory mostly large"][2] == 0.8


def test_a_value_on_the_threshold_of_a_unit_is_neither_near_an_end_nor_large():
    gate, c = np.array([[[0.25, 0.75]]] * 3), np.array([[[3.0, -3.0]], [[3.5, 0.0]], [[3.0, -4.0]]])
    found = units.units(Step(gate, gate, gate, gate, c, c), np.ones((3, 1), bool), np.ones((1, 2)), 0.25)
    assert [one.tolist() for ends in found[:3] for one in ends] == [[0, 0]] * 6
    np.testing.assert_allclose(found.large, [1 / 3, 1 / 3])


def test_beyond_its_end_a_sequence_keeps_its_last_c():
    runs = Step(*(np.arange(6.0 * k, 6 * k + 6).reshape(3, 2, 1) + 1 for k in range(6)))
    found = padding.frozen(runs, np.array([2, 3]))
    assert found.c[:, 0, 0].tolist() == [25, 27, 27]
    assert found.c[:, 1, 0].tolist() == [26, 28, 30]
    assert (found.f[2, 0, 0], found.i[2, 0, 0], found.h[2, 0, 0]) == (1, 0, 0)


def test_the_smallest_number_is_a_gradient_and_what_is_below_is_refused_with_its_size():
    zero = np.zeros((3, 1, 1))
    assert measures.shares(Terms(zero + TINY, zero, zero, zero, zero, zero)).pairs == 3
    assert measures.gradients(np.full((1, 1), TINY), np.ones((1, 1))).cosine == [1]
    message = said(measures.gradients, np.array([[TINY], [0.0]]), np.ones((2, 1)))
    assert message == "reads: no gradient reaches c^(start) in sequence 1, expected one, got zeros"
    f = np.full((3, 2, 1), 0.5)
    assert measures.chains(np.full((2, 1, 1), TINY), f).true.tolist() == [TINY, TINY]
    np.testing.assert_allclose(measures.chains(np.full((2, 1, 1), 0.125), f).true_rate, [0.5, 0.5])
    assert said(measures.chains, np.array([[[1.0]], [[1e-310]]]), f) == (
        "start: the true chain is too small for float64, expected a later one or fewer steps, got 1e-310"
    )


@pytest.mark.parametrize(("steps", "words"), [(1e12, "1e+12"), (1e12 + 0.5, ">1e+12"), (1e12 + 2, ">1e+12")])
def test_a_half_life_is_told_up_to_a_million_million_steps(steps, words):
    text = report(FOUND._replace(half_lives=FOUND.half_lives._replace(of_mean=np.full(N, steps))))
    assert f"by the mean log f: {words} / {words} / {words}\n" in text


def test_findings_stand_side_by_side_in_html_and_no_line_ends_in_a_hyphen():
    ones = tuple(Finding(name, (), 0.0, "note", "half-lives " * 30, "means", "audit") for name in "ab")
    found = Findings(ones, FOUND)
    assert "</dd><dt>" in found.to_html()
    assert found.to_html().count("XX") == 0
    assert not any(line.endswith("-") for line in str(found).splitlines())
    assert [one["name"] for one in json.loads(found.to_json())["findings"]] == ["a", "b"]


LAYER = batch(5, 2, 3, 3, 1, 1.0)[0]
BACK = {"batch_first": True}
PAIR = (LAYER, batch(6, 2, 3, 3, 1, 1.0)[0])
WRONG = [
    (audit, PARAMS, X[0], BACK, "x: expected shape "),
    (audit, PARAMS, X, {"c_0": np.zeros((1, B, N))}, "c_0: expected shape (B, n), got shape (1, 4, 10)"),
    (audit_layers, [LAYER], X[0], BACK, "x: expected shape "),
    (audit_layers, [LAYER], X, {"batch_first": "yes"}, "batch_first: expected True or False, got 'yes'"),
    (audit_layers, [LAYER], X[:1], {}, "T: expected at least 2"),
    (audit_layers, [LAYER], X, BACK | {"reads": READS[0]}, "reads: expected shape (12, 4, 3), got shape (4, 10)"),
    (audit_layers, [PAIR], X, BACK | {"out": READS[0]}, "out: expected shape (12, 4, 6), got shape (4, 10)"),
    (
        audit_layers,
        [(LAYER, batch(6, 2, 4, 3, 1, 1.0)[0])],
        X,
        {},
        "layers: expected two directions of one size in layer 0, got W_1i of (3, 2) and (4, 2)",
    ),
]


@pytest.mark.parametrize(("function", "params", "x", "options", "message"), WRONG)
def test_what_does_not_fit_is_refused_by_the_name_of_its_argument(function, params, x, options, message):
    assert said(function, params, x, **options).startswith(message)


def test_two_directions_over_two_steps_need_no_outputs():
    reads = np.random.default_rng(4).normal(size=(2, B, 6))
    found = audit_layers([PAIR], X[:2], reads)
    expected = audit(PAIR[1], X[:2][::-1], reads[::-1, :, 3:])
    np.testing.assert_allclose(found[1].shares.pooled, expected.shares.pooled, rtol=1e-12)
