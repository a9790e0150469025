import { label, line, scale } from "./axes.js";
import { svg } from "./dom.js";
import { lights } from "./lit.js";
import { fixed, number } from "./numbers.js";
import { plain } from "./plain.js";
import { linearTicks } from "./ticks.js";

/** @import { Bar, Children, Drawing } from "./types.js" */

const BARS = { names: 92, numbers: 64, row: 25, gap: 8, axis: 24 };

/** @type {(count: number) => number} */
export const barsHeight = (count) => BARS.row * count + BARS.gap + BARS.axis;

/**
 * A column of signed numbers: as many decimals as the largest needs, so that the points stand in line.
 * @type {(values: number[]) => string[]}
 */
function column(values) {
  const power = Math.floor(Math.log10(Math.max(...values.map(Math.abs))));
  if (power < -3 || power > 3) return values.map((x) => number(x, "+"));
  return values.map((x) => (x ? fixed(x, power < 0 ? 2 - power : 3 - power, "+") : "0"));
}

/**
 * Signed bars: each begins where the one before ended and points the way of its sign. Below the rule the sum and,
 * to compare, other bars from zero. `hollow` draws an outline.
 * @type {(width: number, rows: Bar[], below: Bar[]) => Children[]}
 */
function signedBars(width, rows, below) {
  const { names, numbers, row, gap } = BARS;
  let end = 0;
  const steps = rows.map((one) => {
    const from = end;
    end += one.value;
    return { ...one, from, to: end, lower: 0 };
  });
  const all = [...steps, ...below.map((one) => ({ ...one, from: 0, to: one.value, lower: gap }))];
  const ends = all.flatMap(({ from, to }) => [from, to]), values = column(all.map(({ value }) => value));
  const ticks = linearTicks(Math.min(...ends), Math.max(...ends), Math.max(2, (width - names - numbers) / 90));
  const x = scale(ticks[0], ticks[ticks.length - 1], names + 8, width - numbers - 12);
  const rule = row * rows.length + gap / 2, bottom = row * all.length + gap;
  const heights = all.map(({ lower }, k) => row * (k + 0.5) + lower);
  const bars = all.map(({ words, hue, from, to, hollow, strong }, k) => {
    const y = heights[k], a = x(from), b = x(to), tip = b - Math.sign(b - a) * Math.min(5, Math.abs(b - a));
    const d = `M${a} ${y - 7.5}H${tip}L${b} ${y}L${tip} ${y + 7.5}H${a}z`, weight = strong ? " strong" : "";
    return [
      k < rows.length ? line(b, y, b, heights[k + 1], { class: "axis" }) : [],
      lights(svg("g", { class: "bar" },
        svg("path", { d, style: `fill: var(--${hollow ? "ground" : hue}); stroke: var(--${hue})` }),
        label(names, y + 4.5, words, { class: `end${weight}`, style: `fill: var(--${hue})` }),
        label(width, y + 4.5, values[k], { class: `end${weight}` })), hue),
    ];
  });
  return [
    ticks.map((t) => line(x(t), 0, x(t), bottom, { class: t ? "rule" : "axis" })),
    ticks.map((t) => label(x(t), bottom + 17, plain(t), { class: "middle tick" })),
    line(0, rule, width, rule),
    bars,
  ];
}

/**
 * The same as a drawing of which every bar is spoken.
 * @type {(width: number, title: string, rows: Bar[], below: Bar[]) => Drawing}
 */
export function barChart(width, title, rows, below) {
  const spoken = [...rows, ...below].map(({ words, value }) => `${words} ${number(value)}`).join(", ");
  return { label: `${title}: ${spoken}.`, nodes: signedBars(width, rows, below) };
}
