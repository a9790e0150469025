// The explorer of Eq. (15): one step term by term, and T steps on a log axis.

const GATES = { f: "forget gate", i: "input gate", o: "output gate", g: "candidate" };
const MINUS = "(t−1)";
const dl_dc = (sup) => html("span", { class: "nowrap" }, html("i", {}, "dl"), "/", html("i", {}, "d"), sym("c", sup));

function render({ model, el }) {
  const names = Object.keys(RANGES);
  const state = () => Object.fromEntries(names.map((name) => [name, model.get(name)]));
  let now, step, far;
  const updates = [];
  const view = live(model, names, draw);
  const add = (part) => (updates.push(part), part.node);
  const control = (name, symbol, words, hue, step) =>
    add(slider({ model, name, symbol, words, hue, step, range: RANGES[name], changed: view.changed }));

  const say = sentence();
  const bars = figure(222, (width) => oneStep(width, step));
  const curves = figure(CHART.height, (width) => manySteps(width, far, now.T));
  const table = numbersTable();

  const gates = Object.entries(GATES).map(([name, words]) => control(name, sym(name), words, name));
  const weights = Object.entries(GATES).map(([name, words]) => control(`w_2${name}`, sym("w", "", `2${name}`), `to ${words}`, name));
  const more = fold(
    "What else the exact formula needs",
    control("c_prev", sym("c", MINUS), "cell state before", "c"),
    control("o_prev", sym("o", MINUS), "output gate before", "o"),
    weights,
    control("read", html("span", {}, html("i", {}, "dl"), "/", html("i", {}, "d"), sym("h", "(t)")), "read at once", "h"),
    control("read_prev", sym("r"), "read from h before", "h"),
  );
  const root = html(
    "div",
    { class: "lstm", role: "group", "aria-label": "Explorer of Equation (15)" },
    add(presetButtons({ model, presets: PRESETS, changed: view.changed })),
    html(
      "div",
      { class: "columns" },
      html("div", { class: "controls" }, html("div", {}, gates), more),
      html(
        "div",
        { class: "figures" },
        say.node,
        html("section", {}, formulaLine(), bars.node),
        html("section", {}, control("T", sym("T"), "steps, gates held", "c", 1), curves.node, table.node),
      ),
    ),
  );

  function draw() {
    now = state();
    [step, far] = [terms(now), chains(now)];
    updates.forEach((part) => part.update());
    say.say(...inWords(step, far, now));
    bars.update();
    curves.update();
    table.update(far, now);
  }
  draw();
  el.append(root);
  return () => {
    [view, say, bars, curves].forEach((part) => part.stop());
    root.remove();
  };
}

function inWords(step, far, { T }) {
  const b = (x) => html("b", {}, number(x));
  const alone = hued("direct", sym("f"), " alone"), back = T - 1 === 1 ? "1 step" : `${T - 1} steps`;
  const one = step.dl_dc
    ? ["One step back, ", alone, " keeps ", b(step.direct / step.dl_dc), " of ", dl_dc(""), "; in truth ", b(step.total / step.dl_dc), "."]
    : ["Nothing of the loss reaches ", sym("c", "(t)"), "; ", dl_dc(MINUS), " is ", b(step.total), "."];
  return [one, [`${back} back, the product of `, sym("f"), " is ", b(far.product_of_f[0]), "; the true chain ", b(far.chain[0]), "."]];
}

function formulaLine() {
  const term = (gate, plus = " + ") => html("span", { class: "nowrap" }, plus, hued(gate, sym("w", "", `2${gate}`), " ", sym("δ", "", gate)));
  return html(
    "p",
    { class: "formula" },
    dl_dc(MINUS), " = ", hued("direct", sym("f"), " ", dl_dc("(t)")), " + ", sym("D", MINUS), html("span", {}, " ("),
    term("f", ""), term("i"), term("g"), term("o"), html("span", { class: "nowrap" }, " + ", hued("h", sym("r")), ")"),
  );
}

