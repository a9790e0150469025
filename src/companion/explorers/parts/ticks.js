import { span } from "./axes.js";

/**
 * Round ticks, about `count` of them, that cover [low, high].
 * @type {(low: number, high: number, count: number) => number[]}
 */
export function linearTicks(low, high, count) {
  if (low === high) return [low, low + 1];
  const rough = (high - low) / count, ten = 10 ** Math.floor(Math.log10(rough));
  const step = ten * ([1, 2, 5].find((k) => k * ten >= rough * 0.999) ?? 10);
  const ticks = span(Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9));
  return ticks.map((k) => Number((k * step).toPrecision(9)));
}
