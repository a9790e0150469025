"""What is said of outputs that are not those of the weights, at the edges, and the whole printed report."""

import re

import numpy as np
import pytest
from tests.lstm.test_batched import batch
from tests.lstm.test_weights_in import Tensor

from lstm import audit, init_params, report
from lstm.audit import causes, mismatch
from lstm.audit.measures import Chains, Ends, HalfLives, Likeness, Saturation, Shares
from lstm.fast import batched
from lstm.gradient import Terms

T, B = 16, 4
PARAMS, X, _ = batch(5, 2, 3, T, B, 2.0)
OUT = batched.run(PARAMS, X).h


def advice(out, x=X, params=PARAMS, **options):
    """What is said after the difference and the limit."""
    with pytest.raises(ValueError, match=r"^out: expected the outputs of params on x, got others") as error:
        audit(params, x, out=out, **options)
    return re.sub(r"^.*?rounding leaves \S+\. ", "", str(error.value))


def falling():
    """A cell whose first unit stays 0 and whose second falls from step to step, all biases but that not zero."""
    params = init_params(2, 2, rng=np.random.default_rng(3))
    still = {f"{name}g": 0 * getattr(params, f"{name}g") for name in ("W_1", "W_2")}
    gates = {f"b_{k}": np.array([0.3, 4.0 if k == "f" else 0.3]) for k in "ifo"}
    return params._replace(**still, **gates, b_g=np.array([0.0, -0.2]))


FALLING, SMALL = falling(), 0.01 * X
FALLEN = batched.run(FALLING, SMALL).h
NOW = np.arange(T)[:, None]


def test_a_unit_that_stays_0_and_one_that_falls_do_not_look_like_padding():
    assert (FALLEN[:, :, 0] == 0).all()
    assert (np.diff(FALLEN[:, :, 1], axis=0) < 0).all()
    lengths = np.array([9, 16, 1, 5])
    words = f"It looks like padding, where out stands still: pass lengths={lengths.tolist()}."
    packed = np.where((lengths > NOW)[:, :, None], FALLEN, 0)
    repeated = np.where((lengths > NOW)[:, :, None], FALLEN, FALLEN[lengths - 1, np.arange(B)])
    assert advice(packed, SMALL, FALLING) == advice(repeated, SMALL, FALLING) == words
    other = packed + np.where((lengths > NOW)[:, :, None], [0, 0.2], 0)
    assert "padding, where" not in advice(other, SMALL, FALLING), "its second unit is wrong"
    packed[:, 3] = 0
    assert "padding, where" not in advice(packed, SMALL, FALLING), "a sequence without any step"


def late(params, x, first):
    out = np.zeros((T, B, len(params.b_g)))
    for b, k in enumerate(first):
        out[k:, b] = batched.run(params, x[k:, [b]]).h[:, 0]
    return out


def test_sequences_that_begin_late_are_seen_beside_units_and_sequences_that_stay_0():
    words = "It looks like padding before the sequences, which begin at steps {}: move each to the front in x, out and "
    said = advice(late(FALLING, SMALL, [1, 0, 1, 0]), SMALL, FALLING)
    assert said == words.format([2, 1, 2, 1]) + "reads, and pass lengths."
    out = late(PARAMS, X, [3, 0, 2, 1])
    assert advice(out).startswith(words.format([4, 1, 3, 2]))
    out[8, 1, 0] += 0.1
    assert "padding before" not in advice(out), "one number of one sequence is larger"
    silent = PARAMS._replace(W_2g=0 * PARAMS.W_2g, b_g=0 * PARAMS.b_g)
    x = X.copy()
    x[:, 2] = 0
    said = advice(late(silent, x, [3, 1, 0, 1]), x, silent)
    assert said.startswith(words.format([4, 2, 1, 2])), "the third gives 0 at every step, as it should"


def test_outputs_of_zeros_agree_with_a_cell_that_gives_zeros():
    zero = PARAMS._replace(W_1g=0 * PARAMS.W_1g, W_2g=0 * PARAMS.W_2g, b_g=0 * PARAMS.b_g)
    assert audit(zero, X, out=np.zeros((T, B, 3))).gap == 0


FIRST = "Each step is right, seen from the outputs before it, and the first differs: it looks like initial states "


def test_initial_states_are_seen_within_the_lengths_and_beside_a_unit_that_stays_0():
    c_0 = np.tile([0.0, 0.5], (B, 1))
    out = batched.run(FALLING, SMALL, c_0=c_0).h
    assert (out[0, :, 1] > FALLEN[0, :, 1]).all()
    assert advice(out, SMALL, FALLING).startswith(FIRST)
    lengths = [9, 16, 5, 7]
    states = np.random.default_rng(1).uniform(-0.9, 0.9, (2, B, 3))
    out = batched.run(PARAMS, X, h_0=states[0], c_0=states[1]).h
    beyond = np.random.default_rng(2).uniform(-0.1, 0.1, OUT.shape)
    out = np.where((np.array(lengths) > NOW)[:, :, None], out, beyond)
    assert advice(out, lengths=lengths).startswith(FIRST)


@pytest.mark.parametrize("cuts", [(5, 10), (5, 8)])
def test_states_set_anew_twice_are_named_with_both_steps(cuts):
    pieces = zip((0, *cuts), (*cuts, T), strict=True)
    out = np.concatenate([batched.run(PARAMS, X[a:b]).h for a, b in pieces])
    steps = [k + 1 for k in cuts]
    assert advice(out) == (
        f"Each other step is right: it looks as if the states were set anew at steps {steps}: cut the sequences there "
        "and pass h_0 and c_0 of each piece."
    )


