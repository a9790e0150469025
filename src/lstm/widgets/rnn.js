// The explorer of the plain RNN beside the LSTM: one unit each, over T steps, on the same log axis.

const GATES = { f: "forget gate", i: "input gate", o: "output gate", g: "candidate" };

function render({ model, el }) {
  const names = Object.keys(RANGES), updates = [], view = live(model, names, draw);
  const add = (part) => (updates.push(part), part.node);
  const control = (name, symbol, words, hue, step) =>
    add(slider({ model, name, symbol, words, hue, step, range: RANGES[name], changed: view.changed }));
  let now, rnn, far;

  const words = sentences(), table = ratesTable();
  const curves = figure(STEPS.height, (width) => rateChart(width, rnn, far));
  const presets = add(presetButtons({ model, presets: PRESETS, changed: view.changed }));
  const plainUnit = [
    control("w_2", sym("w", "", "2"), "weight of the RNN", "h"),
    control("slope", whole("1 − ", sym("h", "2")), "slope of its tanh", "h"),
  ];
  const gates = Object.keys(GATES).map((name) => control(name, sym(name), GATES[name], name));
  const weight = (name) => control(`w_2${name}`, sym("w", "", `2${name}`), `to ${GATES[name]}`, name);
  const more = fold(
    "The LSTM's other quantities",
    control("c_prev", sym("c", "(1)"), "cell state", "c"),
    control("o_prev", sym("o", "(1)"), "output gate", "o"),
    ["f", "i", "g", "o"].map(weight),
  );
  const T = control("T", sym("T"), "steps, all held", "c", 1);
  const root = html(
    "div",
    { class: "lstm", role: "group", "aria-label": "Explorer of the plain RNN beside the LSTM", onkeydown: keepKeys },
    presets,
    words.node,
    html(
      "div",
      { class: "columns" },
      html("div", { class: "controls" }, html("div", {}, plainUnit), html("div", {}, gates), more),
      html("div", { class: "figures" }, html("section", {}, T, curves.node, table.node)),
    ),
  );

  function draw() {
    now = Object.fromEntries(names.map((name) => [name, model.get(name)]));
    rnn = rnnChain(now);
    far = chains(now);
    updates.forEach((part) => part.update());
    words.say(...inWords(rnn, far, now));
    table.update(rnn, far, now);
    curves.update();
  }
  draw();
  el.append(root);
  return () => {
    [view, words, curves].forEach((part) => part.stop());
    root.remove();
  };
}

const strong = (x) => html("b", {}, number(x));
function inWords(rnn, far, { T, w_2, slope }) {
  const back = T === 2 ? "1 step" : `${T - 1} steps`;
  return [
    ["Each step multiplies the RNN's gradient by ", strong(slope * w_2), `; over ${back} that is `, strong(rnn[0]), "."],
    ["The LSTM's true chain is ", strong(far.chain[0]), "; the product of its ", sym("f"), ", ", strong(far.product_of_f[0]), "."],
  ];
}

function rateChart(width, rnn, far) {
  return stepsChart(width, far.steps, [
    { words: "RNN", values: rnn, hue: "h", dash: "2 3", mark: "square" },
    { words: "product of f", values: far.product_of_f, hue: "direct", dash: "7 4", mark: "diamond", radius: 2.4 },
    { words: "LSTM, true", values: far.chain, hue: "c", width: 2.2, strong: true },
  ]);
}

function ratesTable() {
  const cells = Array.from({ length: 6 }, () => html("td"));
  const heads = [hued("h", "RNN"), hued("direct", "product of ", sym("f")), html("b", {}, "LSTM, true")];
  const head = html("thead", {}, html("tr", {}, html("td"), heads.map((one) => html("th", { scope: "col" }, one))));
  const row = (title, own) => html("tr", {}, html("th", { scope: "row" }, title), own);
  const body = html("tbody", {}, row("over all steps", cells.slice(0, 3)), row("per step", cells.slice(3)));
  const note = html("p", { class: "soft note" }, "Hollow: negative. Per step: the size over all steps, to the power 1/(T − 1).");
  return {
    node: html("div", {}, note, html("table", {}, head, body)),
    update(rnn, far, { T }) {
      const all = [rnn[0], far.product_of_f[0], far.chain[0]], rates = all.map((v) => Math.abs(v) ** (1 / (T - 1)));
      [...all, ...rates].forEach((value, k) => (cells[k].textContent = number(value)));
    },
  };
}

export default { render };
