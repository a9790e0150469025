"""The explorer of the sweep: its arithmetic in the browser is Python's, on 1,000 random settings."""

import json

import numpy as np
import pytest
from tests.browser.readouts import drawn

from companion.explorers import SweepExplorer
from companion.explorers.bundle import bundle
from companion.explorers.sweep.explorer import MOST, PARAMETERS, T
from lstm import equations, gradient

SOURCE = bundle("sweep/formulas.js")  # brings parts/shares.js, and so `cancels`
SCRIPT = """([source, T, most, settings]) => {
  const { sweep, mostFrom, cancels } = new Function(source + "\\nreturn { sweep, mostFrom, cancels };")();
  return JSON.stringify(settings.map((s) => {
    const all = sweep(s, T);
    return { ...all, from: mostFrom(all.shares, most), cancels: cancels(all.shares) ?? null };
  }));
}"""
TINY = 1e-290


def sizes(explorer):
    """The summed sizes of all terms: the sweep where no weight, gate or state has a sign; the slopes D stay.

    {name of a series of the script: (T,) or, for c and h, (T + 1,)}.
    """
    params, trace = explorer.cell()
    c = [np.abs(trace.c_0)]
    for f, i, g in zip(trace.f, trace.i, np.abs(trace.g), strict=True):
        c.append(equations.cell_state(f, c[-1], i, g))
    plus = trace._replace(c=np.array(c[1:]), c_0=c[0], g=np.abs(trace.g), h=trace.o * np.tanh(c[1:]))
    weights = params._replace(**{f"W_2{k}": abs(getattr(params, f"W_2{k}")) for k in "figo"})
    D, slopes = equations.output_slope(trace.o, trace.c), gradient.slopes_of(plus)
    dl_dc, dl_dh, _, _ = equations.backward(weights, trace.f, slopes, D, explorer.reads(), 0.0)
    d = {k: getattr(slopes, k) * (dl_dh if k == "o" else dl_dc) for k in "figo"}
    h = np.vstack([plus.h_0, plus.h])
    found = {f"b_{k}": d[k] for k in "figo"} | {f"w_2{k}": d[k] * h[:-1] for k in "figo"}
    found |= {"c": np.array(c), "h": h, "D": D, "dl_dc": dl_dc, "dl_dh": dl_dh, "to_c": trace.f * dl_dc}
    found["to_h"] = sum(getattr(weights, f"W_2{k}") * d[k] for k in "figo")
    return {name: np.ravel(one) for name, one in found.items()}


def exact(explorer):
    (_, trace), swept = explorer.cell(), explorer.sweep()
    series = {name: getattr(swept, name) for name in ("dl_dc", "dl_dh", "to_c", "to_h")} | explorer.shares()
    c, h = (np.ravel(np.vstack(both)) for both in ((trace.c_0, trace.c), (trace.h_0, trace.h)))
    return series | {"c": c, "h": h, "D": equations.output_slope(trace.o, trace.c)[:, 0]}


def worst(page, source, many):
    """The largest difference from Python, relative to the summed sizes of all terms; inf where a finding differs."""
    off = 0.0
    found = json.loads(page.evaluate(SCRIPT, [source, T, MOST, many]))
    for setting, seen in zip(many, found, strict=True):
        explorer = SweepExplorer(**setting)
        scales = sizes(explorer)
        for name, wanted in exact(explorer).items():
            gaps = np.abs(np.array(seen["shares"][name] if name in PARAMETERS else seen[name]) - wanted)
            off = max(off, (gaps / (scales[name] + TINY)).max())
        cancelled, said = explorer.cancels(), seen["cancels"]
        same = (cancelled and cancelled.name) == (said and said["name"])
        if seen["from"] != (explorer.most_from() or 0) or not same:
            off = np.inf
        elif cancelled:
            gap = max(abs(said["size"] - cancelled.sizes), abs(said["sum"] - cancelled.sum))
            off = max(off, gap / scales[cancelled.name].sum())
        explorer.close()
    return off


def test_the_browsers_maths_is_that_of_python_on_a_thousand_settings(page):
    off = worst(page, SOURCE, list(drawn(SweepExplorer, 1000, seed=17)))
    print(f"largest difference, of the summed absolute terms: {off:.1e}")
    assert off < 1e-12


MUTANTS = {
    "a run without its start": ("c_prev: s.c_0", "c_prev: 0"),
    "a run with another gate": ("gates[k].f * c[k - 1] + gates[k].i", "gates[k].o * c[k - 1] + gates[k].i"),
    "a hidden state of its own at the start": ("o_prev: 0", "o_prev: s.o"),
    "what is read twice": ("reads[k] + all.to_h[0]", "2 * reads[k] + all.to_h[0]"),
    "a cell state that h does not follow": ("all.to_c[0] + D[k] * dl_dh", "all.to_c[0] + dl_dh"),
    "the slope of another step": ("D[k] * dl_dh", "D[Math.max(0, k - 1)] * dl_dh"),
    "a message to c past another gate": ("unshift(gates[k].f * dl_dc)", "unshift(gates[k].i * dl_dc)"),
    "a message without the output gate": (" + w.w_2o * now.o)", ")"),
    "weights exchanged": ("w.w_2i * now.i", "w.w_2f * now.i"),
    "the delta of the state after": ("deltas(gates[k], c[k], c[k + 1], ", "deltas(gates[k], c[k + 1], c[k + 1], "),
    "the share of the hidden state after": ("of[gate] * h[k]", "of[gate] * h[k + 1]"),
    "most of the sums, not of the sizes": (".map((one) => one.map(Math.abs))", ""),
    "the least that any needs": ("sizes.every((one)", "sizes.some((one)"),
    "the last of those that cancel alike": ("least * (1 - 1e-9)", "least * (1 + 1e-9)"),
    "what cancels least": ("Math.abs(sum) < size * least", "Math.abs(sum) > size * (1 - least)"),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTANTS)
def test_a_wrong_formula_is_noticed(name, page):
    right, wrong = MUTANTS[name]
    assert SOURCE.count(right) == 1
    assert worst(page, SOURCE.replace(right, wrong), list(drawn(SweepExplorer, 40, seed=17))) > 1e-6
