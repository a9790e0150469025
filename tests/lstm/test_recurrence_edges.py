"""The newer recurrences at their edges: what their authors draw, what a table says of them, steps in numbers."""

import numpy as np
import pytest
from tests.lstm.recurrence_cases import CELLS, case

from lstm.equations import sigmoid
from lstm.recurrences import RWKV_4
from lstm.recurrences.exponential import stabilised
from lstm.recurrences.kinds import step_bias
from lstm.recurrences.layers import LAYERS
from lstm.recurrences.rotating import silu

LSTM_PATHS = ("forget", "input", "candidate", "output")
SAID = {  # year, source, factor, paths, exact, diagonal, scan, and for n = 3 size and memory
    "GRU of PyTorch": (2017, "cho2014", "$z$", ("update", "candidate", "reset"), False, True, False, 3, 3),
    "sLSTM": (2024, "beck2024", "$f'$", (*LSTM_PATHS, "stabiliser"), False, True, False, 9, 6),
    "LRU": (2023, "orvieto2023", r"$\lambda$, complex", (), True, True, True, 6, 6),
    "RWKV-4": (2023, "peng2023", "$e^{-w}$", ("output",), True, True, True, 6, 6),
    "HGRN": (2023, "qin2023", r"$\lambda e^{i \theta}$, complex", (), True, True, True, 6, 6),
    "S6 (Mamba)": (2023, "gu2023", r"$\exp(\Delta A)$", (), True, True, True, 12, 12),
    "RG-LRU": (2024, "de2024", "$a^{8 r}$", (), True, True, True, 3, 3),
    "minGRU": (2024, "feng2024", "$1 - z$", (), True, True, True, 3, 3),
    "minLSTM": (2024, "feng2024", "$f / (f + i)$", (), True, True, True, 3, 3),
    "mLSTM": (2024, "beck2024", "$f'$", ("stabiliser",), True, True, True, 13, 12),
    "DeltaNet": (2024, "yang2024", r"$I - \beta k k^\top$", (), True, False, True, 9, 9),
    "Gated DeltaNet": (2025, "yang2025", r"$\alpha (I - \beta k k^\top)$", (), True, False, True, 9, 9),
    "RWKV-7": (
        2025, "peng2025", r"$\mathrm{diag}(w) - \hat\kappa (a \odot \hat\kappa)^\top$", (), True, False, True, 9, 9,
    ),
    "LSTM": (2000, "gers2000", "$f$", LSTM_PATHS, False, True, False, 3, 3),
}  # fmt: skip


def test_a_table_says_of_each_cell_what_its_paper_has():
    said = {
        key: (c.year, c.source, c.factor, c.paths, c.exact, c.diagonal, c.scan, c.size(3), c.memory(3))
        for key, c in CELLS.items()
    }
    assert said == SAID
    assert all(key == c.name for key, c in CELLS.items())


def test_the_layers_have_the_names_of_their_cells():
    signed = ("minGRU, signed", "DeltaNet, signed")
    assert set(LAYERS) == {"LSTM", "LSTM, cut", "sLSTM", "minGRU", "RG-LRU", "DeltaNet", *signed}


def drawn(name, n, m=2, seed=0):
    return CELLS[name].init_params(m, n, rng=np.random.default_rng(seed))


def assert_uniform(numbers, low, high):
    """All within [low, high], the ends nearly reached, and the mean that of the uniform: five standard errors."""
    width = high - low
    assert low <= numbers.min() < low + 0.03 * width
    assert high - 0.03 * width < numbers.max() <= high
    assert abs(numbers.mean() - (low + high) / 2) < 5 * width / np.sqrt(12 * numbers.size)


@pytest.mark.parametrize("name", [name for name in CELLS if hasattr(drawn(name, 3), "W_1g")])
def test_weights_are_drawn_between_plus_and_minus_one_over_the_root_of_the_number_of_units(name):
    p = drawn(name, 400, m=3)
    for one in (p.W_1g, p.b_g):
        assert_uniform(one, -1 / 20, 1 / 20)
    again = drawn(name, 400, m=3)
    assert all(np.array_equal(a, b) for a, b in zip(p, again, strict=True))


def test_the_decay_of_the_rg_lru_is_drawn_as_its_authors_do():
    assert_uniform(sigmoid(drawn("RG-LRU", 2000).Lambda) ** 2, 0.81, 0.998001)


def test_the_lru_is_drawn_uniform_in_its_ring_and_its_inputs_are_scaled_to_it():
    p = drawn("LRU", 1000)
    square = np.exp(-2 * np.exp(p.nu))
    assert_uniform(square, 0.81, 0.998001)
    assert square.min() > 0.81
    assert square.max() > 0.9975  # 0.999^3 is 0.997003
    assert_uniform(np.exp(p.theta), 0, 2 * np.pi)
    np.testing.assert_allclose(np.exp(2 * p.gamma), 1 - square, rtol=1e-9)


def test_hgrn_turns_each_unit_more_slowly_than_the_one_before():
    p = drawn("HGRN", 4)
    np.testing.assert_allclose(p.theta, [1, 0.01, 0.0001, 0.000001], rtol=1e-12)
    assert np.array_equal(p.gamma, [0.5] * 4)


def test_rwkv_4_starts_with_decays_spread_from_the_slowest_to_the_fastest():
    np.testing.assert_allclose(drawn("RWKV-4", 5).decay, [-5, -3, -1, 1, 3])


