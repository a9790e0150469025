"""What an audit says of a module's outputs, whole, and where one cause ends and the next begins."""

import numpy as np
import pytest
from tests.lstm.out_said import H_0, OUT, PARAMS, SAID, T, X, refusal, text

from lstm.audit import causes
from lstm.fast import batched


def test_each_refusal_says_what_was_read_when_it_was_written_down():
    assert text() == SAID.read_text(encoding="utf-8"), "run python -m tests.lstm.out_said, and read it"


def test_the_other_activations_are_those_of_keras():
    z = np.array([-9.0, -1.0, 0.0, 1.0, 2.0, 9.0])
    np.testing.assert_array_equal(causes.hard(0.2)(z), [0, 0.3, 0.5, 0.7, 0.9, 1])
    np.testing.assert_allclose(causes.GATES["hard_sigmoid gates of Keras 3"](z), [0, 1 / 3, 0.5, 2 / 3, 5 / 6, 1])
    np.testing.assert_array_equal(causes.GATES["hard_sigmoid gates of Keras 1 and 2"](z), causes.hard(0.2)(z))
    np.testing.assert_array_equal(causes.CANDIDATES["relu"](z), [0, 0, 0, 1, 2, 9])
    np.testing.assert_array_equal(causes.CANDIDATES["no activation"](z), z)


@pytest.mark.parametrize("sequences", [8, 9])
def test_padding_in_front_is_looked_for_in_the_first_eight_sequences(sequences):
    x = np.random.default_rng(2).normal(size=(T, sequences, 2))
    out = np.zeros((T, sequences, PARAMS.b_i.size))
    for b in range(sequences):
        out[b % 3 :, b] = batched.run(PARAMS, x[b % 3 :, [b]]).h[:, 0]
    out[:, 8:] = 0.5
    said = refusal(PARAMS, x, out, {})
    assert f"which begin at steps {[b % 3 + 1 for b in range(8)] + [1] * (sequences - 8)}" in said


def test_one_wrong_step_among_padded_ones_is_no_padding():
    now = np.arange(T)[:, None, None] < np.array([9, 12, 3, 7])[:, None]
    wrong = np.where(now, OUT, 0)
    wrong[5, 0] += 0.01
    assert "looks like padding" not in refusal(PARAMS, X, wrong, {})


def test_states_set_anew_often_are_another_thing():
    x = np.random.default_rng(3).normal(size=(40, 2, 2))
    for every, said in ((10, "set anew at steps [11, 21, 31]: cut"), (4, "It is none of")):
        pieces = [batched.run(PARAMS, x[k : k + every]).h for k in range(0, len(x), every)]
        assert said in refusal(PARAMS, x, np.concatenate(pieces), {})


def test_four_steps_tell_initial_states_and_three_do_not():
    for steps, is_told in ((4, True), (3, False)):
        out = batched.run(PARAMS, X[:steps], h_0=H_0, c_0=np.zeros_like(H_0)).h
        said = refusal(PARAMS, X[:steps], out, {})
        assert ("initial states that are not those of the module" in said) == is_told
        assert ("It is none of: batch first, time reversed, padding" in said) != is_told


def test_outputs_that_no_step_can_be_judged_by_are_not_called_right_step_by_step():
    said = refusal(PARAMS, X, OUT + 2.5, {})
    assert "Each step is" not in said
    assert "It is none of: batch first" in said
