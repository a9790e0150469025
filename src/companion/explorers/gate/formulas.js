import { sigmoid } from "../parts/sigmoid.js";
import { outputSlope } from "../parts/slope.js";

/** @import { Gate, Setting } from "./given.js" */

/** @typedef {{ z: number, value: number, slope: number, pushed: number, steepest: number }} Response */

/** @type {(gate: Gate, z: number) => number} */
export const link = (gate, z) => (gate === "g" ? Math.tanh(z) : sigmoid(z));

/**
 * Eq. (12) for one gate: its linear predictor, its value and slope there, and its value with h raised by `push`.
 * @type {(now: Setting, gate: Gate, push: number) => Response}
 */
export function respond(now, gate, push) {
  const at = (/** @type {number} */ h) => now[`w_1${gate}`] * now.x + now[`w_2${gate}`] * h + now[`b_${gate}`];
  const z = at(now.h), value = link(gate, z), [steepest, stretch] = gate === "g" ? [1, 1] : [0.25, 2];
  const slope = outputSlope(steepest, z / stretch); // 1 - value would be rounded to 0 far out
  return { z, value, slope, pushed: link(gate, at(now.h + push)), steepest };
}
