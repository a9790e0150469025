// Parts that explorers share: plain functions, joined with formulas.js and an explorer's own file into one ES module.
// Colours are CSS variables named as in the palette of lstm.figures: hue "f" is var(--f).

// html("p", {class: "say", onclick: fn}, "text", node) and svg(...): an element. Text is set as text, never parsed.
const html = (name, attrs = {}, ...children) => dress(document.createElement(name), attrs, children);
const svg = (name, attrs = {}, ...children) => dress(document.createElementNS("http://www.w3.org/2000/svg", name), attrs, children);
function dress(node, attrs, children) {
  for (const [key, value] of Object.entries(attrs)) {
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value);
  }
  node.append(...children.flat());
  return node;
}
const hued = (hue, ...children) => html("span", { style: `color: var(--${hue})` }, ...children);
// A symbol as in print: sym("c", "(t−1)") is c^(t-1), sym("w", "", "2f") is w_2f.
const sym = (letter, sup = "", sub = "") =>
  html("span", { class: "sym" }, html("i", {}, letter), sub && html("sub", {}, sub), sup && html("sup", {}, sup));

// Three significant digits, with a true minus sign; outside [0.001, 10000) as 1.23×10⁻⁴.
function number(x, plus = "") {
  if (!x) return "0";
  const sign = x < 0 ? "−" : plus, [digits, power] = Math.abs(x).toExponential(2).split("e");
  if (power >= -3 && power <= 3) return sign + (power > 2 ? Math.abs(x).toFixed(0) : Math.abs(x).toFixed(2 - power));
  return `${sign}${digits}×${tenTo(power)}`;
}
const tenTo = (power) => "10" + [...String(+power)].map((d) => (d === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[d])).join("");

// A native range input that shows and sets one trait. `symbol` and `words` label it; the readout has its digits.
function slider({ model, name, symbol, words, range: [min, max], step = 0.01, hue = "x", changed }) {
  const value = html("span", { class: "value" }), digits = step < 1 ? 2 : 0;
  const input = html("input", { type: "range", min, max, step, "aria-label": `${symbol.textContent}, ${words}` });
  const node = html("label", { class: "slider", style: `--hue: var(--${hue})` }, html("span", {}, symbol, " ", words), value, input);
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
      value.textContent = x.toFixed(digits).replace("-", "−");
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
  const buttons = Object.entries(presets).map(([name, values]) => [html("button", { type: "button", onclick: () => apply(values) }, name), values]);
  const shown = (values) => Object.entries(values).every(([name, value]) => model.get(name) === value);
  return {
    node: html("div", { class: "presets", role: "group", "aria-label": "Settings worth seeing" }, buttons.map(([button]) => button)),
    update: () => buttons.forEach(([button, values]) => button.setAttribute("aria-pressed", shown(values))),
  };
}

const fold = (title, ...children) => html("details", {}, html("summary", {}, title), html("div", { class: "folded" }, ...children));

// A sentence for eyes and ears. While it keeps changing it is busy, so that a screen reader waits for the last one.
function sentence() {
  const node = html("div", { class: "say", "aria-live": "polite" });
  let calm;
  return {
    node,
    say(...lines) {
      node.setAttribute("aria-busy", "true");
      node.replaceChildren(...lines.map((line) => html("p", {}, ...line)));
      clearTimeout(calm);
      calm = setTimeout(() => node.setAttribute("aria-busy", "false"), 400);
    },
    stop: () => clearTimeout(calm),
  };
}

