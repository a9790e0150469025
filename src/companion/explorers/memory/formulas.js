import { outputSlope } from "../parts/slope.js";
import { GATES } from "./given.js";

/** @import { Setting } from "./given.js" */

/**
 * Eqs. (13) and (14) over all steps, from c^(0) = 0, and the slope D of (14). The gate that `fixed` names holds 1.
 * @type {(now: Pick<Setting, "f" | "i" | "o" | "g" | "fixed">) => { c: number[], h: number[], D: number[] }}
 */
export function follow(now) {
  const [f, i, o] = GATES.map((gate, k) => (k + 1 === now.fixed ? now.g.map(() => 1) : now[gate]));
  /** @type {number[]} */
  const c = [];
  now.g.forEach((content, k) => c.push(f[k] * (k ? c[k - 1] : 0) + i[k] * content));
  return { c, h: c.map((c_t, k) => o[k] * Math.tanh(c_t)), D: c.map((c_t, k) => outputSlope(o[k], c_t)) };
}
