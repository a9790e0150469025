"""What an explorer shows, read in Chromium: its sliders, words, tables and every shape of its figures."""

import re
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace

import numpy as np

from companion.explorers.base import Explorer

SMALL = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
PLAIN = str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")

SHARED = set(Explorer.class_traits())  # what every widget has, and no explorer shows

# Renders a module in an empty page, on a model that does what anywidget promises, `globalThis.model`.
MOUNT = """async ([code, css, traits, width]) => {
  const { default: widget } = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  const heard = [], el = document.createElement("div"), style = document.createElement("style");
  globalThis.model = {
    traits,
    get: (name) => traits[name],
    set(name, value) {
      const changed = traits[name] !== value;
      traits[name] = value;
      if (changed) heard.filter(([event]) => event === `change:${name}`).forEach(([, callback]) => callback());
    },
    save_changes() {},
    on: (event, callback) => heard.push([event, callback]),
    off() {},
  };
  style.textContent = css;
  el.style.width = `${width}px`;
  document.body.replaceChildren(style, el);
  widget.render({ model: globalThis.model, el });
}"""
# Moves controls, {label: value}, one setting after the other; returns what is seen after each.
MOVE_AND_READ = """async (root, settings) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const all = (selector, what, within = root) => [...within.querySelectorAll(selector)].map(what);
  const text = (node) => node.textContent, of = (node) => (...names) => names.map((name) => node.getAttribute(name));
  const name = (input) => input.ariaLabel ?? input.closest("label").textContent.trim();
  const inputs = Object.fromEntries(all("input", (input) => [name(input), input]));
  const hue = (node) => node.style.color.replace(/var\\(--(.*)\\)/, "$1");
  const numbers = (node) => (...names) => names.map((name) => Number(node.getAttribute(name)));
  const shapes = (picture) => ({
    label: picture.getAttribute("aria-label"),
    paths: all("path", ({ style, attributes }) => ({ d: attributes.d.value, fill: style.fill, stroke: style.stroke,
      dash: style.strokeDasharray, width: style.strokeWidth, kind: attributes.class?.value ?? null,
      edge: attributes["data-edge"]?.value ?? null }), picture),
    lines: all("line", (line) => ({ at: numbers(line)("x1", "y1", "x2", "y2"), kind: line.getAttribute("class"),
      stroke: line.style.stroke }), picture),
    rects: all("rect", (rect) => ({ at: numbers(rect)("x", "y", "width", "height"), kind: rect.getAttribute("class"),
      style: rect.getAttribute("style") }), picture),
    cells: all("[role=gridcell]", (cell) => of(cell)("aria-label", "aria-selected", "tabindex"), picture),
    corners: all("[role=gridcell] path", (corner) => corner.getAttribute("visibility"), picture),
    texts: all("text", (word) => ({ at: numbers(word)("x", "y"), kind: word.getAttribute("class"),
      text: word.textContent, fill: word.style.fill }), picture),
  });
  const read = () => ({
    traits: globalThis.model ? { ...globalThis.model.traits } : null,
    controls: all("input", (input) => ({ name: name(input), value: input.type === "range" ? input.valueAsNumber
      : Number(input.checked), spoken: input.getAttribute("aria-valuetext"), range: of(input)("min", "max", "step"),
      moved: input.closest("label").classList.contains("moved"),
      text: input.closest("label").querySelector(".value")?.textContent ?? null,
      track: ["--hue", "--from", "--to"].map((one) => input.closest("label").style.getPropertyValue(one)) })),
    pressed: all("[aria-pressed=true]", text),
    say: all(".say p", text),
    soft: all("p.soft", text),
    heads: all("thead th", text),
    rows: all("tbody tr", (row) => all("th, td", text, row)),
    current: all("tbody tr", (row) => row.getAttribute("aria-current")),
    hues: all("tbody tr", (row) => all("td span", (span) => [hue(span), span.textContent.trim()], row)
      .filter(([one]) => one)),
    figures: all("svg", shapes),
  });
  const seen = [];
  for (const setting of settings) {
    for (const [label, value] of Object.entries(setting).filter(([label]) => inputs[label])) {
      if (inputs[label].type === "checkbox") inputs[label].checked !== (value === 1) && inputs[label].click();
      else {
        inputs[label].value = value;
        inputs[label].dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
    await frame();
    await frame();
    seen.push(read());
  }
  return seen;
}"""


