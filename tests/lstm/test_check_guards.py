"""What a backward pass does besides: every guard of the check is seen failing, on a right pass with one bad habit."""

import numpy as np
import pytest
from tests.lstm.backward_passes import cell, module, rows, whole
from tests.lstm.backward_passes.habits import habit

import lstm


def adds_to_dh(W, U, b, x, h0, c0, dh, dc):
    dh += 0.0 * dh + (1.0 if dh.flags.owndata else 0.0)


def leaves_dh_as_it_was(W, U, b, x, h0, c0, dh, dc):
    dh *= 1.0


def finding(backward, **options):
    found = lstm.check(backward, gates="gifo", layout="Tm", **options)
    assert not found.right
    return " ".join(found.findings)


def test_a_pass_without_bad_habits_has_no_finding():
    assert lstm.check(habit(), gates="gifo", layout="Tm").findings == ()


def test_writing_into_an_input_is_a_finding_and_names_it():
    assert "writes into its inputs: dh." in finding(habit(before=adds_to_dh))


def test_writing_what_was_there_is_a_finding_too():
    assert "writes into its inputs: an argument." in finding(habit(before=leaves_dh_as_it_was))


def test_a_right_gradient_that_wrote_into_an_input_is_not_right():
    found = lstm.check(habit(before=leaves_dh_as_it_was), gates="gifo", layout="Tm")
    assert all(part.right for part in found.parts)
    assert not found.right


def test_results_that_share_memory_with_inputs_are_a_finding():
    def onto(given, results):
        dx = given[3]
        if dx.flags.writeable:
            dx[...] = results[3]
        return (*results[:3], dx, *results[4:])

    assert "Results share memory with inputs: a result with x" in finding(habit(after=onto))


def test_sums_that_are_kept_between_calls_are_a_finding():
    sums = []

    def keep(given, results):
        sums.append(results[2])
        return (*results[:2], sum(sums), *results[3:])

    assert "kept between calls" in finding(habit(after=keep))


class Accumulates(module.LSTM):
    """Gradients are added to those of the last backward pass, as in PyTorch."""

    def backward(self, dh, dh_n, dc_n):
        before = getattr(self, "grad_bias_ih", 0.0)
        results = super().backward(dh, dh_n, dc_n)
        self.grad_bias_ih = self.grad_bias_ih + before
        return results


def test_sums_that_a_layer_keeps_are_a_finding():
    found = lstm.check(Accumulates)
    assert "A second backward pass on the same forward pass gives other numbers" in " ".join(found.findings)


def test_numbers_that_are_not_finite_are_a_finding():
    def divide(given, results):
        return (results[0], results[1] + np.array([[np.nan, 0, 0]]), *results[2:])

    assert "Numbers that are not finite: dW_2g, dW_2i, dW_2f, dW_2o." in finding(habit(after=divide))


def test_a_wrong_shape_is_a_finding_with_both_shapes():
    def step(x, h_prev, c_prev, W_xi, W_xf, W_xo, W_xg, W_hi, W_hf, W_ho, W_hg, b_i, b_f, b_o, b_g, dh, dc):
        grads = cell.backward(
            x, h_prev, c_prev, W_xi, W_xf, W_xo, W_xg, W_hi, W_hf, W_ho, W_hg, b_i, b_f, b_o, b_g, dh, dc
        )
        return grads | {"W_xf": grads["W_xf"].T}

    found = lstm.check(step)
    assert found.findings == ("The gradient by W_1f has shape (2, 3), expected (3, 2).",)


def test_numbers_that_are_none_are_a_finding():
    def text(given, results):
        return (*results[:3], np.array([["x"] * 2] * 4), *results[4:])

    assert "has <U1 values, expected real numbers" in finding(habit(after=text))


def test_clipping_is_found_though_nothing_is_clipped_at_this_size():
    def clip(given, results):
        return tuple(np.clip(one, -1000, 1000) for one in results)

    assert "as where something clips them, rescales them or adds to them" in finding(habit(after=clip))


def test_a_gradient_that_shrinks_with_its_norm_is_a_cause():
    def rescale(given, results):
        norm = np.sqrt(sum((one**2).sum() for one in results))
        return tuple(one * min(1.0, 0.5 / norm) for one in results)

    found = lstm.check(habit(after=rescale), gates="gifo", layout="Tm")
    assert "Where it is small it is right" in found.causes[0].words


def test_what_no_error_explains_has_hints():
    def stir(given, results):
        return tuple(
            one + 0.1 * np.sin(1 + np.arange(one.size)).reshape(one.shape) * given[6][1].sum() for one in results
        )

    found = lstm.check(habit(after=stir), gates="gifo", layout="Tm")
    assert found.causes == ()
    assert "Right where the loss reads h^(1) alone, wrong where it reads h^(2) alone" in found.hints[0]
    assert found.hints[0].endswith("dh_next and dc_next.")
    assert "Right where the loss reads c alone, wrong where it reads h." in found.hints
    assert "No known error gives: dW_1i, dW_2i" in str(found)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"layout": "TB"}, "layout: expected one of"),
        ({"gates": "ifo"}, "gates: expected one of"),
        ({"kind": "cell"}, "kind: expected one of"),
        ({"biases": 3}, "biases: expected one of"),
        ({"truth": "mine"}, "truth: expected one of"),
        ({"T": 2}, "T: expected at least 3, got 2"),
        ({"m": 3}, "m, n, T, B: expected m, n, T, B, n \\+ m and 4n to differ"),
        ({"names": {"a": "y"}}, "names, returns: expected roles"),
        ({"truth": "forward"}, "truth: expected a forward pass"),
        ({"kind": "step"}, "backward: expected a convention in which it runs, found none among those tried. It said:"),
    ],
)
def test_bad_options_are_refused_by_name(options, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        lstm.check(whole.backward, **options)


def test_what_cannot_be_called_is_refused():
    with pytest.raises(TypeError, match=r"^backward: expected a function or a class with forward and backward, got 3"):
        lstm.check(3)
    with pytest.raises(TypeError, match=r"^forward: expected the forward pass that makes the cache"):
        lstm.check(rows.backward)
