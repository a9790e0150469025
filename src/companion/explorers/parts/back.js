import { deltas } from "./deltas.js";

/** @import { Unit } from "./types.js" */

/** @typedef {Pick<Unit, "f" | "i" | "o" | "g" | "w_2f" | "w_2i" | "w_2g" | "w_2o">} Held */

/**
 * Backpropagation through the steps of one unit with held gates. `c` begins one step before `D`, the slopes of (14), and
 * `reads`, what the loss reads of h; `to_c` is what comes to the last c from beyond. Of each step: the totals, the
 * deltas, and what goes to the step before.
 * @type {(s: Held, c: number[], D: number[], reads: number[], to_c?: number) => Record<"dl_dc" | "dl_dh" | "to_c" | "to_h", number[]> & { d: ReturnType<typeof deltas>[] }}
 */
export function back(s, c, D, reads, to_c = 0) {
  const all = { dl_dc: [0], dl_dh: [0], to_c: [to_c], to_h: [0], d: [deltas(s, 0, 0, 0, 0)] };
  for (let k = D.length - 1; k >= 0; k--) {
    const dl_dh = reads[k] + all.to_h[0], dl_dc = all.to_c[0] + D[k] * dl_dh, d = deltas(s, c[k], c[k + 1], dl_dc, dl_dh);
    all.dl_dh.unshift(dl_dh);
    all.dl_dc.unshift(dl_dc);
    all.d.unshift(d);
    all.to_c.unshift(s.f * dl_dc);
    all.to_h.unshift(s.w_2f * d.f + s.w_2i * d.i + s.w_2g * d.g + s.w_2o * d.o);
  }
  for (const series of Object.values(all)) series.pop(); // what stood beyond the last step
  return all;
}
