// What comes of it: c, h and D over the steps, on the axis of the strips; dashed, what would be without a gate fixed.

import { label, line, scale, span } from "../parts/axes.js";
import { svg } from "../parts/dom.js";
import { number } from "../parts/numbers.js";
import { plain } from "../parts/plain.js";
import { T } from "./given.js";

/** @import { Drawing } from "../parts/types.js" */
/** @typedef {{ c: number[], h: number[], D: number[] }} Followed */

const ROW = 74, PAD = 9, LEFT = 112, RIGHT = 62;
export const HEIGHT = 3 * ROW + 22;

/**
 * Where step t begins, its middle, and how wide a step is, in a picture of this width.
 * @type {(width: number) => { edge: (t: number) => number, middle: (t: number) => number, wide: number }}
 */
export const columns = (width) => {
  const left = width < 500 ? 30 : LEFT, wide = (width - left - RIGHT) / T;
  return { wide, edge: (t) => left + wide * (t - 1), middle: (t) => left + wide * (t - 0.5) };
};

/** @type {[name: keyof Followed, words: string, hue: string][]} */
const CURVES = [["c", "cell state", "c"], ["h", "hidden state", "h"], ["D", "slope of h", "x"]];

/** @type {(width: number, now: Followed, free: Followed | undefined, t: number) => Drawing} */
export function picture(width, now, free, t) {
  const { edge, middle, wide } = columns(width);
  const rows = CURVES.flatMap(([name, words, hue], row) => {
    const values = [...now[name], ...(free?.[name] ?? [])], top = row * ROW + PAD, base = (row + 1) * ROW - PAD;
    const most = 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(...values.map(Math.abs), 1e-9)) - 1e-9));
    const low = Math.min(...values) < 0 ? -most : 0, y = scale(low, most, base, top);
    const path = (/** @type {number[]} */ series, /** @type {string} */ look) => svg("path", {
      d: series.map((x, k) => `${k ? "L" : "M"}${middle(k + 1)} ${y(x)}`).join(""), class: `course ${look}`, style: `stroke: var(--${hue})` });
    return [
      [...new Set([low, 0, most])].map((x) => [
        line(edge(1), y(x), edge(T + 1), y(x), { class: x ? "rule" : "axis" }),
        label(edge(1) - 6, y(x) + 4.5, plain(x), { class: "end tick" })]),
      free ? path(free[name], "free") : [],
      path(now[name], "now"),
      now[name].map((x, k) => svg("circle", { cx: middle(k + 1), cy: y(x), r: k + 1 === t ? 5 : 2.4, style: `fill: var(--${hue})`, class: "dot" })),
      label(edge(T + 1) + 6, (top + base) / 2 + 4.5, number(now[name][t - 1]), { class: "value" }),
      width < 500 ? label(edge(1) + 4, top + 6, words, { class: "strong" })
        : label(0, (top + base) / 2 + 4.5, words, { class: "strong", style: `fill: var(--${hue})` }),
    ];
  });
  const steps = span(1, T).filter((s) => s === 1 || s % 5 === 0);
  const spoken = CURVES.map(([name, words]) => `${words} ${number(now[name][t - 1])}`).join(", ");
  return {
    label: `Over ${T} steps; at step ${t}: ${spoken}.`,
    nodes: [
      svg("rect", { x: edge(t), y: 0, width: wide, height: 3 * ROW, class: "here" }), rows,
      steps.map((s) => label(middle(s), 3 * ROW + 15, s, { class: "middle tick" })),
      label(edge(1) - 6, 3 * ROW + 15, width < 500 ? "t" : "step t", { class: "end tick" }),
    ],
  };
}
