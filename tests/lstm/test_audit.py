"""The audit: each number against its definition written out with the reference code, its limits, its doors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lstm.test_batched import apart, batch, batches

from companion.shared import cells
from lstm import gradient, rates, run
from lstm.audit.report import audit, report
from lstm.cell import Params

FIXED = batch(5, 2, 3, 12, 4, 3.0)


def without_recurrence(params):
    return params._replace(**{f"W_2{k}": 0 * params.W_2i for k in "ifog"})


def reference(params, x, reads, start=1):
    """By the unbatched code: <term, gradient> and <gradient, gradient> (6, S, B), and of each sequence the chain, the
    product of f, the true gradient at c^(start), and what the direct path alone makes of it where reads ends the loss.
    """
    T = len(x)
    dots, squares, ends = [], [], []
    for b in range(x.shape[1]):
        trace = run(params, x[:, b])
        total = gradient.totals(params, trace, reads[:, b])
        steps = range(start + 1, T + 1)
        six = np.array([gradient.terms(params, trace, t, total, reads[:, b]) for t in steps])
        dots.append(np.einsum("tkn,tn->kt", six, total.dl_dc[start - 1 : -1]))
        squares.append((total.dl_dc[start - 1 : -1] ** 2).sum(axis=1))
        by_f = gradient.product_of_f(trace, start, T)
        ends.append((gradient.chain(params, trace, start, T), by_f, total.dl_dc[start - 1], by_f * total.dl_dc[-1]))
    return np.stack(dots, axis=2), np.stack(squares, axis=1), ends


@given(batches)
def test_the_shares_sum_to_one(given_batch):
    found = audit(*given_batch).shares
    assert sum(found.pooled) == pytest.approx(1, abs=1e-9)
    np.testing.assert_allclose(sum(found.by_step), 1, atol=1e-9)


@given(batches, st.integers(1, 2))
def test_the_shares_are_ratios_of_sums_of_the_reference(given_batch, start):
    dots, squares, _ = reference(*given_batch, start)
    found = audit(*given_batch, start=start).shares
    assert apart(found.pooled, dots.sum(axis=(1, 2)) / squares.sum()) < 1e-9
    np.testing.assert_allclose(found.by_step, dots.sum(axis=2) / squares.sum(axis=1), rtol=1e-6, atol=1e-9)
    assert found.pairs == squares.size
    assert found.effective == pytest.approx(squares.sum() ** 2 / (squares**2).sum())
    by_pair = np.quantile((dots / squares).reshape(6, -1), [0.25, 0.5, 0.75], axis=1).T
    np.testing.assert_allclose(found.quartiles, by_pair, rtol=1e-6, atol=1e-9)


def test_a_step_without_gradient_is_left_out_and_said_so():
    params, x, reads = FIXED
    reads = reads.copy()
    reads[6:] = 0
    found = audit(params, x, reads).shares
    assert np.isnan(found.by_step.direct[6:]).all()
    assert np.isfinite(found.by_step.direct[:5]).all()
    assert found.pairs == 6 * x.shape[1], "steps 1 to 6, the last of them by its local term alone"
    assert found.by_step.local[5] == pytest.approx(1)
    assert sum(found.pooled) == pytest.approx(1)


@given(batches)
def test_chain_and_gradient_are_those_of_the_reference(given_batch):
    params, x, reads = given_batch
    reads[:-1] = 0
    _, _, ends = reference(params, x, reads)
    found = audit(params, x, reads)
    for b, (chain, by_f, true, direct) in enumerate(ends):
        norm = np.linalg.norm(chain, 2)
        assert found.chain.true[b] == pytest.approx(norm, rel=1e-9)
        assert found.chain.direct[b] == pytest.approx(by_f.max(), rel=1e-9)
        assert found.chain.log10_ratio[b] == pytest.approx(np.log10(norm / by_f.max()), abs=1e-9)
        assert found.chain.error[b] == pytest.approx(np.linalg.norm(chain - np.diag(by_f), 2) / norm, rel=1e-6)
        lengths = np.linalg.norm(true), np.linalg.norm(direct)
        assert found.gradient.log10_ratio[b] == pytest.approx(np.log10(lengths[0] / lengths[1]), abs=1e-9)
        assert found.gradient.cosine[b] == pytest.approx(true @ direct / lengths[0] / lengths[1], abs=1e-9)


@given(batches)
def test_without_recurrent_weights_product_and_truth_are_one(given_batch):
    params, x, reads = given_batch
    found = audit(without_recurrence(params), x, reads)
    np.testing.assert_allclose(found.chain.log10_ratio, 0, atol=1e-9)
    np.testing.assert_allclose(found.chain.error, 0, atol=1e-9)
    np.testing.assert_allclose(found.gradient.log10_ratio, 0, atol=1e-9)
    np.testing.assert_allclose(found.gradient.cosine, 1, atol=1e-9)
    np.testing.assert_allclose(found.shares.by_step.direct + found.shares.by_step.local, 1, atol=1e-9)
    alone = audit(without_recurrence(params), x).shares.pooled
    assert alone.direct == pytest.approx(1)


def test_the_four_built_cells_get_the_verdicts_of_the_regimes():
    for name, draw in cells.cases(rng=np.random.default_rng(0)).items():
        one, found = cells.numbers(draw), audit(draw.params, draw.x[:, None]).chain
        said = [rates.VERDICTS[k] for k in (*found.true_verdict, *found.direct_verdict)]
        assert said == [one.true_verdict, one.direct_verdict], name
        factors = [*found.true_rate, *found.direct_rate]
        assert factors == pytest.approx([one.true_rate, one.direct_rate], rel=1e-6), name


def test_the_audit_counts_the_gates_of_all_sequences():
    params, x, _ = FIXED
    traces = [run(params, x[:, b]) for b in range(x.shape[1])]
    found = audit(params, x, near=0.2).saturation
    for k in "ifo":
        gate = np.array([getattr(trace, k) for trace in traces])
        assert getattr(found, k) == (np.mean(gate < 0.2), np.mean(gate > 0.8))
    assert (found.near, found.uniform) == (0.2, 0.4)


def test_the_size_of_the_loss_does_not_matter_however_small():
    params, x, reads = FIXED
    one, small = audit(params, x, reads), audit(params, x, 1e-250 * reads)
    np.testing.assert_allclose(small.shares.pooled, one.shares.pooled, rtol=1e-6)
    np.testing.assert_allclose(np.array(small.shares.by_step), np.array(one.shares.by_step), rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(np.array(small.gradient), np.array(one.gradient), atol=1e-6)


def test_the_loss_is_the_sum_of_the_last_h_where_none_is_given():
    params, x, reads = FIXED
    reads = np.zeros_like(reads)
    reads[-1] = 1
    found = audit(params, x)
    assert found.clipping is None, "its size says nothing of the caller's own loss"
    np.testing.assert_equal(found._asdict(), audit(params, x, reads)._replace(clipping=None)._asdict())


def test_float32_weights_are_audited_as_the_same_numbers_in_float64():
    params, x, _ = FIXED
    single, x = Params(*(p.astype(np.float32) for p in params)), x.astype(np.float32)
    double = Params(*(p.astype(np.float64) for p in single))
    np.testing.assert_equal(audit(single, x)._asdict(), audit(double, x.astype(np.float64))._asdict())


def test_what_does_not_fit_is_refused_by_its_name():
    params, x, reads = FIXED
    for near in (0, 0.5, -1):
        with pytest.raises(ValueError, match=r"^near: expected 0 < near < 1/2, got"):
            audit(params, x, near=near)
    with pytest.raises(ValueError, match=r"^start: expected at least 1 and at most 11, got 12"):
        audit(params, x, start=12)
    with pytest.raises(ValueError, match=r"^T: expected at least 2, got 1"):
        audit(params, x[:1])
    with pytest.raises(ValueError, match=r"^reads: expected shape \(12, 4, 3\), got shape \(12, 3\)"):
        audit(params, x, reads[:, 0])
    with pytest.raises(ValueError, match=r"^x: expected shape"):
        audit(params, x[:, 0])
    with pytest.raises(TypeError, match=r"^params: expected lstm.Params"):
        audit(tuple(params), x)
    with pytest.raises(ValueError, match=r"^reads: no gradient arrives at any step"):
        audit(params, x, 0 * reads)
    only_first = np.concatenate([reads[:1], 0 * reads[1:]])
    only_first[0, 2] = 0
    with pytest.raises(ValueError, match=r"^reads: no gradient reaches c\^\(start\) in sequence 2"):
        audit(params, x, only_first)
    with pytest.raises(TypeError, match=r"^found: expected lstm.Audit"):
        report(tuple(audit(params, x)))


def test_a_chain_below_the_range_of_float64_is_refused_and_a_later_start_helps():
    params, _, _ = batch(6, 1, 2, 3, 1, 0.1)
    forgets = without_recurrence(params)._replace(b_f=np.full(2, -9.0))
    x = np.ones((100, 1, 1))
    with pytest.raises(ValueError, match=r"^start: the true chain is too small for float64"):
        audit(forgets, x)
    assert audit(forgets, x, start=90).span == (90, 100)


def test_the_report_says_the_numbers_of_the_audit():
    params, x, reads = FIXED
    lines = report(audit(without_recurrence(params), x)).splitlines()
    assert "     direct +1.00   (+1.00 / +1.00 / +1.00)" in lines
    assert "  relative error of the product of f 0% / 0% / 0%" in lines
    assert "from c^(1) to c^(12), 4 sequences" in lines
    found = audit(params, x, reads, start=2)
    text = report(found)
    assert f"f: {found.saturation.f.low:.0%} near 0, {found.saturation.f.high:.0%} near 1" in text
    assert f"candidate {found.shares.pooled.candidate:+.2f}" in text
    assert f"/ {np.median(found.chain.true):.1e} /" in text
    assert "from c^(2) to c^(12)" in text
    assert "-0.00" not in text
    holds = int(np.sum(found.chain.true_verdict == 1))
    assert f"true chain vanishes in {np.sum(found.chain.true_verdict == 0)}, holds in {holds}" in text


def test_nothing_of_the_caller_is_changed():
    params, x, reads = FIXED
    before = [a.copy() for a in (*params, x, reads)]
    audit(params, x, reads)
    assert all(np.array_equal(a, b) for a, b in zip(before, (*params, x, reads), strict=True))
