import { svg } from "../parts/dom.js";
import { number } from "../parts/numbers.js";

/** @import { Attributes, Drawing } from "../parts/types.js" */
/** @import { Hall } from "./types.js" */

const COLUMNS = 3, ROW = 50;
export const SLOPES = { height: 5 * ROW, top: 20, bottom: 44, gap: 16 };

/** @type {(x: number, y: number, words: string, look: Attributes) => SVGElement} */
const text = (x, y, words, look) => svg("text", { x, y, ...look }, words);

/** @type {(x1: number, y1: number, x2: number, y2: number, look: Attributes) => SVGElement} */
const stroke = (x1, y1, x2, y2, look) => svg("line", { x1, y1, x2, y2, ...look });

/** The colour of an array is that of its symbol: W_1i has that of i, h_0 that of h. @type {(name: string) => string} */
const hue = (name) => (name.includes("_0") || name === "x" ? name[0] : name[name.length - 1]);

/**
 * A panel for each array of the gradient; in it a line for each number, from its right value to the exhibit's.
 * @type {(width: number, hall: Hall, exhibit: number) => Drawing}
 */
export function slopes(width, { arrays, right, wrong, apart, agrees, exhibits }, exhibit) {
  const { top, bottom, gap } = SLOPES, wide = (width - gap * (COLUMNS - 1)) / COLUMNS;
  const gaps = apart[exhibit].map((one) => (one > agrees ? number(one) : "="));
  const nodes = arrays.map((name, k) => {
    const left = (k % COLUMNS) * (wide + gap), y = Math.floor(k / COLUMNS) * ROW, off = gaps[k] !== "=";
    const far = Math.max(...[...right[k], ...wrong[exhibit][k]].map(Math.abs)) || 1;
    const x = (/** @type {number} */ value) => left + wide / 2 + (value / far) * (wide / 2 - 2);
    const ink = { style: `stroke: var(--${hue(name)})` };
    return [
      text(left, y + 13, name, { style: `fill: var(--${hue(name)})`, class: off ? "strong" : "" }),
      text(left + wide, y + 13, gaps[k], { class: "end" }),
      [top, bottom].map((edge) => stroke(left, y + edge, left + wide, y + edge, { class: "rule" })),
      stroke(x(0), y + top, x(0), y + bottom, { class: "axis", "stroke-dasharray": "1 3" }),
      right[k].map((value, j) => stroke(x(value), y + top, x(wrong[exhibit][k][j]), y + bottom, ink)),
    ];
  });
  const spoken = arrays.map((name, k) => `${name} ${gaps[k] === "=" ? "is right" : `is off by ${gaps[k]}`}`);
  return { label: `Gradients of ${exhibits[exhibit]} beside the right ones: ${spoken.join(", ")}.`, nodes };
}
