"""The explorer of the cell in Chromium: its every number against lstm, by mouse and by keys."""

import re

import numpy as np
import pytest
from tests.browser.readouts import mount

from companion.explorers import CellExplorer
from lstm import gradient, init_params, run


def model(explorer):
    names = ("t", "unit", "back", "shown", "_esm", "_css")
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
    sent = {gate: (getattr(params, f"W_2{gate}").T @ getattr(delta, gate))[1] for gate in "figo"}
    wanted = {
        "dl/dh⁽ᵗ⁾": total.dl_dh[2, 1],
        "dl/dc⁽ᵗ⁾": total.dl_dc[2, 1],
        "the direct path": six.direct[1],
        "what the forget gate sends back to h⁽ᵗ⁻¹⁾": sent["f"],
        "what the input gate sends back to h⁽ᵗ⁻¹⁾": sent["i"],
        "what the candidate sends back to h⁽ᵗ⁻¹⁾": sent["g"],
        "what the output gate sends back to h⁽ᵗ⁻¹⁾": sent["o"],
        "what the loss reads from h⁽ᵗ⁻¹⁾": reads[1, 1],
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


ON_WIRES = """(names) => [...document.querySelectorAll("svg .piece")]
  .filter((node) => names.some((name) => node.ariaLabel.startsWith(name)))
  .map((node) => [...node.querySelectorAll("text")].slice(-2).map((text) => text.textContent))
  .map(([first, last]) => last?.startsWith("×") ? first + last : last ?? first)"""


def written(page, *names):
    """The last number that stands at each part whose words begin with one of these."""
    return [number(words.split(" ")[-1]) for words in page.evaluate(ON_WIRES, names)]


def assert_what_enters_adds_up(page):
    entering = ["what the forget", "what the input", "what the candidate", "what the output", "what the loss reads"]
    (total,), into = written(page, "dl/dh⁽ᵗ⁻¹⁾:"), written(page, *entering)
    assert len(into) == 5
    assert sum(into) == pytest.approx(total, abs=0.0055 * max(map(abs, into)))


def test_backward_the_numbers_on_the_wires_that_enter_the_box_of_h_add_up_to_it(shown):
    page, _, trace, _ = shown
    page.get_by_role("button", name="backward").click()
    for t in (2, 3, 4, 5):
        page.get_by_label("t, step").fill(str(t))
        page.wait_for_timeout(80)
        assert_what_enters_adds_up(page)
        (total,), (through,) = written(page, "dl/dh⁽ᵗ⁻¹⁾:"), written(page, "what comes to c⁽ᵗ⁻¹⁾")
        assert through == pytest.approx(gradient.output_slope(trace, t - 1)[1] * total, rel=0.01)


def test_a_wire_that_carries_what_comes_out_of_the_box_is_noticed(page):
    params, x = init_params(2, 3, rng=np.random.default_rng(3)), np.random.default_rng(3).normal(size=(5, 2))
    source = str(CellExplorer._esm)
    assert '"name": "sent_g"' in source
    mount(page, CellExplorer(params, x, t=5, unit=2, back=1), source.replace('"name": "sent_g"', '"name": "candidate"'))
    with pytest.raises(AssertionError):
        assert_what_enters_adds_up(page)


def test_backward_a_product_is_written_with_each_factor_and_its_number_beside_it(shown):
    page, params, trace, reads = shown
    page.get_by_role("button", name="backward").click()
    page.wait_for_function("document.querySelector('[aria-pressed=true]').innerText === 'backward'")
    label = page.locator("svg .piece[aria-label^='δ of the candidate']").get_attribute("aria-label")
    delta, *factors = [number(x) for x in re.findall(r"(?:: |\()(−?\d+(?:\.\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)", label)]
    assert len(factors) == 3
    assert "=" not in label
    assert np.prod(factors) == pytest.approx(delta, rel=0.02)
    label = page.locator("svg .piece[aria-label^='what the candidate']").get_attribute("aria-label")
    sent, slope, term = [number(x) for x in re.findall(r"(?:: |\(|is )(−?\d+(?:\.\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)", label)]
    assert sent * slope == pytest.approx(term, rel=0.02)
    six = gradient.terms(params, trace, 3, gradient.totals(params, trace, reads), reads)
    assert term == pytest.approx(six.candidate[1], rel=6e-3)


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
    assert "the drawing stays forward" in page.locator(".say").inner_text()
    assert "c, the memory" in spoken(page)
