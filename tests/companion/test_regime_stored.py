"""What the regime explorer stores: small, the same on any machine, and what the chapter holds."""

import json

import nbformat
import numpy as np
from tests.companion.regime_book import BIASES, SCALES, book, explorer
from tests.conftest import ROOT
from tools.refresh import WIDGET_STATE

from companion.explorers import RegimeExplorer
from companion.pages.regimes import places as study


def test_no_stored_number_hangs_on_a_last_digit():
    """Other CPUs differ by 1e-16 an operation; here all weights move by 1e-13 of themselves."""
    draws, _, built, _ = book()
    rng = np.random.default_rng(1)

    def moved(draw):
        return draw._replace(
            params=type(draw.params)(*(a * (1 + 1e-13 * rng.normal(size=a.shape)) for a in draw.params))
        )

    places = study.places([moved(draw) for draw in draws], BIASES, SCALES)
    cells = {name: study.one(moved(draw)) for name, draw in built.items()}
    assert (places.true_curve != book()[1].true_curve).any()
    assert RegimeExplorer(places, cells).data == explorer().data


def test_the_chapter_stores_what_is_computed_here():
    """nbval compares no state of a widget."""
    nb = nbformat.read(ROOT / "book" / "regimes.ipynb", 4)
    states = [model["state"] for model in nb.metadata.widgets[WIDGET_STATE]["state"].values()]
    assert [state["data"] == explorer().data for state in states if "data" in state] == [True]


def test_what_is_stored_is_small_and_has_no_negative_zero():
    assert len(explorer().data) < 160_000
    assert "-0.0" not in explorer().data
    assert "-0," not in explorer().data
    assert json.loads(explorer().data)["biases"] == BIASES.tolist()
