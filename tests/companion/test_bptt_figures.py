"""The unrolled network shows two messages to every state, and a share of every step."""

import pytest

from companion.pages.bptt.figures import unrolled


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
