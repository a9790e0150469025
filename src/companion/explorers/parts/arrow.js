import { svg } from "./dom.js";

/** @import { Children } from "./types.js" */

const HEAD = 7;
export const ARROWS = "Arrows: 1 px up to 0.001, 2 px more for each factor of ten, 7 px from 1 on; hollow: negative; none: 0.";

/** @type {(value: number) => number} */
const thickness = (value) => 1 + 2 * Math.min(3, Math.max(0, Math.log10(Math.abs(value)) + 3));

/**
 * An arrow for a number that goes somewhere: thick by its size, hollow where it is negative, none where it is 0.
 * @type {(from: [x: number, y: number], to: [x: number, y: number], value: number, hue: string, name: string) => Children}
 */
export function arrow([x, y], [x2, y2], value, hue, name) {
  if (!value) return [];
  const long = Math.hypot(x2 - x, y2 - y), turn = (180 / Math.PI) * Math.atan2(y2 - y, x2 - x), w = thickness(value) / 2;
  const d = `M0 ${-w}H${long - HEAD}V${-w - 3.5}L${long} 0L${long - HEAD} ${w + 3.5}V${w}H0z`;
  const style = `fill: var(--${value < 0 ? "ground" : hue}); stroke: var(--${hue})`;
  return svg("path", { d, transform: `translate(${x} ${y}) rotate(${turn})`, class: "message", style, "data-name": name });
}
