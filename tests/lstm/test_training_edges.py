"""Training at its edges: what is drawn, what is refused and in which words, when it stops, the grammar, the tasks."""

import re
from itertools import repeat

import numpy as np
import pytest

from lstm import cell
from lstm.rnn import RNNParams
from lstm.training import adam, losses, models, reber, stored, tasks, tasks_1997, train


def refused(words, error=ValueError):
    return pytest.raises(error, match=f"^{re.escape(words)}$")


def draw(**options):
    return models.draw_lstm(2, 400, 300, rng=np.random.default_rng(0), dtype=np.float64, **options)


def test_initialisations_go_by_their_names_and_differ_in_biases_alone():
    assert models.INITS == ("uniform", "forget bias", "chrono")
    drawn = cell.init_params(2, 400, rng=np.random.default_rng(0), forget_bias=0.0)
    for added, options in ((0, {"init": "uniform"}), (1, {}), (2.5, {"forget_bias": 2.5})):
        layer = draw(**options).layer
        np.testing.assert_allclose(layer.b_f, drawn.b_f + added, rtol=1e-13)
        assert all(np.array_equal(getattr(layer, k), a) for k, a in drawn._asdict().items() if k != "b_f")
    chrono = draw(init="chrono", span=20).layer
    times = np.exp(chrono.b_f)
    assert 1 <= times.min() < 1.3
    assert 18.7 < times.max() <= 19
    assert abs(times.mean() - 10) < 5 * 18 / np.sqrt(12 * 400)
    assert np.array_equal(chrono.b_i, -chrono.b_f)
    assert all(np.array_equal(getattr(chrono, k), a) for k, a in drawn._asdict().items() if k not in ("b_f", "b_i"))


def test_the_readout_is_drawn_as_wide_as_the_weights():
    for one in draw()[1:]:
        assert -0.05 <= one.min() < -0.049
        assert 0.049 < one.max() <= 0.05
        assert abs(one.mean()) < 5 * 0.1 / np.sqrt(12 * one.size)


def test_settings_of_another_initialisation_are_refused():
    with refused("""span: expected with init="chrono" and only there, got 5 with init='uniform'"""):
        draw(init="uniform", span=5)
    with refused("""forget_bias: expected with init="forget bias" only, got 2.0 with init='chrono'"""):
        draw(init="chrono", span=5, forget_bias=2.0)


def small(dtype=np.float64):
    return models.draw_lstm(2, 3, 1, rng=np.random.default_rng(1), dtype=dtype)


def some_batch(dtype=np.float64):
    return next(tasks.adding(4, 3, rng=np.random.default_rng(2), dtype=dtype))


def told(name, size, words):
    return refused(f"{name}: expected numbers with finite results, got numbers up to {size}: {words}")


def test_what_is_not_finite_is_told_where_it_first_appears():
    model, batch = small(np.float32), some_batch(np.float32)
    layer = RNNParams(*(np.array(a, np.float32) for a in ([[40, 0], [40, 0]], np.zeros((2, 2)), [0.1, -0.1])))
    loud = models.Model(layer, np.full((1, 2), 3e38, np.float32), np.ones(1, np.float32))
    for loud_steps in (1, 3):
        x = np.zeros_like(batch.x)
        x[1 : 1 + loud_steps, 2, 0] = 1
        with told("model.W", "3e+38", f"of the outputs {loud_steps} of 12 are not finite"):
            models.loss_and_gradient(loud, batch._replace(x=x))
    with told("batch.lengths", "4", "the loss is inf, its gradient by the outputs at most 0.0"):
        models.loss_and_gradient(model, batch, lambda y, target, read: (np.inf, 0 * y))
    with told("batch.lengths", "4", "the gradient is not finite, at a loss of 2.5"):
        models.loss_and_gradient(model, batch, lambda y, target, read: (2.5, 0 * y + np.float32(1e38)))


def test_a_network_takes_over_the_memory_of_the_update_before():
    _, _, cache = models.loss_and_gradient(small(), some_batch())
    room = cache.room
    assert models.loss_and_gradient(small(), some_batch(), reuse=cache)[2].room is room


def test_a_bias_of_another_type_than_the_layer_is_refused():
    with refused("model.b: expected float64 as in the layer, got float32", TypeError):
        models.check_model(small()._replace(b=np.ones(1, np.float32)))


def test_a_vector_of_another_length_is_refused_by_the_count_of_all_numbers():
    with refused("vector: expected shape (76,) as the model has numbers, got (5, 2)"):
        models.unflatten(np.zeros((5, 2)), small())


def test_adam_names_what_overflows_in_a_single_number():
    with told("gradient", "1e+200", "the square of the gradient overflows"):
        adam(np.array([1.0, 1e200]), rate=0.1)
    with told("rate", "1e+37", "the update overflows"):
        adam(np.array([1e3, 1e-12], np.float32), rate=1e37)


def test_training_goes_on_at_a_level_and_stops_below_it():
    flat = {"loss": lambda y, target, read: (1.0, 0 * y), "updates": 60}
    assert len(train(small(), repeat(some_batch()), until=1.0, **flat).losses) == 60
    assert len(train(small(), repeat(some_batch()), until=1.25, **flat).losses) == 50


def test_training_refuses_by_name_what_it_cannot_use():
    with refused("watch: expected a function of the losses, got 3", TypeError):
        train(small(), [some_batch()], updates=1, watch=3)
    with refused(f"held: expected names among {cell.Params._fields}, got ['W', 'b_x']"):
        train(small(), [some_batch()], updates=1, held=["W", "b_x", "b_f"])


