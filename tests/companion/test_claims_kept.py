"""What was measured is stored and comes back, and agreement can fail."""

import numpy as np
import pytest
from tests.companion.claims_made_up import chain, clamps, gates, small

from companion.pages.claims import kept

FOUND = {
    "gates": {"a, 0, 1, initialised": gates(0.123456789), "a, 0.02, 1, solved": gates(0.5, done=False)},
    "chain": {"a, 0.02, 1, solved": chain(true=[[1e-200, 3.0]], product=[[1e-300, 1 / 3]])},
    "small": {"a, 0.02, 1, solved": small(carried=np.nan)},
    "clamps": {"a, 0.02, 1, solved": clamps(0.25)},
}


def test_measurements_come_back_to_six_digits(tmp_path):
    kept.save(tmp_path / "m.npz", FOUND)
    again = kept.load(tmp_path / "m.npz")
    assert {kind: list(names) for kind, names in again.items()} == {kind: list(names) for kind, names in FOUND.items()}
    for kind, names in FOUND.items():
        for name, one in names.items():
            for a, b in zip(one, again[kind][name], strict=True):
                np.testing.assert_allclose(a, b, rtol=1e-6, atol=0)
            assert kept.agree(one, again[kind][name])
    assert again["gates"]["a, 0.02, 1, solved"].done is False
    assert isinstance(again["small"]["a, 0.02, 1, solved"].entries, float)


def test_the_same_measurements_give_the_same_bytes(tmp_path):
    for name in ("m", "n"):
        kept.save(tmp_path / f"{name}.npz", FOUND)
    assert (tmp_path / "m.npz").read_bytes() == (tmp_path / "n.npz").read_bytes()


def test_measurements_that_differ_do_not_agree():
    assert not kept.agree(gates(0.5), gates(0.501))
    assert not kept.agree(gates(0.5), gates(0.5, rounded=False))
    assert not kept.agree(gates(0.5), clamps())
    assert kept.agree(small(carried=np.nan), small(carried=np.nan))


def test_another_kind_or_measurement_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"^measured: expected kinds of"):
        kept.save(tmp_path / "m.npz", {"other": {}})
    with pytest.raises(TypeError, match=r"^measured: expected Gates of 'a'"):
        kept.save(tmp_path / "m.npz", {"gates": {"a": small()}})
