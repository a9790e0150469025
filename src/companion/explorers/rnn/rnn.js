// The explorer of the plain RNN beside the LSTM: one unit each, over T steps, on the same log axis.

const TITLE = "Explorer of the plain RNN beside the LSTM";
const render = (view) => explorer({ ...view, title: TITLE }, ({ control, gates, weights, presets }) => {
  let rnn, far;
  const words = sentences(), table = ratesTable();
  const curves = figure(STEPS.height, (width) => rateChart(width, rnn, far));
  const plainUnit = () => html(
    "div",
    {},
    control("w_2", sym("w", "", "2"), "weight of the RNN", "h"),
    control("slope", whole("1 − ", sym("h", "2")), "slope of its tanh", "h"),
  );
  const others = () => fold(
    "The LSTM's other quantities",
    control("c_prev", sym("c", "(1)"), "cell state", "c"),
    control("o_prev", sym("o", "(1)"), "output gate", "o"),
    weights(),
  );
  const T = () => control("T", sym("T"), "steps, all held", "c", 1);
  const body = columns([plainUnit(), gates(), others()], [T(), curves.node, table.node]);
  return {
    children: [presets(), words.node, body],
    stops: [words, curves],
    draw(now) {
      rnn = rnnChain(now);
      far = chains(now);
      words.say(...inWords(rnn, far, now));
      table.update(rnn, far, now);
      curves.update();
    },
  };
});

function inWords(rnn, far, { T, w_2, slope }) {
  const over = `; over ${stepsBack(T)} that is `, product = ["; the product of its ", sym("f"), ", "];
  return [
    ["Each step multiplies the RNN's gradient by ", strong(slope * w_2), over, strong(rnn[0]), "."],
    ["The LSTM's true chain is ", strong(far.chain[0]), ...product, strong(far.product_of_f[0]), "."],
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
  const body = html("tbody", {}, row("all steps", cells.slice(0, 3)), row("per step", cells.slice(3)));
  const note = html("p", { class: "soft note" }, "Hollow: negative. Per step: the size to the power 1/(T − 1).");
  return {
    node: html("div", {}, note, html("table", {}, head, body)),
    update(rnn, far, { T }) {
      const all = [rnn[0], far.product_of_f[0], far.chain[0]], rates = all.map((v) => Math.abs(v) ** (1 / (T - 1)));
      [...all, ...rates].forEach((value, k) => (cells[k].textContent = number(value)));
    },
  };
}

export default { render };