function oneStep(width, step) {
  const rows = [
    { label: "direct", value: step.direct, hue: "direct" },
    { label: "forget gate", value: step.forget, hue: "f" },
    { label: "input gate", value: step.input, hue: "i" },
    { label: "candidate", value: step.candidate, hue: "g" },
    { label: "output gate", value: step.output, hue: "o" },
    { label: "read at once", value: step.local, hue: "h" },
  ];
  const spoken = rows.map(({ label, value }) => `${label} ${number(value)}`).join(", ");
  return { label: `Terms of dl/dc at t−1: ${spoken}; sum ${number(step.total)}.`, nodes: signedBars(width, rows, "sum") };
}

const CHART = { height: 232, left: 98, right: 44, top: 10, bottom: 46 };
function manySteps(width, far, T) {
  const { height, left, right, top, bottom } = CHART, base = height - bottom;
  const lines = [
    { words: "product of f", values: far.product_of_f, hue: "direct", dash: "7 4", mark: "diamond", radius: 2.6 },
    { words: "product of J₄", values: far.product_of_jacobians, hue: "jacobians", dash: "2 3", mark: "square", radius: 2.6 },
    { words: "true chain", values: far.chain, hue: "c", width: 2.2 },
  ];
  const { low, high, ticks } = logTicks(lines.flatMap(({ values }) => values));
  const x = scale(1, T, left + 8, width - right - 8), level = scale(low, high, base, top);
  const y = (v) => (v === 0 || Math.log10(Math.abs(v)) < low ? base + 14 : level(Math.log10(Math.abs(v))));
  const xs = far.steps.map(x), at = spread(lines.map(({ values }) => y(values[0])), 17, top + 4, base + 14);
  const steps = [1, ...linearTicks(1, T, width < 420 ? 3 : 5).filter((s) => s > 1 + T / 12 && s < T - T / 12 && s % 1 === 0), T];
  const name = (p) => (Math.abs(p) < 3 ? String(Number(`1e${p}`)) : tenTo(p));
  return {
    label: `Log axis, steps 1 to ${T}. At step 1: ${lines.map(({ words, values }) => `${words} ${number(values[0])}`).join(", ")}.`,
    nodes: [
      ticks.map((p) => [line(left, level(p), width - right, level(p), { class: p ? "rule" : "axis" }), text(width - right + 6, level(p) + 4.5, name(p), { class: "tick" })]),
      line(left, base + 14, width - right, base + 14, { "stroke-dasharray": "1 3" }), text(width - right + 6, base + 18.5, "→ 0", { class: "tick" }),
      steps.map((s) => text(x(s), height - 8, s, { "text-anchor": "middle", class: "tick" })), text(left - 8, height - 8, "step s =", { "text-anchor": "end", class: "tick" }),
      lines.map(({ values, ...look }) => curve({ xs, ys: values.map(y), values, ...look })),
      lines.map(({ words, values, hue }, k) => [
        line(left - 6, at[k], xs[0] - 5, y(values[0]), { style: `stroke: var(--${hue}); shape-rendering: auto`, opacity: 0.6 }),
        text(left - 9, at[k] + 4.5, words, { "text-anchor": "end", style: `fill: var(--${hue})`, "font-weight": k === 2 ? 600 : 400 }),
      ]),
    ],
  };
}

function numbersTable() {
  const cells = Array.from({ length: 6 }, () => html("td"));
  const head = (...words) => html("th", { scope: "col" }, ...words), row = (title, own) => html("tr", {}, html("th", { scope: "row" }, title), own);
  const from = html("span", {}, html("i", {}, "d"), sym("c", "(T)"), "/", html("i", {}, "d"), sym("c", "(1)"));
  const node = html(
    "div",
    {},
    html("p", { class: "soft note" }, "Hollow markers: negative values. The loss reads ", sym("h", "(T)"), " only."),
    html(
      "table",
      {},
      html("thead", {}, html("tr", {}, html("td"), head(hued("direct", "by ", sym("f"), " alone")), head(hued("jacobians", "by ", sym("J", "", "4"))), head(html("b", {}, "in truth")))),
      html("tbody", {}, row(from, cells.slice(0, 3)), row(dl_dc("(1)"), cells.slice(3))),
    ),
  );
  const update = (far, { T }) => {
    const products = [far.product_of_f[0], far.product_of_jacobians[0]], seed = far.dl_dc[T - 1];
    [...products, far.chain[0], ...products.map((p) => p * seed), far.dl_dc[0]].forEach((v, k) => (cells[k].textContent = number(v)));
  };
  return { node, update };
}

export default { render };
