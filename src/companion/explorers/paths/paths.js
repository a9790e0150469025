// The path count: every path from c^(4) back to c^(1) of one unit with held gates, weighed and added up.

const HUES = { direct: "direct", forget: "f", input: "i", candidate: "g", output: "o", D: "h" };
const SHOWN = 8;
const added = (paths) => paths.reduce((sum, { value }) => sum + value, 0);

const TITLE = "Explorer of the paths";
const render = (view) => explorer({ ...view, title: TITLE }, ({ control, gates, weights, tick }) => {
  let paths, truth;
  const words = sentences(), list = html("tbody");
  const bars = figure(barsHeight(6), (width) => groupChart(width, paths, truth));
  const others = () => fold(
    "What else it needs",
    control("c_prev", sym("c", "(1)"), "cell state", "c"),
    control("o_prev", sym("o", "(1)"), "output gate", "o"),
  );
  const heads = ["path, from the end back", "adds"].map((head) => html("th", { scope: "col" }, head));
  const table = html("table", { class: "paths" }, html("thead", {}, html("tr", {}, heads)), list);
  const detach = tick("detach", "detach h: no gradient through any h");
  return {
    children: [detach, words.node, columns([gates(), weights(), others()], [bars.node], [table])],
    stops: [words, bars],
    draw(traits) {
      const now = { ...traits, T: STEPS_TO + 1 };
      paths = pathsBack(now);
      truth = chains(now).chain[0];
      words.say(inWords(paths, truth, now));
      const largest = [...paths].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, SHOWN);
      list.replaceChildren(...largest.map(pathRow));
      bars.update();
    },
  };
});

function inWords(paths, truth, { detach }) {
  const sum = added(paths), count = html("b", {}, paths.length), add = paths.length === 1 ? " path adds" : " paths add";
  const lost = detach ? [" The paths that are cut would add ", strong(truth - sum), "."] : [];
  return [count, `${add} up to `, strong(sum), "; the true derivative is ", strong(truth), ".", ...lost];
}

const pathRow = ({ edges, value }) => html("tr", {}, html("td", {}, inSymbols(edges)), html("td", {}, number(value, "+")));

// "c4 direct c3 forget h2 D c2 ...", each edge in the colour of what it passes.
function inSymbols(edges) {
  let step = 1;
  const parts = [sym("c", "(1)")];
  for (const edge of edges) {
    if (edge !== "D") step += 1;
    const state = edge === "D" || edge === "output" ? "h" : "c", by = edge === "D" ? "tanh" : edge;
    parts.unshift(sym(state, `(${step})`), hued(HUES[edge], ` ${by} `));
  }
  return parts;
}

function groupChart(width, paths, truth) {
  const rows = [0, 1, 2, 3].map((visits) => {
    const own = paths.filter((path) => path.visits === visits), many = own.length === 1 ? "path" : "paths";
    return { words: `${visits} h: ${own.length} ${many}`, value: added(own), hue: visits ? "h" : "direct" };
  });
  const sum = { words: "sum", value: added(paths), hue: "c", strong: true };
  const exact = { words: "truth", value: truth, hue: "c", hollow: true };
  const spoken = [...rows, sum].map(({ words, value }) => `${words} ${number(value)}`).join(", ");
  const nodes = signedBars(width, rows, [sum, exact]);
  return { label: `Paths by the number of hidden states they visit: ${spoken}.`, nodes };
}

export default { render };
