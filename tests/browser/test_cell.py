"""The explorer of the cell: its arithmetic and its every number against lstm, on random runs, by mouse and by keys."""

import json

import numpy as np
import pytest

from companion.explorers import CellExplorer
from companion.explorers.bundle import bundle
from lstm import gradient, init_params, run

SOURCE = bundle("cell/formulas.js")
TERMS = ("direct", "forget", "input", "candidate", "output", "local")
SCRIPT = """([source, cases]) => {
    const { run, allTotals, terms } = new Function(source + "\\nreturn { run, allTotals, terms };")();
    return JSON.stringify(cases.map(({ network, reads, k, j }) => {
        const steps = run(network), all = allTotals(network.params, steps, reads);
        const last = steps.at(-1);
        return { last, dl_dc: all[0].dl_dc, dl_dh: all[0].dl_dh, six: terms(steps, all, reads, k, j) };
    }));
}"""


def drawn(rng, T=6):
    m, n = rng.integers(1, 4, 2)
    params = init_params(int(m), int(n), rng=rng)
    x, start = rng.normal(size=(T, m)), rng.normal(size=(2, n)) / 2
    return params, x, rng.normal(size=(T, n)), start


def network(params, x, start):
    plain = {name: array.tolist() for name, array in params._asdict().items()}
    return {"params": plain, "x": x.tolist(), "h_0": start[0].tolist(), "c_0": start[1].tolist()}


