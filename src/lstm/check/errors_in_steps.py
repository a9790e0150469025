"""Known errors between steps: what goes back through h and c, what reaches x, the order of steps; and in the forward pass.

Every error is a change of the specimen's source, after `HOOKS`: there the loss reads c too, and h^(T) and c^(T) besides.
"""

from collections.abc import Iterator

from lstm.check.errors import Error
from lstm.check.errors_in_gates import NAMES

HOOKS = (
    ("reads: np.ndarray) -> Gradients", "reads: np.ndarray, dh_T, dc_T, to_c) -> Gradients"),
    ("np.zeros_like(moments[0].h), np.zeros_like(moments[0].c), []", "dh_T, dc_T, []"),
    ("        d_i = dc", "        dc = dc + to_c[t]\n        d_i = dc"),
)
NOW, DC_NEXT, UNPACK = (
    "dh = reads[t] + dh_next",
    "dc_next = f * dc\n",
    "x, h_prev, c_prev, i, f, o, g, c, _ = moments[t]\n",
)
LOOP, SLOPE, LAST = "for t in reversed(range(len(moments))):\n", "(1 - np.tanh(c) ** 2)", "(t == len(moments) - 1)"
TO_H = "dh_next = p.W_2i.T"
RETURNED = "h_0=dh_next, c_0=dc_next)"


def _skip(t: str) -> str:
    return f"{LOOP}        if t == {t}:\n            dx.append(0 * moments[t].x)\n            continue\n"


ONE_LINE = (
    ("dh_next_not_added", "dh_next is not added to dh: nothing comes back to h^(t) from step t+1", NOW, "dh = reads[t]"),
    ("nothing_read", "What the loss reads from h^(t) is not added to dh", NOW, "dh = dh_next"),
    ("reads_reversed", "What the loss reads is taken in the reversed order of steps", NOW, "dh = reads[-1 - t] + dh_next"),
    ("reads_before", "What the loss reads at step t-1 is added at step t", NOW, "dh = reads[t - 1] + dh_next"),
    ("dh_T_everywhere", "What the loss reads from h^(T) is added at every step", NOW, f"{NOW} + dh_T * (1 - {LAST})"),
    ("dh_T_ignored", "What the loss reads from h^(T) besides is ignored", "dh_T, dc_T, []", "0 * dh_T, dc_T, []"),
    ("dc_T_ignored", "What the loss reads from c^(T) is ignored", "dh_T, dc_T, []", "dh_T, 0 * dc_T, []"),
    ("dc_ignored", "What the loss reads from c^(t) is ignored", "dc = dc + to_c[t]", "dc = dc"),
    ("dc_T_everywhere", "What the loss reads from c^(T) is added at every step", "+ to_c[t]", f"+ to_c[t] + dc_T * (1 - {LAST})"),
    ("dc_last_only", "What the loss reads from c^(t) is added at step T alone", "+ to_c[t]", f"+ to_c[t] * {LAST}"),
    ("dc_twice", "dc is counted twice", "dc = dc + to_c[t]", "dc = 2 * (dc + to_c[t])"),
    ("dc_next_alone", "In dc what comes through h^(t) is missing", "dc_next + dh * o", "dc_next + 0 * dh * o"),
    ("dc_without_o", "In dc the output gate is missing: o multiplies dh (1 - tanh^2 c)", "dh * o *", "dh *"),
    ("dc_by_i", "In dc the input gate stands where the output gate belongs", "dh * o *", "dh * i *"),
    ("dc_by_f", "In dc the forget gate stands where the output gate belongs", "dh * o *", "dh * f *"),
    ("dc_by_1_o", "In dc 1 - o stands where the output gate belongs", "dh * o *", "dh * (1 - o) *"),
    ("dc_by_reads", "dc takes only what the loss reads at once through h^(t), without dh_next", "dh * o *", "reads[t] * o *"),
    ("dc_by_dh_next", "dc takes only dh_next through h^(t), without what the loss reads", "dh * o *", "dh_next * o *"),
    ("tanh_twice", "In dc tanh is taken twice in the slope, which is 1 - tanh^2 c", SLOPE, "(1 - np.tanh(np.tanh(c)) ** 2)"),
    ("c_for_tanh_c", "In dc the slope of tanh has c^2 for tanh^2 c", SLOPE, "(1 - c**2)"),
    ("one_minus_tanh", "In dc the slope of tanh has 1 - tanh c for 1 - tanh^2 c", SLOPE, "(1 - np.tanh(c))"),
    ("one_plus_tanh", "In dc the slope of tanh has 1 + tanh^2 c for 1 - tanh^2 c", SLOPE, "(1 + np.tanh(c) ** 2)"),
    ("tanh_for_slope", "In dc tanh c stands in the place of its slope", SLOPE, "np.tanh(c)"),
    ("slope_at_c_prev", "In dc the slope of tanh is taken at c^(t-1) and not at c^(t)", SLOPE, "(1 - np.tanh(c_prev) ** 2)"),
    ("slope_of_h", "In dc the slope of tanh has h^2 for tanh^2 c", SLOPE, "(1 - (o * np.tanh(c)) ** 2)"),
    ("no_f", "dc_next is not multiplied by the forget gate", DC_NEXT, "dc_next = dc\n"),
    ("direct_alone", "dc_next goes on as f dc_next: what comes through h^(t) is missing in it", DC_NEXT, "dc_next = f * dc_next\n"),
    ("through_h_alone", "dc_next misses what came along the cell state", DC_NEXT, "dc_next = f * (dc - dc_next)\n"),
    ("f_squared", "dc_next is multiplied by the forget gate twice", DC_NEXT, "dc_next = f * f * dc\n"),
    ("f_of_dh", "dc_next is formed from dh and not from dc", DC_NEXT, "dc_next = f * dh\n"),
    ("f_before", "dc_next has the forget gate of step t-1 and not of step t", DC_NEXT, "dc_next = moments[t - 1].f * dc\n"),
    ("f_after", "dc_next has the forget gate of step t+1 and not of step t", DC_NEXT, "dc_next = moments[min(t + 1, len(moments) - 1)].f * dc\n"),
    ("dc_next_adds", "dc_next is added to what it was: it must be set anew at each step", DC_NEXT, "dc_next = dc_next + f * dc\n"),
    ("dh_next_adds", "dh_next is added to what it was: it must be set anew at each step", TO_H, "dh_next = dh_next + p.W_2i.T"),
    ("both_one_late", "h^(t) and c^(t) stand where h^(t-1) and c^(t-1) belong", UNPACK, UNPACK + "        h_prev, c_prev = moments[t].h, c\n"),
    ("c_0_as_zero", "The delta of the forget gate has zero where c^(0) belongs", "d_f = dc * c_prev", "d_f = dc * (c_prev * (t > 0))"),
    ("forward_in_time", "The loop goes from step 1 to T: it must go back", LOOP, "for t in range(len(moments)):\n"),
    ("step_1_left_out", "The loop leaves out step 1", LOOP, _skip("0")),
    ("step_T_left_out", "The loop leaves out step T", LOOP, _skip("len(moments) - 1")),
)  # fmt: skip
FORWARD = (
    ("c_swapped", "f and i have changed places in (13)", "c = f * c_prev + i * g", "c = i * c_prev + f * g"),
    ("c_without_f", "c^(t-1) is not multiplied by f in (13)", "c = f * c_prev", "c = c_prev"),
    ("c_without_i", "the candidate is not multiplied by i in (13)", "c_prev + i * g", "c_prev + g"),
    ("c_coupled", "1 - f stands where i belongs in (13)", "c_prev + i * g", "c_prev + (1 - f) * g"),
    ("h_without_tanh", "the tanh of (14) is missing", "h = o * np.tanh(c)", "h = o * c"),
    ("h_without_o", "the output gate of (14) is missing", "h = o * np.tanh(c)", "h = np.tanh(c)"),
    ("h_tanh_of_oc", "the tanh of (14) takes o c, not c", "h = o * np.tanh(c)", "h = np.tanh(o * c)"),
    ("h_sigma", "sigma stands where the tanh of (14) belongs", "h = o * np.tanh(c)", "h = o * sigmoid(c)"),
    ("g_sigma", "the candidate has sigma where tanh belongs", "g = np.tanh(", "g = sigmoid("),
)


