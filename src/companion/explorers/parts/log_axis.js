import { span } from "./axes.js";
import { tenTo } from "./numbers.js";

const FLOOR = -32;

/**
 * The least of 1, 2, 4, 8, ... that is no less than x: an axis that jumps rarely while a slider moves.
 * @type {(x: number) => number}
 */
const doubling = (x) => (x > 0 ? 2 ** Math.max(0, Math.ceil(Math.log2(x))) : 0);

/**
 * Powers of ten for the sizes of `values`, with 1 in sight, and no lower than FLOOR.
 * @type {(values: number[]) => { low: number, high: number, ticks: number[] }}
 */
export function logTicks(values) {
  const powers = values.filter((v) => v !== 0).map((v) => Math.log10(Math.abs(v)));
  const lowest = Math.max(FLOOR, Math.min(-1, Math.floor(Math.min(...powers) + 1e-9)));
  const least = -doubling(-lowest), most = doubling(Math.ceil(Math.max(...powers, 0) - 1e-9));
  const step = doubling((most - least) / 5), ticks = span(Math.floor(least / step), Math.ceil(most / step)).map((k) => k * step);
  return { low: ticks[0], high: ticks[ticks.length - 1], ticks };
}

/** @type {(p: number) => string} */
export const power = (p) => (Math.abs(p) < 3 ? String(Number(`1e${p}`)) : tenTo(p));
