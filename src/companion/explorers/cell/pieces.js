// The parts of the drawing of a cell: what each carries at one step of one unit, and what is said of it.

import { GATE_NAMES } from "../parts/gate_names.js";
import { LETTERS } from "../parts/letters.js";
import { outputSlope } from "../parts/slope.js";
import { number } from "../parts/numbers.js";
import { predictor, terms } from "./formulas.js";
import { CODE } from "./given.js";

/** @import { Network, Piece, Step, Total } from "./types.js" */

const PARTNER = { f: "c⁽ᵗ⁻¹⁾", i: "g", g: "i", o: "tanh c" };
const SLOPE = { f: "f (1 − f)", i: "i (1 − i)", g: "1 − g²", o: "o (1 − o)" };
const TERM = { f: "forget", i: "input", g: "candidate", o: "output" };

/** @type {Record<string, string>} */
const SYMBOLS = {
  c_prev: "c⁽ᵗ⁻¹⁾", h_prev: "h⁽ᵗ⁻¹⁾", c: "c⁽ᵗ⁾", h: "h⁽ᵗ⁾", f: "f", i: "i", g: "g", o: "o",
  delta_f: "δ f", delta_i: "δ i", delta_g: "δ g", delta_o: "δ o",
  dl_dc: "dl/dc⁽ᵗ⁾", dl_dh: "dl/dh⁽ᵗ⁾", before: "dl/dc⁽ᵗ⁻¹⁾", dl_dh_before: "dl/dh⁽ᵗ⁻¹⁾",
};

/** @type {(name: string, hue: string, value: number, words: string, how: string) => Piece} */
const piece = (name, hue, value, words, how) => ({ name, hue, value, words, how, code: CODE[name], symbol: SYMBOLS[name] });

/**
 * Forward, (12) to (14).
 * @type {(network: Network, now: Step, j: number) => Piece[]}
 */
export function forward({ params }, now, j) {
  const [f, i, g, o, c, c_prev] = [now.f, now.i, now.g, now.o, now.c, now.c_prev].map((v) => v[j]);
  const gates = LETTERS.map((gate) => {
    const z = predictor(params, gate, now.x, now.h_prev), sum = z.x[j] + z.h[j] + z.b[j];
    const how = `${gate === "g" ? "tanh" : "σ"} of ${number(sum)}: ${number(z.x[j])} from x, `
      + `${number(z.h[j])} from h⁽ᵗ⁻¹⁾, ${number(z.b[j])} bias`;
    return piece(gate, gate, now[gate][j], GATE_NAMES[gate], how);
  });
  return [
    piece("x", "x", now.x[0], now.x.length > 1 ? "x, the first of the inputs" : "x, the input", "read by all four gates"),
    piece("h_prev", "h", now.h_prev[j], "h⁽ᵗ⁻¹⁾, the hidden state before", "read by all four gates"),
    piece("c_prev", "c", c_prev, "c⁽ᵗ⁻¹⁾, the memory before", "what the step before left"),
    ...gates,
    piece("kept", "c", f * c_prev, "f c⁽ᵗ⁻¹⁾, what is kept", `${number(f)} times ${number(c_prev)}`),
    piece("written", "c", i * g, "i g, what is written", `${number(i)} times ${number(g)}`),
    piece("c", "c", c, "c, the memory", `${number(f * c_prev)} kept, plus ${number(i * g)} written`),
    piece("squashed", "c", Math.tanh(c), "tanh c", `tanh of ${number(c)}`),
    piece("h", "h", now.h[j], "h, the hidden state", `o times tanh c, ${number(o)} times ${number(Math.tanh(c))}`),
  ];
}

/**
 * Backward, (15): what reaches each part from the loss, k = t - 1 >= 1.
 * @type {(steps: Step[], all: Total[], reads: number[][], k: number, j: number) => Piece[]}
 */
export function backward(steps, all, reads, k, j) {
  const { dl_dc, dl_dh, deltas, sent } = all[k], six = terms(steps, all, reads, k, j), before = steps[k - 1];
  const D = outputSlope(steps[k].o[j], steps[k].c[j]), D_prev = outputSlope(before.o[j], before.c[j]);
  const total = Object.values(six).reduce((sum, value) => sum + value, 0);
  const partner = { f: steps[k].c_prev[j], i: steps[k].g[j], g: steps[k].i[j], o: Math.tanh(steps[k].c[j]) };
  const gates = LETTERS.flatMap((gate) => {
    const from = gate === "o" ? dl_dh[j] : dl_dc[j];
    return [
      piece(`delta_${gate}`, gate, deltas[gate][j], `δ of the ${GATE_NAMES[gate]}`,
        `${number(from)} times ${PARTNER[gate]} = ${number(partner[gate])} times the slope ${SLOPE[gate]}`),
      piece(TERM[gate], gate, six[TERM[gate]], `the path through the ${GATE_NAMES[gate]}`,
        `its weights send back ${number(sent[gate][j])} to h⁽ᵗ⁻¹⁾, and D⁽ᵗ⁻¹⁾ = ${number(D_prev)} of it reaches c⁽ᵗ⁻¹⁾`),
    ];
  });
  return [
    piece("dl_dh", "h", dl_dh[j], "dl/dh⁽ᵗ⁾", `${number(reads[k][j])} is read now, the rest comes from later steps`),
    piece("through_h", "h", D * dl_dh[j], "what comes to c⁽ᵗ⁾ through h⁽ᵗ⁾", `D⁽ᵗ⁾ = ${number(D)} times dl/dh⁽ᵗ⁾`),
    piece("dl_dc", "c", dl_dc[j], "dl/dc⁽ᵗ⁾",
      `${number(D * dl_dh[j])} through h⁽ᵗ⁾, ${number(dl_dc[j] - D * dl_dh[j])} from c⁽ᵗ⁺¹⁾`),
    piece("direct", "direct", six.direct, "the direct path", `f times dl/dc⁽ᵗ⁾, ${number(steps[k].f[j])} times ${number(dl_dc[j])}`),
    ...gates,
    piece("local", "h", six.local, "what the loss reads from h⁽ᵗ⁻¹⁾",
      `D⁽ᵗ⁻¹⁾ = ${number(D_prev)} times ${number(reads[k - 1][j])}`),
    piece("dl_dh_before", "h", all[k - 1].dl_dh[j], "dl/dh⁽ᵗ⁻¹⁾", "what the four gates send back, plus what is read there"),
    piece("through_before", "h", D_prev * all[k - 1].dl_dh[j], "what comes to c⁽ᵗ⁻¹⁾ through h⁽ᵗ⁻¹⁾",
      `D⁽ᵗ⁻¹⁾ = ${number(D_prev)} times ${number(all[k - 1].dl_dh[j])}`),
    piece("before", "c", total, "dl/dc⁽ᵗ⁻¹⁾, the sum of the six", Object.values(six).map((v) => number(v)).join(" + ")),
  ];
}
