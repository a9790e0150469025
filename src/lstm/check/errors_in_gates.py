"""Known errors within a step: a slope, a factor or a sum in the deltas of the gates, and what the parameters collect.

A delta is the derivative of the loss by the argument of sigma or tanh. Every error is a change of the specimen's source.
"""

from collections.abc import Iterator

from lstm.check.errors import Error

NAMES = {"i": "input gate", "f": "forget gate", "o": "output gate", "g": "candidate"}
BASE = {"i": "dc", "f": "dc", "o": "dh", "g": "dc"}
FACTOR = {"i": "g", "f": "c_prev", "o": "np.tanh(c)", "g": "i"}
SLOPE = {gate: f"{gate} * (1 - {gate})" for gate in "ifo"} | {"g": "(1 - g**2)"}
THROUGH_H = "dh * o * (1 - np.tanh(c) ** 2)"
SAID = {
    "c_prev": "c^(t-1)",
    "c": "c^(t)",
    "h_prev": "h^(t-1)",
    "np.tanh(c)": "tanh c^(t)",
    "np.tanh(c_prev)": "tanh c^(t-1)",
    "o * np.tanh(c)": "h^(t)",
    "sigmoid(c)": "sigma(c^(t))",
    "np.arctanh(g)": "the argument of g",
    "(1 - np.tanh(c) ** 2)": "1 - tanh^2 c^(t)",
    "(1 - i)": "1 - i",
    "moments[t].h": "h^(t)",
}
WRONG_FACTORS = {
    "i": ("i", "f", "o", "c_prev", "c", "np.tanh(c)", "np.arctanh(g)"),
    "f": ("c", "g", "i", "f", "h_prev", "np.tanh(c_prev)"),
    "o": ("c", "np.tanh(c_prev)", "c_prev", "(1 - np.tanh(c) ** 2)", "sigmoid(c)", "o * np.tanh(c)", "g"),
    "g": ("g", "f", "o", "(1 - i)", "c_prev"),
}


def _slopes(k: str) -> dict[str, str]:
    """{what stands in the place of the slope: words}."""
    if k == "g":
        return {
            "1": "the slope of tanh is missing",
            "(1 - np.tanh(g) ** 2)": "tanh is taken twice in the slope, which is 1 - g^2 and not 1 - tanh^2 g",
            "(1 - g)": "the slope has 1 - g for 1 - g^2",
            "(1 - g) ** 2": "the slope has (1 - g)^2 for 1 - g^2",
            "g * (1 - g)": "it has the slope of sigma, and is a tanh",
            "(1 + g**2)": "the slope has 1 + g^2 for 1 - g^2",
            "(1 - np.arctanh(g) ** 2)": "the slope 1 - g^2 is formed with the argument and not with g",
            "(1 - g**2) ** 2": "the slope is multiplied twice",
            "(g**2 - 1)": "the sign of the slope is wrong",
        }
    z = f"np.log({k} / (1 - {k}))"
    return {
        "1": "the slope of sigma is missing",
        f"sigmoid({k}) * (1 - sigmoid({k}))": "the slope of sigma is taken at the gate and not at its argument",
        f"sigmoid({k})": "sigma of the gate stands in the place of its slope",
        k: f"the slope has {k} alone, without 1 - {k}",
        f"(1 - {k})": f"the slope has 1 - {k} alone, without {k}",
        f"{k} * (1 + {k})": f"the slope has 1 + {k} for 1 - {k}",
        f"(1 - {k}**2)": "it has the slope of tanh, and is a sigma",
        f"{z} * (1 - {z})": f"the slope {k} (1 - {k}) is formed with the argument and not with the gate",
        f"({k} * (1 - {k})) ** 2": "the slope is multiplied twice",
        f"-{k} * (1 - {k})": "the sign of the slope is wrong",
    }


