// The three products over the steps, and above them what happens where: a row of its own for each mark.

import { label, line, scale } from "../parts/axes.js";
import { svg } from "../parts/dom.js";
import { STEPS, stepsChart } from "../parts/steps.js";

/** @import { Children, Drawing, Look } from "../parts/types.js" */
/** @typedef {{ step: number, words: string, hue: string, dash?: string, strong?: boolean }} Mark */

const ROW = 17;
/** @type {(marks: number) => number} */
export const chartHeight = (marks) => STEPS.height + ROW * marks;

/** @type {(width: number, T: number) => (step: number) => number} */
export const across = (width, T) => scale(1, T, STEPS.left + 16, width - STEPS.right - 8);

/**
 * A mark whose step is 0 is not drawn; its row stays, so that nothing below moves.
 * @type {(width: number, T: number, looks: Look[], marks: Mark[]) => Drawing}
 */
export function chart(width, T, looks, marks) {
  const steps = looks[0].values.map((_, k) => k + 1), { label: spoken, nodes } = stepsChart(width, steps, looks);
  const top = ROW * marks.length, x = across(width, T), base = top + STEPS.height - STEPS.bottom + STEPS.zero;
  const drawn = marks.map(({ step, words, hue, dash = "none", strong }, k) => {
    if (!step) return [];
    const at = x(step), y = ROW * k, right = at < width / 2;
    const look = `stroke: var(--${hue}); stroke-width: ${strong ? 2 : 1.2}; stroke-dasharray: ${dash}`;
    return [
      line(at, y, at, base, { style: look }),
      label(at + (right ? 5 : -5), y + 12, words, { class: `${right ? "" : "end"}${strong ? " strong" : ""}`, style: `fill: var(--${hue})` }),
    ];
  });
  const seen = marks.filter(({ step }) => step).map(({ step, words }) => `${words}: step ${step}`);
  /** @type {Children[]} */
  const all = [drawn, svg("g", { transform: `translate(0 ${top})` }, nodes)];
  return { label: [spoken, ...seen].join(" "), nodes: all };
}
