// The explorer of the sweep: one unit unrolled, and backpropagation through time, a step at a time.

import { span } from "../parts/axes.js";
import { hued, sym } from "../parts/dom.js";
import { by } from "../parts/by.js";
import { dragged } from "../parts/dragged.js";
import { explorer } from "../parts/explorer.js";
import { figure } from "../parts/figure.js";
import { LETTERS } from "../parts/letters.js";
import { html } from "../parts/html.js";
import { fold } from "../parts/fold.js";
import { moveButtons } from "../parts/moves.js";
import { fixed, number } from "../parts/numbers.js";
import { numberTable } from "../parts/number_table.js";
import { settings } from "../parts/settings.js";
import { sentences, strong } from "../parts/sentences.js";
import { set } from "../parts/set.js";
import { sliders } from "../parts/sliders.js";
import { toggle } from "../parts/toggle.js";
import { whole } from "../parts/whole.js";
import { cancels, collected, mostFrom, sweep } from "./formulas.js";
import { MOST, PRESETS, RANGES, T } from "./given.js";
import { graph, HEIGHT, stepAt } from "./graph.js";

/** @import { Children, Kit, View } from "../parts/types.js" */
/** @import { Parameter, Setting, Swept } from "./given.js" */

const TITLE = "Explorer of the sweep";

/** @type {(letter: string, t: number) => HTMLElement} */
const byState = (letter, t) => by(hued(letter, sym(letter, `(${t})`)));

/** @type {(name: Parameter) => HTMLElement} */
const parameter = (name) => hued(name.slice(-1), sym(name[0], "", name.slice(2)));

/** @type {(view: View) => () => void} */
const render = (view) => explorer({ ...view, title: TITLE, ranges: RANGES }, build);

/** @param {Kit} kit */
function build(kit) {
  /** @type {Setting} */
  let now;
  /** @type {Swept} */
  let all;
  const words = sentences(), table = sums(), { control, gate, weight } = sliders(kit, RANGES);
  const picture = figure(HEIGHT, (width) => graph(width, now, all));
  const go = (/** @type {number} */ at) => set(kit, { at });
  dragged(picture.picture, (x, width) => go(stepAt(width, x)));
  picture.node.classList.add("sweep-graph");
  const moves = kit.add(moveButtons("The sweep", () => kit.model.get("at"), go, [
    ["one step back", (at) => Math.max(0, at - 1)], ["to the end", () => 0], ["again", () => T]]));
  const first = html("div", { class: "sweep-controls" }, gate("f"), gate("o"), fold("Other gates, weights",
    html("div", { class: "sweep-controls" }, gate("i"), gate("g"), control("c_0", sym("c", "(0)"), "cell state", "c"), LETTERS.map(weight))));
  const at = html("div", { class: "sweep-at" }, moves, control("at", sym("t"), "step of the sweep", "c", 1));
  const reads = html("div", { class: "sweep-reads", role: "group", "aria-label": "The loss reads" },
    html("span", { class: "soft note" }, "The loss reads:"), span(1, T).map((t) => kit.add(toggle(kit, `r_${t}`, hued("h", sym("h", `(${t})`))))));
  const note = html("p", { class: "soft note" }, "Arrows: 1 px up to 0.001, 2 px more for each factor of ten, 7 px from 1 on; hollow: negative; none: 0. ",
    "In a step, ", sym("D"), " × ", by(hued("h", sym("h"))), " goes from ", hued("h", sym("h")), " to ", sym("c"),
    ". Bars: what a step gives to a parameter, each row on a scale of its own.");
  return {
    children: [kit.add(settings(kit, PRESETS)), words.node,
      html("div", { class: "sweep-body" }, first, html("div", { class: "sweep-figure" }, at, reads, picture.node), note), table.node],
    stops: [words, picture],
    draw(/** @type {Setting} */ setting) {
      now = setting;
      all = sweep(now, T);
      words.say(...(now.at ? atStep(now, all) : atEnd(all)));
      table.update(now.at, all);
      picture.update();
    },
  };
}

/** @type {(now: Setting, all: Swept) => Children[][]} */
function atStep(now, { D, dl_dc, dl_dh, to_c, to_h, shares }) {
  const t = now.at, k = t - 1, reads = now[`r_${t}`], h = hued("h", sym("h", `(${t})`));
  const first = ["no message has come yet; the loss reads ", reads ? h : "nothing here", ", and ", byState("h", t), " is ", strong(dl_dh[k]), ". "];
  const later = reads
    ? ["the loss reads ", h, ", and ", byState("h", t), " is 1 plus the message ", strong(to_h[t]), ", together ", strong(dl_dh[k]), ". "]
    : ["the loss reads nothing here; ", byState("h", t), " is the message, ", strong(to_h[t]), ". "];
  const product = [sym("D"), " × ", byState("h", t), " = ", whole(number(D[k]), " × ", number(dl_dh[k]))];
  const memory = t < T ? [" is the message ", strong(to_c[t]), " plus ", product, ", together "] : [" is ", product, ", which is "];
  return [
    [html("b", {}, `Step ${t}`), ": ", t < T ? later : first, byState("c", t), memory, strong(dl_dc[k]), "."],
    ["It adds ", strong(shares.b_f[k]), " to the gradient of ", parameter("b_f"), " and ", strong(shares.w_2f[k]), " to that of ", parameter("w_2f"),
      ". It sends ", whole(hued("f", fixed(now.f, 2)), " × ", number(dl_dc[k])), " = ", strong(to_c[k]), " to ", hued("c", sym("c", `(${k})`)),
      " and ", strong(to_h[k]), " to ", hued("h", sym("h", `(${k})`)), "."],
  ];
}

/** @type {(all: Swept) => Children[][]} */
function atEnd({ to_c, to_h, shares }) {
  const from = mostFrom(shares, MOST), both = cancels(shares), much = `${100 * MOST} %`;
  const steps = from === T ? `Step ${T} gives` : `Steps ${from} to ${T} give`;
  const some = from > 1 ? `${steps} at least ${much}, by size, of what each parameter collects. `
    : `Steps 2 to ${T} give less than ${much}, by size, of what some parameter collects. `;
  const cancel = both
    ? ["The shares of ", parameter(both.name), " cancel most: their sizes add up to ", strong(both.size), ", the shares to ", strong(both.sum), "."]
    : ["No parameter has shares of both signs."];
  return [
    [html("b", {}, "The end"), ": ", byState("c", 0), " is ", strong(to_c[0]), " and ", byState("h", 0), " is ", strong(to_h[0]),
      ", each with the other held. The sums below are the whole gradient."],
    from ? [some, cancel] : ["No parameter has collected anything."],
  ];
}

function sums() {
  const heads = [["to ", sym("b")], [sym("b"), ", so far"], ["to ", sym("w", "", "2")], [sym("w", "", "2"), ", so far"]];
  const { node, show } = numberTable(heads, LETTERS.map((gate) => hued(gate, sym(gate))), { attrs: { class: "sweep-sums" } });
  return {
    node,
    /** @type {(at: number, all: Swept) => void} */
    update: (at, { shares }) => show(LETTERS.map((gate) => [shares[`b_${gate}`], shares[`w_2${gate}`]].flatMap((one) =>
      [at ? number(one[at - 1]) : "", number(collected(one, at))]))),
  };
}

export default { render };
