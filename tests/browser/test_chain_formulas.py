"""The explorer of the chain: its arithmetic in the browser is Python's, on 1,000 random settings."""

import json

import numpy as np
import pytest
from tests.browser.readouts import drawn

from companion.explorers import ChainExplorer
from companion.explorers.bundle import bundle
from companion.explorers.chain.explorer import T

SOURCE = "\n".join((bundle("chain/formulas.js").modules | bundle("parts/formulas.js").modules).values())
SCRIPT = """([source, T, settings]) => {
  const { changing, chains, split } = new Function(source + "\\nreturn { changing, chains, split };")();
  return JSON.stringify(settings.map((s) => {
    const cell = changing(s, T), far = chains(cell, 0);
    return { far, parts: split(cell, far, s.t) };
  }));
}"""
NAMES = ("product_of_f", "product_of_jacobians", "chain")


def sizes(explorer):
    """The sums of the sizes of all paths: the explorer's numbers where no gate, weight or state has a sign."""
    positive = {name: abs(getattr(explorer, name)) for name in explorer.ranges()}
    params, trace = explorer.cell()
    plus = params._replace(**{f"W_2{k}": abs(getattr(params, f"W_2{k}")) for k in "figo"})
    same = ChainExplorer(**positive)
    same.cell = lambda: (plus, trace._replace(c=abs(trace.c), g=abs(trace.g), h=abs(trace.h), c_0=abs(trace.c_0)))
    return same.chains(), sum(same.split())


def worst(page, source, many):
    off, tiny = 0.0, 1e-290
    found = json.loads(page.evaluate(SCRIPT, [source, T, many]))
    for setting, seen in zip(many, found, strict=True):
        explorer = ChainExplorer(**setting)
        far, (scales, whole) = explorer.chains(), sizes(explorer)
        for name in NAMES:
            gaps = np.abs(np.array(seen["far"][name]) - getattr(far, name))
            off = max(off, (gaps / (getattr(scales, name) + tiny)).max())
        gaps = [abs(seen["parts"][name] - value) for name, value in explorer.split()._asdict().items()]
        off = max(off, max(gaps) / (whole + tiny))
        explorer.close()
    return off


def test_the_browsers_maths_is_that_of_python_on_a_thousand_settings(page):
    off = worst(page, SOURCE, list(drawn(ChainExplorer, 1000, seed=13)))
    print(f"largest difference, of the summed absolute paths: {off:.1e}")
    assert off < 1e-12


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("k > s.switch", "k >= s.switch"),
        ("parts.output += without_o", "parts.output += on_c"),
        ("far.product_of_jacobians[k];", "far.chain[k];"),
        (" + w.w_2o * now.o", ""),
        ("s.scale * s.w_2i", "s.w_2i"),
    ],
)
def test_a_wrong_formula_is_noticed(right, wrong, page):
    assert SOURCE.count(right) == 1
    assert worst(page, SOURCE.replace(right, wrong), list(drawn(ChainExplorer, 20, seed=13))) > 1e-6
