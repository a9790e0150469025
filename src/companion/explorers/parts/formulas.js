// The browser's maths of a cell of one unit with held gates, stated once: pure functions of plain numbers, equal to
// lstm.gradient and lstm.scalar. What one explorer alone needs stands in the formulas.js of its own folder.

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
  const seed = slopes[s.T - 1] * read;
  const product_of_f = [1], product_of_jacobians = [1];
  for (let k = s.T - 1; k > 0; k--) {
    const d = deltas(s, c[k - 1], c[k], 1, 0);
    const J = s.f + slopes[k - 1] * (s.w_2f * d.f + s.w_2i * d.i + s.w_2g * d.g);
    product_of_f.unshift(product_of_f[0] * s.f);
    product_of_jacobians.unshift(product_of_jacobians[0] * J);
  }
  const chain = totals(s, c, slopes, 1, 0), dl_dc = totals(s, c, slopes, seed, read);
  return { steps: c.map((_, k) => k + 1), product_of_f, product_of_jacobians, chain, dl_dc, c };
}

/**
 * The derivatives by c^(1), ..., c^(T) of something whose derivatives by c^(T) and h^(T) are given:
 * dl/dc^(t-1) = f dl/dc^(t) + D^(t-1) dl/dh^(t-1). Starting from 1 and 0 it is dc^(T)/dc^(s).
 * @type {(s: Steps, c: number[], slopes: number[], dl_dc: number, dl_dh: number) => number[]}
 */
function totals(s, c, slopes, dl_dc, dl_dh) {
  const all = [dl_dc];
  for (let k = s.T - 1; k > 0; k--) {
    const d = deltas(s, c[k - 1], c[k], dl_dc, dl_dh);
    dl_dh = s.w_2f * d.f + s.w_2i * d.i + s.w_2g * d.g + s.w_2o * d.o;
    dl_dc = s.f * dl_dc + slopes[k - 1] * dl_dh;
    all.unshift(dl_dc);
  }
  return all;
}