def mount(page, explorer, code=None, width=840):
    """The group of an explorer, rendered in the page `width` pixels wide from its own module or from `code`."""
    names = [name for name in explorer.traits(sync=True) if name[0] != "_" and name not in SHARED]
    traits = {name: getattr(explorer, name) for name in names}
    page.evaluate(MOUNT, [code or str(explorer._esm), str(explorer._css), traits, width])
    group = page.locator(".lstm")
    page.wait_for_function("[...document.querySelectorAll('svg')].every((one) => one.ariaLabel)")
    return group


def drawn(cls, count, seed):
    """Random settings that the sliders of an explorer can reach, {trait: value}."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        yield {
            name: int(rng.integers(low, high + 1)) if whole else round(float(rng.uniform(low, high)), 2)
            for name, (low, high, *whole) in cls.limits().items()
        }


def touched(group, explorer, value):
    """({label: the traits that its control has moved}, all traits) after each control was set to value(label)."""
    before = {name: getattr(explorer, name) for name in explorer.ranges()}
    moves = {}
    (first,) = moved(group, [{}])
    for label in [one["name"] for one in first.controls]:
        assert label not in moves
        (seen,) = moved(group, [{label: value(label)}])
        moves[label] = [name for name, now in seen.traits.items() if now != before[name]]
        before = dict(seen.traits)
    return moves, before


def told_all(page, group, explorer, many):
    """What the group shows after Python has set each of these settings, which `explorer` then has too, one by one."""
    for setting in many:
        seen = told(page, group, setting)
        for name, value in setting.items():
            setattr(explorer, name, value)
        yield setting, seen


def told(page, group, setting):
    """What the group shows after Python has set these traits."""
    page.evaluate("(traits) => Object.entries(traits).forEach((one) => globalThis.model.set(...one))", setting)
    group.evaluate("() => new Promise((done) => requestAnimationFrame(done))")
    return moved(group, [{}])[0]


def moved(group, settings):
    """What the group shows after each of the settings, {label: value}: namespaces with the names of `read` above."""
    seen = group.evaluate(MOVE_AND_READ, settings)
    return [SimpleNamespace(**one | {"figures": [SimpleNamespace(**f) for f in one["figures"]]}) for one in seen]


def fixed(x, digits, plus=""):
    """JavaScript's toFixed with a true minus sign: halves go up, where Python's format rounds them to even."""
    return ("−" if x < 0 else plus) + str(Decimal(abs(x)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def number(x, plus=""):
    """Three digits as an explorer writes them: 0.00415, −12.3, 1.14×10⁻²⁵, 0."""
    x = float(x)
    if x == 0:
        return "0"
    power = Decimal(abs(x)).adjusted()
    mantissa = Decimal(abs(x)).scaleb(-power).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if mantissa == 10:
        mantissa, power = Decimal("1.00"), power + 1
    if -3 <= power <= 3:
        return fixed(x, max(0, 2 - power), plus)
    return f"{'−' if x < 0 else plus}{mantissa}×10{str(power).translate(SMALL)}"


def column(values):
    """Signed numbers with as many decimals as the largest of them needs for four digits, three below 1."""
    largest = max(abs(float(x)) for x in values)
    power = Decimal(largest).adjusted() if largest else -99
    if not -3 <= power <= 3:
        return [number(x, "+") for x in values]
    return [fixed(float(x), 2 - power if power < 0 else 3 - power, "+") if x else "0" for x in values]


def value_of(text):
    """The number that a tick names: −0.5, 1.00×10⁻⁴, 10⁻⁸."""
    text = text.translate(PLAIN) if not re.search("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]", text) else text
    factor, ten, power = text.partition("10") if re.search("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]", text) else (text, "", "")
    if not ten:
        return float(factor)
    return float(factor.rstrip("×").replace("−", "-") or 1) * 10.0 ** int(power.translate(PLAIN))