def test_run_and_terms_are_those_of_python_on_a_thousand_random_cells(page):
    rng = np.random.default_rng(9)
    runs = [drawn(rng) for _ in range(1000)]
    places = [(int(rng.integers(1, 6)), int(rng.integers(len(start[0])))) for *_, start in runs]
    cases = [
        {"network": network(params, x, start), "reads": reads.tolist(), "k": k, "j": j}
        for (params, x, reads, start), (k, j) in zip(runs, places, strict=True)
    ]
    found = json.loads(page.evaluate(SCRIPT, [SOURCE, cases]))
    for (params, x, reads, start), (k, j), seen in zip(runs, places, found, strict=True):
        trace = run(params, x, *start)
        total = gradient.totals(params, trace, reads)
        six = gradient.terms(params, trace, k + 1, total, reads)
        for name in "ifogch":
            np.testing.assert_allclose(seen["last"][name], getattr(trace, name)[-1], rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(seen["dl_dc"], total.dl_dc[0], rtol=1e-11, atol=1e-12)
        np.testing.assert_allclose(seen["dl_dh"], total.dl_dh[0], rtol=1e-11, atol=1e-12)
        scale = sum(abs(term[j]) for term in six)
        gaps = [abs(seen["six"][name] - getattr(six, name)[j]) for name in TERMS]
        assert max(gaps) <= 1e-12 * max(scale, 1)


def model(explorer):
    names = ("t", "unit", "back", "network", "reads", "_esm", "_css")
    state = {
        name: str(value) if name[0] == "_" else value for name, value in ((n, getattr(explorer, n)) for n in names)
    }
    return {"model_module": "anywidget", "model_name": "AnyModel", "state": state}


@pytest.fixture
def shown(page_with):
    """The page of an explorer of a random run of three units, the run, and what the loss reads."""
    rng = np.random.default_rng(3)
    params, x = init_params(2, 3, rng=rng), rng.normal(size=(5, 2))
    reads = rng.normal(size=(5, 3))
    explorer = CellExplorer(params, x, reads, t=3, unit=2)
    return page_with({"a": model(explorer)}, ["a"], after=""), params, run(params, x), reads


def spoken(page):
    """{name of a part: its number} as the drawing says them."""
    labels = page.locator("svg .piece").evaluate_all("nodes => nodes.map((node) => node.getAttribute('aria-label'))")
    pairs = (label.split(". ")[0].rsplit(": ", 1) for label in labels)
    return {name: number(value) for name, value in pairs}


def number(text):
    digits = text.replace("−", "-").replace("×10", "e").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(digits)


def test_each_number_on_the_wires_is_that_of_the_run(shown):
    page, _, trace, _ = shown
    said = spoken(page)
    wanted = {
        "forget gate": trace.f[2, 1],
        "input gate": trace.i[2, 1],
        "candidate": trace.g[2, 1],
        "output gate": trace.o[2, 1],
        "c⁽ᵗ⁻¹⁾, the memory before": trace.c[1, 1],
        "h⁽ᵗ⁻¹⁾, the hidden state before": trace.h[1, 1],
        "f c⁽ᵗ⁻¹⁾, what is kept": trace.f[2, 1] * trace.c[1, 1],
        "i g, what is written": trace.i[2, 1] * trace.g[2, 1],
        "c, the memory": trace.c[2, 1],
        "tanh c": np.tanh(trace.c[2, 1]),
        "h, the hidden state": trace.h[2, 1],
        "x, the first of the inputs": trace.x[2, 0],
    }
    assert said.keys() == wanted.keys()
    for name, value in wanted.items():
        assert said[name] == pytest.approx(value, rel=6e-3), name


def test_backward_each_term_of_15_is_that_of_the_run(shown):
    page, params, trace, reads = shown
    page.get_by_role("button", name="backward").click()
    page.wait_for_function("document.querySelector('[aria-pressed=true]').innerText === 'backward'")
    said = spoken(page)
    total = gradient.totals(params, trace, reads)
    six = gradient.terms(params, trace, 3, total, reads)
    delta = gradient.deltas(trace, 3, total.dl_dc[2], total.dl_dh[2])
    wanted = {
        "dl/dh⁽ᵗ⁾": total.dl_dh[2, 1],
        "dl/dc⁽ᵗ⁾": total.dl_dc[2, 1],
        "the direct path": six.direct[1],
        "the path through the forget gate": six.forget[1],
        "the path through the input gate": six.input[1],
        "the path through the candidate": six.candidate[1],
        "the path through the output gate": six.output[1],
        "what the loss reads from h⁽ᵗ⁻¹⁾": six.local[1],
        "δ of the forget gate": delta.f[1],
        "δ of the input gate": delta.i[1],
        "δ of the candidate": delta.g[1],
        "δ of the output gate": delta.o[1],
        "dl/dh⁽ᵗ⁻¹⁾": total.dl_dh[1, 1],
        "dl/dc⁽ᵗ⁻¹⁾, the sum of the six": sum(six)[1],
    }
    for name, value in wanted.items():
        assert said[name] == pytest.approx(value, rel=6e-3), name
    assert set(said) - set(wanted) == {"what comes to c⁽ᵗ⁾ through h⁽ᵗ⁾", "what comes to c⁽ᵗ⁻¹⁾ through h⁽ᵗ⁻¹⁾"}


def test_keys_walk_through_all_parts_and_each_says_what_it_is_and_how_it_came_about(shown):
    page = shown[0]
    page.locator("svg").focus()
    heard = []
    for _ in range(page.locator("svg .piece").count()):
        page.keyboard.press("ArrowRight")
        heard.append(page.locator("p.part").inner_text())
    assert len(set(heard)) == len(heard) == 12
    assert any("forget gate: 0." in words and "from x" in words and "bias" in words for words in heard)


def test_the_part_pointed_at_lights_its_symbol_on_the_page_and_shows_its_line_of_code(shown):
    page = shown[0]
    page.locator("svg .piece[aria-label^='forget gate'] rect").hover()
    assert page.evaluate("document.documentElement.dataset.lit") == "f"
    assert page.locator(".lstm > code").inner_text() == "f=sigmoid(p.W_1f @ x + p.W_2f @ h_prev + p.b_f)"


def test_the_slider_of_the_step_walks_through_the_run(shown):
    page, _, trace, _ = shown
    page.get_by_label("t, step").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.say').innerText.includes('shows')")
    page.wait_for_timeout(100)
    assert spoken(page)["c, the memory"] == pytest.approx(trace.c[3, 1], rel=6e-3)


def test_a_wire_is_broken_exactly_where_what_it_carries_is_negative(shown):
    page = shown[0]
    said = spoken(page)
    for name, value in said.items():
        dashes = page.locator(f"svg .piece[aria-label^='{name}:'] path.wire").evaluate_all(
            "nodes => nodes.map((node) => getComputedStyle(node).strokeDasharray)"
        )
        assert all((dash != "none") == (value < 0) for dash in dashes), name


def test_the_first_step_has_nothing_to_send_back_to_and_says_so(shown):
    page = shown[0]
    page.get_by_label("t, step").fill("1")
    page.get_by_role("button", name="backward").click()
    page.wait_for_function("document.querySelector('.say').innerText.includes('Step 1 has no gate before it')")