// An SVG of fixed height drawn in real pixels: draw(width) gives {label, nodes}; a new width draws anew, never scales.
function figure(height, draw) {
  const picture = svg("svg", { role: "img", height }), node = html("div", { class: "figure" }, picture);
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

// Draw now, and once a frame after any of the traits changed or `changed` was called, until `stop`.
function live(model, names, draw) {
  let frame = 0;
  const changed = () => (frame ||= requestAnimationFrame(() => ((frame = 0), draw())));
  const events = names.map((name) => `change:${name}`);
  events.forEach((event) => model.on(event, changed));
  return {
    changed,
    stop() {
      events.forEach((event) => model.off(event, changed));
      cancelAnimationFrame(frame);
    },
  };
}

const scale = (from, to, start, end) => (x) => start + ((x - from) / (to - from)) * (end - start);
const text = (x, y, words, attrs = {}) => svg("text", { x, y, ...attrs }, words);
const line = (x1, y1, x2, y2, attrs = {}) => svg("line", { x1, y1, x2, y2, class: "rule", ...attrs });

// The least of 1, 2, 4, 8, ... that is no less than x: an axis that jumps rarely while a slider moves.
const doubling = (x) => (x > 0 ? 2 ** Math.max(0, Math.ceil(Math.log2(x))) : 0);
// Round ticks, about `count` of them, that cover [low, high].
function linearTicks(low, high, count) {
  const rough = (high - low) / count || 1, ten = 10 ** Math.floor(Math.log10(rough));
  const step = ten * [1, 2, 5, 10].find((k) => k * ten >= rough * 0.999), first = Math.floor(low / step + 1e-9);
  return Array.from({ length: Math.ceil(high / step - 1e-9) - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(9)));
}
// Powers of ten that cover the sizes of `values`, one kept in sight; no lower than `floor`.
function logTicks(values, floor = -32) {
  const powers = values.filter((v) => v !== 0).map((v) => Math.log10(Math.abs(v)));
  const low = -doubling(Math.min(-floor, Math.max(1, Math.ceil(-Math.min(...powers, 0) - 1e-9))));
  const high = doubling(Math.ceil(Math.max(...powers, 0) - 1e-9)), step = doubling((high - low) / 5);
  const ticks = Array.from({ length: 1 + Math.floor(high / step) - Math.ceil(low / step) }, (_, k) => (Math.ceil(low / step) + k) * step);
  return { low, high, ticks };
}

// Points joined by a line with markers, hollow where the value is negative. An odd stride keeps alternating signs in sight.
const MARKS = {
  disc: (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`,
  square: (x, y, r) => `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
  diamond: (x, y, r) => `M${x} ${y - 1.4 * r}l${1.4 * r} ${1.4 * r}l${-1.4 * r} ${1.4 * r}l${-1.4 * r} ${-1.4 * r}z`,
};
function curve({ xs, ys, values, hue, dash = "none", mark = "disc", radius = 3, width = 1.8 }) {
  const crowd = (radius * 3 * xs.length) / Math.max(1, Math.abs(xs.at(-1) - xs[0])), stride = crowd <= 1 ? 1 : 2 * Math.ceil((crowd - 1) / 2) + 1;
  const marks = (wanted) => values.map((v, k) => (k % stride === 0 && v < 0 === wanted ? MARKS[mark](xs[k], ys[k], radius) : "")).join("");
  const colour = `var(--${hue})`, path = (d, style) => svg("path", { d, style });
  return [
    path(xs.map((x, k) => `${k ? "L" : "M"}${x} ${ys[k]}`).join(""), `fill: none; stroke: ${colour}; stroke-width: ${width}; stroke-dasharray: ${dash}`),
    path(marks(false), `fill: ${colour}; stroke: ${colour}`),
    path(marks(true), `fill: var(--ground); stroke: ${colour}; stroke-width: 1.5`),
  ];
}

// Heights for labels that would like to stand at `wanted` but must keep `gap` apart within [top, bottom].
function spread(wanted, gap, top, bottom) {
  const order = wanted.map((_, k) => k).sort((a, b) => wanted[a] - wanted[b]), at = [];
  order.forEach((k, n) => (at[k] = Math.max(wanted[k], n ? at[order[n - 1]] + gap : top)));
  order.reverse().forEach((k, n) => (at[k] = Math.min(at[k], n ? at[order[n - 1]] - gap : bottom)));
  return at;
}

// Signed bars: each begins where the one before ended and points the way of its sign; the last runs from zero to the sum.
function signedBars(width, rows, sumLabel, { labels = 92, numbers = 66, row = 25 } = {}) {
  const ends = rows.reduce((all, { value }) => [...all, all.at(-1) + value], [0]), all = [...rows, { label: sumLabel, value: ends.at(-1), hue: "c" }];
  const ticks = linearTicks(Math.min(...ends), Math.max(...ends), width < 420 ? 3 : 5);
  const x = scale(ticks[0], ticks.at(-1), labels + 8, width - numbers - 8), bottom = row * all.length + 6;
  const bar = ({ label, value, hue }, k) => {
    const last = k === rows.length, gapped = last ? 6 : 0, y = k * row + row / 2 + gapped, from = x(last ? 0 : ends[k]), to = x(last ? value : ends[k + 1]);
    const tip = Math.sign(to - from) * Math.min(5, Math.abs(to - from)), fill = `fill: var(--${hue})`, strong = last ? 600 : 400;
    return [
      !last && line(to, y, to, y + row + (k + 1 === rows.length ? 6 : 0), { class: "axis" }),
      svg("path", { d: `M${from} ${y - 8}H${to - tip}L${to} ${y}L${to - tip} ${y + 8}H${from}z`, style: `${fill}; stroke: var(--${hue}); stroke-width: 1` }),
      text(labels, y + 4.5, label, { "text-anchor": "end", style: fill, "font-weight": strong }),
      text(width, y + 4.5, number(value, "+"), { "text-anchor": "end", "font-weight": strong }),
    ].filter(Boolean);
  };
  return [
    ticks.map((t) => [line(x(t), 0, x(t), bottom, { class: t ? "rule" : "axis" }), text(x(t), bottom + 17, number(t), { "text-anchor": "middle", class: "tick" })]),
    line(0, row * rows.length + 3, width, row * rows.length + 3),
    all.map(bar),
  ];
}
