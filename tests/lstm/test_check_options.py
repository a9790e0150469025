"""A convention that is named is taken at its word, and one that there is not is refused with those there are."""

from itertools import permutations

import pytest
from tests.lstm.backward_passes import rows, whole

import lstm

ORDERS = ["".join(order) for order in permutations("ifog")]
THERE = {
    "layout": ["TBm", "BTm", "TmB", "mBT", "mTB", "BmT", "Tm", "mT", "Bm", "mB", "m"],
    "gates": ORDERS,
    "weights": ["columns", "rows"],
    "joined": ["", "hx", "xh"],
    "bias": ["n", "n1", "1n"],
    "dc": ["every", "last"],
    "kind": ["sequence", "step"],
    "biases": [0, 1, 2],
    "truth": ["book", "forward"],
}


@pytest.mark.parametrize("option", THERE)
def test_what_there_is_not_is_refused_with_all_that_there_is(option):
    with pytest.raises(ValueError, match=f"^{option}: expected .* got 'another'$") as refused:
        lstm.check(whole.backward, **{option: "another"})
    listed = str(refused.value)
    assert all(repr(one) in listed for one in THERE[option])
    assert listed.count("'") == 2 * (1 + len([one for one in THERE[option] if isinstance(one, str)]))


RIGHT = {"gates": "gifo", "layout": "Tm", "weights": "columns", "joined": "", "bias": "n", "dc": "every", "biases": 1}


@pytest.mark.parametrize("option", RIGHT)
def test_the_right_name_alone_is_enough(option):
    assert lstm.check(whole.backward, **{option: RIGHT[option]}).right


@pytest.mark.parametrize(
    ("option", "wrong"), [("gates", "ifog"), ("weights", "rows"), ("joined", "hx"), ("bias", "n1"), ("layout", "TBm")]
)
def test_a_wrong_name_is_not_mended(option, wrong):
    try:
        found = lstm.check(whole.backward, **{option: wrong})
    except ValueError:
        return
    assert not found.right


def test_batch_first_is_found_and_can_be_named():
    assert "layout='BTm'" in lstm.check(rows.backward, rows.forward).convention
    assert lstm.check(rows.backward, rows.forward, layout="BTm", weights="rows", gates="ifog").right
