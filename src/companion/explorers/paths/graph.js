// The graph of the paths: states as places, edges between them, those of one path lit, each with its factor.

import { label } from "../parts/axes.js";
import { svg } from "../parts/dom.js";
import { number } from "../parts/numbers.js";
import { STEPS_BACK } from "./given.js";

/** @import { Children, Path } from "../parts/types.js" */

export const HEIGHT = 196;
const TOP = 34, BELOW = 156, BEND = { forget: -26, input: 0, candidate: 26 };

/** @type {Record<string, string>} */
export const HUES = { direct: "direct", forget: "f", input: "i", candidate: "g", output: "o", D: "h" };

/**
 * The edges of a path as (name, step from which it goes, factor), the first step first.
 * @type {(path: Path) => { edge: string, step: number, by: number }[]}
 */
export function walk({ edges, factors }) {
  let step = 1;
  return edges.map((edge, k) => {
    const from = step;
    if (edge !== "D") step += 1;
    return { edge, step: from, by: factors[k] };
  });
}

/**
 * The whole graph, faint, and on it the one path.
 * @type {(width: number, path: Path | undefined) => Children[]}
 */
export function graph(width, path) {
  const x = (/** @type {number} */ step) => 26 + ((width - 52) / STEPS_BACK) * (step - 1);
  /** @type {(edge: string, step: number) => [d: string, x: number, y: number]} */
  const course = (edge, step) => {
    const a = x(step), b = x(step + 1), half = (a + b) / 2, middle = (TOP + BELOW) / 2;
    if (edge === "direct") return [`M${a + 20} ${TOP}H${b - 20}`, half, TOP - (width < 500 ? 22 : 8)];
    if (edge === "output") return [`M${a + 20} ${BELOW}H${b - 20}`, half, BELOW + 18];
    if (edge === "D") return [`M${a} ${TOP + 13}V${BELOW - 13}`, a, TOP + 34]; // above the names of the gates
    const bend = BEND[/** @type {keyof typeof BEND} */ (edge)];
    return [`M${a + 12} ${BELOW - 12}Q${half + bend} ${middle + bend} ${b - 12} ${TOP + 12}`, half + bend / 2, middle + bend / 2 + 4];
  };
  const lit = path ? walk(path) : [], isLit = (/** @type {string} */ edge, /** @type {number} */ step) =>
    lit.some((one) => one.edge === edge && one.step === step);
  const edges = Array.from({ length: STEPS_BACK }, (_, k) => k + 1).flatMap((step) =>
    Object.keys(HUES).filter((edge) => edge !== "output" || step < STEPS_BACK).map((edge) => {
      const on = isLit(edge, step), style = `stroke: var(--${HUES[edge]})`;
      return svg("path", { d: course(edge, step)[0], class: on ? "edge lit" : "edge", style, "data-edge": `${edge} ${step}` });
    }));
  const places = Array.from({ length: STEPS_BACK + 1 }, (_, k) => k + 1).flatMap((step) => [
    label(x(step), TOP + 5, `c(${step})`, { class: "middle place" }),
    step <= STEPS_BACK ? label(x(step), BELOW + 5, `h(${step})`, { class: "middle place" }) : [],
  ]);
  const factors = lit.map(({ edge, step, by }) => {
    const [, at, y] = course(edge, step), name = edge === "direct" ? "f" : edge;
    const words = [svg("tspan", {}, `${name} `), svg("tspan", width < 500 ? { x: at, dy: 14 } : {}, number(by))];
    return svg("text", { x: at, y, class: "middle factor", style: `fill: var(--${HUES[edge]})` }, words);
  });
  return [edges, places, factors];
}
