// The regime map's explorer: a place or a built cell to choose, its numbers to read. Python computed them all.

const TITLE = "Explorer of the regime map";
const render = (view) => {
  const { model } = view, data = read(model.get("data"));
  const choose = (row, column) => {
    model.set("bias", data.biases[row]);
    model.set("scale", data.scales[column]);
    model.set("case", 0);
    model.save_changes();
  };
  return explorer({ ...view, title: TITLE }, ({ presets }) => {
    let chosen;
    const words = sentences(), note = html("p", { class: "soft" }), map = placeMap(data, choose), table = placeTable();
    const curves = figure(NORMS.height, (width) => normChart(width, chosen));
    const colours = presetButtons({ model, presets: COLOURS, changed() {} });
    colours.node.setAttribute("aria-label", "What the colour shows");
    const buttons = [[presets(), "Four built cells"], [colours.node, "Colour"]].map(([group, title]) => {
      group.prepend(html("span", { class: "soft" }, title));
      return group;
    });
    const beside = html("div", { class: "beside" }, html("section", {}, curves.node), html("section", {}, table.node));
    return {
      children: [buttons[0], words.node, buttons[1], note, map.node, beside],
      stops: [words, map, curves],
      draw(now) {
        const row = nearest(data.biases, now.bias), column = nearest(data.scales, now.scale);
        chosen = place(data, now.case ? data.places + now.case - 1 : row * data.scales.length + column);
        words.say(...inWords(data, chosen, row, column, now.case));
        note.textContent = LEGENDS[now.colour](`${data.networks} networks`);
        colours.update();
        map.show(row, column, now);
        table.update(chosen);
        curves.update();
      },
    };
  });
};

// The stored numbers. Whatever does not fit is an error here: better no explorer than a wrong one.
const FIELDS = ["true_norm", "direct_norm", "true_rate", "direct_rate", "log10_ratio", "true", "direct"];
const CURVES = ["true_curve", "direct_curve"];
function read(text) {
  const data = JSON.parse(text), { biases, scales } = data, places = biases.length * scales.length;
  const all = places + CASES.length, steps = data.true_curve[0][0].length;
  const fits = (value, [length, ...rest]) =>
    length === undefined ? Number.isFinite(value) : value.length === length && value.every((one) => fits(one, rest));
  const wanted = { biases: [biases.length], scales: [scales.length], true_verdict: [all], direct_verdict: [all] };
  for (const name of FIELDS) wanted[name] = [all, 3];
  for (const name of CURVES) wanted[name] = [all, 3, steps];
  const misfit = Object.keys(wanted).find((name) => !fits(data[name], wanted[name]));
  if (misfit) throw new Error(`the stored ${misfit} do not fit`);
  return { ...data, places, steps, networks: total(data.true[0]) };
}
const total = (counts) => counts.reduce((sum, count) => sum + count);
function place(data, k) {
  const names = [...FIELDS, ...CURVES, "true_verdict", "direct_verdict"];
  return { ...Object.fromEntries(names.map((name) => [name, data[name][k]])), networks: total(data.true[k]) };
}
function nearest(grid, value) {
  const off = grid.map((one) => Math.abs(one - value));
  return off.indexOf(Math.min(...off));
}

const signed = (x) => (x > 0 ? "+" : "") + plain(x);
function inWords(data, chosen, row, column, built) {
  const bold = (text) => html("b", {}, text);
  const bias = bold(signed(data.biases[row])), factor = bold(plain(data.scales[column]));
  const where = ["Forget bias ", bias, ", factor on ", sym("W", "", "2"), " ", factor];
  const { true_norm, direct_norm, true_verdict, direct_verdict } = chosen, product = () => ["the product of ", sym("f")];
  const norms = [strong(true_norm[1]), "; ", ...product(), " is ", strong(direct_norm[1]), "."];
  const verdicts = [bold(VERDICTS[true_verdict]), "; by ", ...product(), " it ", bold(VERDICTS[direct_verdict]), "."];
  return [
    built ? ["The built cell ", bold(CASES[built - 1]), "."] : [...where, `; medians of ${chosen.networks} networks.`],
    [`Over ${data.steps} steps the true norm is `, ...norms],
    ["In truth the gradient ", ...verdicts],
  ];
}

