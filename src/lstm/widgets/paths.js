// The path count: every path from c^(4) back to c^(1) of one unit with held gates, weighed and added up.

const GATES = { f: "forget gate", i: "input gate", o: "output gate", g: "candidate" };
const HUES = { direct: "direct", forget: "f", input: "i", candidate: "g", output: "o", D: "h" };
const SHOWN = 8;

function render({ model, el }) {
  const names = Object.keys(RANGES), updates = [], view = live(model, names, draw);
  const add = (part) => (updates.push(part), part.node);
  const control = (name, symbol, words, hue) =>
    add(slider({ model, name, symbol, words, hue, range: RANGES[name], changed: view.changed }));
  let paths, truth;

  const words = sentences(), list = html("tbody");
  const bars = figure(barsHeight(6), (width) => groupChart(width, paths, truth));
  const gates = Object.keys(GATES).map((name) => control(name, sym(name), GATES[name], name));
  const weight = (name) => control(`w_2${name}`, sym("w", "", `2${name}`), `to ${GATES[name]}`, name);
  const detach = add(toggle({ model, name: "detach", words: "detach h: no gradient through any h", changed: view.changed }));
  const more = fold(
    "What else it needs",
    control("c_prev", sym("c", "(1)"), "cell state", "c"),
    control("o_prev", sym("o", "(1)"), "output gate", "o"),
  );
  const heads = ["path, from the end back", "adds"].map((head) => html("th", { scope: "col" }, head));
  const table = html("table", { class: "paths" }, html("thead", {}, html("tr", {}, heads)), list);
  const root = html(
    "div",
    { class: "lstm", role: "group", "aria-label": "Explorer of the paths", onkeydown: keepKeys },
    detach,
    words.node,
    html(
      "div",
      { class: "columns" },
      html("div", { class: "controls" }, html("div", {}, gates), html("div", {}, ["f", "i", "g", "o"].map(weight)), more),
      html("div", { class: "figures" }, html("section", {}, bars.node), html("section", {}, table)),
    ),
  );

  function draw() {
    const now = { ...Object.fromEntries(names.map((name) => [name, model.get(name)])), T: STEPS_TO + 1 };
    paths = pathsBack(now);
    truth = chains(now).chain[0];
    updates.forEach((part) => part.update());
    const sum = paths.reduce((all, { value }) => all + value, 0);
    const lost = now.detach ? [" The paths that are cut would add ", strong(truth - sum), "."] : [];
    words.say([strong(paths.length, true), paths.length === 1 ? " path adds up to " : " paths add up to ", strong(sum), "; the true derivative is ", strong(truth), ".", ...lost]);
    const largest = [...paths].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, SHOWN);
    list.replaceChildren(...largest.map(({ edges, value }) => html("tr", {}, html("td", {}, inSymbols(edges)), html("td", {}, number(value, "+")))));
    bars.update();
  }
  draw();
  el.append(root);
  return () => {
    [view, words, bars].forEach((part) => part.stop());
    root.remove();
  };
}

const strong = (x, whole = false) => html("b", {}, whole ? String(x) : number(x));

// "c4 direct c3 forget h2 D c2 ...", each edge in the colour of what it passes.
function inSymbols(edges) {
  let step = 1;
  const parts = [sym("c", "(1)")];
  for (const edge of edges) {
    if (edge !== "D") step += 1;
    parts.unshift(sym(edge === "D" || edge === "output" ? "h" : "c", `(${step})`), hued(HUES[edge], ` ${edge === "D" ? "tanh" : edge} `));
  }
  return parts;
}

function groupChart(width, paths, truth) {
  const rows = [0, 1, 2, 3].map((visits) => {
    const own = paths.filter((path) => path.visits === visits);
    const value = own.reduce((all, path) => all + path.value, 0);
    return { words: `${visits} h: ${own.length} path${own.length === 1 ? "" : "s"}`, value, hue: visits ? "h" : "direct" };
  });
  const sum = { words: "sum", value: rows.reduce((all, { value }) => all + value, 0), hue: "c", strong: true };
  const spoken = [...rows, sum].map(({ words, value }) => `${words} ${number(value)}`).join(", ");
  return { label: `Paths by the number of hidden states they visit: ${spoken}.`, nodes: signedBars(width, rows, [sum, { words: "truth", value: truth, hue: "c", hollow: true }]) };
}

export default { render };
