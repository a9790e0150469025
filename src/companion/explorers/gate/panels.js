// Four small curves, each gate on its own: the point, its tangent, and its value and slope in numbers.

import { label, line, scale, span } from "../parts/axes.js";
import { within } from "../parts/within.js";
import { svg } from "../parts/dom.js";
import { lights } from "../parts/lit.js";
import { number } from "../parts/numbers.js";
import { link } from "./formulas.js";

/** @import { Drawing } from "../parts/types.js" */
/** @import { Response } from "./formulas.js" */
/** @import { Gate } from "./given.js" */

/** @typedef {Response & { gate: Gate, words: string }} Panel */

const TALL = 168, PLOT = { top: 24, bottom: 120, left: 24, right: 8 }, FAR = 8, STEPS = 64;
export const HEIGHT = 2 * TALL;

/** @type {(width: number, all: Panel[], chosen: Gate, choose: (gate: Gate) => void) => Drawing} */
export function panels(width, all, chosen, choose) {
  const wide = width / 2;
  const nodes = all.map((one, k) => {
    const { gate, words, z, value, slope } = one, low = gate === "g" ? -1 : 0, left = (k % 2) * wide, down = Math.floor(k / 2) * TALL;
    const x = scale(-FAR, FAR, left + PLOT.left, left + wide - PLOT.right), y = scale(low, 1, down + PLOT.bottom, down + PLOT.top);
    const grid = span(0, STEPS).map((s) => -FAR + (2 * FAR * s) / STEPS);
    const course = grid.map((at, s) => `${s ? "L" : "M"}${x(at)} ${y(link(gate, at))}`).join("");
    const inside = (/** @type {number} */ far) => within(far, -FAR, FAR), at = inside(z), reach = gate === "g" ? 0.6 : 1.5, hue = `var(--${gate})`, on = gate === chosen;
    const [a, b] = [inside(at - reach), inside(at + reach)].map((end) => [x(end), y(value + slope * (end - at))]);
    const levels = [low, (low + 1) / 2, 1], names = gate === "g" ? ["−1", "0", "1"] : ["0", "½", "1"];
    const where = `${words}: z ${number(z)}, ${gate} ${number(value)}, slope ${number(slope)}`;
    const pick = (/** @type {Event} */ event) => {
      if (event instanceof KeyboardEvent && event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(gate);
    };
    return lights(svg("g", { class: on ? "panel chosen" : "panel", onclick: pick, onkeydown: pick, "data-gate": gate },
      svg("rect", { x: left + 2, y: down + 2, width: wide - 4, height: TALL - 6, rx: 6, class: "frame", role: "button", tabindex: 0, "aria-label": where, "aria-pressed": on }),
      levels.map((level) => line(left + PLOT.left, y(level), left + wide - PLOT.right, y(level), { class: level ? "rule" : "axis" })),
      line(x(0), down + PLOT.top, x(0), down + PLOT.bottom),
      svg("path", { d: course, class: "course", style: `stroke: ${hue}` }),
      svg("line", { x1: a[0], y1: a[1], x2: b[0], y2: b[1], class: "tangent", style: `stroke: ${hue}` }),
      svg("circle", { cx: x(at), cy: y(value), r: 5.5, style: `fill: ${hue}` }),
      svg("g", { "aria-hidden": "true" },
        levels.map((level, n) => label(left + PLOT.left - 4, y(level) + 4, names[n], { class: "end tick level" })),
        label(left + PLOT.left, down + 17, words, { class: on ? "strong" : "", style: `fill: ${hue}` }),
        label(left + 10, down + PLOT.bottom + 18, `z ${number(z)}`),
        label(left + 10, down + PLOT.bottom + 36, `${gate} ${number(value)}`, { class: "strong" }),
        label(left + wide - PLOT.right - 4, down + PLOT.bottom + 18, `slope ${number(slope)}`, { class: "end" }),
        label(left + wide - PLOT.right - 4, down + PLOT.bottom + 36, Math.abs(z) > FAR ? "beyond the curve" : "", { class: "end tick" }))), gate);
  });
  return { label: "The four gates, each on its curve", nodes };
}