// Both norms against the steps back, on a log axis: the median as a line, the middle half of the networks as a band.
const NORMS = { height: 272, left: 92, right: 44, top: 12, bottom: 46 };
const LOOKS = [
  { name: "direct", words: "product of f", hue: "direct", dash: "7 4", mark: "diamond", radius: 2.4 },
  { name: "true", words: "true chain", hue: "c", width: 2.2, strong: true },
];
function normChart(width, chosen) {
  const { height, left, right, top, bottom } = NORMS, base = height - bottom, edge = width - right;
  const decades = (name) => chosen[`${name}_curve`].map((one) => [...one, 0].map((x) => x / 100));
  const looks = LOOKS.map((look) => ({ ...look, log10: decades(look.name) })), steps = looks[0].log10[0].length - 1;
  const xs = span(0, steps).map(scale(0, steps, left + 16, edge - 8));
  const { low, high, ticks } = logTicks(looks.flatMap(({ log10 }) => log10.flat().map((x) => 10 ** x)));
  const y = scale(low, high, base, top), inner = linearTicks(0, steps, 3).filter((k) => k < 0.9 * steps);
  const median = ({ log10: [, middle] }) => ({ xs, ys: middle.map(y), values: middle.map((x) => 10 ** x) });
  const drawn = looks.map((look) => ({ ...look, ...median(look) }));
  const band = ({ log10: [lower, , upper], hue }) => {
    const points = [...xs.map((x, k) => `${x} ${y(upper[k])}`), ...xs.map((x, k) => `${x} ${y(lower[k])}`).reverse()];
    return svg("path", { d: `M${points.join("L")}z`, style: `fill: var(--${hue}); opacity: 0.16` });
  };
  const nodes = [
    ticks.map((p) => line(left + 8, y(p), edge, y(p), { class: p ? "rule" : "axis" })),
    ticks.map((p) => label(edge + 6, y(p) + 4.5, power(p), { class: "tick" })),
    [...inner, steps].map((k) => label(xs[steps - k], base + 18, k, { class: "middle tick" })),
    label(edge, height - 6, "steps back, T − s", { class: "end tick" }),
    chosen.networks > 1 ? looks.map(band) : [],
    drawn.map(curve),
    curveNames(drawn.map((one) => ({ ...one, point: [xs[0], one.ys[0]] })), left, top + 4, base),
  ];
  const spoken = LOOKS.map(({ words, name }) => `${words} ${number(chosen[`${name}_norm`][1])}`).join(", ");
  return { label: `Norms on a log axis against the steps back, 0 to ${steps}. At ${steps}: ${spoken}.`, nodes };
}

const QUARTILES = ["¼", "median", "¾"];
function placeTable() {
  const heads = [html("b", {}, "in truth"), hued("direct", "product of ", sym("f"))];
  const top = html("thead", {}, html("tr", {}, html("td"), heads.map((head) => html("th", { scope: "col" }, head))));
  const quartiles = ["norm", "rate"].flatMap((what) => QUARTILES.map((which) => `${what}, ${which}`));
  const titles = [...quartiles, "vanish", "hold", "explode"];
  const cells = titles.map(() => [html("td"), html("td")]);
  const row = (title, k) => html("tr", {}, html("th", { scope: "row" }, title), cells[k]);
  const note = html("p", { class: "soft note" }, "¼, ¾: quartiles over the networks. Rate: mean factor per step.");
  return {
    node: html("div", {}, html("table", { class: "places" }, top, html("tbody", {}, titles.map(row))), note),
    update({ networks, ...chosen }) {
      ["true", "direct"].forEach((which, side) => {
        const quartiles = (values) => values.map((x, k) => (networks > 1 || k === 1 ? number(x) : "–"));
        const counts = chosen[which].map((count) => `${count} of ${networks}`);
        const shown = [...quartiles(chosen[`${which}_norm`]), ...quartiles(chosen[`${which}_rate`]), ...counts];
        shown.forEach((text, k) => (cells[k][side].textContent = text));
      });
    },
  };
}

export default { render };
