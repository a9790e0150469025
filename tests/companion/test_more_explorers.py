"""The explorers of the plain RNN and of the paths: results by lstm, presets that keep their word."""

import numpy as np
import pytest
from traitlets import TraitError

from companion.explorers import PathExplorer, RNNExplorer
from companion.explorers.rnn.explorer import RNN_PRESETS
from lstm import gradient


def ends(name):
    rates = RNNExplorer(**RNN_PRESETS[name]).rates()
    return rates.rnn[0], rates.product_of_f[0], rates.chain[0]


def test_the_plain_unit_vanishes_where_the_lstm_keeps():
    plain, by_f, true = ends("RNN vanishes, LSTM keeps")
    assert abs(plain) < 0.01
    assert min(by_f, true) > 0.5


def test_at_the_edge_the_plain_unit_neither_grows_nor_shrinks():
    assert ends("RNN at the edge")[0] == 1


def test_the_plain_unit_explodes_where_the_lstm_does_not():
    plain, by_f, true = ends("RNN explodes")
    assert plain > 1000
    assert max(by_f, true) < 2


def test_the_lstm_can_explode_too_though_the_product_of_f_vanishes():
    plain, by_f, true = ends("LSTM explodes too")
    assert plain > 1000
    assert true > 1000
    assert by_f < 1e-3


def test_a_preset_of_the_plain_unit_is_a_complete_setting():
    assert all(values.keys() == RNNExplorer.ranges().keys() for values in RNN_PRESETS.values())


def test_the_paths_add_up_to_the_true_derivative_and_one_is_left_when_h_is_detached():
    explorer = PathExplorer(f=0.7, w_2o=-1.5, c_prev=1.2)
    params, trace = explorer.cell()
    found = explorer.contributions()
    true = gradient.chain(params, trace, 1, 4)[0, 0]
    assert len(found) == 91
    assert sum(c.value[0, 0] for c in found) == pytest.approx(true, rel=1e-13)
    explorer.detach = 1
    (direct,) = explorer.contributions()
    np.testing.assert_allclose(direct.value[0, 0], 0.7**3, rtol=1e-14)


def test_detach_is_a_switch():
    with pytest.raises(TraitError, match=r"detach: expected a whole number in \[0, 1\], got 2"):
        PathExplorer(detach=2)
