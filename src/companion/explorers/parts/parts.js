// Parts that explorers share: plain functions, joined with the other files into one ES module.
// Colours are CSS variables named as in the palette of companion.style.palette: hue "f" is var(--f).

// html("p", {class: "say", onclick: fn}, "text", node) and svg(...): an element. Text is set as text, never parsed.
const SVG = "http://www.w3.org/2000/svg";
const html = (name, attrs = {}, ...children) => dress(document.createElement(name), attrs, children);
const svg = (name, attrs = {}, ...children) => dress(document.createElementNS(SVG, name), attrs, children);
function dress(node, attrs, children) {
  for (const [key, value] of Object.entries(attrs)) {
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value);
  }
  node.append(...children.flat());
  return node;
}
const hued = (hue, ...children) => html("span", { style: `color: var(--${hue})` }, ...children);
const whole = (...children) => html("span", { class: "nowrap" }, ...children);

// A symbol as in print: sym("c", "(t−1)") is c^(t-1), sym("w", "", "2f") is w_2f.
function sym(letter, sup = "", sub = "") {
  const marks = [sub && html("sub", {}, sub), sup && html("sup", {}, sup)].filter(Boolean);
  return html("span", { class: "sym" }, html("i", {}, letter), ...marks);
}

// Numbers as text, with a true minus sign. `plus` is put before positive ones.
const fixed = (x, digits, plus = "") => (x < 0 ? "−" : plus) + Math.abs(x).toFixed(digits);
const tenTo = (power) => "10" + [...String(power)].map((d) => (d === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[d])).join("");
// Three significant digits; outside [0.001, 10000) as 1.23×10⁻⁴.
function number(x, plus = "") {
  if (!x) return "0";
  const [digits, e] = Math.abs(x).toExponential(2).split("e"), power = Number(e);
  if (power >= -3 && power <= 3) return fixed(x, Math.max(0, 2 - power), plus);
  return `${x < 0 ? "−" : plus}${digits}×${tenTo(power)}`;
}
// A column of numbers: as many decimals as the largest needs, so that the points stand in line.
function column(values, plus = "") {
  const power = Math.floor(Math.log10(Math.max(...values.map(Math.abs))));
  if (power < -3 || power > 3) return values.map((x) => number(x, plus));
  return values.map((x) => (x ? fixed(x, power < 0 ? 2 - power : 3 - power, plus) : "0"));
}

// A native range input that shows and sets one trait. `symbol` and `words` label it.
function slider({ model, name, symbol, words, range: [min, max], step = 0.01, hue = "x", changed }) {
  const value = html("span", { class: "value" }), digits = step < 1 ? 2 : 0;
  const input = html("input", { type: "range", min, max, step, "aria-label": `${symbol.textContent}, ${words}` });
  const title = html("span", {}, symbol, " ", words);
  const node = html("label", { class: "slider", style: `--hue: var(--${hue})` }, title, value, input);
  const place = (x) => `${(100 * (x - min)) / (max - min)}%`;
  input.addEventListener("input", () => {
    model.set(name, input.valueAsNumber);
    model.save_changes();
    changed();
  });
  return {
    node,
    update() {
      const x = model.get(name), origin = Math.max(0, min);
      if (input.valueAsNumber !== x) input.value = x;
      value.textContent = fixed(x, digits);
      input.setAttribute("aria-valuetext", x.toFixed(digits));
      node.style.setProperty("--from", place(Math.min(x, origin)));
      node.style.setProperty("--to", place(Math.max(x, origin)));
    },
  };
}

// Buttons, one for each named setting; the one whose setting is shown is pressed.
function presetButtons({ model, presets, changed }) {
  const apply = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
    changed();
  };
  const shown = (values) => Object.entries(values).every(([name, value]) => model.get(name) === value);
  const button = ([name, values]) => html("button", { type: "button", onclick: () => apply(values) }, name);
  const buttons = Object.entries(presets).map(button);
  const settings = Object.values(presets);
  return {
    node: html("div", { class: "presets", role: "group", "aria-label": "Settings worth seeing" }, buttons),
    update: () => buttons.forEach((node, k) => node.setAttribute("aria-pressed", shown(settings[k]))),
  };
}

function fold(title, ...children) {
  return html("details", {}, html("summary", {}, title), html("div", { class: "folded" }, ...children));
}

