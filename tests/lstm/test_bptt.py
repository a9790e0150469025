"""Backpropagation through time against complex steps of the forward pass, which share no code with it."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import case, cases

from lstm import bptt, equations, gradient, proofs
from lstm.cell import Params, run

CASE = case(seed=1, m=2, n=3, T=6, scale=2.0)
RUN = CASE.params, CASE.trace, CASE.reads
BACK = bptt.backward(*RUN)


def distance(found, expected):
    """Worst difference over the parameters, the inputs and the initial states, each on its own scale."""
    groups = [(found.params, expected.params), ([found.x], [expected.x]), (found[2:], expected[2:])]
    return max(proofs.worst(a, b) for a, b in groups)


@given(cases())
def test_every_gradient_is_that_of_the_complex_step(case):
    dc_T = np.cos(np.arange(len(case.c_0)))
    found = bptt.backward(case.params, case.trace, case.reads, dc_T)
    assert distance(found, proofs.gradients_by_complex_step(case.params, case.trace, case.reads, dc_T)) < 1e-12


@given(cases(many_to_one=True))
def test_a_many_to_one_loss_has_the_gradient_of_the_complex_step(case):
    assert not case.reads[:-1].any()
    found = bptt.backward(case.params, case.trace, case.reads)
    assert distance(found, proofs.gradients_by_complex_step(case.params, case.trace, case.reads)) < 1e-12


def test_the_cell_gradient_of_frameworks_is_not_the_total_one():
    total = gradient.totals(*RUN).dl_dc[-1]
    assert distance(bptt.backward(*RUN, dc_T=total), BACK) > 1e-2


@given(cases(), st.integers(1, 6))
def test_the_path_back_into_a_state_is_the_total_derivative_less_what_is_read_there(case, s):
    s = min(s, len(case.x) - 1)
    later = bptt.backward(case.params, bptt.segment(case.trace, s, len(case.x)), case.reads[s:])
    dl_dh = case.reads[s - 1] + later.h_0
    dl_dc = later.c_0 + gradient.output_slope(case.trace, s) * dl_dh
    totals = gradient.totals(case.params, case.trace, case.reads)
    assert proofs.worst([dl_dc, dl_dh], [totals.dl_dc[s - 1], totals.dl_dh[s - 1]]) < 1e-12


@pytest.mark.parametrize("gate", "ifog")
def test_a_broken_delta_is_seen(monkeypatch, gate):
    right, expected = equations.deltas, proofs.gradients_by_complex_step(*RUN)

    def wrong(now, c_prev, dl_dc, dl_dh):
        d = right(now, c_prev, dl_dc, dl_dh)
        return d._replace(**{gate: getattr(d, gate) * (1 + getattr(now, gate))})

    monkeypatch.setattr(equations, "deltas", wrong)
    assert distance(bptt.backward(*RUN), expected) > 1e-6


def test_a_bias_gradient_that_is_wrong_at_non_zero_biases_is_seen(monkeypatch):
    right, expected = bptt._by_params, proofs.gradients_by_complex_step(*RUN)

    def wrong(d, x, h_before):
        share = right(d, x, h_before)
        return share._replace(b_f=share.b_f * CASE.params.b_f)

    monkeypatch.setattr(bptt, "_by_params", wrong)
    assert distance(bptt.backward(*RUN), expected) > 1e-6


def test_an_open_forget_gate_without_recurrence_hands_all_readings_to_c_0():
    p = Params(*(np.zeros_like(a) for a in CASE.params))._replace(b_f=np.full(3, 40.0))
    trace = run(p, CASE.x, CASE.h_0, CASE.c_0)
    slopes = np.array([gradient.output_slope(trace, t) for t in range(1, 7)])
    back = bptt.backward(p, trace, CASE.reads)
    np.testing.assert_allclose(back.c_0, np.sum(slopes * CASE.reads, axis=0), rtol=1e-12)
    assert not back.h_0.any()


def test_a_closed_forget_gate_lets_nothing_reach_c_0():
    p = Params(*(np.zeros_like(a) for a in CASE.params))._replace(b_f=np.full(3, -1e4), b_g=np.ones(3))
    back = bptt.backward(p, run(p, CASE.x, CASE.h_0, CASE.c_0), CASE.reads)
    assert back.params.b_g.any()
    assert not back.c_0.any()


def detached_gradient(case, starts):
    """By complex step, where reading t comes from a run that starts at the stored state of step starts[t-1]."""
    h, c = np.vstack([case.h_0, case.trace.h]), np.vstack([case.c_0, case.trace.c])

    def loss(w, name=None):
        p, x = (case.params._replace(**{name: w}), case.x) if name else (case.params, w)
        return sum(case.reads[t - 1] @ run(p, x[s:t], h[s], c[s]).h[-1] for t, s in enumerate(starts, 1))

    by_params = [proofs.complex_step(partial(loss, name=name), w) for name, w in case.params._asdict().items()]
    return by_params, proofs.complex_step(loss, case.x)


def segment_start(t, window):
    return (t - 1) // window * window


def window_start(t, window):
    return max(t - window, 0)


@pytest.mark.parametrize("window", [1, 2, 4, 5])
@pytest.mark.parametrize(("cut", "start"), [(bptt.truncated, segment_start), (bptt.sliding, window_start)])
def test_a_truncated_gradient_is_that_of_runs_that_start_from_data(cut, start, window):
    by_params, by_x = detached_gradient(CASE, [start(t, window) for t in range(1, 7)])
    found = cut(*RUN, window)
    assert max(proofs.worst(found.params, by_params), proofs.worst([found.x], [by_x])) < 1e-12


@pytest.mark.parametrize("cut", [bptt.truncated, bptt.sliding])
@given(cases(), st.integers(0, 3))
def test_a_window_of_the_whole_run_cuts_nothing(cut, case, more):
    whole = bptt.backward(case.params, case.trace, case.reads)
    found = cut(case.params, case.trace, case.reads, len(case.x) + more)
    assert distance(found, whole) < 1e-12


def test_one_step_windows_are_the_same_in_both_forms_and_others_are_not():
    ones, twos = ([cut(*RUN, window) for cut in (bptt.truncated, bptt.sliding)] for window in (1, 2))
    assert distance(*ones) < 1e-12
    assert distance(*twos) > 1e-3


@pytest.mark.parametrize("cut", [bptt.truncated, bptt.sliding])
def test_truncation_drops_something_and_the_comparison_says_so(cut):
    dropped = bptt.compare(BACK, cut(*RUN, 2))
    assert dropped.error > 1e-2
    assert dropped.cosine < 1 - 1e-4


def test_the_sliding_form_reaches_the_start_from_the_first_window_of_readings_only():
    early = CASE.reads.copy()
    early[2:] = 0
    cut, whole = bptt.sliding(*RUN, 2), bptt.backward(CASE.params, CASE.trace, early)
    assert proofs.worst([cut.h_0, cut.c_0], [whole.h_0, whole.c_0]) < 1e-12


def test_the_comparison_knows_equal_doubled_and_turned_gradients():
    for k, expected in [(1, (1, 1, 0)), (2, (2, 1, 1)), (-1, (1, -1, 2))]:
        scaled = BACK._replace(params=Params(*(k * a for a in BACK.params)))
        np.testing.assert_allclose(bptt.compare(BACK, scaled), expected, atol=1e-14)


def test_a_segment_of_a_run_is_a_run_from_the_state_before_it():
    part = bptt.segment(CASE.trace, 2, 5)
    again = run(CASE.params, CASE.x[2:5], CASE.trace.h[1], CASE.trace.c[1])
    for name, array in again._asdict().items():
        np.testing.assert_allclose(getattr(part, name), array, rtol=1e-14)


def test_float32_stays_float32_and_no_argument_is_written():
    params = Params(*(a.astype("f4") for a in CASE.params))
    x, h_0, c_0, reads = (a.astype("f4") for a in CASE[1:5])
    trace = run(params, x, h_0, c_0)
    for array in [*params, *trace, reads]:
        array.flags.writeable = False
    for back in (bptt.backward(params, trace, reads, c_0), bptt.sliding(params, trace, reads, 2)):
        assert {a.dtype for a in [*back.params, *back[1:]]} == {np.dtype("f4")}
    assert bptt.truncated(params, trace, reads, 2).x.dtype == np.dtype("f4")


OTHER = case(seed=2, m=1, n=2, T=6, scale=1.0)
ZERO = BACK._replace(params=Params(*(0 * a for a in BACK.params)))
BAD = [
    ("params", TypeError, lambda: bptt.backward(CASE.trace, CASE.trace, CASE.reads)),
    ("trace", TypeError, lambda: bptt.backward(CASE.params, CASE.params, CASE.reads)),
    ("trace", ValueError, lambda: bptt.backward(CASE.params, OTHER.trace, CASE.reads)),
    ("trace.x", ValueError, lambda: bptt.backward(CASE.params, CASE.trace._replace(x=CASE.x[:, :1]), CASE.reads)),
    ("trace.h_0", ValueError, lambda: bptt.backward(CASE.params, CASE.trace._replace(h_0=OTHER.h_0), CASE.reads)),
    ("trace.f", ValueError, lambda: bptt.backward(CASE.params, CASE.trace._replace(f=CASE.trace.f[1:]), CASE.reads)),
    ("reads", ValueError, lambda: bptt.backward(*RUN[:2], CASE.reads[1:])),
    ("reads", ValueError, lambda: bptt.backward(*RUN[:2], CASE.reads * np.nan)),
    ("dc_T", ValueError, lambda: bptt.backward(*RUN, OTHER.c_0)),
    ("window", ValueError, lambda: bptt.truncated(*RUN, 0)),
    ("window", TypeError, lambda: bptt.sliding(*RUN, 2.0)),
    ("s", ValueError, lambda: bptt.segment(CASE.trace, 3, 3)),
    ("t", ValueError, lambda: bptt.segment(CASE.trace, 3, 7)),
    ("exact", ValueError, lambda: bptt.compare(ZERO, BACK)),
    ("other", ValueError, lambda: bptt.compare(BACK, ZERO)),
    ("other", TypeError, lambda: bptt.compare(BACK, CASE.params)),
    ("other", ValueError, lambda: bptt.compare(BACK, bptt.backward(OTHER.params, OTHER.trace, OTHER.reads))),
]


@pytest.mark.parametrize(("name", "error", "call"), BAD, ids=[f"{k}-{row[0]}" for k, row in enumerate(BAD)])
def test_bad_input_is_refused_by_name(name, error, call):
    with pytest.raises(error, match=f"^{name}:"):
        call()
