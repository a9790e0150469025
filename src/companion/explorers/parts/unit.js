import { outputSlope } from "./slope.js";

/** @import { Cell, Gates, Weights } from "./types.js" */

/**
 * A cell of one unit whose gates are given at steps 1 to T: its state by (13), from c^(1) = c_1, and the slopes D by
 * which h follows it.
 * @type {(gates: Gates[], w: Weights, c_1: number) => Cell}
 */
export function unit(gates, w, c_1) {
  const c = [c_1];
  for (let k = 1; k < gates.length; k++) c.push(gates[k].f * c[k - 1] + gates[k].i * gates[k].g);
  return { gates, w, c, D: c.map((c_k, k) => outputSlope(gates[k].o, c_k)) };
}