def _several() -> Iterator[Error]:
    """Errors of several lines, and of one gate each."""
    stay_h, stay_c = (TO_H, TO_H.replace("dh_next", "dh_0")), (DC_NEXT, DC_NEXT.replace("dc_next", "dc_0"))
    yield Error(
        "h_stays", "dh_next is not set anew: each step gets the first one", (stay_h, ("h_0=dh_next", "h_0=dh_0"))
    )
    yield Error(
        "c_stays", "dc_next is not set anew: each step gets the first one", (stay_c, ("c_0=dc_next", "c_0=dc_0"))
    )
    words = "Neither dh_next nor dc_next is set anew: nothing goes back from step to step"
    yield Error("both_stay", words, (stay_h, stay_c, (RETURNED, "h_0=dh_0, c_0=dc_0)")))
    for k, name in NAMES.items():
        for kind, to in (("W_2", "dh_next"), ("W_1", "dx")):
            term = f"p.{kind}{k}.T @ d_{k}"
            yield Error(
                f"{to}_without_{k}", f"In {to} what comes through the {name} is missing", ((term, f"0 * ({term})"),)
            )
            for j in "ifog".replace(k, ""):
                said = f"In {to} the delta of the {name} is multiplied by the matrix of the {NAMES[j]}"
                yield Error(f"{to}_{k}_by_{j}", said, ((term, f"p.{kind}{j}.T @ d_{k}"),))
        yield Error(
            f"transposed_{k}",
            f"In dh_next W_2{k} stands where its transpose belongs",
            ((f"p.W_2{k}.T @", f"p.W_2{k} @"),),
        )


def _forward() -> Iterator[Error]:
    for name, words, right, wrong in FORWARD:
        yield Error(f"forward:{name}", f"In the forward pass {words}", ((right, wrong),))
    for k, name in NAMES.items():
        bias, h = f"p.b_{k}[:, None]", f"p.W_2{k} @ h_prev"
        yield Error(f"forward:no_b_{k}", f"In the forward pass the {name} lacks its bias", ((bias, f"0 * {bias}"),))
        yield Error(f"forward:no_h_{k}", f"In the forward pass the {name} lacks h^(t-1)", ((h, f"0 * ({h})"),))
        yield Error(f"forward:T_{k}", f"In the forward pass W_2{k} is transposed", ((h, f"p.W_2{k}.T @ h_prev"),))
        for j in "ifog".replace(k, ""):
            words = f"In the forward pass the {name} has the bias of the {NAMES[j]}"
            yield Error(f"forward:b_{k}_{j}", words, ((bias, f"p.b_{j}[:, None]"),))


IN_FORWARD = tuple(_forward())
IN_STEPS = (*(Error(name, words, ((right, wrong),)) for name, words, right, wrong in ONE_LINE), *_several())
