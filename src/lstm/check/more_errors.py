"""Known errors beside those of the museum and those of one word; each is a change of the specimen after `HOOKS`."""

from collections.abc import Iterator

from lstm.check.edits import NAMES, SAID
from lstm.check.errors import Error

# The loss reads c too, and h^(T) and c^(T) besides.
HOOKS = (
    ("reads: np.ndarray) -> Gradients", "reads: np.ndarray, dh_T, dc_T, to_c) -> Gradients"),
    ("np.zeros_like(moments[0].h), np.zeros_like(moments[0].c), []", "dh_T, dc_T, []"),
    ("        d_i = dc", "        dc = dc + to_c[t]\n        d_i = dc"),
)
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
    "forward": (LOOP, "for t in range(len(moments)):\n", "The loop goes from step 1 to T: it must go back"),
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


def _slopes(k: str) -> dict[str, str]:
    """{what stands in the place of the slope: words}."""
    if k == "g":
        return {
            "(1 - np.tanh(g) ** 2)": "tanh is taken twice in the slope, 1 - tanh^2 g for 1 - g^2",
            "(1 - g) ** 2": "the slope has (1 - g)^2 for 1 - g^2",
            "g * (1 - g)": "it has the slope of sigma, and is a tanh",
            "(1 - np.arctanh(g) ** 2)": "the slope 1 - g^2 is formed with the argument and not with g",
            "(1 - g**2) ** 2": "the slope is multiplied twice",
        }
    z, twice = f"np.log({k} / (1 - {k}))", f"sigmoid({k}) * (1 - sigmoid({k}))"
    return {
        **({} if k == "f" else {"1": "the slope of sigma is missing"}),
        **({} if k == "i" else {twice: "the slope of sigma is taken at the gate and not at its argument"}),
        f"sigmoid({k})": "sigma of the gate stands in the place of its slope",
        f"(1 - {k}**2)": "it has the slope of tanh, and is a sigma",
        f"{z} * (1 - {z})": f"the slope {k} (1 - {k}) is formed with the argument and not with the gate",
        f"({k} * (1 - {k})) ** 2": "the slope is multiplied twice",
    }


def _deltas() -> Iterator[Error]:
    factors = {"i": "g", "f": "c_prev", "g": "i"}
    for k, name in NAMES.items():
        slope = "(1 - g**2)" if k == "g" else f"{k} * (1 - {k})"
        for wrong, words in _slopes(k).items():
            yield Error(f"slope_{k}:{wrong}", f"In the delta of the {name} {words}", ((slope, wrong),))
        yield Error(f"sign_{k}", f"The sign of the delta of the {name} is wrong", ((slope, f"-1 * {slope}"),))
        if k in factors:
            yield from _summands(f"In the delta of the {name}", f"dc * {factors[k]} * {slope}", factors[k], slope)
    yield from _summands("In dc_next", DC_NEXT.strip(), "f", "")


def _summands(where: str, line: str, factor: str, slope: str) -> Iterator[Error]:
    """Where dc is written out, as dc_next and what comes through h^(t): one of the two is wrong."""
    along, through, end = f"dc_next * {factor}", f"{THROUGH_H} * {factor}", f" * {slope}" if slope else ""
    start = line.split(" = ")[0] + " = " if " = " in line else ""
    versions = {f"({through}){end}": f"{where} dc_next is missing"} if slope else {}
    if slope:
        versions[f"({along} + {through} * {slope})"] = f"{where} the slope multiplies only what comes through h^(t)"
        versions[f"({along} * {slope} + {through})"] = f"{where} the slope multiplies only dc_next"
    for other in ("i", "f", "o", "g", "c_prev"):
        if other != factor:
            said = f"{SAID.get(other, other)} stands where {SAID.get(factor, factor)} belongs"
            versions[f"(dc_next * {other} + {through}){end}"] = f"{where} {said}, beside dc_next alone"
            versions[f"({along} + {THROUGH_H} * {other}){end}"] = f"{where} {said}, in what comes through h^(t) alone"
    for wrong, words in versions.items():
        yield Error(words, words, ((line, start + wrong),))


def _blocks() -> Iterator[Error]:
    """The deltas in a wrong order, as in a stack: all that is computed from them follows."""
    place = "        for gate, d in zip("
    for k, name in NAMES.items():
        for j in "ifog".replace(k, ""):
            words = f"The {name} has the delta of the {NAMES[j]} wherever its own belongs"
            yield Error(f"d_{k}=d_{j}", words, ((place, f"        d_{k} = d_{j}\n{place}"),))
            if "ifog".index(j) > "ifog".index(k):
                words = f"The deltas of {name} and {NAMES[j]} have changed places, as blocks of a stack"
                yield Error(f"d_{k}<>d_{j}", words, ((place, f"        d_{k}, d_{j} = d_{j}, d_{k}\n{place}"),))


def _collected() -> Iterator[Error]:
    """What the gradients of the parameters collect over the steps."""
    every = []
    for kind, term in {"W_1": "d @ x.T", "W_2": "d @ h_prev.T", "b_": "d.sum(axis=1)"}.items():
        line = f'grads["{kind}" + gate] += '
        every.append((line, line.replace("+=", "=")))
        if kind != "W_1":  # the museum has that
            yield Error(
                f"sum_{kind}", f"The sum over the steps is forgotten for {kind}*: each overwrites", (every[-1],)
            )
        last = f"{kind}* collects step T alone, not the sum over the steps"
        yield Error(f"last_{kind}", last, ((line + term, f"{line}({term}) * {LAST}"),))
        first = f"{kind}* misses step 1 in the sum over the steps"
        yield Error(f"first_{kind}", first, ((line + term, f"{line}({term}) * (t > 0)"),))
    yield Error("sum_all", "The sum over the steps is forgotten: each step overwrites", tuple(every))
    sources = [
        ("W_1", "x", f"moments[{AFTER}].x", "x^(t+1) where x^(t) belongs"),
        ("W_1", "x", "moments[t - 1].x", "x^(t-1) where x^(t) belongs"),
        ("W_1", "x", "moments[-1 - t].x", "x of the reversed sequence"),
        ("W_2", "h_prev", "moments[t].h", "h^(t) where h^(t-1) belongs"),
        ("W_2", "h_prev", "c_prev", "c^(t-1) where h^(t-1) belongs"),
        ("W_2", "h_prev", "moments[t - 1].h", "h^(T) where h^(0) belongs: an index -1 wraps"),
        ("W_2", "h_prev", "moments[t - 1].h_prev", "h^(t-2) where h^(t-1) belongs"),
    ]
    for kind, right, wrong, words in sources:
        yield Error(f"{kind}:{wrong}", f"The gradient of {kind}* has {words}", ((f"d @ {right}.T", f"d @ {wrong}.T"),))


def _forward() -> Iterator[Error]:
    """What all four gates lack."""
    lacks = {"x^(t)": "p.W_1{} @ x_t", "h^(t-1)": "p.W_2{} @ h_prev", "their bias": "p.b_{}[:, None]"}
    for words, term in lacks.items():
        terms = [term.format(k) for k in NAMES]
        changes = tuple((one, f"0 * ({one})") for one in terms)
        yield Error(f"forward:{words}", f"In the forward pass all gates lack {words}", changes)


MORE = (
    *_forward(),
    *(Error(name, words, ((right, wrong),)) for name, (right, wrong, words) in BETWEEN_STEPS.items()),
    *_stays(),
    *_deltas(),
    *_blocks(),
    *_collected(),
)
