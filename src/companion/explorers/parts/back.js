import { deltas } from "./deltas.js";

/** @import { Gates, Weights } from "./types.js" */

/**
 * Backpropagation through the steps of one unit, whose gates are given. `c` begins one step before them and before `D`,
 * the slopes of (14), and `reads`, what the loss reads of h; `to_c` is what comes to the last c from beyond. Of each
 * step: the totals, the deltas, and what goes to the step before.
 * @type {(gates: Gates[], w: Weights, c: number[], D: number[], reads: number[], to_c?: number) => Record<"dl_dc" | "dl_dh" | "to_c" | "to_h", number[]> & { d: ReturnType<typeof deltas>[] }}
 */
export function back(gates, w, c, D, reads, to_c = 0) {
  /** @type {ReturnType<typeof deltas>[]} */
  const d = [];
  const all = { d, dl_dc: [0], dl_dh: [0], to_c: [to_c], to_h: [0] };
  for (let k = D.length - 1; k >= 0; k--) {
    const dl_dh = reads[k] + all.to_h[0], dl_dc = all.to_c[0] + D[k] * dl_dh;
    const now = deltas(gates[k], c[k], c[k + 1], dl_dc, dl_dh);
    all.dl_dh.unshift(dl_dh);
    all.dl_dc.unshift(dl_dc);
    all.d.unshift(now);
    all.to_c.unshift(gates[k].f * dl_dc);
    all.to_h.unshift(w.w_2f * now.f + w.w_2i * now.i + w.w_2g * now.g + w.w_2o * now.o);
  }
  for (const series of [all.dl_dc, all.dl_dh, all.to_c, all.to_h]) series.pop(); // what stood beyond the last step
  return all;
}
