// Two steps of a recurrence as a graph: what leads from memory to memory, through h or not, and what the LSTM alone has.

import { label } from "../parts/axes.js";
import { svg } from "../parts/dom.js";
import { number } from "../parts/numbers.js";

/** @import { Children } from "../parts/types.js" */
/** @import { Family, Shown } from "./types.js" */
/** @typedef {Pick<Family, "ends"> & Pick<Shown, "sizes">} Seen */

export const HEIGHT = 278;
const TOP = 86, BELOW = 246, MIDDLE = (TOP + BELOW) / 2;
const BEND = { forget: -64, input: 0, candidate: 64 };
const ARCS = ["candidate", "update", "reset", "stabiliser"];

/** @type {Record<string, string>} */
export const HUES = {
  direct: "direct", D: "h", forget: "f", input: "i", candidate: "g", output: "o", update: "f", reset: "o", stabiliser: "x",
};
/** @type {Family["ends"]} */
const OF_LSTM = [["forget", "h", "c"], ["input", "h", "c"], ["candidate", "h", "c"], ["output", "h", "h"]];

/**
 * Where an edge runs between the columns at a and b, and where its name stands.
 * @type {(a: number, b: number, name: string, between: string) => [d: string, x: number, y: number]}
 */
function course(a, b, name, between) {
  const half = (a + b) / 2;
  if (name === "D") return [`M${a} ${TOP + 13}V${BELOW - 13}`, a + 6, TOP + 34];
  if (name === "direct") return [`M${a + 27} ${TOP}H${b - 27}`, half, TOP - 7];
  if (between === "hh") return [`M${a + 27} ${BELOW}H${b - 27}`, half, BELOW + 18];
  if (between === "ch") return [`M${a + 12} ${TOP + 12}L${b - 12} ${BELOW - 12}`, half, MIDDLE];
  if (between === "cc") {
    const rise = 13 + 19 * (ARCS.indexOf(name) % 3);
    return [`M${a + 8} ${TOP - 14}Q${half} ${TOP - 14 - 2 * rise} ${b - 8} ${TOP - 14}`, half, TOP - 19 - rise];
  }
  const bend = BEND[/** @type {keyof typeof BEND} */ (name)];
  return [`M${a + 12} ${BELOW - 12}Q${half + bend} ${MIDDLE + bend} ${b - 12} ${TOP + 12}`, half + bend / 2, MIDDLE + bend / 2];
}

/** @type {(seen: Seen) => { name: string, between: string, size: number }[]} */
const edgesOf = ({ ends, sizes }) => [
  { name: "direct", between: "cc", size: sizes.direct },
  { name: "D", between: "ch", size: sizes.D },
  ...ends.map(([name, from, to]) => ({ name, between: from + to, size: sizes[name] })),
];

/**
 * The edges that are there, thick by size and named on the last step; dotted those of the LSTM that are not.
 * @type {(width: number, seen: Seen) => Children[]}
 */
export function graph(width, seen) {
  const x = (/** @type {number} */ k) => 30 + ((width - 60) / 2) * k;
  const all = edgesOf(seen), there = all.filter(({ size }) => size > 0);
  const gone = OF_LSTM.filter(([name, from, to]) => !there.some((one) => one.name === name && one.between === from + to));
  /** @type {(k: number, name: string, between: string, size: number) => SVGElement} */
  const edge = (k, name, between, size) => {
    const look = size ? `stroke-width: ${1.5 + 3.5 * Math.min(1, size)}` : "";
    const style = `stroke: var(--${size ? HUES[name] : "x"}); ${look}`;
    return svg("path", { d: course(x(k), x(k + 1), name, between)[0], class: size ? "link there" : "link gone", style, "data-edge": `${name} ${k}` });
  };
  const lost = gone.flatMap(([name, from, to]) => [0, 1].map((k) => edge(k, name, from + to, 0)));
  const drawn = there.flatMap(({ name, between, size }) =>
    (name === "D" ? [0, 1, 2] : [0, 1]).map((k) => edge(k, name, between, size)));
  const places = ["t−2", "t−1", "t"].flatMap((step, k) => [
    label(x(k), TOP + 5, `c(${step})`, { class: "middle place" }), label(x(k), BELOW + 5, `h(${step})`, { class: "middle place" }),
  ]);
  const names = there.map(({ name, between, size }) => {
    const [, at, y] = course(x(1), x(2), name, between), narrow = width < 500 && between === "hc";
    const words = [svg("tspan", {}, `${name} `), svg("tspan", narrow ? { x: at, dy: 13 } : {}, number(size))];
    return svg("text", { x: at, y, class: name === "D" ? "factor" : "middle factor", style: `fill: var(--${HUES[name]})` }, words);
  });
  return [lost, drawn, places, names];
}

/** @type {(seen: Seen) => string} */
export function spoken(seen) {
  const [there, gone] = [true, false].map((wanted) => edgesOf(seen).filter(({ size }) => size > 0 === wanted));
  const named = there.map(({ name, between, size }) => `${name}, from ${between[0]} to ${between[1]}, ${number(size)}`);
  const none = gone.length ? ` Of size 0: ${gone.map(({ name }) => name).join(", ")}.` : "";
  return `Edges of one step: ${named.join("; ")}.${none}`;
}
