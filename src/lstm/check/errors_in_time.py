"""Known errors of the way back in time: what a step takes from the next one and sends to the one before."""

from collections.abc import Iterator

from lstm.check.edits import NAMES
from lstm.check.errors import Error

NOW, UNPACK = "dh = reads[t] + dh_next", "x, h_prev, c_prev, i, f, o, g, c, _ = moments[t]\n"
DC_NEXT, TO_H, TO_C = "dc_next = f * dc\n", "dh_next = p.W_2i.T", "dc = dc + to_c[t]"
LOOP, LAST, AFTER = (
    "for t in reversed(range(len(moments))):\n",
    "(t == len(moments) - 1)",
    "min(t + 1, len(moments) - 1)",
)
THROUGH_H = "dh * o * (1 - np.tanh(c) ** 2)"


def _skip(t: str) -> str:
    return f"{LOOP}        if t == {t}:\n            dx.append(0 * moments[t].x)\n            continue\n"


# Name, (right, wrong), words.
BETWEEN_STEPS = {
    "reads_reversed": (
        NOW,
        "dh = reads[-1 - t] + dh_next",
        "What the loss reads is taken in the reversed order of steps",
    ),
    "reads_before": (NOW, "dh = reads[t - 1] + dh_next", "What the loss reads at step t-1 is added at step t"),
    "dh_T_every": (NOW, f"{NOW} + dh_T * (1 - {LAST})", "What the loss reads from h^(T) is added at every step"),
    "dh_T_ignored": ("dh_T, dc_T, []", "0 * dh_T, dc_T, []", "What the loss reads from h^(T) besides is ignored"),
    "dc_T_ignored": ("dh_T, dc_T, []", "dh_T, 0 * dc_T, []", "What the loss reads from c^(T) is ignored"),
    "dc_T_every": (TO_C, f"{TO_C} + dc_T * (1 - {LAST})", "What the loss reads from c^(T) is added at every step"),
    "dc_ignored": (TO_C, "dc = dc", "What the loss reads from c^(t) is ignored"),
    "dc_last": (TO_C, f"{TO_C} * {LAST}", "What the loss reads from c^(t) is added at step T alone"),
    "dc_twice": (TO_C, "dc = 2 * (dc + to_c[t])", "dc is counted twice"),
    "dc_by_reads": (
        "dh * o *",
        "reads[t] * o *",
        "In dc comes through h^(t) only what the loss reads, without dh_next",
    ),
    "through_h": (DC_NEXT, "dc_next = f * (dc - dc_next)\n", "In dc_next what came along the cell state is missing"),
    "f_before": (
        DC_NEXT,
        "dc_next = moments[t - 1].f * dc\n",
        "dc_next has the forget gate of step t-1, not of step t",
    ),
    "f_after": (
        DC_NEXT,
        f"dc_next = moments[{AFTER}].f * dc\n",
        "dc_next has the forget gate of step t+1, not of step t",
    ),
    "dc_adds": (
        DC_NEXT,
        "dc_next = dc_next + f * dc\n",
        "dc_next is added to what it was, and must be set anew each step",
    ),
    "dh_adds": (
        TO_H,
        "dh_next = dh_next + p.W_2i.T",
        "dh_next is added to what it was, and must be set anew each step",
    ),
    "one_late": (
        UNPACK,
        UNPACK + "        h_prev, c_prev = moments[t].h, c\n",
        "h^(t), c^(t) stand for h^(t-1), c^(t-1)",
    ),
    "c_0_zero": ("d_f = dc * c_prev", "d_f = dc * (c_prev * (t > 0))", "In the delta of the forget gate c^(0) is zero"),
    "without_1": (LOOP, _skip("0"), "The loop leaves out step 1"),
    "without_T": (LOOP, _skip("len(moments) - 1"), "The loop leaves out step T"),
    "slope_of_h": ("(1 - np.tanh(c) ** 2)", "(1 - (o * np.tanh(c)) ** 2)", "In dc the slope has h^2 for tanh^2 c"),
}


def _stays() -> Iterator[Error]:
    h, c = (TO_H, TO_H.replace("dh_next", "dh_0")), (DC_NEXT, DC_NEXT.replace("dc_next", "dc_0"))
    yield Error("h_stays", "dh_next is not set anew: each step gets the first one", (h, ("h_0=dh_next", "h_0=dh_0")))
    yield Error("c_stays", "dc_next is not set anew: each step gets the first one", (c, ("c_0=dc_next", "c_0=dc_0")))
    returned = ("h_0=dh_next, c_0=dc_next)", "h_0=dh_0, c_0=dc_0)")
    yield Error("both_stay", "Neither dh_next nor dc_next is set anew: nothing goes back in time", (h, c, returned))


def _ends() -> Iterator[Error]:
    """Where the way back is cut, turned or read off at the wrong place."""
    for t in (1, 2, 3):
        cut = f"{DC_NEXT}        if t == {t}:\n            dh_next, dc_next = 0 * dh_next, 0 * dc_next\n"
        yield Error(
            f"cut_{t}", f"Nothing goes back from step {t + 1} to step {t}: it is truncated there", ((DC_NEXT, cut),)
        )
    swapped = f"{DC_NEXT}        dh_next, dc_next = dc_next, dh_next\n"
    yield Error("back_swapped", "dh_next and dc_next have changed places", ((DC_NEXT, swapped),))
    in_time, order = (LOOP, "for t in range(len(moments)):\n"), ("x=np.array(dx[::-1])", "x=np.array(dx)")
    yield Error("forward", "The loop goes from step 1 to T: it must go back", (in_time, order))
    for end in ("h_0=dh, c_0=dc_next", "h_0=dh_next, c_0=dc", "h_0=dh, c_0=dc"):
        words = f"The gradients by h^(0), c^(0) are those by h^(1), c^(1): {end}"
        yield Error(end, words, (("h_0=dh_next, c_0=dc_next", end),))
    for right, joined, rows in (
        ("p.W_2{}.T", "p.W_2{0}, p.W_1{0}", "-len(d_i):"),
        ("p.W_2{}.T", "p.W_1{0}, p.W_2{0}", ":len(d_i)"),
        ("p.W_1{}.T", "p.W_2{0}, p.W_1{0}", ":len(x)"),
        ("p.W_1{}.T", "p.W_1{0}, p.W_2{0}", "-len(x):"),
    ):
        changes = [(right.format(k) + " @", f"np.hstack([{joined.format(k)}])[:, {rows}].T @") for k in NAMES]
        words = f"In {'dh_next' if '2' in right else 'dx'} the joined matrix is split at the wrong column"
        yield Error(f"split:{right}:{joined}", words, tuple(changes))


IN_TIME = (
    *(Error(name, words, ((right, wrong),)) for name, (right, wrong, words) in BETWEEN_STEPS.items()),
    *_stays(),
    *_ends(),
)
