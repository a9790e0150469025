import { deltas } from "../parts/deltas.js";
import { outputSlope } from "../parts/slope.js";

/** @import { Terms, Unit } from "../parts/types.js" */

/**
 * Eq. (15): the six terms of dl/dc^(t-1), and the two derivatives that they start from and add up to.
 * @type {(s: Unit & { read: number, read_prev: number }) => Terms}
 */
export function terms(s) {
  const c = s.f * s.c_prev + s.i * s.g;
  const dl_dc = outputSlope(s.o, c) * s.read;
  const d = deltas(s, s.c_prev, c, dl_dc, s.read);
  const D = outputSlope(s.o_prev, s.c_prev);
  const parts = {
    direct: s.f * dl_dc,
    forget: D * s.w_2f * d.f,
    input: D * s.w_2i * d.i,
    candidate: D * s.w_2g * d.g,
    output: D * s.w_2o * d.o,
    local: D * s.read_prev,
  };
  return { ...parts, dl_dc, total: Object.values(parts).reduce((sum, term) => sum + term) };
}
