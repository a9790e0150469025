// The explorer of a gate: Eq. (12) for one unit, each of the four on its curve, the chosen one with its sliders.

import { hued, sym } from "../parts/dom.js";
import { explorer } from "../parts/explorer.js";
import { figure } from "../parts/figure.js";
import { GATE_NAMES } from "../parts/gate_names.js";
import { html } from "../parts/html.js";
import { fold } from "../parts/fold.js";
import { columns } from "../parts/layout.js";
import { fixed } from "../parts/numbers.js";
import { choice } from "../parts/choice.js";
import { settings } from "../parts/settings.js";
import { set } from "../parts/set.js";
import { bold, sentences, strong } from "../parts/sentences.js";
import { sliders } from "../parts/sliders.js";
import { respond } from "./formulas.js";
import { ORDER, PRESETS, PUSH, RANGES } from "./given.js";
import { HEIGHT, panels } from "./panels.js";

/** @import { Children, Kit } from "../parts/types.js" */
/** @import { Gate, Setting } from "./given.js" */

const render = explorer("Explorer of a gate", RANGES, build);

/** @param {Kit} kit */
function build(kit) {
  /** @type {Setting} */
  let now;
  const words = sentences(), { control } = sliders(kit, RANGES), shared = [
    control("x", sym("x"), "input", "x"), control("h", sym("h", "(t−1)"), "hidden state", "h")];
  const own = ORDER.map((gate) => html("div", {}, control(`b_${gate}`, sym("b", "", gate), "bias", gate)));
  const weights = ORDER.map((gate) => html("div", {},
    control(`w_1${gate}`, sym("w", "", `1${gate}`), "weight of x", gate), control(`w_2${gate}`, sym("w", "", `2${gate}`), "weight of h", gate)));
  const chosen = choice(kit, Object.fromEntries(ORDER.map((gate, k) => [GATE_NAMES[gate], { gate: k }])), "The gate whose sliders are shown");
  const choose = (/** @type {Gate} */ gate) => set(kit, { gate: ORDER.indexOf(gate) });
  const drawing = figure(HEIGHT, (width) => panels(width, ORDER.map((gate) => ({ gate, words: GATE_NAMES[gate], ...respond(now, gate, PUSH) })), ORDER[now.gate], choose),
    { role: "group" }); // in an image the buttons would not be spoken
  const panel = (/** @type {Gate} */ gate) =>
    /** @type {SVGElement | null} */ (drawing.picture.querySelector(`[data-gate=${gate}] .frame`));
  const update = () => {
    const focused = ORDER.find((gate) => panel(gate)?.matches(":focus"));
    drawing.update();
    if (focused) panel(focused)?.focus();
  };
  const body = columns([shared, own, fold("Its weights", weights)], [kit.add({ ...drawing, update })]);
  return {
    children: [kit.add(settings(kit, PRESETS)), chosen, kit.add(words), body],
    draw(/** @type {Setting} */ setting) {
      now = setting;
      [own, weights].forEach((some) => some.forEach((node, k) => (node.hidden = k !== now.gate)));
      words.say(...inWords(now));
    },
  };
}

/** @type {(now: Setting) => Children[][]} */
function inWords(now) {
  const gate = ORDER[now.gate], { z, value, slope, pushed, steepest } = respond(now, gate, PUSH), by = now[`w_2${gate}`] * slope * PUSH;
  const mine = (/** @type {number} */ x) => hued(gate, fixed(x, 2));
  const sum = [mine(now[`w_1${gate}`]), " × ", fixed(now.x, 2), " + ", mine(now[`w_2${gate}`]), " × ", fixed(now.h, 2), " + ", mine(now[`b_${gate}`])];
  return [
    [sym("z"), " = ", ...sum, " = ", strong(z), ", and ", hued(gate, sym(gate)), " = ", strong(value), "."],
    ["Its slope ", strong(slope), " is ", bold(fixed((100 * slope) / steepest, 1), " %"), " of the greatest: raising ", hued("h", sym("h")),
      ` by ${PUSH} moves it by `, strong(pushed - value), "; slope, weight and ", PUSH, " multiply to ", strong(by), "."],
  ];
}

export default { render };