def test_a_weight_of_zero_may_stay_zero_and_one_that_leaves_the_range_stops_training():
    model = small()
    model = model._replace(layer=model.layer._replace(W_2i=np.zeros((3, 3))))
    assert not train(model, [some_batch()], updates=1, held=["W_2i"]).model.layer.W_2i.any()
    large = small()._replace(b=np.array([-1.7e308]))
    with pytest.raises(ArithmeticError, match=re.escape("the update leaves the range of the network's numbers")):
        train(large, [some_batch()], loss=lambda y, target, read: (1.0, 0 * y + 0.1), rate=1e307, updates=1)


EDGES = """0B1 1T2 1P10 2B3 3T4 3P5 4S4 4X6 5T5 5V7 6X5 6S8 7P6 7V8 8E9 9T18 10B11 11T12 11P13 12S12 12X14 13T13 13V15
14X13 14S16 15P14 15V16 16E17 17P18 18E19"""


def test_the_automaton_has_the_edges_of_two_reber_grammars_between_their_symbols():
    after = np.full((20, 8), -1)
    after[19, 7] = 19
    for edge in EDGES.split():
        node, symbol, to = re.fullmatch(r"(\d+)([A-Z])(\d+)", edge).groups()
        after[int(node), "BTPSXVE".index(symbol)] = int(to)
    assert np.array_equal(reber.AFTER, after)
    for node, (first, last) in enumerate(reber.CHOICES):
        assert {first, last} == set(np.flatnonzero(after[node] >= 0))


def test_one_wrong_string_among_right_ones_is_refused_with_its_place():
    batch = next(reber.embedded_reber(3, rng=np.random.default_rng(0)))
    x = batch.x.copy()
    x[2, 1] = np.eye(7)[3]
    with refused("batch.x: expected embedded Reber strings, got S at [2, 1]"):
        reber.legal_next(batch._replace(x=x))


def test_arrays_are_kept_from_lists_and_objects_are_not_loaded(tmp_path):
    stored.save_arrays(tmp_path / "a.npz", {"one/b": [1.0, 2.0]})
    assert np.array_equal(stored.load_fields(tmp_path / "a.npz")["one",]["b"], [1, 2])
    np.savez(tmp_path / "odd.npz", **{"one/b": np.array([{}, None])})
    with pytest.raises(ValueError, match="allow_pickle=False"):
        stored.load_fields(tmp_path / "odd.npz")


def test_a_file_of_another_network_is_refused_with_its_name(tmp_path):
    path, arrays = tmp_path / "some.npz", {f"net/rnn/{k}": np.zeros(3) for k in ("W_1", "W_2", "b", "W")}
    stored.save_arrays(path, arrays)
    wanted = "['W', 'W_1', 'W_2', 'b', 'b_y']"
    with refused(f"path: expected the arrays {wanted} of 'net', got ['W', 'W_1', 'W_2', 'b'] in {path}"):
        stored.load_models(path)
    stored.save_arrays(path, arrays | {"net/rnn/b_y": np.zeros(1)})
    with refused(f"path: 'net' in {path}: W_1: expected shape (any length, any length), got shape (3,)"):
        stored.load_models(path)


def test_some_sequences_of_a_batch_are_whole():
    batch = next(tasks.temporal_order(20, 5, rng=np.random.default_rng(0)))
    found = tasks.some(batch, np.array([3, 1]))
    assert all(np.array_equal(a, b[:, [3, 1]]) for a, b in zip(found[:3], batch[:3], strict=True))
    assert np.array_equal(found.lengths, batch.lengths[[3, 1]])


def test_up_to_all_but_one_of_two_sequences_numbers_may_lead():
    batch = next(tasks_1997.two_sequences(20, 4, leading=19, rng=np.random.default_rng(0)))
    assert np.isin(batch.x[:19], (-1, 1)).all()


def test_noise_is_added_to_the_targets_of_two_sequences():
    rng = np.random.default_rng(4)
    batch = next(tasks_1997.two_sequences(20, 50, rng=np.random.default_rng(4), dtype=np.float64))
    lengths, sign = rng.integers(20, 22, size=50, endpoint=True), rng.choice([1.0, -1.0], size=50)
    rng.normal(size=(22, 50, 1))
    target = np.where(sign == 1, 0.2, 0.8) + np.sqrt(0.1) * rng.normal(size=50)
    np.testing.assert_allclose(batch.y[lengths - 1, np.arange(50), 0], target, rtol=1e-13)
    assert (tasks_1997.expected(tasks.some(batch, sign == 1)).max(axis=0) == 0.2).all()


def test_where_the_first_pair_is_marked_its_factor_is_one():
    batch = next(tasks_1997.multiplication(20, 400, rng=np.random.default_rng(5), dtype=np.float64))
    for x, y in zip(batch.x.swapaxes(0, 1), batch.y.max(axis=0)[:, 0], strict=True):
        marked = x[x[:, 1] == 1, 0]
        assert (x[0, 0] == 1) == (len(marked) == 1)
        assert y == pytest.approx(marked.prod(), rel=1e-14)


def test_a_loss_refuses_outputs_too_far_apart():
    with told("y", "1.7e+308", "overflow encountered in subtract"):
        losses.cross_entropy(np.full((3, 1, 2), [1.7e308, -1.7e308]), np.full((3, 1, 2), 0.5), np.ones((3, 1)))
