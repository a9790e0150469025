// A cell of n units over a sequence, (12) to (15): pure functions of plain arrays, equal to lstm.run and lstm.terms.

import { deltas } from "../parts/deltas.js";
import { LETTERS } from "../parts/letters.js";
import { sigmoid } from "../parts/sigmoid.js";
import { outputSlope } from "../parts/slope.js";

/** @import { Network, Step, Total, Vectors } from "./types.js" */

/** @type {(W: number[][], v: number[]) => number[]} */
export const times = (W, v) => W.map((row) => row.reduce((sum, w, k) => sum + w * v[k], 0));

/** @type {(W: number[][], v: number[]) => number[]} */
export const timesTransposed = (W, v) => W[0].map((_, k) => W.reduce((sum, row, j) => sum + row[k] * v[j], 0));

/**
 * The three parts of the linear predictors of one gate: from the input, from h^(t-1), and the bias.
 * @type {(p: Network["params"], gate: string, x: number[], h: number[]) => { x: number[], h: number[], b: number[] }}
 */
export const predictor = (p, gate, x, h) =>
  ({ x: times(p[`W_1${gate}`], x), h: times(p[`W_2${gate}`], h), b: /** @type {any} */ (p[`b_${gate}`]) });

/** @type {(network: Network) => Step[]} */
export function run({ params, x, h_0, c_0 }) {
  /** @type {Step[]} */
  const steps = [];
  let h_prev = h_0, c_prev = c_0;
  for (const x_t of x) {
    const now = /** @type {any} */ ({ x: x_t, h_prev, c_prev });
    for (const gate of LETTERS) {
      const z = predictor(params, gate, x_t, h_prev), act = gate === "g" ? Math.tanh : sigmoid;
      now[gate] = z.b.map((b, j) => act(z.x[j] + z.h[j] + b));
    }
    now.c = c_prev.map((/** @type {number} */ c, /** @type {number} */ j) => now.f[j] * c + now.i[j] * now.g[j]);
    now.h = now.c.map((/** @type {number} */ c, /** @type {number} */ j) => now.o[j] * Math.tanh(c));
    steps.push(now);
    ({ h: h_prev, c: c_prev } = now);
  }
  return steps;
}

/**
 * Derivatives of l by the linear predictors of a step, unit by unit.
 * @type {(now: Step, dl_dc: number[], dl_dh: number[]) => Vectors}
 */
function allDeltas({ f, i, g, o, c, c_prev }, dl_dc, dl_dh) {
  const each = c.map((_, j) => deltas({ f: f[j], i: i[j], g: g[j], o: o[j] }, c_prev[j], c[j], dl_dc[j], dl_dh[j]));
  return /** @type {Vectors} */ (Object.fromEntries(LETTERS.map((gate) => [gate, each.map((one) => one[gate])])));
}

/**
 * Total derivatives of a loss that reads `reads`, and what each gate sends back to h^(t-1), for all steps.
 * @type {(params: Network["params"], steps: Step[], reads: number[][]) => Total[]}
 */
export function allTotals(params, steps, reads) {
  /** @type {Total[]} */
  const all = [];
  let to_h = steps[0].h.map(() => 0), to_c = to_h;
  for (let k = steps.length - 1; k >= 0; k--) {
    const now = steps[k], later = to_h;
    const dl_dh = reads[k].map((read, j) => read + later[j]), beyond = to_c;
    const dl_dc = dl_dh.map((d, j) => beyond[j] + outputSlope(now.o[j], now.c[j]) * d);
    const d = allDeltas(now, dl_dc, dl_dh);
    const sent = /** @type {Vectors} */ (
      Object.fromEntries(LETTERS.map((gate) => [gate, timesTransposed(params[`W_2${gate}`], d[gate])])));
    to_h = now.h.map((_, j) => LETTERS.reduce((sum, gate) => sum + sent[gate][j], 0));
    to_c = dl_dc.map((value, j) => now.f[j] * value);
    all.unshift({ dl_dc, dl_dh, deltas: d, sent });
  }
  return all;
}

/**
 * The six terms of dl/dc^(t-1) of unit j, t = k + 1 >= 2.
 * @type {(steps: Step[], all: Total[], reads: number[][], k: number, j: number) => Record<string, number>}
 */
export function terms(steps, all, reads, k, j) {
  const before = steps[k - 1], D = outputSlope(before.o[j], before.c[j]), { sent, dl_dc } = all[k];
  return {
    direct: steps[k].f[j] * dl_dc[j],
    forget: D * sent.f[j],
    input: D * sent.i[j],
    candidate: D * sent.g[j],
    output: D * sent.o[j],
    local: D * reads[k - 1][j],
  };
}
