import { label, line, scale } from "./axes.js";
import { curve, curveNames } from "./curves.js";
import { logTicks, power } from "./log_axis.js";
import { number } from "./numbers.js";
import { linearTicks } from "./ticks.js";

/** @import { Drawing, Look, Named } from "./types.js" */

export const STEPS = { height: 244, left: 92, right: 52, top: 10, bottom: 54, zero: 20 };

/**
 * Curves over the steps s = 1, ..., T: sizes on a log axis, names at the left, a line below it for what went to zero.
 * @type {(width: number, steps: number[], looks: Look[]) => Drawing}
 */
export function stepsChart(width, steps, looks) {
  const { height, left, right, top, bottom, zero } = STEPS, base = height - bottom, edge = width - right;
  const { low, high, ticks } = logTicks(looks.flatMap(({ values }) => values)), T = steps[steps.length - 1];
  const x = scale(1, T, left + 16, edge - 8), level = scale(low, high, base, top), xs = steps.map(x);
  /** @type {(value: number) => number} */
  const y = (value) => (Math.log10(Math.abs(value)) < low ? base + zero : level(Math.log10(Math.abs(value))));
  const curves = looks.map((look) => ({ ...look, xs, ys: look.values.map(y) }));
  /** @type {Named[]} */
  const names = curves.map((one) => ({ ...one, point: [xs[0], one.ys[0]] }));
  const inner = linearTicks(1, T, width < 420 ? 3 : 5).filter((s) => s % 1 === 0 && s > 1 + T / 12 && s < T - T / 12);
  const spoken = looks.map(({ words, values }) => `${words} ${number(values[0])}`).join(", ");
  const nodes = [
    ticks.map((p) => line(left + 8, level(p), edge, level(p), { class: p ? "rule" : "axis" })),
    ticks.map((p) => label(edge + 6, level(p) + 4.5, power(p), { class: "tick" })),
    line(left + 8, base + zero, edge, base + zero, { "stroke-dasharray": "1 3" }),
    label(edge + 6, base + zero + 4.5, `<${power(low)}`, { class: "tick" }),
    [1, ...inner, T].map((s) => label(x(s), height - 6, s, { class: "middle tick" })),
    label(left, height - 6, "step s =", { class: "end tick" }),
    curves.map(curve),
    curveNames(names, left, top + 4, base + zero),
  ];
  return { label: `Sizes on a log axis over steps s = 1 to ${T}. At s = 1: ${spoken}.`, nodes };
}
