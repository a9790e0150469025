"""Known errors beside those of the museum and those of one word; each is a change of the specimen after `HOOKS`."""

from collections.abc import Iterator

from lstm.check.edits import NAMES, SAID
from lstm.check.errors import Error
from lstm.check.errors_in_time import AFTER, DC_NEXT, IN_TIME, LAST, THROUGH_H

# The loss reads c too, and h^(T) and c^(T) besides.
HOOKS = (
    ("reads: np.ndarray) -> Gradients", "reads: np.ndarray, dh_T, dc_T, to_c) -> Gradients"),
    ("np.zeros_like(moments[0].h), np.zeros_like(moments[0].c), []", "dh_T, dc_T, []"),
    ("        d_i = dc", "        dc = dc + to_c[t]\n        d_i = dc"),
)


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
        (
            "W_2",
            "h_prev",
            "(moments[t - 1].h_prev if t else moments[-1].h)",
            "h^(t-2) where h^(t-1) belongs, and wraps",
        ),
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


MORE = (*IN_TIME, *_forward(), *_deltas(), *_blocks(), *_collected())
