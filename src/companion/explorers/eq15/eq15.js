// The explorer of Eq. (15): one step term by term, and T steps on a log axis.

import { barChart, barsHeight } from "../parts/bars.js";
import { by } from "../parts/by.js";
import { hued, sym } from "../parts/dom.js";
import { explorer } from "../parts/explorer.js";
import { figure } from "../parts/figure.js";
import { chains } from "../parts/formulas.js";
import { held } from "../parts/held.js";
import { html } from "../parts/html.js";
import { fold } from "../parts/fold.js";
import { columns } from "../parts/layout.js";
import { fixed, number } from "../parts/numbers.js";
import { numberTable } from "../parts/number_table.js";
import { settings } from "../parts/settings.js";
import { productLooks } from "../parts/products.js";
import { bold, sentences, strong } from "../parts/sentences.js";
import { sliders } from "../parts/sliders.js";
import { STEPS, stepsChart } from "../parts/steps.js";
import { whole } from "../parts/whole.js";
import { stepsBack } from "../parts/words.js";
import { terms } from "./formulas.js";
import { PRESETS, RANGES } from "./given.js";

/** @import { Chains, Children, Drawing, Kit, Terms } from "../parts/types.js" */
/** @import { Setting } from "./given.js" */

const BEFORE = "(t−1)";
/** @type {["forget" | "input" | "candidate" | "output", "f" | "i" | "g" | "o", string][]} */
const THROUGH = [["forget", "f", "forget gate"], ["input", "i", "input gate"], ["candidate", "g", "candidate"], ["output", "o", "output gate"]];

/** @type {(sup: string) => HTMLElement} */
const by_c = (sup) => by(sym("c", sup));

const render = explorer("Explorer of Equation (15)", RANGES, build);

/** @param {Kit} kit */
function build(kit) {
  /** @type {Terms} */
  let step;
  /** @type {Chains} */
  let far;
  const words = sentences(), ratio = html("p", { class: "soft" }), table = numbersTable();
  const { control, gates, weights } = sliders(kit, RANGES);
  const bars = figure(barsHeight(8), (width) => stepChart(width, step));
  const curves = figure(STEPS.height, (width) => stepsChart(width, far.steps, productLooks(far)));
  const by_h = by(sym("h", "(t)"));
  const presets = kit.add(settings(kit, PRESETS));
  const first = gates();
  const others = fold(
    "What else (15) needs",
    control("c_prev", sym("c", BEFORE), "cell state", "c"),
    control("o_prev", sym("o", BEFORE), "output gate", "o"),
    weights(),
    control("read", by_h, "read at t", "h"),
    control("read_prev", sym("r"), "read at t−1", "h"),
  );
  const T = control("T", sym("T"), "steps, gates held", "c", 1);
  const body = columns([first, others], [formula(), kit.add(bars), ratio], [T, kit.add(curves), table.node]);
  return {
    children: [presets, kit.add(words), body],
    draw(/** @type {Setting} */ now) {
      step = terms(now);
      far = chains(held(now), now.read);
      words.say(...inWords(step, far, now));
      ratio.replaceChildren(...ratioInWords(step));
      table.update(far, now);
    },
  };
}

/** @type {(step: Terms, far: Chains, now: Setting) => Children[][]} */
function inWords(step, far, now) {
  const alone = whole(hued("f", sym("f")), hued("direct", " alone"));
  const kept = strong(step.direct / step.dl_dc), left = strong(step.total / step.dl_dc);
  const one = ["One step back, ", alone, " says ", kept, " of ", by_c(""), " = ", strong(step.dl_dc), " remains; in truth ", left, "."];
  const none = [by_c("(t)"), " is 0 here; ", by_c(BEFORE), " is ", strong(step.total), "."];
  const [term, gate, name] = THROUGH.reduce((one, other) => (Math.abs(step[other[0]]) > Math.abs(step[one[0]]) ? other : one));
  const weight = whole(sym("w", "", `2${gate}`), " = ", fixed(now[/** @type {"w_2f"} */ (`w_2${gate}`)], 2));
  const cause = ["Through ", sym("h"), ", the largest term is the ", hued(gate, `${name}’s`), ": ", strong(step[term]), ", with ", weight, "."];
  const product = [`Over ${stepsBack(now.T)}, the product of `, sym("f"), " is ", strong(far.product_of_f[0])];
  return [step.dl_dc ? one : none, cause, [...product, "; the true chain, ", strong(far.chain[0]), "."]];
}

/** @type {(step: Terms) => (string | Node)[]} */
function ratioInWords({ direct, total }) {
  if (!direct) return ["The direct term is 0."];
  return ["The sum is ", strong(total / direct), " times the direct term."];
}

function formula() {
  /** @type {(gate: string) => HTMLElement} */
  const term = (gate) => hued(gate, sym("w", "", `2${gate}`), " ", sym("δ", "", gate));
  const start = [by_c(BEFORE), " = ", hued("f", sym("f")), " ", hued("direct", by_c("(t)")), " + "];
  const others = ["i", "g", "o"].flatMap((gate) => [whole("+ ", term(gate)), " "]);
  const inner = [whole(sym("D", BEFORE), " (", term("f")), " ", ...others, whole("+ ", hued("h", sym("r")), ")")];
  return html("p", { class: "formula" }, ...start, ...inner);
}

/** @type {(width: number, step: Terms) => Drawing} */
function stepChart(width, step) {
  const rows = [
    { words: "direct", value: step.direct, hue: "direct" },
    { words: "forget gate", value: step.forget, hue: "f" },
    { words: "input gate", value: step.input, hue: "i" },
    { words: "candidate", value: step.candidate, hue: "g" },
    { words: "output gate", value: step.output, hue: "o" },
    { words: "read at t−1", value: step.local, hue: "h" },
  ];
  const sum = { words: "sum", value: step.total, hue: "c", strong: true };
  const alone = { words: "direct alone", value: step.direct, hue: "direct", hollow: true };
  return barChart(width, "Terms of dl/dc at step t−1", rows, [sum, alone]);
}

function numbersTable() {
  const alone = whole("by ", hued("f", sym("f")), hued("direct", " alone")), jacobians = hued("jacobians", "by ", sym("J"));
  const chain = whole(html("i", {}, "d"), sym("c", "(T)"), "/", html("i", {}, "d"), sym("c", "(1)"));
  const note = html("p", { class: "soft note" }, "Hollow: negative. The loss reads ", sym("h", "(T)"), " only.");
  const table = numberTable([alone, jacobians, bold("in truth")], [chain, by_c("(1)")]);
  return {
    node: html("div", {}, note, table.node),
    /** @type {(far: Chains, now: Setting) => void} */
    update(far, { T }) {
      const products = [far.product_of_f[0], far.product_of_jacobians[0]], seed = far.dl_dc[T - 1];
      const rows = [[...products, far.chain[0]], [...products.map((p) => p * seed), far.dl_dc[0]]];
      table.show(rows.map((row) => row.map((value) => number(value))));
    },
  };
}

export default { render };
