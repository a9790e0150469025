"""The newer recurrences against the equations of their papers, written a second time in another form."""

import numpy as np
import pytest
from tests.lstm.recurrence_cases import case

from lstm import variants
from lstm.equations import sigmoid
from lstm.recurrences import CELLS, rotating, run, variant
from lstm.recurrences.exponential import scale
from lstm.variants import gru


def test_the_gru_of_pytorch_is_that_of_the_paper_where_the_matrix_of_the_candidate_is_diagonal():
    cell, p, trace, _ = case("GRU of PyTorch", seed=0)
    p = p._replace(W_2g=np.diag([0.5, -1.0, 2.0]), b_h=np.zeros(3))
    paper = gru.run(gru.GRUParams(*p[:9]), trace.x, trace.c_0)
    np.testing.assert_allclose(run(cell, p, trace.x, trace.h_0, trace.c_0).h, paper.h, rtol=1e-14)
    full = p._replace(W_2g=np.ones((3, 3)))
    apart = run(cell, full, trace.x, None, trace.c_0).h - gru.run(gru.GRUParams(*full[:9]), trace.x, trace.c_0).h
    assert np.abs(apart).max() > 1e-3


@pytest.mark.parametrize("name", ["LRU", "HGRN"])
def test_pairs_of_real_numbers_are_the_complex_recurrence(name):
    _, p, trace, _ = case(name, seed=1)
    c = trace.c_0[:3] + 1j * trace.c_0[3:]
    for x, state, h in zip(trace.x, trace.c, trace.h, strict=True):
        if name == "LRU":
            c = np.exp(-np.exp(p.nu) + 1j * np.exp(p.theta)) * c + np.exp(p.gamma) * ((p.B_re + 1j * p.B_im) @ x)
            expected = ((p.C_re + 1j * p.C_im) @ c).real + p.D @ x
        else:
            f = p.gamma + (1 - p.gamma) * sigmoid(p.W_1f @ x + p.b_f)
            re, im = p.W_1re @ x + p.b_re, p.W_1im @ x + p.b_im
            c = f * np.exp(1j * p.theta) * c + (1 - f) * (re * sigmoid(re) + 1j * im * sigmoid(im))
            gate = p.W_1g @ x + p.b_g
            expected = p.W @ (gate * sigmoid(gate) * np.concatenate([c.real, c.imag])) + p.b
        np.testing.assert_allclose(np.concatenate([c.real, c.imag]), state, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(expected, h, rtol=1e-12, atol=1e-14)


def test_rwkv_4_is_a_mean_of_values_with_decaying_weights():
    cell, p, trace, _ = case("RWKV-4", seed=2, size=(2, 3, 6))
    trace = run(cell, p, trace.x)
    k, v = (trace.x @ W.T + b for W, b in ((p.W_1k, p.b_k), (p.W_1v, p.b_v)))
    w = np.exp(p.decay)
    for t in range(6):
        weights = [np.exp(-(t - 1 - i) * w + k[i]) for i in range(t)] + [np.exp(p.u + k[t])]
        mean = sum(a * v[i] for i, a in enumerate(weights)) / sum(weights)
        np.testing.assert_allclose(trace.h[t], sigmoid(p.W_1r @ trace.x[t] + p.b_r) * mean, rtol=1e-12)


def test_s6_treats_each_channel_and_each_of_its_numbers_alone():
    _, p, trace, _ = case("S6 (Mamba)", seed=3)
    for t, x in enumerate(trace.x):
        u = p.W_1u @ x + p.b_u
        before = (trace.c[t - 1] if t else trace.c_0).reshape(3, -1)
        Delta, B = np.log1p(np.exp(p.W_1d @ u + p.b_d)), p.W_1B @ u
        for d in range(3):
            for s in range(before.shape[1]):
                now = np.exp(-Delta[d] * np.exp(p.A_log[d, s])) * before[d, s] + Delta[d] * B[s] * u[d]
                assert trace.c[t].reshape(3, -1)[d, s] == pytest.approx(now, rel=1e-12)


@pytest.mark.parametrize("name", ["mLSTM", "sLSTM"])
def test_with_and_without_stabiliser_the_xlstm_gives_the_same(name):
    _, p, trace, _ = case(name, seed=4)
    n, scales = 3, 1 if name == "mLSTM" else 3
    m = trace.c_0[-scales:]
    memory, normaliser = trace.c_0[: -n - scales] * np.exp(m[0] if scales == 1 else m), None
    normaliser = trace.c_0[-n - scales : -scales] * np.exp(m)
    h = trace.h_0
    for t, x in enumerate(trace.x):
        if name == "mLSTM":
            f, i = sigmoid(p.w_f @ x + p.b_f), np.exp(p.w_i @ x + p.b_i)
            q, k, v = p.W_1q @ x + p.b_q, (p.W_1k @ x + p.b_k) / np.sqrt(3), p.W_1v @ x + p.b_v
            memory, normaliser = f * memory + i * np.outer(v, k).ravel(), f * normaliser + i * k
            mean = memory.reshape(3, 3) @ q / max(abs(normaliser @ q), 1)
            h = sigmoid(p.W_1o @ x + p.b_o) * mean
        else:
            f, i, o, g = (W @ x + U @ h + b for W, U, b in (p[3:6], p[:3], p[6:9], p[9:12]))
            memory = sigmoid(f) * memory + np.exp(i) * np.tanh(g)
            normaliser = sigmoid(f) * normaliser + np.exp(i)
            h = sigmoid(o) * memory / normaliser
        np.testing.assert_allclose(trace.h[t], h, rtol=1e-12)


def test_moving_the_scale_of_an_mlstm_moves_no_loss():
    for seed in range(20):
        cell, params, trace, reads = case("mLSTM", seed)
        total = variants.totals(variant(cell), params, trace, reads)
        for c, dl_dc in zip(trace.c, total.dl_dc, strict=True):
            along = scale(c, 1)
            assert abs(along @ dl_dc) < 1e-12 * (np.abs(along) @ np.abs(dl_dc))


@pytest.mark.parametrize("name", ["DeltaNet", "Gated DeltaNet"])
def test_with_beta_1_the_delta_rule_puts_the_new_value_in_the_place_of_the_old_one(name):
    cell, p, trace, _ = case(name, seed=5)
    p = p._replace(w_b=np.zeros(2), b_b=np.full(1, 40.0))
    trace = run(cell, p, trace.x, None, trace.c_0)
    for x, c in zip(trace.x, trace.c, strict=True):
        k = rotating.silu(p.W_1k @ x + p.b_k)
        np.testing.assert_allclose(
            c.reshape(3, 3) @ (k / np.linalg.norm(k)), rotating.silu(p.W_1v @ x + p.b_v), rtol=1e-12
        )


def test_rwkv_7_replaces_along_its_removal_key():
    _, p, trace, _ = case("RWKV-7", seed=6)
    before = trace.c_0.reshape(3, 3)
    for x, c in zip(trace.x, trace.c, strict=True):
        k, a = p.W_1k @ x + p.b_k, sigmoid(p.W_1a @ x + p.b_a)
        w = np.exp(-sigmoid(p.W_1w @ x + p.b_w) / np.sqrt(np.e))
        kappa = k * p.xi / np.linalg.norm(k * p.xi)
        write = np.outer(p.W_1v @ x + p.b_v, k + k * (a - 1) * p.rho)
        before = before * w - np.outer(before @ kappa, kappa * a) + write
        np.testing.assert_allclose(c.reshape(3, 3), before, rtol=1e-12, atol=1e-13)


def test_the_min_cells_are_averages_and_the_rg_lru_keeps_the_length():
    for name in ("minGRU", "minLSTM"):
        _, _, trace, _ = case(name, seed=7)
        for one in trace.steps:
            np.testing.assert_allclose(one.keep + one.write, 1)
    _, p, trace, _ = case("RG-LRU", seed=8)
    for t, one in enumerate(trace.steps):
        before = trace.c[t - 1] if t else trace.c_0
        u = p.W_1u @ trace.x[t] + p.b_u
        write = (one.c - one.decay * before) / (sigmoid(p.W_1i @ u + p.b_i) * u)
        np.testing.assert_allclose(one.decay**2 + write**2, 1, rtol=1e-9)


def test_the_forget_gate_of_hgrn_stays_above_its_bound():
    params = CELLS["HGRN"].init_params(2, 3, rng=np.random.default_rng(0))
    trace = run(CELLS["HGRN"], params, np.random.default_rng(1).normal(size=(50, 2)) * 10)
    radius = [np.hypot(one.turn[:3, :3], one.turn[3:, :3]).max(axis=0).min() for one in trace.steps]
    assert min(radius) >= 0.5
