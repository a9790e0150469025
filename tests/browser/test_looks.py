"""Every explorer in every look: narrow, dark in other houses, forced colours, and as axe-core hears it."""

import re

import pytest
from tests.browser.axe import violations
from tests.browser.readouts import mount
from tests.browser.samples import CLASSES, sample

from companion.explorers import Eq15Explorer, GateExplorer

NARROW = 288  # of a window of 320 pixels
# Who says how that the ground is dark: attributes of html and body, and the colour of the ground.
GROUNDS = {
    "the book": ({"data-theme": "dark"}, {}, "--pst-color-background", "#14181e"),
    "JupyterLab": ({}, {"data-jp-theme-light": "false"}, "--jp-layout-color0", "#111111"),
    "Colab": ({"theme": "dark"}, {}, "--colab-primary-surface-color", "#383838"),
    "VS Code": ({}, {"class": "vscode-dark"}, "--vscode-editor-background", "#1f1f1f"),
    "VS Code, high contrast": ({}, {"class": "vscode-high-contrast"}, "--vscode-editor-background", "#000000"),
}
GROUND = """([html, body, name, colour]) => {
  for (const [key, value] of Object.entries(html)) document.documentElement.setAttribute(key, value);
  for (const [key, value] of Object.entries(body)) document.body.setAttribute(key, value);
  document.documentElement.style.setProperty(name, colour);
  document.body.style.background = colour;
}"""
# The words whose contrast with what is behind them is below 4.5.
PALE = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const seen = (...colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((x) => x / 255)
      .map((x) => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)
      .reduce((sum, x, k) => sum + [0.2126, 0.7152, 0.0722][k] * x, 0.05);
  };
  const behind = (node) => node ? [...behind(node.parentElement), getComputedStyle(node).backgroundColor] : [];
  const own = (node) => [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
  const words = [...document.querySelectorAll(".lstm *")].filter((node) => own(node) && node.checkVisibility());
  return words.flatMap((node) => {
    const style = getComputedStyle(node), inPicture = node instanceof SVGElement;
    const around = inPicture && style.stroke !== "none" ? [style.stroke] : behind(node);
    const word = seen(...behind(node), inPicture ? style.fill : style.color), ground = seen(...behind(node), ...around);
    const contrast = Math.max(word, ground) / Math.min(word, ground);
    return contrast < 4.5 ? [`${contrast.toFixed(2)} ${node.outerHTML.slice(0, 120)}`] : [];
  });
}"""
# What sticks out of the explorer sideways: boxes, and the words of pictures by more than the margin of the page.
STICKS_OUT = """() => {
  const root = document.querySelector(".lstm").getBoundingClientRect();
  return [...document.querySelectorAll(".lstm *")].filter((node) => node.checkVisibility()).filter((node) => {
    const { left, right, width } = node.getBoundingClientRect(), out = node.tagName === "text" ? 16 : 1;
    if (!width || (node instanceof SVGElement && node.tagName !== "text")) return false;
    return left < root.left - out || right > root.right + out;
  }).map((node) => node.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("cls", CLASSES)
def test_every_word_is_read_on_every_dark_ground(cls, ground, page):
    page.evaluate(GROUND, GROUNDS[ground])
    mount(page, sample(cls))
    assert page.evaluate(PALE) == []


def test_a_pale_word_is_found(page):
    page.evaluate(GROUND, GROUNDS["Colab"])
    mount(page, Eq15Explorer())
    page.add_style_tag(content=".lstm .say p { color: #666 }")
    assert page.evaluate(PALE)
    page.evaluate("document.documentElement.removeAttribute('theme')")  # so the explorer thinks that it is day
    assert len(page.evaluate(PALE)) > 20


@pytest.mark.parametrize("cls", CLASSES)
def test_nothing_sticks_out_in_a_window_of_320_pixels(cls, page):
    mount(page, sample(cls), width=NARROW)
    assert page.evaluate(STICKS_OUT) == []


def test_what_sticks_out_is_found(page):
    mount(page, Eq15Explorer(), width=NARROW)
    page.evaluate("document.querySelector('.say p').style.cssText = 'width: 300px'")
    assert len(page.evaluate(STICKS_OUT)) == 1


@pytest.mark.parametrize("width", [840, NARROW])
@pytest.mark.parametrize("cls", CLASSES)
def test_axe_finds_nothing_to_mend(cls, width, page):
    mount(page, sample(cls), width=width)
    page.evaluate("for (const fold of document.querySelectorAll('.lstm details')) fold.open = true")
    assert violations(page, within=".lstm") == []


def test_axe_finds_what_is_broken(page):
    mount(page, GateExplorer())
    page.evaluate("document.querySelector('.lstm input').removeAttribute('aria-label')")
    page.evaluate("document.querySelector('.lstm button').setAttribute('aria-label', 'other words')")
    page.evaluate("document.querySelector('.lstm button').style.cssText = 'min-height: 0; height: 9px; padding: 0'")
    assert {"label-content-name-mismatch"} <= {rule for rule, *_ in violations(page, within=".lstm")}


@pytest.mark.parametrize("cls", CLASSES)
def test_what_is_pressed_or_chosen_is_told_apart_in_forced_colours(cls, open_page):
    page = open_page()
    page.emulate_media(forced_colors="active")
    mount(page, sample(cls))
    told = """() => {
      const look = (node) => ["outlineStyle", "outlineWidth"].map((name) => getComputedStyle(node)[name]).join();
      const groups = [...document.querySelectorAll(".lstm .presets")];
      return groups.map((group) => ["true", "false"].map((state) =>
        [...group.querySelectorAll(`[aria-pressed=${state}]`)].map(look)));
    }"""
    for pressed, others in page.evaluate(told):
        assert not set(pressed) & set(others)


@pytest.mark.parametrize("cls", CLASSES)
def test_nothing_moves_by_itself(cls):
    assert not re.search(r"\b(transition|animation)\b", str(sample(cls)._css))
    assert not re.search(r"\b(setInterval|animate)\b", str(sample(cls)._esm))
