// The browser's maths of a cell of one unit with given gates, stated once: pure functions of plain numbers, equal to
// lstm.gradient and lstm.scalar. What one explorer alone needs stands in the formulas.js of its own folder.

import { back } from "./back.js";
import { edges } from "./edges.js";

/** @import { Cell, Chains } from "./types.js" */

/**
 * For steps 1 to T: product of f, product of J, true chain dc^(T)/dc^(s), by_h, which is dc^(T)/dh^(s), and dl/dc^(s) for
 * a loss that reads `read` h^(T).
 * @type {(cell: Cell, read: number) => Chains}
 */
export function chains(cell, read) {
  const { gates, w, c, D } = cell, product_of_f = [1], product_of_jacobians = [1];
  for (let k = c.length - 1; k > 0; k--) {
    const by = edges(gates[k], w, c[k - 1], c[k]), J = gates[k].f + D[k - 1] * (by.forget + by.input + by.candidate);
    product_of_f.unshift(product_of_f[0] * gates[k].f);
    product_of_jacobians.unshift(product_of_jacobians[0] * J);
  }
  const { by_c: chain, by_h } = totals(cell, 1, 0), { by_c: dl_dc } = totals(cell, 0, read);
  return { steps: c.map((_, k) => k + 1), product_of_f, product_of_jacobians, chain, by_h, dl_dc, c };
}

/**
 * The derivatives by c^(1), ..., c^(T) and by each h of something that reads `read` h^(T), and `last` c^(T) itself.
 * @type {(cell: Cell, last: number, read: number) => { by_c: number[], by_h: number[] }}
 */
function totals({ gates, w, c, D }, last, read) {
  const reads = c.slice(1).map((_, k) => (k === c.length - 2 ? read : 0));
  const all = back(gates.slice(1), w, c, D.slice(1), reads, last);
  return { by_c: [all.to_c[0] + D[0] * all.to_h[0], ...all.dl_dc], by_h: [all.to_h[0], ...all.dl_dh] };
}
