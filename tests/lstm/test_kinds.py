"""One list of the kinds of layer: whoever trains, stores or draws a network looks there."""

import numpy as np
import pytest

from lstm import cell, rnn
from lstm.training import kinds


@pytest.mark.parametrize(("name", "draw"), [("lstm", cell.init_params), ("rnn", rnn.init_params)])
def test_a_layer_is_known_by_the_type_of_its_parameters(name, draw):
    layer = draw(2, 3, rng=np.random.default_rng(0))
    assert kinds.name_of(layer) == name
    assert kinds.KINDS[name].check(layer)[1:] == (2, 3)
    with pytest.raises(TypeError, match=r"^model.layer: expected Params or RNNParams, got tuple"):
        kinds.name_of(tuple(layer))


def test_in_a_file_no_array_of_a_readout_has_the_name_of_a_parameter():
    for kind in kinds.KINDS.values():
        assert not {*kind.readout} & {*kind.params._fields}
