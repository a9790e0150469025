// The explorer of the plain RNN beside the LSTM: one unit each, over T steps, on the same log axis.

import { hued, sym } from "../parts/dom.js";
import { explorer } from "../parts/explorer.js";
import { figure } from "../parts/figure.js";
import { chains } from "../parts/formulas.js";
import { held } from "../parts/held.js";
import { html } from "../parts/html.js";
import { fold } from "../parts/fold.js";
import { columns } from "../parts/layout.js";
import { number } from "../parts/numbers.js";
import { numberTable } from "../parts/number_table.js";
import { settings } from "../parts/settings.js";
import { bold, sentences, strong } from "../parts/sentences.js";
import { sliders } from "../parts/sliders.js";
import { STEPS, stepsChart } from "../parts/steps.js";
import { whole } from "../parts/whole.js";
import { stepsBack } from "../parts/words.js";
import { rnnChain } from "./formulas.js";
import { PRESETS, RANGES } from "./given.js";

/** @import { Chains, Children, Drawing, Kit } from "../parts/types.js" */
/** @import { Setting } from "./given.js" */

const render = explorer("Explorer of the plain RNN beside the LSTM", RANGES, build);

/** @param {Kit} kit */
function build(kit) {
  /** @type {number[]} */
  let rnn;
  /** @type {Chains} */
  let far;
  const words = sentences(), table = ratesTable();
  const { control, gates, weights } = sliders(kit, RANGES);
  const curves = figure(STEPS.height, (width) => rateChart(width, rnn, far));
  const presets = kit.add(settings(kit, PRESETS));
  const plainUnit = html(
    "div",
    {},
    control("w_2", sym("w", "", "2"), "weight of the RNN", "h"),
    control("slope", whole("1 − ", sym("h", "2")), "slope of its tanh", "h"),
  );
  const lstmUnit = gates();
  const others = fold(
    "The LSTM's other quantities",
    control("c_prev", sym("c", "(1)"), "cell state", "c"),
    control("o_prev", sym("o", "(1)"), "output gate", "o"),
    weights(),
  );
  const T = control("T", sym("T"), "steps, all held", "c", 1);
  const body = columns([plainUnit, lstmUnit, others], [T, kit.add(curves), table.node]);
  return {
    children: [presets, kit.add(words), body],
    draw(/** @type {Setting} */ now) {
      rnn = rnnChain(now);
      far = chains(held(now), 1);
      words.say(...inWords(rnn, far, now));
      table.update(rnn, far, now);
    },
  };
}

/** @type {(rnn: number[], far: Chains, now: Setting) => Children[][]} */
function inWords(rnn, far, { T, w_2, slope }) {
  const over = `; over ${stepsBack(T)} that is `, product = ["; the product of its ", sym("f"), ", "];
  return [
    ["Each step multiplies the RNN's gradient by ", strong(slope * w_2), over, strong(rnn[0]), "."],
    ["The LSTM's true chain is ", strong(far.chain[0]), ...product, strong(far.product_of_f[0]), "."],
  ];
}

/** @type {(width: number, rnn: number[], far: Chains) => Drawing} */
function rateChart(width, rnn, far) {
  return stepsChart(width, far.steps, [
    { words: "RNN", values: rnn, hue: "h", dash: "2 3", mark: "square" },
    { words: "product of f", values: far.product_of_f, hue: "direct", dash: "7 4", mark: "diamond", radius: 2.4 },
    { words: "LSTM, true", values: far.chain, hue: "c", width: 2.2, strong: true },
  ]);
}

function ratesTable() {
  const heads = [hued("h", "RNN"), whole(hued("direct", "product of "), hued("f", sym("f"))), bold("LSTM, true")];
  const table = numberTable(heads, ["all steps", "per step"]);
  const note = html("p", { class: "soft note" }, "Hollow: negative. Per step: the size to the power 1/(T − 1).");
  return {
    node: html("div", {}, note, table.node),
    /** @type {(rnn: number[], far: Chains, now: Setting) => void} */
    update(rnn, far, { T }) {
      const all = [rnn[0], far.product_of_f[0], far.chain[0]], rates = all.map((v) => Math.abs(v) ** (1 / (T - 1)));
      table.show([all, rates].map((row) => row.map((value) => number(value))));
    },
  };
}

export default { render };
