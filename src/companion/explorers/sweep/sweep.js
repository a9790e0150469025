// The explorer of the sweep: one unit unrolled, and backpropagation through time, a step at a time.

import { ARROWS } from "../parts/arrow.js";
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
import { bold, sentences, strong } from "../parts/sentences.js";
import { set } from "../parts/set.js";
import { added, cancels } from "../parts/shares.js";
import { sliders } from "../parts/sliders.js";
import { toggle } from "../parts/toggle.js";
import { whole } from "../parts/whole.js";
import { mostFrom, sweep } from "./formulas.js";
import { MOST, PRESETS, RANGES, T } from "./given.js";
import { across, graph, HEIGHT } from "./graph.js";

/** @import { Children, Kit } from "../parts/types.js" */
/** @import { Parameter, Seen, Setting } from "./given.js" */

/** @type {(letter: string, t: number) => HTMLElement} */
const byState = (letter, t) => by(hued(letter, sym(letter, `(${t})`)));

/** @type {(name: Parameter) => HTMLElement} */
const parameter = (name) => hued(name.slice(-1), sym(name[0], "", name.slice(2)));

const render = explorer("Explorer of the sweep", RANGES, build);

/** @param {Kit} kit */
function build(kit) {
  /** @type {Seen} */
  let seen;
  const words = sentences(), { control, gate, weight } = sliders(kit, RANGES);
  const picture = figure(HEIGHT, (width) => graph(width, seen));
  dragged(picture.picture, across, 0, T, (at) => set(kit, { at }));
  const moves = kit.add(moveButtons(kit, "at", "The sweep",
    [["one step back", (at) => Math.max(0, at - 1)], ["to the end", () => 0], ["again", () => T]]));
  const first = html("div", { class: "sweep-controls" }, gate("f"), gate("o"), fold("Other gates, weights",
    html("div", { class: "sweep-controls" }, gate("i"), gate("g"), control("c_0", sym("c", "(0)"), "cell state", "c"), LETTERS.map(weight))));
  const at = html("div", { class: "sweep-at" }, moves, control("at", sym("t"), "step of the sweep", "c", 1));
  const reads = html("div", { class: "sweep-reads", role: "group", "aria-label": "The loss reads" },
    html("span", { class: "soft note" }, "The loss reads:"), span(1, T).map((t) => kit.add(toggle(kit, `r_${t}`, hued("h", sym("h", `(${t})`))))));
  const note = html("p", { class: "soft note" }, ARROWS, " In a step, ", sym("D"), " × ", by(hued("h", sym("h"))), " goes from ",
    hued("h", sym("h")), " to ", sym("c"), ". Bars: what a step gives to a parameter, each row on a scale of its own.");
  const heads = [["to ", sym("b")], [sym("b"), ", so far"], ["to ", sym("w", "", "2")], [sym("w", "", "2"), ", so far"]];
  const table = numberTable(heads, LETTERS.map((gate) => hued(gate, sym(gate))), { attrs: { class: "sweep-sums" } });
  return {
    children: [kit.add(settings(kit, PRESETS)), kit.add(words),
      html("div", { class: "sweep-body" }, first, html("div", { class: "sweep-figure" }, at, reads, kit.add(picture)), note), table.node],
    draw(/** @type {Setting} */ now) {
      seen = { now, ...sweep(now, T) };
      words.say(...(now.at ? atStep(seen) : atEnd(seen)));
      const cells = (/** @type {number[]} */ own) => [now.at ? number(own[now.at - 1]) : "", number(added(own, Math.max(now.at, 1)))];
      table.show(LETTERS.map((gate) => [...cells(seen.shares[`b_${gate}`]), ...cells(seen.shares[`w_2${gate}`])]));
    },
  };
}

/** @type {(seen: Seen) => Children[][]} */
function atStep({ now, D, dl_dc, dl_dh, to_c, to_h, shares }) {
  const t = now.at, k = t - 1, reads = now[`r_${t}`], h = hued("h", sym("h", `(${t})`));
  const first = ["no message has come yet; the loss reads ", reads ? h : "nothing here", ", and ", byState("h", t), " is ", strong(dl_dh[k]), ". "];
  const later = reads
    ? ["the loss reads ", h, ", and ", byState("h", t), " is 1 plus the message ", strong(to_h[t]), ", together ", strong(dl_dh[k]), ". "]
    : ["the loss reads nothing here; ", byState("h", t), " is the message, ", strong(to_h[t]), ". "];
  const product = [sym("D"), " × ", byState("h", t), " = ", whole(number(D[k]), " × ", number(dl_dh[k]))];
  const memory = t < T ? [" is the message ", strong(to_c[t]), " plus ", product, ", together "] : [" is ", product, ", which is "];
  return [
    [bold(`Step ${t}`), ": ", t < T ? later : first, byState("c", t), memory, strong(dl_dc[k]), "."],
    ["It adds ", strong(shares.b_f[k]), " to the gradient of ", parameter("b_f"), " and ", strong(shares.w_2f[k]), " to that of ", parameter("w_2f"),
      ". It sends ", whole(hued("f", fixed(now.f, 2)), " × ", number(dl_dc[k])), " = ", strong(to_c[k]), " to ", hued("c", sym("c", `(${k})`)),
      " and ", strong(to_h[k]), " to ", hued("h", sym("h", `(${k})`)), "."],
  ];
}

/** @type {(seen: Seen) => Children[][]} */
function atEnd({ to_c, to_h, shares }) {
  const from = mostFrom(shares, MOST), both = cancels(shares), much = `${100 * MOST} %`;
  const part = from > 1 ? `at least ${much} of every` : `less than ${much} of some`;
  const some = `A sweep that stopped after step ${Math.max(from, 2)} would have collected, by size, ${part} parameter’s shares. `;
  const cancel = both
    ? ["The shares of ", parameter(both.name), " cancel most: their sizes add up to ", strong(both.size), ", the shares to ", strong(both.sum), "."]
    : ["No parameter has shares of both signs."];
  return [
    [bold("The end"), ": ", byState("c", 0), " is ", strong(to_c[0]), " and ", byState("h", 0), " is ", strong(to_h[0]),
      ", each with the other held. The sums below are the whole gradient."],
    from ? [some, cancel] : ["No parameter has collected anything."],
  ];
}

export default { render };
