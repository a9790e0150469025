// The browser's maths of a cell of one unit with held gates, stated once: pure functions of plain numbers, equal to
// lstm.gradient and lstm.scalar. What one explorer alone needs stands in the formulas.js of its own folder.

import { back } from "./back.js";
import { deltas } from "./deltas.js";
import { outputSlope } from "./slope.js";

/** @import { Chains, Steps } from "./types.js" */

/**
 * The cell state at steps 1 to T by (13), and the slopes D by which h follows it.
 * @type {(s: Steps) => { c: number[], slopes: number[] }}
 */
export function memory(s) {
  const c = [s.c_prev];
  for (let t = 2; t <= s.T; t++) c.push(s.f * c[t - 2] + s.i * s.g);
  return { c, slopes: c.map((c_t, k) => outputSlope(k ? s.o : s.o_prev, c_t)) };
}

/**
 * For steps 1 to T: the cell state by (13), product of f, product of J, true chain dc^(T)/dc^(s), and dl/dc^(s)
 * for a loss that reads `read` h^(T).
 * @type {(s: Steps, read: number) => Chains}
 */
export function chains(s, read) {
  const { c, slopes } = memory(s);
  const product_of_f = [1], product_of_jacobians = [1];
  for (let k = s.T - 1; k > 0; k--) {
    const d = deltas(s, c[k - 1], c[k], 1, 0);
    const J = s.f + slopes[k - 1] * (s.w_2f * d.f + s.w_2i * d.i + s.w_2g * d.g);
    product_of_f.unshift(product_of_f[0] * s.f);
    product_of_jacobians.unshift(product_of_jacobians[0] * J);
  }
  const chain = totals(s, c, slopes, 1, 0), dl_dc = totals(s, c, slopes, 0, read);
  return { steps: c.map((_, k) => k + 1), product_of_f, product_of_jacobians, chain, dl_dc, c };
}

/**
 * The derivatives by c^(1), ..., c^(T) of something that reads `read` h^(T), and `by_c` c^(T) itself.
 * @type {(s: Steps, c: number[], slopes: number[], by_c: number, read: number) => number[]}
 */
function totals(s, c, slopes, by_c, read) {
  const reads = slopes.slice(1).map((_, k) => (k === s.T - 2 ? read : 0)), all = back(s, c, slopes.slice(1), reads, by_c);
  return [all.to_c[0] + slopes[0] * all.to_h[0], ...all.dl_dc];
}
