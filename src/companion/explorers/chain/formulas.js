// One unit whose gates change once, and the paths from one step by their gates.

import { span } from "../parts/axes.js";
import { edges } from "../parts/edges.js";
import { unit } from "../parts/unit.js";

/** @import { Cell, Chains } from "../parts/types.js" */
/** @import { Setting, Split } from "./given.js" */

/** @type {(s: Setting, T: number) => Cell} */
export function changing(s, T) {
  const early = { f: s.f, i: s.i, o: s.o, g: s.g }, late = { f: s.f_2, i: s.i_2, o: s.o_2, g: s.g_2 };
  const weights = { w_2f: s.scale * s.w_2f, w_2i: s.scale * s.w_2i, w_2g: s.scale * s.w_2g, w_2o: s.scale * s.w_2o };
  return unit(span(1, T).map((k) => (k > s.switch ? late : early)), weights, s.c_1);
}

/**
 * dc^(T)/dc^(t) by its paths. Those that pass no output gate leave c once for the first time, at some step k, and
 * enter it again by f, i or g; those that pass one do so for the first time at some step k.
 * @type {(cell: Cell, far: Chains, t: number) => Split}
 */
export function split({ gates, w, c, D }, far, t) {
  const parts = { direct: far.product_of_f[t - 1], forget: 0, input: 0, candidate: 0, output: 0 };
  let on_c = 1, without_o = 1;
  for (let k = t; k < c.length; k++) {
    const by = edges(gates[k], w, c[k - 1], c[k]), after = on_c * D[k - 1] * far.product_of_jacobians[k];
    parts.forget += after * by.forget;
    parts.input += after * by.input;
    parts.candidate += after * by.candidate;
    parts.output += without_o * D[k - 1] * by.output * far.by_h[k];
    on_c *= gates[k].f;
    without_o *= gates[k].f + (by.forget + by.input + by.candidate) * D[k - 1];
  }
  return parts;
}

/**
 * The first step, going back from T, at which a product is off by more than `share` of the truth; 0 if there is none.
 * @type {(product: number[], chain: number[], share: number) => number}
 */
export const partsAt = (product, chain, share) =>
  product.map((value, k) => Math.abs(value - chain[k]) > share * Math.abs(chain[k])).lastIndexOf(true) + 1;
