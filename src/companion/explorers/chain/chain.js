// The explorer of the chain: three products over the steps, where they part, and by which paths.

import { barChart, barsHeight } from "../parts/bars.js";
import { hued, sym } from "../parts/dom.js";
import { dragged } from "../parts/dragged.js";
import { explorer } from "../parts/explorer.js";
import { figure } from "../parts/figure.js";
import { chains } from "../parts/formulas.js";
import { html } from "../parts/html.js";
import { fold } from "../parts/fold.js";
import { columns } from "../parts/layout.js";
import { settings } from "../parts/settings.js";
import { productLooks } from "../parts/products.js";
import { set } from "../parts/set.js";
import { bold, sentences, strong } from "../parts/sentences.js";
import { sliders } from "../parts/sliders.js";
import { across, chart, chartHeight } from "./chart.js";
import { changing, partsAt, split } from "./formulas.js";
import { PRESETS, RANGES, T, TENTH } from "./given.js";

/** @import { Chains, Children, Drawing, Kit } from "../parts/types.js" */
/** @import { Setting, Split } from "./given.js" */
/** @typedef {{ far: Chains, parts: Split, t: number, of_f: number, of_J: number, changes: number }} Seen */

/** @type {Record<string, string>} */
const NAMES = {
  forget: "first by the forget gate", input: "first by the input gate", candidate: "first by the candidate",
  output: "through an output gate",
};

const render = explorer("Explorer of the chain", RANGES, build);

/** @param {Kit} kit */
function build(kit) {
  /** @type {Seen} */
  let seen;
  const words = sentences(), { control, weight } = sliders(kit, RANGES);
  const curves = figure(chartHeight(4), (width) => stepChart(width, seen));
  const bars = figure(barsHeight(8), (width) => pathChart(width, seen));
  dragged(curves.picture, (width) => across(width, T), 1, T - 1, (t) => set(kit, { t }));
  curves.node.classList.add("chain-chart");
  const first = [
    control("f", sym("f"), "forget, early", "f"),
    control("o_2", sym("o"), "output, late", "o"),
    control("scale", html("i", {}, "a"), "times weights", "h"),
  ];
  const others = fold(
    "Other gates, weights",
    control("switch", sym("k"), "last early step", "x", 1),
    control("f_2", sym("f"), "forget, late", "f"),
    control("o", sym("o"), "output, early", "o"),
    ["early", "late"].flatMap((when, late) => /** @type {["i" | "g", string][]} */ ([["i", "input"], ["g", "candidate"]]).map(([gate, name]) =>
      control(late ? /** @type {"i_2" | "g_2"} */ (`${gate}_2`) : gate, sym(gate), `${name}, ${when}`, gate))),
    ["f", "i", "g", "o"].map(weight),
    control("c_1", sym("c", "(1)"), "cell state", "c"),
  );
  const t = control("t", sym("t"), "step that is moved", "c", 1);
  const note = html("p", { class: "soft note" }, "Hollow marks: negative. Bars: each begins where the one before ended.");
  return {
    children: [kit.add(settings(kit, PRESETS)), kit.add(words), columns([...first, others], [t, kit.add(curves)], [note, kit.add(bars)])],
    draw(/** @type {Setting} */ now) {
      const cell = changing(now, T), far = chains(cell, 0);
      const [of_f, of_J] = [far.product_of_f, far.product_of_jacobians].map((one) => partsAt(one, far.chain, TENTH));
      seen = { far, parts: split(cell, far, now.t), t: now.t, of_f, of_J, changes: now.switch < T ? now.switch : 0 };
      words.say(...inWords(seen));
    },
  };
}

/** @type {(seen: Seen) => Children[][]} */
function inWords({ far, parts, t, of_f, of_J }) {
  const by_f = far.product_of_f[t - 1], by_J = far.product_of_jacobians[t - 1], truth = far.chain[t - 1];
  const product = { f: () => hued("direct", "product of ", sym("f")), J: () => hued("jacobians", "product of ", sym("J")) };
  const { direct, ...others } = parts;
  const where = (/** @type {number} */ step) => (step ? ["at step ", bold(step)] : ["at no step"]);
  const wrong = (/** @type {number} */ value) => (value * truth < 0 ? ", with the wrong sign" : "");
  const [gate, most] = Object.entries(others).sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))[0];
  const lacks = parts.output ? [strong(parts.output), ", the paths through an output gate."] : ["nothing."];
  return [
    [sym("dc", `(${T})`), "/", sym("dc", `(${t})`), " is ", strong(truth), "; the ", product.f(), " is ", strong(by_f), wrong(by_f),
      "; the ", product.J(), " is ", strong(by_J), wrong(by_J), ". Going back, the ", product.f(),
      " is first off by more than a tenth of the truth ", ...where(of_f), ", the ", product.J(), " ", ...where(of_J), "."],
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
    { words: "through o", value: parts.output, hue: "o" },
  ];
  const below = [
    { words: "true chain", value: far.chain[t - 1], hue: "c", strong: true },
    { words: "product of f", value: far.product_of_f[t - 1], hue: "direct", hollow: true },
    { words: "product of J", value: far.product_of_jacobians[t - 1], hue: "jacobians", hollow: true },
  ];
  return barChart(width, `Paths from step ${t} to ${T}`, rows, below);
}

export default { render };
