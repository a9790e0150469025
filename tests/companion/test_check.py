"""A reader's own function: what is right passes, each known mistake is named, and nothing of ours is harmed."""

import re

import numpy as np
import pytest

from companion import check
from companion.check import equation_15, forward, many
from companion.check.trial import CELLS, NEAR, draw, judge
from companion.pages import museum
from lstm import bptt, equations, gradient, proofs

SUBJECTS = {
    "gates": forward.GATES,
    "step": forward.STEP,
    "terms": equation_15.TERMS,
    "chain": many.CHAIN,
    "gradients": many.GRADIENTS,
}
RIGHT = {
    "gates": equations.gates,
    "step": equations.step,
    "terms": gradient.terms,
    "chain": gradient.chain,
    "gradients": lambda params, trace, reads: bptt.backward(params, trace, reads).params,
}
MISTAKES = [(name, mistake) for name, subject in SUBJECTS.items() for mistake in subject.mistakes]
WHOLE = [(name, words, value) for name, subject in SUBJECTS.items() for words, value in subject.whole]


def drawn(seed=0):
    rng = np.random.default_rng(seed)
    return [draw(rng) for _ in range(CELLS)]


def giving(values):
    """A function that gives one of the values after the other, whatever it is asked."""
    rest = iter(values)
    return lambda *_: next(rest)


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_librarys_own_function_is_right_by_complex_step(name):
    assert getattr(check, name)(RIGHT[name]).right


@pytest.mark.parametrize(("name", "mistake"), MISTAKES, ids=[f"{n}-{m.part}-{m.words[:40]}" for n, m in MISTAKES])
def test_a_known_mistake_is_named_and_nothing_else_is_complained_of(name, mistake):
    cells, subject = drawn(), SUBJECTS[name]
    made = [dict(subject.truth(cell)) | {mistake.part: mistake.value(cell)} for cell in cells]
    report = judge(giving(made), subject, np.random.default_rng(0))
    assert (report.right, report.lines) == (False, [f"{mistake.part}: {mistake.words}"])


@pytest.mark.parametrize(("name", "words", "value"), WHOLE, ids=[words[:40] for _, words, _ in WHOLE])
def test_a_mistake_in_the_whole_backward_pass_is_named(name, words, value):
    made = [value(cell) for cell in drawn()]
    report = judge(giving(made), SUBJECTS[name], np.random.default_rng(0))
    assert (report.right, report.lines) == (False, [f"Not yet. {words}"])


def test_the_exhibits_left_out_are_those_that_give_the_right_gradients_of_the_parameters():
    for exhibit in museum.EXHIBITS:
        value = many._exhibit(exhibit)
        report = judge(giving([value(cell) for cell in drawn()]), many.GRADIENTS, np.random.default_rng(0))
        assert report.right == (exhibit.name in many.UNSEEN)


def test_a_transposed_weight_inside_a_readers_own_code_is_named():
    def mine(params, trace, t, total, reads):
        return gradient.terms(params._replace(W_2f=params.W_2f.T), trace, t, total, reads)

    assert check.terms(mine).lines == ["forget: your W_2f is not transposed."]


def test_two_mistakes_in_two_terms_are_both_named():
    def mine(params, trace, t, total, reads):
        six = gradient.terms(params, trace, t, total, reads)
        return six._replace(output=-six.output, local=3 * six.local)

    assert check.terms(mine).lines == ["output: the sign is wrong.", "local: off by the factor 3."]


def test_what_is_wrong_and_unknown_is_called_so():
    def mine(params, x, h_prev):
        return equations.gates(params, x, h_prev)._replace(o=x[0] * h_prev)

    assert check.gates(mine).lines == ["o: wrong, by none of the mistakes that are known here."]


def test_zeros_are_called_zeros():
    assert check.chain(lambda *_: np.zeros((3, 3))).lines == ["chain: it is zero, and should not be."]


def test_a_function_that_writes_into_its_arguments_is_told_so_and_harms_nothing():
    def mine(params, trace, t, total, reads):
        total.dl_dc[:] = 0

    assert "writes into its arguments" in repr(check.terms(mine))


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (3, "not iterable"),
        (np.zeros((5, 3)), "5 arrays, not the 6"),
        ({"direct": 1}, "no forget, input"),
        ([np.zeros(3)] * 5 + [np.zeros(2)], r"its local has shape \(2,\), not \(3,\)"),
        ([np.full(3, np.nan)] * 6, "not finite"),
    ],
)
def test_a_result_of_another_form_is_described(result, said):
    assert re.search(said, repr(check.terms(lambda *_: result)))


def test_what_a_function_raises_stands_in_the_report():
    def mine(*_):
        raise KeyError("W_3")

    assert "KeyError" in repr(check.gates(mine))


def test_what_cannot_be_called_is_refused():
    with pytest.raises(TypeError, match="function: expected a function, got 3"):
        check.gates(3)


def test_the_sum_of_the_six_terms_is_the_derivative_by_complex_step():
    for cell in drawn(1):
        whole = proofs.states_by_complex_step(cell.params, cell.trace, cell.reads).dl_dc[cell.t - 2]
        assert np.abs(sum(equation_15.TERMS.truth(cell).values()) - whole).max() < NEAR


def test_fresh_cells_are_drawn_for_each_trial_unless_a_generator_is_given():
    seen = []
    for _ in range(2):
        check.gates(lambda params, x, h_prev: seen.append(x.sum()) or equations.gates(params, x, h_prev))
    assert len(set(seen)) == len(seen) == 2 * CELLS
