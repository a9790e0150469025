// One unit whose gates change once: the three products for every step, and the paths from one step by their gates.

import { span } from "../parts/axes.js";
import { deltas } from "../parts/deltas.js";
import { outputSlope } from "../parts/slope.js";

/** @import { Cell, Far, Setting, Split } from "./given.js" */

/**
 * Steps 1 to T: gates, slopes D, and the edges from h^(k-1) to c^(k) by f, i, g and to h^(k) by o.
 * @type {(s: Setting, T: number) => Cell}
 */
export function unit(s, T) {
  const early = { f: s.f, i: s.i, o: s.o, g: s.g }, late = { f: s.f_2, i: s.i_2, o: s.o_2, g: s.g_2 };
  const gates = span(1, T).map((k) => (k > s.switch ? late : early)), c = [s.c_1];
  for (let k = 1; k < T; k++) c.push(gates[k].f * c[k - 1] + gates[k].i * gates[k].g);
  const weight = { f: s.scale * s.w_2f, i: s.scale * s.w_2i, g: s.scale * s.w_2g, o: s.scale * s.w_2o };
  const edges = gates.map((gate, k) => {
    const d = deltas(gate, k ? c[k - 1] : 0, c[k], 1, 1);
    return { f: weight.f * d.f, i: weight.i * d.i, g: weight.g * d.g, o: weight.o * d.o };
  });
  return { f: gates.map(({ f }) => f), D: c.map((c_k, k) => outputSlope(gates[k].o, c_k)), edges };
}

/**
 * For s = 1, ..., T: product of f, product of J, dc^(T)/dc^(s), and by_h, dc^(T)/dh^(s).
 * @type {(cell: Cell) => Far}
 */
export function products({ f, D, edges }) {
  const far = { product_of_f: [1], product_of_jacobians: [1], chain: [1], by_h: [0] };
  for (let k = f.length - 1; k > 0; k--) {
    const into_c = edges[k].f + edges[k].i + edges[k].g;
    far.product_of_f.unshift(f[k] * far.product_of_f[0]);
    far.product_of_jacobians.unshift((f[k] + into_c * D[k - 1]) * far.product_of_jacobians[0]);
    far.by_h.unshift(into_c * far.chain[0] + edges[k].o * far.by_h[0]);
    far.chain.unshift(f[k] * far.chain[0] + D[k - 1] * far.by_h[0]);
  }
  return far;
}

/**
 * dc^(T)/dc^(t) by its paths. Those that pass no output gate leave c once for the first time, at some step k, and
 * enter it again by f, i or g; those that pass one do so for the first time at some step k.
 * @type {(cell: Cell, far: Far, t: number) => Split}
 */
export function split({ f, D, edges }, far, t) {
  const parts = { direct: far.product_of_f[t - 1], forget: 0, input: 0, candidate: 0, output: 0 };
  let on_c = 1, without_o = 1;
  for (let k = t; k < f.length; k++) {
    const edge = edges[k], after = on_c * D[k - 1] * far.product_of_jacobians[k];
    parts.forget += after * edge.f;
    parts.input += after * edge.i;
    parts.candidate += after * edge.g;
    parts.output += without_o * D[k - 1] * edge.o * far.by_h[k];
    on_c *= f[k];
    without_o *= f[k] + (edge.f + edge.i + edge.g) * D[k - 1];
  }
  return parts;
}

/**
 * The first step, going back from T, at which a product is off by more than `share` of the truth; 0 if there is none.
 * @type {(product: number[], chain: number[], share: number) => number}
 */
export const partsAt = (product, chain, share) =>
  product.map((value, k) => Math.abs(value - chain[k]) > share * Math.abs(chain[k])).lastIndexOf(true) + 1;
