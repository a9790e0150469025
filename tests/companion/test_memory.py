"""The explorer of the memory: its presets do what their names claim, and what it shows is Eqs. (13) and (14)."""

import numpy as np
import pytest
from traitlets import TraitError

from companion.explorers import MemoryExplorer
from companion.explorers.memory.explorer import NOISE, PRESETS, T


def followed(name, **changes):
    return MemoryExplorer(**PRESETS[name] | changes).follow()


def test_hold_keeps_what_was_written_and_shows_it_at_the_end_alone():
    c, h, _ = followed("hold")
    assert c.tolist() == [0, 0, *[NOISE[2]] * (T - 2)]
    assert h.tolist() == [0] * (T - 1) + [np.tanh(NOISE[2])]


def test_forget_replaces_the_first_content_by_the_second():
    c, _, _ = followed("forget")
    assert (c[7], c[-1]) == (NOISE[2], NOISE[8])


def test_integrate_is_the_sum_so_far():
    c, _, _ = followed("integrate")
    np.testing.assert_allclose(c, np.cumsum(PRESETS["integrate"]["g"]), rtol=0, atol=1e-15)


def test_count_rises_by_a_quarter_at_each_pulse_and_nowhere_else():
    c, _, _ = followed("count")
    pulses = np.array(PRESETS["count"]["g"])
    assert pulses.sum() == 5
    np.testing.assert_array_equal(np.diff(c, prepend=0), pulses / 4)


def test_latch_has_the_sign_of_the_last_pulse():
    c, h, _ = followed("latch")
    last = np.repeat([1.0, -1.0, 1.0], [5, 5, 5])
    assert c[1:].tolist() == last.tolist()
    assert np.sign(h[1:]).tolist() == last.tolist()


def test_each_gate_fixed_open_fails_as_the_page_says():
    assert followed("forget", fixed=1).c[-1] == pytest.approx(NOISE[2] + NOISE[8])
    assert followed("hold", fixed=2).c[-1] == pytest.approx(sum(NOISE))
    c, h, _ = followed("hold", fixed=3)
    np.testing.assert_array_equal(h, np.tanh(c))
    np.testing.assert_array_equal(MemoryExplorer(fixed=3).follow(as_drawn=True).h, followed("hold").h)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([0.5] * (T - 1), "f: expected 16 numbers"),
        (0.5, "f: expected 16 numbers"),
        ([0.5] * 3 + [1.5] + [0.0] * 12, r"f\[3\]: expected a number in \[0, 1\], got 1.5"),
        ([0.5] * 5 + ["0.1"] + [0.0] * 10, r"f\[5\]: expected a number"),
        ([float("nan")] * T, r"f\[0\]: expected a number"),
    ],
)
def test_a_series_refuses_what_it_cannot_show(value, said):
    with pytest.raises(TraitError, match=said):
        MemoryExplorer(f=value)


def test_a_series_takes_an_array_and_two_explorers_do_not_share_one():
    one, other = MemoryExplorer(f=np.linspace(0, 1, T)), MemoryExplorer()
    assert one.f == np.linspace(0, 1, T).tolist()
    other.f[0] = 7.0
    assert MemoryExplorer().f[0] == 1.0


def test_what_the_page_is_given_has_the_length_of_a_series():
    assert MemoryExplorer.limits()["f"] == [0, 1, 0, T]
    assert MemoryExplorer.limits()["t"] == [1, T, 1]
    assert repr(MemoryExplorer()) == "MemoryExplorer(fixed=0, t=16)"
