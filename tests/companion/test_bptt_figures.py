"""The unrolled network shows two messages to every state, and a share of every step; the whole sweep its numbers."""

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from companion.explorers import SweepExplorer
from companion.explorers.sweep.explorer import PRESETS
from companion.pages.bptt.figures import swept, unrolled


@pytest.mark.parametrize("T", [1, 3])
def test_every_state_before_the_last_is_sent_two_messages_and_every_step_has_its_share(T):
    words = [text.get_text() for text in unrolled(T).axes[0].texts]
    messages = [word for word in words if word.startswith("to $")]
    assert messages == [f"to ${name}^{{({t})}}$" for t in range(T) for name in "ch"]
    for t in range(1, T + 1):
        assert {f"$r^{{({t})}}$", rf"$\delta_*^{{({t})}}$", f"step {t}"} <= set(words)
    assert words.count("0") == 2  # nothing comes from beyond the last step


def test_more_steps_than_fit_are_refused():
    with pytest.raises(ValueError, match=r"^T: "):
        unrolled(4)


@pytest.mark.parametrize("setting", [{}, PRESETS["shares cancel"]], ids=["start", "signs"])
def test_the_whole_sweep_has_the_explorers_messages_shares_and_sums(setting):
    explorer = SweepExplorer(**setting)
    sweep, shares = explorer.sweep(), explorer.shares()
    axes = swept(sweep.to_c, sweep.to_h, explorer.reads()[:, 0], shares).axes[0]
    words = [text.get_text() for text in axes.texts]
    for value in [*sweep.to_c, *sweep.to_h, *(one.sum() for one in shares.values())]:
        words.remove(f"{value:.3f}")
    assert [word for word in words if word.startswith("$r")] == ["$r^{(6)}$"]
    read, *arrows = [one for one in axes.patches if hasattr(one, "get_arrowstyle")]
    messages = np.array([*sweep.to_c, *sweep.to_h])
    assert read.get_linewidth() == pytest.approx(7 * 0.75)
    assert [one.get_linewidth() for one in arrows] == pytest.approx(
        0.75 * (1 + 2 * np.clip(np.log10(np.abs(messages)) + 3, 0, 3))
    )
    assert [one.get_linestyle() == "--" for one in arrows] == (messages < 0).tolist()
    bars = [one.get_height() for one in axes.patches if isinstance(one, Rectangle)]
    tallest = max(map(abs, bars))
    assert bars == pytest.approx(np.concatenate([one / np.abs(one).max() for one in shares.values()]) * tallest)


def test_shares_of_another_length_are_refused_and_a_message_of_nothing_has_no_arrow():
    none, one = np.zeros(2), {"b_f": np.zeros(2)}
    assert not [patch for patch in swept(none, none, none, one).axes[0].patches if hasattr(patch, "get_arrowstyle")]
    with pytest.raises(ValueError, match=r"^shares\['b_f'\]: "):
        swept(none, none, none, {"b_f": np.zeros(3)})
