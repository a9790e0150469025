"""The museum: each exhibit is caught by the check that it names and missed by the other, and no check cries wolf."""

import numpy as np
import pytest

from companion.pages import museum
from companion.pages.museum import cases, checkers, specimen
from lstm import Params, run

CHECKS = {check.name: check for check in museum.CHECKS}
exhibits = pytest.mark.parametrize("exhibit", museum.EXHIBITS, ids=lambda exhibit: exhibit.name)
checks = pytest.mark.parametrize("check", museum.CHECKS, ids=lambda check: check.name)


@pytest.fixture(scope="module")
def verdicts():
    """Every verdict of the museum, the control's included, by the names of exhibit and check."""
    return {(v.exhibit, v.check): v for v in museum.verdicts((museum.CONTROL, *museum.EXHIBITS))}


@pytest.fixture(scope="module")
def materials():
    return {name: check.prepare() for name, check in CHECKS.items()}


def tampered(right, wrong):
    return museum.CONTROL._replace(name="tampered", changes=((right, wrong),))


def caught(exhibit, name):
    (verdict,) = museum.verdicts([exhibit], [CHECKS[name]])
    return verdict.caught


@exhibits
def test_an_exhibit_is_caught_by_the_check_that_it_names(exhibit, verdicts):
    assert verdicts[exhibit.name, exhibit.caught_by].caught


@exhibits
def test_an_exhibit_is_missed_by_the_check_that_it_names(exhibit, verdicts):
    assert not verdicts[exhibit.name, exhibit.missed_by].caught


@exhibits
def test_an_exhibit_is_off_by_more_than_a_rounding_error(exhibit, verdicts):
    assert verdicts[exhibit.name, "complex_step"].difference > 0.05


@checks
def test_the_correct_layer_passes_every_check(check, verdicts):
    assert not verdicts["control", check.name].caught


@pytest.mark.parametrize("name", [name for name in CHECKS if name != "complex_step"])
def test_every_check_but_the_complete_one_misses_an_exhibit(name, verdicts):
    assert any(not v.caught for (exhibit, check), v in verdicts.items() if check == name and exhibit != "control")


@pytest.mark.parametrize("name", [name for name in CHECKS if name not in ("shapes_only", "loss_goes_down")])
def test_every_check_of_values_catches_an_exhibit(name, verdicts):
    assert any(v.caught for (_, check), v in verdicts.items() if check == name)


def test_the_check_of_shapes_catches_a_missing_step():
    assert caught(tampered("dx[::-1]", "dx[:-1]"), "shapes_only")


def test_a_wrong_shape_is_no_error_of_values_but_infinitely_wrong():
    (verdict,) = museum.verdicts([tampered("dx[::-1]", "dx[:-1]")], [CHECKS["complex_step"]])
    assert verdict.difference == np.inf


def test_training_catches_a_gradient_of_the_wrong_sign():
    assert caught(tampered("Params(**grads)", "Params(**{k: -v for k, v in grads.items()})"), "loss_goes_down")


def test_a_nan_in_the_last_array_alone_is_caught():
    assert caught(tampered("c_0=dc_next", "c_0=np.nan * dc_next"), "complex_step")


def test_what_should_be_exactly_zero_and_is_not_is_caught():
    assert caught(tampered('["W_2" + gate] += d @ h_prev.T', '["W_2" + gate] += 1e-20'), "one_step")


@exhibits
def test_an_exhibit_differs_from_the_specimen_in_few_lines(exhibit):
    signs = [line[:2] for line in museum.diff(exhibit).splitlines()]
    assert set(signs) == {"- ", "+ "}
    assert signs.count("+ ") <= 8


@exhibits
def test_an_exhibit_tells_its_story_its_hint_and_its_fix_in_sentences_of_at_most_35_words(exhibit):
    assert exhibit.title
    for text in (exhibit.seen, exhibit.hint, exhibit.fix):
        assert text[0].isupper()
        assert text.endswith(".")
        assert max(len(sentence.split()) for sentence in text.split(". ")) <= 35


def test_there_are_at_least_nine_exhibits_and_no_name_is_used_twice():
    names = [exhibit.name for exhibit in (museum.CONTROL, *museum.EXHIBITS)]
    assert len(set(names)) == len(names) >= 10


def test_an_exhibit_is_found_by_its_name_and_the_control_is_the_specimen():
    assert museum.find("index_wraps").name == "index_wraps"
    assert museum.diff(museum.CONTROL) == ""


