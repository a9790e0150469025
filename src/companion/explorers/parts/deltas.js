/** @import { Gates } from "./types.js" */

/**
 * Derivatives of l by the arguments of sigma and tanh in (12), from the totals at step t.
 * @type {(gates: Gates, c_prev: number, c: number, dl_dc: number, dl_dh: number) => Record<"f" | "i" | "g" | "o", number>}
 */
export function deltas({ f, i, o, g }, c_prev, c, dl_dc, dl_dh) {
  return {
    f: dl_dc * c_prev * f * (1 - f),
    i: dl_dc * g * i * (1 - i),
    g: dl_dc * i * (1 - g) * (1 + g),
    o: dl_dh * Math.tanh(c) * o * (1 - o),
  };
}
