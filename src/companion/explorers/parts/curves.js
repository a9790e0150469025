import { label, line } from "./axes.js";
import { svg } from "./dom.js";

/** @import { Curve, Named } from "./types.js" */

/** @type {Record<"disc" | "square" | "diamond", (x: number, y: number, r: number) => string>} */
const MARKS = {
  disc: (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`,
  square: (x, y, r) => `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
  diamond: (x, y, r) => `M${x} ${y - 1.4 * r}l${1.4 * r} ${1.4 * r}l${-1.4 * r} ${1.4 * r}l${-1.4 * r} ${-1.4 * r}z`,
};

/**
 * Points joined by a line, with markers that are hollow where the value is negative. Where there is no room for
 * all markers an odd stride is kept, so that alternating signs stay in sight.
 * @type {(one: Curve) => SVGElement[]}
 */
export function curve({ xs, ys, values, hue, dash = "none", mark = "disc", radius = 2.8, width = 1.8 }) {
  const apart = Math.abs(xs[xs.length - 1] - xs[0]) / (xs.length - 1 || 1);
  const stride = 2 * Math.ceil((3.4 * radius / apart - 1) / 2) + 1;
  const drawn = values.map((value, k) => ({ value, d: MARKS[mark](xs[k], ys[k], radius) }));
  const kept = drawn.filter((_, k) => k % stride === 0);
  /** @type {(wanted: boolean) => string} */
  const marks = (wanted) => kept.filter(({ value }) => value < 0 === wanted).map(({ d }) => d).join("");
  /** @type {(d: string, style: string) => SVGElement} */
  const path = (d, style) => svg("path", { d, style: `stroke: var(--${hue}); ${style}` });
  const joined = xs.map((x, k) => `${k ? "L" : "M"}${x} ${ys[k]}`).join("");
  return [
    path(joined, `fill: none; stroke-width: ${width}; stroke-dasharray: ${dash}`),
    path(marks(false), `fill: var(--${hue})`),
    path(marks(true), "fill: var(--ground); stroke-width: 1.5"),
  ];
}

/**
 * Heights for labels that would like to stand at `wanted` but must keep `gap` apart within [top, bottom].
 * @type {(wanted: number[], gap: number, top: number, bottom: number) => number[]}
 */
function spread(wanted, gap, top, bottom) {
  const order = wanted.map((_, k) => k).sort((a, b) => wanted[a] - wanted[b]), at = [...wanted];
  order.forEach((k, n) => (at[k] = Math.max(wanted[k], n ? at[order[n - 1]] + gap : top)));
  order.reverse().forEach((k, n) => (at[k] = Math.min(at[k], n ? at[order[n - 1]] - gap : bottom)));
  return at;
}

/**
 * Names of curves, right-aligned at x, each with a thin line to its curve's point [px, py].
 * @type {(names: Named[], x: number, top: number, bottom: number) => SVGElement[][]}
 */
export function curveNames(names, x, top, bottom) {
  const at = spread(names.map(({ point }) => point[1]), 17, top, bottom);
  return names.map(({ words, hue, point: [px, py], strong }, k) => [
    line(x + 3, at[k], px - 5, py, { style: `stroke: var(--${hue}); shape-rendering: auto`, opacity: 0.6 }),
    label(x, at[k] + 4.5, words, { class: strong ? "end strong" : "end", style: `fill: var(--${hue})` }),
  ]);
}