@pytest.mark.parametrize(("m", "n", "T", "B"), [(1, 1, 1, 1), (2, 3, 4, 3), (4, 2, 3, 2)])
def test_the_specimen_runs_the_equations_of_the_reference(m, n, T, B):
    case = cases.draw(m=m, n=n, T=T, B=B, seed=5)
    h = np.array([moment.h for moment in specimen.forward(case.params, case.x, case.h_0, case.c_0)])
    for b in range(B):
        true = run(case.params, case.x[:, :, b], case.h_0[:, b], case.c_0[:, b]).h
        assert np.abs(h[:, :, b] - true).max() <= 1e-15


@pytest.mark.parametrize("seed", range(3))
def test_complex_step_and_central_differences_agree_on_the_truth(seed):
    case = cases.draw(n=2, T=3, B=2, seed=seed)
    exact = cases.complex_step(cases.reference_loss, case)
    assert checkers.worst(cases.central_differences(cases.reference_loss, case, 1e-5), exact) < 1e-8


@checks
def test_the_weak_checks_are_weak_in_the_way_that_they_say(check, materials):
    material = materials[check.name]
    case = material if isinstance(material, cases.Case) else material[0]
    biases = [value for name, value in case.params._asdict().items() if name.startswith("b_")]
    assert all((bias == 0).all() for bias in biases) == (check.name == "zero_biases")
    assert (len(case.x) == 1) == (check.name == "one_step")
    assert (case.x.shape[2] == 1) == (check.name == "batch_of_one")
    assert (case.h_0.shape[0] == 1) == (check.name == "one_unit")
    assert (not case.reads[:-1].any()) == (check.name in ("one_step", "last_step_only"))
    assert (case.x.dtype == np.float32) == (check.name == "small_weights")


def test_two_visits_give_the_same_verdicts(verdicts):
    chosen = [museum.CONTROL, museum.EXHIBITS[0]]
    assert museum.verdicts(chosen) == [v for v in verdicts.values() if v.exhibit in {e.name for e in chosen}]


def test_a_check_leaves_its_material_as_it_was(materials):
    case, true = materials["complex_step"]
    before = [array.copy() for array in (*case.params, *case[1:], *true.params, *true[1:])]
    CHECKS["complex_step"].measure(specimen, (case, true))
    after = (*case.params, *case[1:], *true.params, *true[1:])
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


def test_the_table_has_a_row_an_exhibit_with_the_checks_that_miss_it(verdicts):
    chosen = [verdicts[e, c] for e in ("control", "mean_over_batch") for c in ("complex_step", "batch_of_one")]
    shown = museum.table(chosen)
    assert shown.headings == ["exhibit", "caught by", "missed by"]
    assert shown.rows == [
        ["control", "0 of 2", "complex_step, batch_of_one"],
        ["mean_over_batch", "1 of 2", "batch_of_one"],
    ]
    assert museum.table([verdicts["index_wraps", "complex_step"]]).rows == [["index_wraps", "1 of 1", "none"]]


def test_a_change_that_does_not_fit_the_specimen_is_refused():
    with pytest.raises(ValueError, match="tampered: expected 'no such text' once in the specimen, found it 0 times"):
        museum.build(tampered("no such text", ""))
    with pytest.raises(ValueError, match="found it 4 times"):
        museum.source(tampered("p.b_", "p.b_")._replace(changes=(("[:, None]", ""),)))


@pytest.mark.parametrize("wrong", [specimen, "dh_overwritten", None])
def test_what_is_no_exhibit_is_refused(wrong):
    with pytest.raises(TypeError, match=r"exhibit: expected a museum\.Exhibit, got"):
        museum.build(wrong)
    with pytest.raises(TypeError, match=r"exhibits: expected each to be a museum\.Exhibit, got"):
        museum.verdicts([wrong])


def test_an_empty_visit_is_refused():
    with pytest.raises(ValueError, match="exhibits: expected at least one Exhibit, got none"):
        museum.verdicts([])
    with pytest.raises(ValueError, match="checks: expected at least one Check, got none"):
        museum.verdicts(museum.EXHIBITS[:1], [])
    with pytest.raises(ValueError, match="verdicts: expected at least one Verdict, got none"):
        museum.table([])


def test_what_is_no_check_and_no_verdict_is_refused():
    with pytest.raises(TypeError, match=r"checks: expected each to be a museum\.Check, got str"):
        museum.verdicts(museum.EXHIBITS[:1], ["complex_step"])
    with pytest.raises(TypeError, match=r"verdicts: expected each to be a museum\.Verdict, got Params"):
        museum.table([Params(*[np.ones(1)] * 12)])


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match=r"name: expected one of dh_overwritten, .*, got 'mona_lisa'"):
        museum.find("mona_lisa")
