// What charts are made of: scales, ticks, lines and labels, in pixels, as SVG nodes.

import { svg } from "./dom.js";

/** @import { Attributes } from "./types.js" */

/** @type {(from: number, to: number, start: number, end: number) => (x: number) => number} */
export const scale = (from, to, start, end) => (x) => start + ((x - from) / (to - from)) * (end - start);

/** @type {(x: number, y: number, words: string | number, attrs?: Attributes) => SVGElement} */
export const label = (x, y, words, attrs = {}) => svg("text", { x, y, ...attrs }, words);

/** @type {(x1: number, y1: number, x2: number, y2: number, attrs?: Attributes) => SVGElement} */
export const line = (x1, y1, x2, y2, attrs = {}) => svg("line", { x1, y1, x2, y2, class: "rule", ...attrs });

/** @type {(first: number, last: number) => number[]} */
export const span = (first, last) => Array.from({ length: last - first + 1 }, (_, k) => first + k);
