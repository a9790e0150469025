import { deltas } from "./deltas.js";

/** @import { Gates, Weights } from "./types.js" */

/**
 * By which factor h^(t-1) passes on to c^(t), through each of three gates, and to h^(t) through the output gate.
 * @type {(gates: Gates, w: Weights, c_prev: number, c: number) => Record<"forget" | "input" | "candidate" | "output", number>}
 */
export function edges(gates, w, c_prev, c) {
  const d = deltas(gates, c_prev, c, 1, 1);
  return { forget: w.w_2f * d.f, input: w.w_2i * d.i, candidate: w.w_2g * d.g, output: w.w_2o * d.o };
}
