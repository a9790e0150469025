// The stored numbers: read once and checked, then place by place.

import { CASES } from "./given.js";

/** @import { Data, Place } from "./types.js" */

const FIELDS = ["true_norm", "direct_norm", "true_rate", "direct_rate", "log10_ratio", "true", "direct"];
const CURVES = ["true_curve", "direct_curve"];
const VERDICT_FIELDS = ["true_verdict", "direct_verdict"];

/**
 * Whatever does not fit is an error here: better no explorer than a wrong one.
 * @type {(text: string) => Data}
 */
export function read(text) {
  const data = JSON.parse(text), { biases, scales } = data, places = biases.length * scales.length;
  const all = places + CASES.length, steps = data.true_curve[0][0].length;
  /** @type {(value: any, shape: number[]) => boolean} */
  const fits = (value, [length, ...rest]) =>
    length === undefined
      ? Number.isFinite(value)
      : value.length === length && value.every((/** @type {any} */ one) => fits(one, rest));
  /** @type {Record<string, number[]>} */
  const wanted = { biases: [biases.length], scales: [scales.length] };
  for (const name of VERDICT_FIELDS) wanted[name] = [all];
  for (const name of FIELDS) wanted[name] = [all, 3];
  for (const name of CURVES) wanted[name] = [all, 3, steps];
  const misfit = Object.keys(wanted).find((name) => !fits(data[name], wanted[name]));
  if (misfit) throw new Error(`the stored ${misfit} do not fit`);
  return { ...data, places, steps, networks: total(data.true[0]) };
}

/** @type {(counts: number[]) => number} */
const total = (counts) => counts.reduce((sum, count) => sum + count);

/** @type {(data: any, k: number) => Place} */
export function place(data, k) {
  const own = [...FIELDS, ...CURVES, ...VERDICT_FIELDS].map((name) => [name, data[name][k]]);
  return /** @type {any} */ ({ ...Object.fromEntries(own), networks: total(data.true[k]) });
}

/** @type {(grid: number[], value: number) => number} */
export function nearest(grid, value) {
  const off = grid.map((one) => Math.abs(one - value));
  return off.indexOf(Math.min(...off));
}