def _deltas() -> Iterator[Error]:
    """Slopes, factors, and what the delta starts from."""
    for k, name in NAMES.items():
        start = f"d_{k} = {BASE[k]} * {FACTOR[k]} *"
        for wrong, words in _slopes(k).items():
            yield Error(f"slope_{k}:{wrong}", f"In the delta of the {name} {words}", ((SLOPE[k], wrong),))
        right = SAID.get(FACTOR[k], FACTOR[k])
        yield Error(
            f"factor_{k}:",
            f"In the delta of the {name} the factor {right} is missing",
            ((start, f"d_{k} = {BASE[k]} *"),),
        )
        for wrong in WRONG_FACTORS[k]:
            words = f"In the delta of the {name} stands {SAID.get(wrong, wrong)} where {right} belongs"
            yield Error(f"factor_{k}:{wrong}", words, ((start, f"d_{k} = {BASE[k]} * {wrong} *"),))
        starts = {"dc": "dc", "reads[t]": "what the loss reads at once", "dh_next": "dh_next"}
        if k != "o":
            starts = {"dh": "dh", "dc_next": "dc_next alone, without what comes through h^(t),"} | {
                f"({THROUGH_H})": "what comes through h^(t) alone, without dc_next,"
            }
        for wrong, words in starts.items():
            text = f"In the delta of the {name} stands {words} where {BASE[k]} belongs"
            yield Error(f"base_{k}:{wrong}", text, ((f"d_{k} = {BASE[k]} *", f"d_{k} = {wrong} *"),))
        if k != "o":
            line, words = (
                f"{BASE[k]} * {FACTOR[k]} * {SLOPE[k]}",
                f"In the delta of the {name} the slope multiplies only",
            )
            a, b, s = f"dc_next * {FACTOR[k]}", f"{THROUGH_H} * {FACTOR[k]}", SLOPE[k]
            yield Error(
                f"summand_{k}:h", f"{words} what comes through h^(t), not dc_next", ((line, f"({a} + {b} * {s})"),)
            )
            yield Error(
                f"summand_{k}:c", f"{words} dc_next, not what comes through h^(t)", ((line, f"({a} * {s} + {b})"),)
            )


COLLECTED = {"W_1": "d @ x.T", "W_2": "d @ h_prev.T", "b_": "d.sum(axis=1)"}
AFTER = "min(t + 1, len(moments) - 1)"
WRONG_SOURCES = {
    ("W_1", "x"): {
        f"moments[{AFTER}].x": "x^(t+1) where x^(t) belongs",
        "moments[t - 1].x": "x^(t-1) where x^(t) belongs",
        "moments[-1 - t].x": "x of the reversed sequence",
    },
    ("W_2", "h_prev"): {
        "moments[t].h": "h^(t) where h^(t-1) belongs",
        "c_prev": "c^(t-1) where h^(t-1) belongs",
        "moments[t - 1].h": "h^(T) where h^(0) belongs: an index -1 wraps",
        "(h_prev * (t > 0))": "zero where h^(0) belongs",
        "moments[t - 1].h_prev": "h^(t-2) where h^(t-1) belongs",
    },
}


def _collected() -> Iterator[Error]:
    """What the gradients of the parameters collect over the steps."""
    for kind, term in COLLECTED.items():
        line = f'grads["{kind}" + gate] += {term}'
        rest = line.removesuffix(term)
        sums = f"The sum over the steps is forgotten for {kind}*: each step overwrites"
        yield Error(f"sum_{kind}", sums, ((rest, rest.replace("+=", "=")),))
        last = f"{kind}* collects step T alone, not the sum over the steps"
        yield Error(f"last_{kind}", last, ((line, f"{rest}({term}) * (t == len(moments) - 1)"),))
        first = f"{kind}* misses step 1 in the sum over the steps"
        yield Error(f"first_{kind}", first, ((line, f"{rest}({term}) * (t > 0)"),))
    every = [f'grads["{kind}" + gate] += ' for kind in COLLECTED]
    yield Error(
        "sum_all",
        "The sum over the steps is forgotten: each step overwrites",
        tuple((e, e.replace("+=", "=")) for e in every),
    )
    for (kind, right), wrong_ones in WRONG_SOURCES.items():
        for wrong, words in wrong_ones.items():
            yield Error(
                f"{kind}:{wrong}", f"The gradient of {kind}* has {words}", ((f"d @ {right}.T", f"d @ {wrong}.T"),)
            )


IN_GATES = (*_deltas(), *_collected())
