"""Sequences of unequal length in one audit: each counts as it would alone, and padding counts for nothing."""

import numpy as np
import pytest
from tests.lstm.test_audit import reference
from tests.lstm.test_batched import apart, batch

from lstm import audit, gradient, report, run
from lstm.audit import measures, padding

LENGTHS = [9, 12, 3, 7]
PARAMS, X, READS = batch(5, 2, 3, 12, 4, 2.0)


def alone(b, reads=True, **options):
    """The audit of sequence b, cut to its own steps."""
    k = LENGTHS[b]
    return audit(PARAMS, X[:k, [b]], READS[:k, [b]] if reads else None, **options)


@pytest.mark.parametrize("reads", [True, False])
@pytest.mark.parametrize("start", [1, 2])
def test_each_sequence_has_the_chain_and_the_gradient_that_it_has_alone(reads, start):
    found = audit(PARAMS, X, READS if reads else None, lengths=LENGTHS, start=start)
    for b in range(4):
        one = alone(b, reads, start=start)
        for ours, its in zip((*found.chain, *found.gradient), (*one.chain, *one.gradient), strict=True):
            np.testing.assert_allclose(ours[b], its[0], rtol=1e-12, atol=1e-12)


def test_pooled_numbers_are_those_of_the_sequences_put_together():
    found = audit(PARAMS, X, READS, lengths=LENGTHS)
    parts = [reference(PARAMS, X[:k, [b]], READS[:k, [b]])[:2] for b, k in enumerate(LENGTHS)]
    dots, squares = (np.concatenate(ones, axis=-2)[..., 0] for ones in zip(*parts, strict=True))
    assert apart(found.shares.pooled, dots.sum(axis=1) / squares.sum()) < 1e-12
    assert found.shares.pairs == squares.size == sum(LENGTHS) - 4
    quartiles = np.quantile(dots / squares, [0.25, 0.5, 0.75], axis=1).T
    np.testing.assert_allclose(found.shares.quartiles, quartiles, rtol=1e-12, atol=1e-12)
    traces = [run(PARAMS, X[:k, b]) for b, k in enumerate(LENGTHS)]
    gates = [np.concatenate([getattr(trace, k) for trace in traces]) for k in "ifo"]
    assert found.saturation == measures.saturation(*gates)
    np.testing.assert_allclose(found.half_lives.of_mean, np.log(2) / -np.log(gates[1]).mean(axis=0), rtol=1e-12)


def test_padding_of_any_size_and_reads_there_change_nothing():
    now = padding.within(np.array(LENGTHS), 12)[..., None]
    found = audit(PARAMS, X, READS, lengths=LENGTHS)
    again = audit(PARAMS, np.where(now, X, 1e3), np.where(now, READS, 7.0), lengths=np.array(LENGTHS))
    np.testing.assert_equal(again._asdict(), found._asdict())
    assert abs(audit(PARAMS, X, READS).chain.log10_ratio - found.chain.log10_ratio).max() > 1e-3, "without lengths"


def test_full_lengths_are_the_audit_without_lengths():
    found, plain = audit(PARAMS, X, READS, lengths=[12] * 4), audit(PARAMS, X, READS)
    np.testing.assert_equal(found._replace(lengths=None)._asdict(), plain._asdict())


def test_a_step_frozen_by_half_would_be_seen(monkeypatch):
    whole = padding.frozen
    monkeypatch.setattr(padding, "frozen", lambda runs, ends: whole(runs, ends)._replace(i=runs.i, g=runs.g))
    with pytest.raises(AssertionError):
        test_each_sequence_has_the_chain_and_the_gradient_that_it_has_alone(True, 1)


def test_initial_states_are_those_of_the_reference():
    rng = np.random.default_rng(8)
    h_0, c_0 = rng.uniform(-1, 1, (4, 3)), rng.normal(size=(4, 3))
    found = audit(PARAMS, X, READS, h_0=h_0, c_0=c_0)
    for b in range(4):
        trace = run(PARAMS, X[:, b], h_0[b], c_0[b])
        chain = gradient.chain(PARAMS, trace, 1, 12)
        assert found.chain.true[b] == pytest.approx(np.linalg.norm(chain, 2), rel=1e-12)
        total = gradient.totals(PARAMS, trace, READS[:, b])
        direct = audit(PARAMS, X[:, [b]], READS[:, [b]], h_0=h_0[[b]], c_0=c_0[[b]])
        assert found.gradient.cosine[b] == pytest.approx(direct.gradient.cosine[0], rel=1e-12)
        assert np.linalg.norm(total.dl_dc[0]) > 0
    assert abs(found.chain.true - audit(PARAMS, X, READS).chain.true).max() > 1e-3, "states matter"


def test_batch_first_is_the_same_audit():
    h_0 = np.full((4, 3), 0.5)
    found = audit(PARAMS, X, READS, h_0=h_0, lengths=LENGTHS)
    turned = audit(PARAMS, X.swapaxes(0, 1), READS.swapaxes(0, 1), h_0=h_0, lengths=LENGTHS, batch_first=True)
    np.testing.assert_equal(turned._asdict(), found._asdict())


def test_the_report_says_the_lengths():
    assert "from c^(2) to the last step of 4 sequences of 3 to 12 steps" in report(
        audit(PARAMS, X, lengths=LENGTHS, start=2)
    )


REFUSED = [
    ({"lengths": [9, 12, 3]}, r"^lengths: expected shape \(4,\), got shape \(3,\)"),
    ({"lengths": [9, 13, 3, 7]}, r"^lengths: expected 4 whole numbers from start \+ 1 = 2 to T = 12, got 3 to 13"),
    ({"lengths": [9, 12, 1, 7]}, r"^lengths: .* got 1 to 12: leave shorter sequences out"),
    ({"lengths": [9, 12, 3, 7], "start": 3}, r"^lengths: .* start \+ 1 = 4 .*, got 3 to 12"),
    ({"lengths": [9, 12, 3.5, 7]}, r"^lengths: expected 4 whole numbers"),
    ({"h_0": np.zeros((1, 4, 3))}, r"^h_0: expected shape \(B, n\), got shape \(1, 4, 3\), .*: pass h_0\[k\]"),
    ({"c_0": np.zeros((3, 4))}, r"^c_0: expected shape \(4, 3\), got shape \(3, 4\)"),
    ({"batch_first": 1}, r"^batch_first: expected True or False, got 1"),
    ({"batch_first": True, "reads": READS}, r"^reads: expected shape \(4, 12, 3\), got shape \(12, 4, 3\)"),
]


@pytest.mark.parametrize(("options", "message"), REFUSED)
def test_what_does_not_fit_is_refused_by_its_name(options, message):
    x = X.swapaxes(0, 1) if options.get("batch_first") is True else X
    with pytest.raises((TypeError, ValueError), match=message):
        audit(PARAMS, x, **options)
