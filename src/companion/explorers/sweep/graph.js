// The unrolled graph with the messages that go back through it; below each step, what it leaves for each parameter.

import { label, line, scale, span } from "../parts/axes.js";
import { nearestStep } from "../parts/nearest.js";
import { svg } from "../parts/dom.js";
import { LETTERS } from "../parts/letters.js";
import { lights } from "../parts/lit.js";
import { number } from "../parts/numbers.js";
import { collected } from "./formulas.js";
import { T } from "./given.js";

/** @import { Children, Drawing } from "../parts/types.js" */
/** @import { Parameter, Setting, Swept } from "./given.js" */

const C = 84, H = 138, BOX = { top: 62, bottom: 160, half: 11 }, HEAD = 7;
const BARS = 208, ROW = 21, TALL = 8, APART = 8, END = BARS + 2 * LETTERS.length * ROW + APART;
export const HEIGHT = END + 22;
/** @type {{ letter: "b_" | "w_2", top: number }[]} */
const GROUPS = [{ letter: "b_", top: BARS }, { letter: "w_2", top: BARS + LETTERS.length * ROW + APART }];

/**
 * A column of the same width for each of the steps 0 to T: as the slider and the tick boxes above have them.
 * @type {(width: number) => (t: number) => number}
 */
const across = (width) => scale(-0.5, T + 0.5, 0, width);

/** @type {(width: number, x: number) => number} */
export const stepAt = (width, x) => nearestStep(across(width), 0, T, x);

/**
 * One pixel up to 0.001, two more for each factor of ten, seven from 1 on.
 * @type {(value: number) => number}
 */
const thickness = (value) => 1 + 2 * Math.min(3, Math.max(0, Math.log10(Math.abs(value)) + 3));

/**
 * An arrow for a number that goes somewhere: thick by its size, hollow where it is negative, none where it is 0.
 * @type {(from: [x: number, y: number], to: [x: number, y: number], value: number, hue: string, name: string) => Children}
 */
function arrow([x, y], [x2, y2], value, hue, name) {
  if (!value) return [];
  const long = Math.hypot(x2 - x, y2 - y), turn = (180 / Math.PI) * Math.atan2(y2 - y, x2 - x), w = thickness(value) / 2;
  const d = `M0 ${-w}H${long - HEAD}V${-w - 3.5}L${long} 0L${long - HEAD} ${w + 3.5}V${w}H0z`;
  const style = `fill: var(--${value < 0 ? "ground" : hue}); stroke: var(--${hue})`;
  return svg("path", { d, transform: `translate(${x} ${y}) rotate(${turn})`, class: "message", style, "data-name": name });
}

/** @type {(width: number, now: Setting, all: Swept) => Drawing} */
export function graph(width, now, all) {
  const x = across(width), reached = Math.max(now.at, 1), apart = x(1) - x(0), narrow = apart < 66;
  /** @type {{ name: "c" | "h", y: number, at: (t: number) => number, of: number[] }[]} */
  const lanes = [
    { name: "c", y: C, at: (t) => (narrow ? 16 + 16 * (t % 2) : C - 12), of: all.to_c },
    { name: "h", y: H, at: (t) => (narrow ? 178 + 16 * (t % 2) : H + 22), of: all.to_h },
  ];
  const messages = span(1, T).map((t) => lanes.map(({ name, y, at, of }) => {
    const from = x(t) - BOX.half - 2, to = x(t - 1) + BOX.half + 1, goes = `${name}${t - 1}`;
    if (t < reached) return line(from, y, to, y, { class: "rule pale", "data-name": goes });
    const mark = t === reached ? "middle strong" : "middle";
    return [arrow([from, y], [to, y], of[t - 1], name, goes),
      label((x(t) + x(t - 1)) / 2, at(t), number(of[t - 1]), { class: mark, style: `fill: var(--${name})`, "data-name": goes })];
  }));
  const steps = span(0, T).map((t) => {
    const on = t >= now.at, letters = lanes.map(({ name, y }) => label(x(t), y + 5, name, { class: "middle place", style: `fill: var(--${name})` }));
    const box = svg("rect", { x: x(t) - BOX.half, y: BOX.top, width: 2 * BOX.half, height: BOX.bottom - BOX.top, rx: 5, class: "step" });
    return svg("g", { class: on ? "sweep-step" : "sweep-step pale", "data-step": t }, t ? box : [], letters, t && on ? [
      arrow([x(t), narrow ? 42 : 2], [x(t), BOX.top - 2], now[`r_${t}`], "h", `r${t}`),
      arrow([x(t), H - 10], [x(t), C + 11], all.D[t - 1] * all.dl_dh[t - 1], "h", `D${t}`),
      line(x(t), BOX.bottom + 1, x(t), BARS - 4, { class: "axis" }),
    ] : []);
  });
  const so_far = Object.entries(all.shares).map(([name, shares]) => `${name.replace("_", "")} ${number(collected(shares, now.at))}`);
  const sent = lanes.map(({ name, of }) => `to ${name}(${reached - 1}) goes ${number(of[reached - 1])}`).join(", ");
  return {
    label: `The unrolled graph of ${T} steps, the sweep ${now.at ? `at step ${now.at}` : "at its end"}: ${sent}. Collected so far: ${so_far.join(", ")}.`,
    nodes: [
      svg("rect", { x: x(now.at) - apart / 2, y: 0, width: apart, height: END, class: "here" }),
      steps, messages, GROUPS.map(({ letter, top }) => LETTERS.map((gate, k) => {
        const middle = top + ROW * (k + 0.5), name = /** @type {Parameter} */ (letter + gate);
        return bars(x, middle, name, gate, all.shares[name], reached, now.at);
      })),
      span(0, T).map((t) => label(x(t), END + 16, t, { class: t === now.at ? "middle tick strong" : "middle tick" })),
    ],
  };
}

/**
 * The shares of one parameter, each below its step: the largest of all steps is as tall as the row allows.
 * @type {(x: (t: number) => number, y: number, name: Parameter, gate: string, shares: number[], reached: number, at: number) => Children}
 */
function bars(x, y, name, gate, shares, reached, at) {
  const most = Math.max(...shares.map(Math.abs)) || 1, wide = Math.min(26, 0.62 * (x(1) - x(0))), style = `fill: var(--${gate})`;
  const drawn = shares.map((share, k) => {
    if (k + 1 < reached || !share) return [];
    const tall = (TALL * Math.abs(share)) / most;
    return svg("rect", { x: x(k + 1) - wide / 2, width: wide, y: share < 0 ? y : y - tall, height: tall, style,
      class: k + 1 === at ? "share now" : "share", "data-name": `${name} ${k + 1}` });
  });
  const [letter, sub] = name.split("_");
  const title = svg("text", { x: 0, y: y + 5, style, class: "parameter" }, letter, svg("tspan", { dy: 4, class: "sub" }, sub));
  return lights(svg("g", {}, line(x(0.5), y, x(T + 0.5), y), drawn, title), gate);
}