def test_the_mlstm_starts_with_gates_that_read_nothing():
    rng = np.random.default_rng(0)
    b_i = []
    for _ in range(400):
        p = CELLS["mLSTM"].init_params(2, 1, rng=rng)
        assert (p.w_i == 0).all()
        assert (p.w_f == 0).all()
        assert p.b_f == 3
        b_i.append(p.b_i[0])
    assert abs(np.mean(b_i)) < 5 * 0.1 / 20
    assert np.std(b_i) == pytest.approx(0.1, rel=0.2)


def test_the_forget_bias_of_the_slstm_is_its_draw_and_three():
    p = drawn("sLSTM", 400)
    assert_uniform(p.b_f, 3 - 1 / 20, 3 + 1 / 20)
    rng = np.random.default_rng(0)
    for one in p[:5]:
        rng.uniform(size=one.shape)  # what is drawn before
    np.testing.assert_allclose(p.b_f, 3 + rng.uniform(-1 / 20, 1 / 20, 400), rtol=1e-13)


def test_gated_deltanet_draws_its_decay_from_nothing_to_sixteen():
    rng = np.random.default_rng(0)
    many = [CELLS["Gated DeltaNet"].init_params(2, 2, rng=rng) for _ in range(600)]
    assert_uniform(np.exp([p.a[0] for p in many]), 0, 16)
    assert_uniform(np.log(np.log1p(np.exp([p.b_a[0] for p in many]))), np.log(0.001), np.log(0.1))


def test_a_first_step_size_is_uniform_in_the_logarithm():
    found = np.log1p(np.exp(step_bias(500, np.random.default_rng(3))))
    sizes = 0.001 * 100 ** np.random.default_rng(3).random(500)
    np.testing.assert_allclose(found, sizes, rtol=1e-10)


def mapped(p, letter, x):
    return getattr(p, f"W_1{letter}") @ x + getattr(p, f"b_{letter}")


def rg_lru(p, x, c):
    u = mapped(p, "u", x)
    a = sigmoid(p.Lambda) ** (8 * sigmoid(mapped(p, "r", u)))
    c = a * c + np.sqrt(1 - a * a) * sigmoid(mapped(p, "i", u)) * u
    return c, c


def s6(p, x, c):
    u = mapped(p, "u", x)
    size = np.log(1 + np.exp(mapped(p, "d", u)))[:, None]
    c = np.exp(-size * np.exp(p.A_log)) * c.reshape(3, 4) + size * u[:, None] * (p.W_1B @ u)
    return c.ravel(), c @ (p.W_1C @ u) + p.d * u


def min_lstm(p, x, c):
    f, i = sigmoid(mapped(p, "f", x)), sigmoid(mapped(p, "i", x))
    c = (f * c + i * mapped(p, "g", x)) / (f + i)
    return c, c


def gated_delta(p, x, c):
    q, k, v = (silu(mapped(p, letter, x)) for letter in "qkv")
    q, k = q / np.linalg.norm(q), k / np.linalg.norm(k)
    alpha = (1 + np.exp(p.w_a @ x + p.b_a)) ** -np.exp(p.a)
    kept = alpha * c.reshape(3, 3)
    S = kept + sigmoid(p.w_b @ x + p.b_b) * np.outer(v - kept @ k, k)
    return S.ravel(), S @ q


def rwkv_7(p, x, c):
    k, a = mapped(p, "k", x), sigmoid(mapped(p, "a", x))
    kappa = k * p.xi / np.linalg.norm(k * p.xi)
    S = c.reshape(3, 3) * np.exp(-sigmoid(mapped(p, "w", x)) / np.sqrt(np.e)) - np.outer(
        c.reshape(3, 3) @ kappa, a * kappa
    )
    S = S + np.outer(mapped(p, "v", x), k * (1 - p.rho + a * p.rho))
    return S.ravel(), S @ mapped(p, "q", x)


STEPS = {"RG-LRU": rg_lru, "S6 (Mamba)": s6, "minLSTM": min_lstm, "Gated DeltaNet": gated_delta, "RWKV-7": rwkv_7}


@pytest.mark.parametrize("name", STEPS)
def test_a_run_is_the_equations_of_the_paper_and_what_is_read_follows_them(name):
    cell, p, trace, _ = case(name, seed=11)
    c = trace.c_0
    for x, step, state, h in zip(trace.x, trace.steps, trace.c, trace.h, strict=True):
        c, shown = STEPS[name](p, x, c)
        np.testing.assert_allclose(state, c, rtol=1e-11, atol=1e-13)
        np.testing.assert_allclose(h, shown, rtol=1e-11, atol=1e-13)
        np.testing.assert_allclose(cell.read(p, x, step, state), shown, rtol=1e-11, atol=1e-13)


def test_the_memory_of_the_rg_lru_is_read_by_one_number():
    assert all(np.array_equal(step.read, [1]) for step in case("RG-LRU", seed=1)[2].steps)


def test_a_tie_of_the_two_scales_counts_as_the_old_one():
    at = np.log(0.5)
    assert [float(one) for one in stabilised(0.0, at, 0.0)] == [1, 1, at, 1]
    assert stabilised(0.0, at + 1e-9, 0.0)[3] == 0


def test_rwkv_4_shows_the_same_whatever_its_memory_is_set_to_even_nothing():
    _, p, trace, _ = case("RWKV-4", seed=3)
    assert np.array_equal(RWKV_4.read(p, trace.x[2], trace.steps[2], np.zeros(6)), trace.h[2])
