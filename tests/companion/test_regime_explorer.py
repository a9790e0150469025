"""The regime explorer: its numbers are those of regimes and gradient, rounded; what it stores holds on any machine."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import slopes_off_by_a_thousandth
from tests.companion.regime_book import BIASES, PLACES, SCALES, book, explorer
from traitlets import TraitError

from companion.explorers import RegimeExplorer
from companion.explorers.regimes.explorer import CASES
from companion.pages.regimes import maps
from companion.pages.regimes import places as study
from companion.shared import cells as shared
from lstm import rates
from lstm.cell import run
from lstm.gradient import chain, product_of_f


def small(seed=0, cells=3, n=3, T=6):
    return shared.draw_cells(cells, m=2, n=n, T=T, rng=np.random.default_rng(seed))


def assert_curves_are_the_reference(found, draws, biases, scales):
    for p, (bias, scale) in enumerate((b, s) for b in biases for s in scales):
        for name, norm in [("true_curve", true_norm), ("direct_curve", direct_norm)]:
            every = [[norm(shared.placed(d, bias, scale), s) for s in range(1, len(d.x) + 1)] for d in draws]
            wanted = np.quantile(np.log10(every), [0.25, 0.5, 0.75], axis=0)
            np.testing.assert_allclose(getattr(found, name)[p], wanted, rtol=0, atol=1e-9)


def true_norm(draw, s):
    return np.linalg.norm(chain(draw.params, run(*draw), s, len(draw.x)), 2)


def direct_norm(draw, s):
    return product_of_f(run(*draw), s, len(draw.x)).max()


@given(st.integers(1, 3), st.integers(1, 4), st.integers(2, 6), st.integers(0, 2**32 - 1))
def test_the_curves_are_the_reference(cells, n, T, seed):
    draws, biases, scales = small(seed, cells, n, T), [-1.0, 3.0], [0.0, 1.0, 5.0]
    assert_curves_are_the_reference(study.places(draws, biases, scales), draws, biases, scales)


@pytest.mark.parametrize("what", ["slopes", "draws"])
def test_a_wrong_curve_is_seen(what, monkeypatch):
    draws = small()
    if what == "slopes":
        slopes_off_by_a_thousandth(monkeypatch)
    found = study.places(draws if what == "slopes" else small(1), [1.0], [3.0])
    with pytest.raises(AssertionError):
        assert_curves_are_the_reference(found, draws, [1.0], [3.0])


def test_the_map_of_the_book_is_that_of_the_curves():
    draws, places, *_ = book()
    found = maps.regime_map(draws, BIASES, SCALES)
    for forward, back in [(found.true, places.true_curve), (found.direct, places.direct_curve)]:
        wanted = np.quantile(forward, [0.25, 0.5, 0.75], axis=-1).reshape(3, -1).T
        np.testing.assert_allclose(back[:, :, 0], wanted, rtol=0, atol=1e-9)
        assert (back[:, :, -1] == 0).all()


def wanted_at(row, column):
    """Every number of one place, from 16 cells of that place alone."""
    at = [shared.numbers(shared.placed(draw, BIASES[row], SCALES[column])) for draw in book()[0]]
    said = {}
    for which in ("true", "direct"):
        norms, verdicts = [getattr(one, which) for one in at], [getattr(one, f"{which}_verdict") for one in at]
        said[f"{which}_norm"] = 10 ** np.quantile(np.log10(norms), [0.25, 0.5, 0.75])
        said[f"{which}_rate"] = np.quantile([getattr(one, f"{which}_rate") for one in at], [0.25, 0.5, 0.75])
        said[which] = [verdicts.count(word) for word in rates.VERDICTS]
        said[f"{which}_verdict"] = rates.verdict(said[f"{which}_rate"][1])
    return said | {"log10_ratio": np.quantile([one.log10_ratio for one in at], [0.25, 0.5, 0.75])}


def assert_shows(shown, said):
    for name, wanted in said.items():
        if "norm" in name or "rate" in name:
            wanted = [float(f"{value:.3g}") for value in wanted]
        elif name == "log10_ratio":
            wanted = [round(float(value), 2) for value in wanted]
        assert shown[name] == pytest.approx(wanted, rel=1e-12, abs=1e-12), name


def shown_at(row, column):
    explorer().bias, explorer().scale = BIASES[row], SCALES[column]
    shown = explorer().shown()
    explorer().bias = explorer().scale = 1.0
    return shown


@pytest.mark.parametrize("place", [(0, 0), (0, 12), (4, 5), (6, 2), (8, 9), (10, 11), (12, 3), (12, 12)])
def test_a_place_shows_what_the_reference_code_says_of_its_16_cells(place):
    assert_shows(shown_at(*place), wanted_at(*place))


def test_all_places_show_what_the_map_and_its_summary_say():
    found = maps.regime_map(book()[0], BIASES, SCALES)
    said = maps.summary(found)
    for row, column in PLACES:
        here = {name: getattr(said, name)[:, row, column] for name in ("true_rate", "direct_rate", "log10_ratio")}
        for which in ("true", "direct"):
            here[f"{which}_norm"] = 10 ** np.quantile(getattr(found, which)[row, column], [0.25, 0.5, 0.75])
            here[which] = 16 * getattr(said, which)[:, row, column]
            here[f"{which}_verdict"] = rates.verdict(here[f"{which}_rate"][1])
        assert_shows(shown_at(row, column), here)


def test_a_wrong_number_of_a_place_is_seen():
    shown, wanted = shown_at(12, 12), wanted_at(12, 12)
    for name in wanted:
        with pytest.raises(AssertionError, match=name):
            assert_shows(shown | {name: (np.array(shown[name]) * 1.01 + 0.02).tolist()}, wanted)


@pytest.mark.parametrize("name", CASES)
def test_a_built_cell_shows_its_numbers(name):
    draw, one = book()[2][name], RegimeExplorer(*book()[1::2], case=1 + CASES.index(name))
    said, shown = shared.numbers(draw), one.shown()
    three = {k: [getattr(said, k)] * 3 for k in ("true_rate", "direct_rate", "log10_ratio")}
    assert_shows(shown, three | {"true_norm": [said.true] * 3, "direct_norm": [said.direct] * 3})
    for which in ("true", "direct"):
        place = rates.VERDICTS.index(getattr(said, f"{which}_verdict"))
        assert shown[which] == [int(k == place) for k in range(3)]
        assert shown[f"{which}_verdict"] == place
    steps = [true_norm(draw, s) for s in range(1, 30)]
    np.testing.assert_allclose(np.array(shown["true_curve"]) / 100, np.log10([steps] * 3), rtol=0, atol=0.0051)


def test_the_cells_are_those_of_regimes():
    assert list(CASES) == list(book()[2])


def test_the_nearest_place_is_shown():
    near, at = RegimeExplorer(*book()[1::2], bias=2.2, scale=3.3), RegimeExplorer(*book()[1::2], bias=2, scale=3.5)
    assert near.shown() == at.shown() != explorer().shown()


def test_the_repr_names_the_choice_and_not_the_data():
    assert repr(explorer()) == "RegimeExplorer(bias=1.0, scale=1.0, case=0, colour=0)"


def test_bad_input_is_named():
    _, places, _, cells = book()
    short = {name: study.one(small(cells=1)[0]) for name in CASES}
    calls = [
        (TypeError, "places: ", lambda: RegimeExplorer(None, cells)),
        (ValueError, "cells: expected the names agrees", lambda: RegimeExplorer(places, {"agrees": cells["agrees"]})),
        (TypeError, r"cells\['agrees'\]: ", lambda: RegimeExplorer(places, dict.fromkeys(CASES))),
        (ValueError, "cells: expected as many steps", lambda: RegimeExplorer(places, short)),
        (ValueError, "places: expected bias", lambda: RegimeExplorer(places._replace(biases=BIASES + 1), cells)),
        (ValueError, "places: expected scale", lambda: RegimeExplorer(places._replace(scales=SCALES - 1), cells)),
        (TraitError, "case: ", lambda: RegimeExplorer(places, cells, case=5)),
        (TraitError, "colour: ", lambda: RegimeExplorer(places, cells, colour=1.5)),
        (TraitError, "bias: ", lambda: RegimeExplorer(places, cells, bias=5)),
        (TraitError, "data: ", lambda: setattr(explorer(), "data", "{}")),
        (TypeError, "RegimeExplorer: no trait 'row'", lambda: RegimeExplorer(places, cells, row=1)),
        (ValueError, "biases: ", lambda: study.places(small(), 1.0, [1.0])),
        (ValueError, "draws: cells", lambda: study.places([], [1.0], [1.0])),
    ]
    for error, name, call in calls:
        with pytest.raises(error, match=f"^{name}"):
            call()
