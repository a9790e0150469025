"""The audit against the module's own outputs: agreement is measured, and each way to differ is named with its cure."""

import numpy as np
import pytest
from tests.lstm.out_said import C_0, H_0, OUT, PARAMS, B, X, cases
from tests.lstm.test_batched import batch

from lstm import audit, report
from lstm.audit import causes
from lstm.equations import sigmoid
from lstm.fast import batched

CASES = cases()


def refused(out, x=X, params=PARAMS, **options):
    with pytest.raises(ValueError, match=r"^out: ") as error:
        audit(params, x, out=out, **options)
    return str(error.value)


def test_agreement_is_measured_and_reported():
    found = audit(PARAMS, X, out=OUT.astype(np.float32))
    assert 0 < found.gap < 1e-7
    assert report(found).startswith(f"largest difference from the outputs of the module {found.gap:.0e}\n")
    assert audit(PARAMS, X, out=OUT).gap == 0
    assert audit(PARAMS, X).gap is None


def test_outputs_in_half_precision_have_more_room():
    assert audit(PARAMS, X, out=OUT.astype(np.float16)).gap > 1e-5
    rough = OUT + 1e-2 * np.sign(OUT)
    assert audit(PARAMS, X, out=rough.astype(np.float16)).gap == pytest.approx(1e-2, rel=0.1)
    assert "they differ by up to 0.01, rounding leaves 0.0003" in refused(rough)


def test_a_transposed_batch_is_named():
    other = batched.run(PARAMS, X.swapaxes(0, 1)).h.swapaxes(0, 1)
    assert "the other axis first: pass batch_first=True" in refused(other)
    audit(PARAMS, X, out=other, batch_first=True)
    square = X[:B]
    right = batched.run(PARAMS, square).h
    assert "pass batch_first=False" in refused(right, square, batch_first=True)
    audit(PARAMS, square, out=right)


def test_reversed_time_is_named():
    back = batched.run(PARAMS, X[::-1]).h
    assert "time reversed, as in a backward direction: pass x, out and reads reversed in time" in refused(back[::-1])
    assert "x were read from its end, as with go_backwards: pass x reversed in time" in refused(back)
    assert "out alone were reversed in time: reverse it" in refused(OUT[::-1])
    audit(PARAMS, X[::-1], out=back)


def test_initial_states_are_named():
    out = batched.run(PARAMS, X, h_0=H_0, c_0=C_0).h
    assert "initial states that are not those of the module. Pass h_0 and c_0" in refused(out)
    assert audit(PARAMS, X, out=out, h_0=H_0, c_0=C_0).gap == 0
    assert "started from zero states: leave h_0 and c_0 out" in refused(OUT, h_0=H_0, c_0=C_0)


def test_states_that_were_set_anew_are_named_with_their_step():
    out = np.concatenate([OUT[:7], batched.run(PARAMS, X[7:]).h])
    assert "as if the states were set anew at steps [8]: cut the sequences there" in refused(out)
    assert audit(PARAMS, X[7:], out=out[7:]).gap < 1e-15


def test_padding_behind_is_named_with_the_lengths():
    lengths = [9, 12, 3, 7]
    for out in (CASES["packed"].out, CASES["repeated"].out):
        assert f"looks like padding, where out stands still: pass lengths={lengths}" in refused(out)
        assert audit(PARAMS, X, out=out, lengths=lengths).gap == 0


def test_padding_in_front_is_named_with_the_first_steps():
    assert "padding before the sequences, which begin at steps [4, 1, 6, 2]" in refused(CASES["late"].out)


@pytest.mark.parametrize("words", causes.ACTIVATIONS)
def test_other_activations_are_named(words):
    out = causes.outputs(PARAMS, X, None, None, *causes.ACTIVATIONS[words])
    assert f"other activations, {words}: another cell" in refused(out)
    shifted = batched.run(PARAMS, X, h_0=H_0, c_0=C_0).h
    both = causes.outputs(PARAMS, X, H_0, C_0, *causes.ACTIVATIONS[words])
    assert f"other activations, {words}" in refused(both, h_0=H_0, c_0=C_0)
    assert "other activations" not in refused(shifted)


def test_our_own_activations_are_the_cell():
    np.testing.assert_allclose(causes.outputs(PARAMS, X, H_0, C_0), batched.run(PARAMS, X, h_0=H_0, c_0=C_0).h, 1e-14)
    assert (causes.GATES["sigmoid gates"], causes.CANDIDATES["tanh"]) == (sigmoid, np.tanh)
    assert len(causes.ACTIVATIONS) == 8


def test_blocks_in_another_order_are_named():
    wrong = CASES["order"].params
    assert "blocks in another order, f where i belongs, i where f belongs" in refused(OUT, params=wrong)


def test_a_forget_bias_that_the_module_adds_is_named():
    assert "add 1 to b_f" in refused(OUT, params=PARAMS._replace(b_f=PARAMS.b_f - 1))


def test_rounding_that_grows_is_named():
    params, x, _ = batch(0, 1, 16, 300, 1, 25.0)
    out = batched.run(params, x).h
    nudged = batched.run(params, x, h_0=np.full((1, 16), 1e-7)).h
    assert np.abs(nudged[0] - out[0]).max() < 1e-6
    assert np.abs(nudged - out).max() > 1, "this network is chaotic"
    assert "rounding has grown from step to step" in refused(nudged, x, params)


def test_coarser_rounding_and_weights_of_another_moment_are_named():
    near = CASES["coarse"].params
    assert "coarser rounding, as TF32 and half precision have, or like weights of another" in refused(OUT, params=near)


def test_what_is_none_of_these_is_said_to_be_none():
    rng = np.random.default_rng(0)
    assert "It is none of: batch first, time reversed" in refused(rng.uniform(-1, 1, OUT.shape))
    other = CASES["another network"].out
    assert "Are these the weights that ran" in refused(other)


def test_a_wrong_shape_says_what_it_looks_like():
    assert "got shape (4, 3), the last step alone: let the layer return all steps" in refused(OUT[-1])
    both = np.concatenate([OUT, OUT], axis=2)
    assert "got shape (12, 4, 6), two directions: pass out[:, :, :3] for the forward one" in refused(both)
    assert "the other way round than those of x: swap them" in refused(OUT.swapaxes(0, 1))
    assert "expected shape (4, 12, 3)" in refused(OUT, X.swapaxes(0, 1), batch_first=True)
    assert refused(OUT[:, :, :2]) == "out: expected shape (12, 4, 3), got shape (12, 4, 2)"


def test_nothing_beyond_the_lengths_is_compared():
    out = OUT.copy()
    out[9:, 0] = 5
    assert audit(PARAMS, X, out=out, lengths=[9, 12, 12, 12]).gap == 0
    assert "they differ by up to" in refused(out, lengths=[10, 12, 12, 12])
