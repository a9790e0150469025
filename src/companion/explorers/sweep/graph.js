// The unrolled graph with the messages that go back through it; below each step, what it leaves for each parameter.

import { arrow } from "../parts/arrow.js";
import { label, line, scale, span } from "../parts/axes.js";
import { svg } from "../parts/dom.js";
import { LETTERS } from "../parts/letters.js";
import { lights } from "../parts/lit.js";
import { number } from "../parts/numbers.js";
import { added } from "../parts/shares.js";
import { stepBars } from "../parts/step_bars.js";
import { T } from "./given.js";

/** @import { Drawing } from "../parts/types.js" */
/** @import { Seen } from "./given.js" */

const C = 84, H = 138, BOX = { top: 62, bottom: 160, half: 11 };
const BARS = 208, ROW = 21, TALL = 8, APART = 8, END = BARS + 2 * LETTERS.length * ROW + APART;
export const HEIGHT = END + 22;

/**
 * A column of the same width for each of the steps 0 to T: as the slider and the tick boxes above have them.
 * @type {(width: number) => (t: number) => number}
 */
export const across = (width) => scale(-0.5, T + 0.5, 0, width);

/** @type {(width: number, seen: Seen) => Drawing} */
export function graph(width, { now, ...all }) {
  const x = across(width), reached = Math.max(now.at, 1), apart = x(1) - x(0), narrow = apart < 84, wide = Math.min(26, 0.62 * apart);
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
  const rows = Object.entries(all.shares).map(([name, shares], k) => {
    const [letter, sub] = name.split("_"), gate = sub.slice(-1), style = `fill: var(--${gate})`;
    const y = BARS + ROW * (k + 0.5) + (k < LETTERS.length ? 0 : APART), most = Math.max(...shares.map(Math.abs)) || 1;
    const up = shares.map((share, step) => (step + 1 < reached ? 0 : (TALL * share) / most)); // the largest fills the row
    const bars = stepBars(up, { x, wide, zero: y }, (t) =>
      ({ style, class: t === now.at ? "share now" : "share", "data-name": `${name} ${t}` }));
    const title = svg("text", { x: 0, y: y + 5, style, class: "parameter" }, letter, svg("tspan", { dy: 4, class: "sub" }, sub));
    return lights(svg("g", {}, line(x(0.5), y, x(T + 0.5), y), bars, title), gate);
  });
  const so_far = Object.entries(all.shares).map(([name, shares]) => `${name.replace("_", "")} ${number(added(shares, reached))}`);
  const sent = lanes.map(({ name, of }) => `to ${name}(${reached - 1}) goes ${number(of[reached - 1])}`).join(", ");
  return {
    label: `The unrolled graph of ${T} steps, the sweep ${now.at ? `at step ${now.at}` : "at its end"}: ${sent}. Collected so far: ${so_far.join(", ")}.`,
    nodes: [
      svg("rect", { x: x(now.at) - apart / 2, y: 0, width: apart, height: END, class: "here" }),
      steps, messages, rows,
      span(0, T).map((t) => label(x(t), END + 16, t, { class: t === now.at ? "middle tick strong" : "middle tick" })),
    ],
  };
}
