import { svg } from "./dom.js";

/** @import { Attributes } from "./types.js" */

/**
 * A bar for each step, around its middle x: from the height `zero` so many pixels up, or down where they are negative. With
 * a `rim` each is that much longer at both ends, so that a bar of 0 is seen; without one it is left out.
 * @param {number[]} up
 * @param {{ x: (step: number) => number, wide: number, zero: number, rim?: number }} place
 * @param {(step: number) => Attributes} look
 */
export const stepBars = (up, { x, wide, zero, rim = 0 }, look) => up.flatMap((high, k) => {
  const height = Math.abs(high) + 2 * rim, y = zero - Math.max(0, high) - rim;
  return height ? svg("rect", { x: x(k + 1) - wide / 2, y, width: wide, height, ...look(k + 1) }) : [];
});
