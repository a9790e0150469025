// One unit with held gates: the run by (13) and (14), and the sweep back through it.

import { span } from "../parts/axes.js";
import { back } from "../parts/back.js";
import { LETTERS } from "../parts/letters.js";
import { outputSlope } from "../parts/slope.js";

/** @import { Parameter, Setting, Shares, Swept } from "./given.js" */

/**
 * All T steps of the run and of the sweep, from c^(0) = c_0 and h^(0) = 0. The loss is the sum of r_t h^(t).
 * @type {(s: Setting, T: number) => Swept}
 */
export function sweep(s, T) {
  const c = [s.c_0];
  for (let t = 1; t <= T; t++) c.push(s.f * c[t - 1] + s.i * s.g);
  const h = c.map((c_t, t) => (t ? s.o * Math.tanh(c_t) : 0)), D = c.slice(1).map((c_t) => outputSlope(s.o, c_t));
  const { d, ...all } = back(s, c, D, span(1, T).map((t) => s[`r_${t}`]));
  const b = LETTERS.map((gate) => [`b_${gate}`, d.map((of) => of[gate])]);
  const w = LETTERS.map((gate) => [`w_2${gate}`, d.map((of, k) => of[gate] * h[k])]);
  return { c, h, D, ...all, shares: /** @type {Shares} */ (Object.fromEntries([...b, ...w])) };
}

/**
 * What a parameter has collected when the sweep has gone from the last step to step t.
 * @type {(shares: number[], t: number) => number}
 */
export const collected = (shares, t) => shares.slice(Math.max(t, 1) - 1).reduce((sum, share) => sum + share, 0);

/** @type {(shares: number[]) => number[]} */
const sizes = (shares) => shares.map(Math.abs);

/**
 * The latest step from which on the steps give `most`, by size, of the shares of every parameter that has any; else 0.
 * @type {(shares: Shares, most: number) => number}
 */
export function mostFrom(shares, most) {
  const steps = Object.values(shares).filter((one) => one.some(Boolean)).map((one) => {
    const size = sizes(one), whole = collected(size, 1);
    return span(1, one.length).filter((t) => collected(size, t) >= most * whole).length;
  });
  return steps.length ? Math.min(...steps) : 0;
}

/**
 * The parameter whose shares, of both signs, cancel most; the first of those that cancel alike.
 * @type {(shares: Shares) => { name: Parameter, size: number, sum: number } | undefined}
 */
export function cancels(shares) {
  let least = 1, found;
  for (const name of /** @type {Parameter[]} */ (Object.keys(shares))) {
    const one = shares[name], size = collected(sizes(one), 1), sum = collected(one, 1);
    if (Math.min(...one) < 0 && Math.max(...one) > 0 && Math.abs(sum) < size * least * (1 - 1e-9)) {
      found = { name, size, sum };
      least = Math.abs(sum) / size;
    }
  }
  return found;
}
