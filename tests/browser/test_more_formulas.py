"""The other explorers' maths in the browser is Python's too: the plain unit, and the paths one by one."""

import numpy as np
import pytest

from companion.explorers import PathExplorer
from companion.explorers.bundle import bundle
from lstm import rnn

CODE = {"rnnChain": bundle("rnn/formulas.js"), "pathsBack": bundle("paths/formulas.js")}
ASK = """([code, name, settings]) => {
  const formula = new Function(`${code}; return ${name};`)();
  return settings.map((setting) => formula(setting));
}"""
COUNT, TOLERANCE = 1000, 1e-12
PATHS = 300  # settings of which each path is compared: up to 91 paths each


def rnn_settings():
    rng = np.random.default_rng(1)
    pairs = zip(rng.uniform(-3, 3, COUNT), rng.uniform(0, 1, COUNT), rng.integers(2, 101, COUNT), strict=True)
    return [{"w_2": float(w_2), "slope": float(slope), "T": int(T)} for w_2, slope, T in pairs]


def path_settings():
    rng = np.random.default_rng(2)
    ranges = {name: span for name, span in PathExplorer.ranges().items() if name not in ("detach", "rank")}
    drawn = [{name: float(rng.uniform(*span)) for name, span in ranges.items()} for _ in range(PATHS)]
    return [setting | {"detach": k % 10 == 0, "T": 4} for k, setting in enumerate(drawn)]


def worst_rnn(answers):
    off = []
    for s, answer in zip(rnn_settings(), answers, strict=False):
        exact = rnn.held_slope(**s)[::-1]
        off.append((np.abs(np.subtract(answer, exact)) / np.maximum(np.abs(exact), 1e-280)).max())
    return max(off)


def worst_paths(answers):
    """Path by path, on the scale of the summed absolute contributions."""
    off = []
    for s, answer in zip(path_settings(), answers, strict=False):
        traits = {name: value for name, value in s.items() if name != "T"}
        explorer = PathExplorer(**traits | {"detach": int(s["detach"])})
        exact = {c.path.edges: c.value[0, 0] for c in explorer.contributions()}
        got = {tuple(path["edges"]): path["value"] for path in answer}
        assert got.keys() == exact.keys()
        assert all(np.isclose(np.prod(path["factors"]), path["value"], rtol=1e-13, atol=0) for path in answer)
        scale = sum(map(abs, exact.values())) or 1.0
        off.append(max(abs(got[edges] - exact[edges]) for edges in exact) / scale)
    return max(off)


def ask(page, name, settings):
    return page.evaluate(ASK, [CODE[name], name, settings])


def test_the_plain_unit_agrees_on_a_thousand_settings(page):
    assert worst_rnn(ask(page, "rnnChain", rnn_settings())) < TOLERANCE


def test_every_path_agrees_on_three_hundred_settings(page):
    answers = ask(page, "pathsBack", path_settings())
    assert worst_paths(answers) < TOLERANCE
    assert {len(answer) for answer in answers} == {1, 91}


@pytest.mark.parametrize(
    ("name", "right", "wrong", "worst"),
    [
        ("rnnChain", "** (T - 1 - k)", "** (T - k)", worst_rnn),
        ("pathsBack", "output: w.w_2o * d.o", "output: w.w_2o", worst_paths),
        ("pathsBack", "forget: w.w_2f * d.f", "forget: w.w_2i * d.f", worst_paths),
    ],
)
def test_a_wrong_formula_is_noticed(page, name, right, wrong, worst):
    assert CODE[name].count(right) == 1
    settings = {"rnnChain": rnn_settings, "pathsBack": path_settings}[name]()[:20]
    assert worst(page.evaluate(ASK, [CODE[name].replace(right, wrong), name, settings])) > 1e-6
