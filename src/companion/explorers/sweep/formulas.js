// One unit with held gates: the run by (13) and (14), and the sweep back through it.

import { span } from "../parts/axes.js";
import { deltas } from "../parts/deltas.js";
import { outputSlope } from "../parts/slope.js";

/** @import { Parameter, Setting, Shares, Swept } from "./given.js" */

export const ORDER = /** @type {const} */ (["f", "i", "g", "o"]);

/**
 * All T steps of the run and of the sweep, from c^(0) = c_0 and h^(0) = 0. The loss is the sum of r_t h^(t).
 * @type {(s: Setting, T: number) => Swept}
 */
export function sweep(s, T) {
  const c = [s.c_0];
  for (let t = 1; t <= T; t++) c.push(s.f * c[t - 1] + s.i * s.g);
  const h = c.map((c_t, t) => (t ? s.o * Math.tanh(c_t) : 0)), D = c.slice(1).map((c_t) => outputSlope(s.o, c_t));
  const names = /** @type {Parameter[]} */ (["b_", "w_2"].flatMap((letter) => ORDER.map((gate) => letter + gate)));
  const shares = /** @type {Shares} */ (Object.fromEntries(names.map((name) => [name, /** @type {number[]} */ ([])])));
  /** @type {Swept} */
  const all = { c, h, D, dl_dc: [], dl_dh: [], to_c: [], to_h: [], shares };
  let to_c = 0, to_h = 0;
  for (const t of span(1, T).reverse()) {
    const dl_dh = s[`r_${t}`] + to_h, dl_dc = to_c + D[t - 1] * dl_dh, d = deltas(s, c[t - 1], c[t], dl_dc, dl_dh);
    to_c = s.f * dl_dc;
    to_h = s.w_2f * d.f + s.w_2i * d.i + s.w_2g * d.g + s.w_2o * d.o;
    for (const [name, value] of Object.entries({ dl_dc, dl_dh, to_c, to_h })) all[/** @type {"to_c"} */ (name)].unshift(value);
    for (const gate of ORDER) {
      shares[`b_${gate}`].unshift(d[gate]);
      shares[`w_2${gate}`].unshift(d[gate] * h[t - 1]);
    }
  }
  return all;
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
