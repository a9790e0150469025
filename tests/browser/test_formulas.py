"""The browser's maths, the files formulas.js, against src/ in Chromium: the same numbers on 1,000 random settings.

Differences are measured on the scale of the summed absolute terms. For the six terms that is the sum of their sizes.
For a product or a chain it is the same recursion with every summand replaced by its size, that is, the sum over all
paths of the size of each.
"""

import json

import numpy as np
import pytest

from companion.explorers import Eq15Explorer
from companion.explorers.bundle import bundle

MODULES = [bundle(f"{name}.js").modules for name in ("eq15/formulas", "parts/formulas", "parts/held")]
SOURCE = "\n".join({path: text for modules in MODULES for path, text in modules.items()}.values())
TERMS = ("direct", "forget", "input", "candidate", "output", "local")
CHAINS = ("product_of_f", "product_of_jacobians", "chain", "dl_dc")


def random_settings(count):
    rng = np.random.default_rng(15)
    ranges = Eq15Explorer.ranges()
    low, high = ranges.pop("T")
    draws = rng.uniform(*np.array(list(ranges.values())).T, (count, len(ranges)))
    steps = rng.integers(low, high + 1, count)
    return [
        dict(zip(ranges, map(float, draw), strict=True)) | {"T": int(T)} for draw, T in zip(draws, steps, strict=True)
    ]


def in_browser(page, source, settings):
    """What terms(s) and chains(s, read) of `source` return for each of the settings."""
    script = """([source, settings]) => {
        const { terms, chains, held } = new Function(source + "\\nreturn { terms, chains, held };")();
        return JSON.stringify(settings.map((s) => [terms(s), chains(held(s), s.read)]));
    }"""
    return json.loads(page.evaluate(script, [source, settings]))


def scales(s, c):
    """The summed absolute terms of each column of chains, for s = 1, ..., T."""
    f, i, o, g = s["f"], s["i"], s["o"], abs(s["g"])
    slopes = np.array([s["o_prev"]] + [o] * (s["T"] - 1)) / np.cosh(c) ** 2
    read = abs(s["read"])
    product, J4, chain, loss = [1.0], [1.0], [(1.0, 0.0)], [(slopes[-1] * read, read)]
    for k in range(s["T"] - 1, 0, -1):
        through_f, through_i = abs(s["w_2f"] * c[k - 1]) * f * (1 - f), abs(s["w_2i"]) * g * i * (1 - i)
        m = through_f + through_i + abs(s["w_2g"]) * i * (1 - g) * (1 + g)
        to_o = abs(s["w_2o"] * np.tanh(c[k])) * o * (1 - o)
        product.append(product[-1] * f)
        J4.append(J4[-1] * (f + slopes[k - 1] * m))
        for column in (chain, loss):
            by_c, by_h = column[-1]
            back = by_c * m + by_h * to_o
            column.append((by_c * f + slopes[k - 1] * back, back))
    columns = [product, J4, [by_c for by_c, _ in chain], [by_c for by_c, _ in loss]]
    return dict(zip(CHAINS, (np.array(column[::-1]) for column in columns), strict=True))


def worst_difference(page, source, settings):
    """The largest difference between browser and src/ over all settings and columns, on the scales above."""
    worst, explorer, tiny = 0.0, Eq15Explorer(), np.finfo(float).tiny
    for s, (terms, far) in zip(settings, in_browser(page, source, settings), strict=True):
        for name, value in s.items():
            setattr(explorer, name, value)
        wanted, wanted_far = explorer.terms(), explorer.chains()
        got = np.array([terms[name] for name in (*TERMS, "total")])
        scale = np.abs(wanted).sum() + tiny
        worst = max(worst, np.abs(got - [*wanted, sum(wanted)]).max() / scale)
        assert far["steps"] == list(range(1, s["T"] + 1))
        sizes = scales(s, wanted_far.c) | {"c": np.abs(wanted_far.c) + s["i"] * abs(s["g"])}
        for name, size in sizes.items():
            apart = np.abs(np.array(far[name]) - getattr(wanted_far, name))
            worst = max(worst, (apart / (size + tiny)).max())
    explorer.close()
    return worst


def test_the_browsers_maths_is_that_of_src_on_a_thousand_settings(page):
    worst = worst_difference(page, SOURCE, random_settings(1000))
    assert worst <= 1e-12


MUTANTS = {
    "slope of sigma without 1 - f": ("c_prev * f * (1 - f)", "c_prev * f"),
    "slope of sigma without 1 - i": ("g * i * (1 - i)", "g * i"),
    "slope of sigma without o": ("* o * (1 - o)", "* (1 - o)"),
    "slope of tanh as 1 - g": ("(1 - g) * (1 + g)", "(1 - g)"),
    "h without tanh": ("dl_dh * Math.tanh(c) *", "dl_dh * c *"),
    "output slope without its square": ("Math.cosh(c) ** 2", "Math.cosh(c)"),
    "gates at t-1 instead of o^(t-1)": ("{ ...s, o: s.o_prev }", "s"),
    "chain without the output path": (" + w.w_2g * now.g + w.w_2o * now.o", " + w.w_2g * now.g"),
    "terms of two gates swapped": ("s.w_2f * d.f,", "s.w_2i * d.f,"),
    "local term forgotten": ("D * s.read_prev", "0"),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_wrong_formula_is_caught(page, name):
    right, wrong = MUTANTS[name]
    assert SOURCE.count(right) == 1
    assert worst_difference(page, SOURCE.replace(right, wrong), random_settings(20)) > 1e-3
