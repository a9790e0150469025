// One unit with held gates: the run by (13) and (14), and the sweep back through it.

import { span } from "../parts/axes.js";
import { back } from "../parts/back.js";
import { held } from "../parts/held.js";
import { LETTERS } from "../parts/letters.js";
import { added } from "../parts/shares.js";

/** @import { Setting, Shares, Swept } from "./given.js" */

/**
 * All T steps of the run and of the sweep, from c^(0) = c_0 and h^(0) = 0. The loss is the sum of r_t h^(t).
 * @type {(s: Setting, T: number) => Swept}
 */
export function sweep(s, T) {
  const { gates, c, D } = held({ ...s, T: T + 1, c_prev: s.c_0, o_prev: 0 });
  const h = c.map((c_t, t) => gates[t].o * Math.tanh(c_t)), reads = span(1, T).map((t) => s[`r_${t}`]);
  const { d, ...all } = back(gates.slice(1), s, c, D.slice(1), reads);
  const b = LETTERS.map((gate) => [`b_${gate}`, d.map((of) => of[gate])]);
  const w = LETTERS.map((gate) => [`w_2${gate}`, d.map((of, k) => of[gate] * h[k])]);
  return { c, h, D: D.slice(1), ...all, shares: /** @type {Shares} */ (Object.fromEntries([...b, ...w])) };
}

/**
 * The latest step from which on the steps give `most`, by size, of the shares of every parameter that has any; else 0.
 * @type {(shares: Shares, most: number) => number}
 */
export function mostFrom(shares, most) {
  const sizes = Object.values(shares).filter((one) => one.some(Boolean)).map((one) => one.map(Math.abs));
  return sizes.length && span(1, sizes[0].length).filter((t) => sizes.every((one) => added(one, t) >= most * added(one))).length;
}