// Sentences for eyes and ears. While they keep changing they are busy, so that a screen reader waits for the last.
function sentences() {
  const node = html("div", { class: "say", "aria-live": "polite" });
  let calm;
  return {
    node,
    say(...lines) {
      node.setAttribute("aria-busy", "true");
      node.replaceChildren(...lines.map((words) => html("p", {}, ...words)));
      clearTimeout(calm);
      calm = setTimeout(() => node.setAttribute("aria-busy", "false"), 400);
    },
    stop: () => clearTimeout(calm),
  };
}

// An SVG of fixed height drawn in real pixels: draw(width) gives {label, nodes}. A new width draws anew, never scales.
function figure(height, draw) {
  const picture = svg("svg", { role: "img", height }), node = html("div", { class: "drawing" }, picture);
  let width = 0;
  const update = () => {
    if (!width) return;
    const { label, nodes } = draw(width);
    picture.setAttribute("aria-label", label);
    picture.replaceChildren(...nodes.flat(Infinity));
  };
  const watch = new ResizeObserver(([entry]) => {
    width = entry.contentRect.width;
    update();
  });
  watch.observe(node);
  return { node, update, stop: () => watch.disconnect() };
}

// Calls `draw` once a frame after any of the traits changed or `changed` was called, until `stop`.
function live(model, names, draw) {
  let frame = 0;
  const events = names.map((name) => `change:${name}`);
  const changed = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  };
  events.forEach((event) => model.on(event, changed));
  return {
    changed,
    stop() {
      events.forEach((event) => model.off(event, changed));
      cancelAnimationFrame(frame);
    },
  };
}

// A native checkbox that shows and sets one whole-number trait, 0 or 1.
function toggle({ model, name, words, changed }) {
  const input = html("input", { type: "checkbox" });
  input.addEventListener("change", () => {
    model.set(name, Number(input.checked));
    model.save_changes();
    changed();
  });
  const update = () => (input.checked = model.get(name) === 1);
  return { node: html("label", { class: "toggle" }, input, " ", words), update };
}

// What explorers share. `build` is handed the makers of controls and returns {children, stops, draw}: what the reader
// sees, the parts to stop in the end, and how to show a setting, a plain object of all traits. Returns the clean-up.
const GATES = { f: "forget gate", i: "input gate", o: "output gate", g: "candidate" };
function explorer({ model, el, title }, build) {
  const names = Object.keys(RANGES), controls = [], view = live(model, names, show), changed = view.changed;
  const add = (part) => (controls.push(part), part.node);
  const control = (name, symbol, words, hue, step) =>
    add(slider({ model, name, symbol, words, hue, step, range: RANGES[name], changed }));
  const gates = () => html("div", {}, Object.keys(GATES).map((name) => control(name, sym(name), GATES[name], name)));
  const weight = (name) => control(`w_2${name}`, sym("w", "", `2${name}`), `to ${GATES[name]}`, name);
  const weights = () => html("div", {}, ["f", "i", "g", "o"].map(weight));
  const presets = () => add(presetButtons({ model, presets: PRESETS, changed }));
  const tick = (name, words) => add(toggle({ model, name, words, changed }));
  const { children, stops, draw } = build({ control, gates, weights, presets, tick });
  // A notebook takes the arrow keys for itself and moves to another cell; those pressed in here stay here.
  const frame = { class: "lstm", role: "group", "aria-label": title, onkeydown: (event) => event.stopPropagation() };
  const root = html("div", frame, children);
  function show() {
    controls.forEach((part) => part.update());
    draw(Object.fromEntries(names.map((name) => [name, model.get(name)])));
  }
  show();
  el.append(root);
  return () => {
    [view, ...stops].forEach((part) => part.stop());
    root.remove();
  };
}

// Controls beside the figures where there is room, above them on a phone. Each section is a list of nodes.
function columns(controls, ...sections) {
  const figures = sections.map((nodes) => html("section", {}, nodes));
  const side = (name, nodes) => html("div", { class: name }, nodes);
  return html("div", { class: "columns" }, side("controls", controls), side("figures", figures));
}
const strong = (x) => html("b", {}, number(x));
const stepsBack = (T) => (T === 2 ? "1 step" : `${T - 1} steps`);
