// The explorer of the chain: three products over the steps, where they part, and by which paths.

import { barChart, barsHeight } from "../parts/bars.js";
import { hued, sym } from "../parts/dom.js";
import { dragged } from "../parts/dragged.js";
import { explorer } from "../parts/explorer.js";
import { figure } from "../parts/figure.js";
import { html } from "../parts/html.js";
import { fold } from "../parts/fold.js";
import { columns } from "../parts/layout.js";
import { settings } from "../parts/settings.js";
import { productLooks } from "../parts/products.js";
import { set } from "../parts/set.js";
import { sentences, strong } from "../parts/sentences.js";
import { sliders } from "../parts/sliders.js";
import { chart, chartHeight, stepAt } from "./chart.js";
import { partsAt, products, split, unit } from "./formulas.js";
import { PRESETS, RANGES, T, TENTH } from "./given.js";

/** @import { Children, Drawing, Kit, View } from "../parts/types.js" */
/** @import { Far, Setting, Split } from "./given.js" */
/** @typedef {{ far: Far, parts: Split, t: number, of_f: number, of_J: number, changes: number }} Seen */

/** @type {Record<string, string>} */
const NAMES = {
  forget: "first by the forget gate", input: "first by the input gate", candidate: "first by the candidate",
  output: "past an output gate",
};
const TITLE = "Explorer of the chain";

/** @type {(view: View) => () => void} */
const render = (view) => explorer({ ...view, title: TITLE, ranges: RANGES }, build);

/** @param {Kit} kit */
function build(kit) {
  /** @type {Seen} */
  let seen;
  const words = sentences(), { control, weight } = sliders(kit, RANGES);
  const curves = figure(chartHeight(4), (width) => stepChart(width, seen));
  const bars = figure(barsHeight(8), (width) => pathChart(width, seen));
  dragged(curves.picture, (x, width) => set(kit, { t: stepAt(width, T, x) }));
  curves.node.classList.add("chain-chart");
  const weights = html("i", {}, "a");
  const first = [
    control("f", sym("f"), "forget, early", "f"),
    control("f_2", sym("f"), "forget, late", "f"),
    control("scale", weights, "times weights", "h"),
  ];
  const others = fold(
    "Other gates, weights",
    control("switch", sym("k"), "last early step", "x", 1),
    ["early", "late"].flatMap((when, late) => /** @type {["o" | "i" | "g", string][]} */ (
      [["o", "output"], ["i", "input"], ["g", "candidate"]]).map(([gate, name]) =>
      control(late ? /** @type {"o_2" | "i_2" | "g_2"} */ (`${gate}_2`) : gate, sym(gate), `${name}, ${when}`, gate))),
    ["f", "i", "g", "o"].map(weight),
    control("c_1", sym("c", "(1)"), "cell state", "c"),
  );
  const t = control("t", sym("t"), "step that is moved", "c", 1);
  const presets = kit.add(settings(kit, PRESETS));
  const note = html("p", { class: "soft note" }, "Hollow marks: negative. Bars: each begins where the one before ended.");
  return {
    children: [presets, words.node, columns([...first, others], [t, curves.node], [note, bars.node])],
    stops: [words, curves, bars],
    draw(/** @type {Setting} */ now) {
      const cell = unit(now, T), far = products(cell);
      const [of_f, of_J] = [far.product_of_f, far.product_of_jacobians].map((one) => partsAt(one, far.chain, TENTH));
      seen = { far, parts: split(cell, far, now.t), t: now.t, of_f, of_J, changes: now.switch < T ? now.switch : 0 };
      words.say(...inWords(seen));
      curves.update();
      bars.update();
    },
  };
}

/** @type {(seen: Seen) => Children[][]} */
function inWords({ far, parts, t, of_f, of_J }) {
  const by_f = far.product_of_f[t - 1], by_J = far.product_of_jacobians[t - 1], truth = far.chain[t - 1];
  const product = { f: () => hued("direct", "product of ", sym("f")), J: () => hued("jacobians", "product of ", sym("J")) };
  const { direct, ...others } = parts;
  const where = (/** @type {number} */ step) => (step ? ["at step ", html("b", {}, step)] : ["at no step"]);
  const wrong = (/** @type {number} */ value) => (value * truth < 0 ? ", with the wrong sign" : "");
  const [gate, most] = Object.entries(others).sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))[0];
  const lacks = parts.output ? [strong(parts.output), ", the paths past an output gate."] : ["nothing."];
  return [
    [sym("dc", `(${T})`), "/", sym("dc", `(${t})`), " is ", strong(truth), "; the ", product.f(), " is ", strong(by_f), wrong(by_f),
      "; the ", product.J(), " is ", strong(by_J), wrong(by_J), ". Going back, the ", product.f(),
      " is first off by more than a tenth ", ...where(of_f), ", the ", product.J(), " ", ...where(of_J), "."],
    most
      ? [`From step ${t}, the `, product.f(), " lacks ", strong(truth - direct), " because it leaves out the paths through ", sym("h"),
        `; the largest part comes ${NAMES[gate]}: `, strong(most), ". The ", product.J(), " lacks ", ...lacks]
      : [`From step ${t}, the paths through `, sym("h"), " add nothing, because each passes a factor that is 0."],
  ];
}

/** @type {(width: number, seen: Seen) => Drawing} */
function stepChart(width, { far, t, of_f, of_J, changes }) {
  return chart(width, T, productLooks(far), [
    { step: of_f, words: "f is off", hue: "direct", dash: "7 4" },
    { step: of_J, words: "J is off", hue: "jacobians", dash: "2 3" },
    { step: changes, words: "last early step", hue: "x", dash: "1 3" },
    { step: t, words: `t = ${t}`, hue: "c", strong: true },
  ]);
}

/** @type {(width: number, seen: Seen) => Drawing} */
function pathChart(width, { far, parts, t }) {
  const rows = [
    { words: "direct path", value: parts.direct, hue: "direct" },
    { words: "forget gate", value: parts.forget, hue: "f" },
    { words: "input gate", value: parts.input, hue: "i" },
    { words: "candidate", value: parts.candidate, hue: "g" },
    { words: "past output", value: parts.output, hue: "o" },
  ];
  const below = [
    { words: "true chain", value: far.chain[t - 1], hue: "c", strong: true },
    { words: "product of f", value: far.product_of_f[t - 1], hue: "direct", hollow: true },
    { words: "product of J", value: far.product_of_jacobians[t - 1], hue: "jacobians", hollow: true },
  ];
  return barChart(width, `Paths from step ${t} to ${T}`, rows, below);
}

export default { render };