def test_rounding_that_grew_is_said_in_full():
    params, x, _ = batch(0, 1, 16, 200, 1, 25.0)
    nudged = batched.run(params, x, h_0=np.full((1, 16), 1e-5)).h
    assert advice(nudged, x, params) == (
        "Each step is right, seen from the outputs before it, and so is the first: rounding has grown from step to "
        "step. Let the module run in float64 on the processor (module.double()) and pass what it gives then."
    )


def test_outputs_that_are_too_large_everywhere_are_not_taken_for_others():
    said = advice(OUT + 2.5)
    assert "other axis" not in said
    assert "zero states" not in said


def test_activations_are_sought_in_the_first_8_sequences_and_60_steps_alone():
    params, x, _ = batch(7, 2, 3, 64, 9, 1.0)
    out = causes.outputs(params, x, None, None, *causes.ACTIVATIONS["hard_sigmoid gates of Keras 3 and tanh"])
    out[:, 8] = 0.9
    out[60:] = 0.9
    assert "hard_sigmoid gates of Keras 3 and tanh" in advice(out, x, params)
    back = batched.run(params, x[::-1]).h
    back[:, 8] = 0.9 - np.arange(64)[:, None] / 100
    assert "x were read from its end" in advice(back, x, params)


def test_four_steps_are_enough_to_look_for_initial_states():
    out = np.random.default_rng(0).uniform(-1, 1, (4, B, 3))
    assert advice(out, X[:4]).startswith("It is none of: batch first, time reversed, initial states, padding, other")
    assert advice(out[:3], X[:3]).startswith("It is none of: batch first, time reversed, padding, other")


@pytest.mark.parametrize(("dtype", "eps"), [("float16", 2.0**-10), ("bfloat16", 2.0**-7), ("float32", 2.0**-23)])
def test_the_tolerance_is_the_root_of_the_rounding_of_the_type_that_came(dtype, eps):
    out = Tensor(OUT.astype(np.float32), dtype)
    assert mismatch.read(out, OUT.shape, False)[1] == pytest.approx(np.sqrt(eps), rel=1e-7)
    for part, fits in ((0.95, True), (1.05, False)):
        largest = np.abs(OUT).max()
        rough = OUT - part * np.sqrt(eps) * largest * np.sign(OUT) * (np.abs(OUT) < 0.5 * largest)
        if fits:
            assert audit(PARAMS, X, out=Tensor(rough, dtype)).gap == pytest.approx(part * np.sqrt(eps) * largest, 1e-3)
        else:
            advice(Tensor(rough, dtype))


def test_outputs_of_another_shape_are_refused_in_full():
    both = "two directions: pass out[:, :, :3] for the forward one; for the other pass out[:, :, 3:], x and reads, all "
    turned = "its first two axes stand the other way round than those of x: swap them"
    cases = ((np.ones((T, B, 6)), both + "reversed in time"), (OUT.swapaxes(0, 1), turned))
    for out, words in cases:
        with pytest.raises(ValueError, match=r"^out: ") as error:
            audit(PARAMS, X, out=out)
        assert str(error.value) == f"out: expected shape (16, 4, 3), got shape {out.shape}, {words}"


TEXT = """\
gates within 0.2 of an end (uniform gates: 40%)
  i: 1% near 0, 2% near 1
  f: 3% near 0, 4% near 1
  o: 5% near 0, 6% near 1
half-life of a unit, steps, by the mean log f: 3 / 5 / 7
signed shares of dl/dc, pooled over 44 pairs (step, sequence) that weigh like 38
     direct +0.50   (+0.10 / +0.20 / +0.30)
     forget -0.25   (+0.20 / +0.30 / +0.40)
      input +0.25   (+0.30 / +0.40 / +0.50)
  candidate +0.15   (+0.40 / +0.50 / +0.60)
     output +0.05   (+0.50 / +0.60 / +0.70)
      local +0.30   (+0.60 / +0.70 / +0.80)
from c^(1) to c^(16), 5 sequences
  norm of the true chain 2.0e+00 / 3.0e+00 / 4.0e+00
  norm of the product of f 3.0e-01 / 4.0e-01 / 5.0e-01
  relative error of the product of f 20% / 30% / 40%
  true chain vanishes in 1, holds in 3, explodes in 1
  product of f vanishes in 2, holds in 2, explodes in 1
gradient at c^(1), true against the direct path alone
  log10 of the ratio of lengths -1.0 / +0.0 / +1.0
  cosine -0.50 / +0.00 / +0.50"""


def test_the_whole_report_is_this_text():
    five = np.arange(1.0, 6.0)  # whose quartiles are 2, 3, 4
    quartiles = Terms(*(np.array([1, 2, 3]) / 10 + k / 10 for k in range(6)))
    pooled = Terms(0.5, -0.25, 0.25, 0.15, 0.05, 0.3)
    true, direct = np.array([0, 1, 1, 1, 2]), np.array([0, 0, 1, 1, 2])
    found = audit(PARAMS, X)._replace(
        saturation=Saturation(Ends(0.01, 0.02), Ends(0.03, 0.04), Ends(0.05, 0.06), 0.2, 0.4),
        half_lives=HalfLives(np.ones((3, 5)), 2 * five - 1),
        shares=Shares(pooled, pooled, quartiles, 44, 38.4),
        chain=Chains(five, (five + 1) / 10, five, five / 10, five, five, true, direct),
        gradient=Likeness(five - 3, (five - 3) / 2),
    )
    assert report(found) == TEXT
