// The regime map as an SVG grid: one cell a place, one of them in the tab order, the arrow keys move and choose.

import { label } from "../parts/axes.js";
import { within } from "../parts/within.js";
import { svg } from "../parts/dom.js";
import { figure } from "../parts/figure.js";
import { dress } from "../parts/html.js";
import { fixed, number } from "../parts/numbers.js";
import { plain } from "../parts/plain.js";
import { EXPLODE, VANISH, VERDICTS } from "./given.js";
import { place } from "./stored.js";
import { signed } from "./words.js";

/** @import { Drawing } from "../parts/types.js" */
/** @import { Setting } from "./given.js" */
/** @import { Data, Place } from "./types.js" */

/** @type {(x: number, digits: number) => string} */
const decimals = (x, digits) => fixed(Math.abs(x) < 0.5 * 10 ** -digits ? 0 : x, digits);
const percent = (/** @type {number} */ x) => decimals(100 * x, 0);

/**
 * What a cell of the map shows: its letters, and its colour as hue and share of the hue; no colour speaks alone.
 * @type {((about: Place) => [string, number, number])[]}
 */
const SHOWS = [
  ({ log10_ratio: [, x] }) => [decimals(x, Math.abs(x) < 9.95 ? 1 : 0), Math.sign(x), Math.log2(1 + Math.abs(x)) / 4],
  ({ true_verdict: k }) => [VERDICTS[k][0], k - 1, 0.7],
  ({ true_rate: [, x] }) => [percent(x), Math.sign(x - 1), 3 * Math.abs(x - 1)],
];

/** @type {((many: string) => string)[]} */
export const LEGENDS = [
  (many) => `log₁₀ of the true norm over that of the product of f, median of ${many}.`,
  () => "The median rate: v vanishes, h holds, e explodes. Dark corner: the product of f says otherwise.",
  (many) => `True rate in percent, median of ${many}; vanishes below ${percent(VANISH)}, explodes above ${percent(EXPLODE)}.`,
];

/** @type {(side: number, share: number) => string} */
const shade = (side, share) =>
  `color-mix(in srgb, var(--${side < 0 ? "direct" : "h"}) ${side && 45 * Math.min(1, share)}%, var(--ground))`;

const MAP = { left: 34, row: 24, top: 22, bottom: 42 };

/** @type {Record<string, [number, number]>} */
const KEYS = {
  ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1],
  Home: [0, -99], End: [0, 99], Enter: [0, 0], " ": [0, 0],
};

/** @type {(grid: number[], draw: (value: number, k: number) => SVGElement) => SVGElement[]} */
const second = (grid, draw) => grid.flatMap((value, k) => (k % 2 ? [] : draw(value, k)));

/** @type {(k: number, grid: number[]) => number} */
const inside = (k, grid) => within(k, 0, grid.length - 1);

/**
 * The map, and `show`, which marks one place of it and colours all.
 * @param {Data} data
 * @param {(row: number, column: number) => void} choose
 */
export function placeMap(data, choose) {
  const { biases, scales } = data, { left, row: tall, top, bottom } = MAP;
  const base = top + tall * biases.length, height = base + bottom;
  const cells = biases.map((_, row) => scales.map((_, column) => {
    const box = svg("rect", { height: tall }), words = svg("text", { class: "middle" }), corner = svg("path");
    const onkeydown = (/** @type {KeyboardEvent} */ event) => {
      if (!KEYS[event.key]) return;
      event.preventDefault();
      const [up, right] = KEYS[event.key], to = { row: inside(row + up, biases), column: inside(column + right, scales) };
      choose(to.row, to.column);
      cells[to.row][to.column].node.focus();
    };
    const onclick = () => choose(row, column);
    /** @type {SVGElement} */
    const node = svg("g", { role: "gridcell", class: "place", onclick, onkeydown }, box, corner);
    return { node, box, words, corner, about: place(data, row * scales.length + column) };
  }));
  const rows = cells.map((own) => svg("g", { role: "row" }, own.map(({ node }) => node))).reverse();
  const letters = svg("g", { "aria-hidden": "true", class: "letters" }, cells.map((own) => own.map(({ words }) => words)).reverse());
  const frame = svg("rect", { class: "chosen", height: tall, "aria-hidden": "true" });
  const at = { row: 0, column: 0, wide: 0 };
  const x = (/** @type {number} */ column) => left + at.wide * column;
  const y = (/** @type {number} */ row) => top + tall * (biases.length - 1 - row);
  const put = () => dress(frame, { x: x(at.column), y: y(at.row), width: at.wide });
  /** @type {(width: number) => Drawing} */
  const draw = (width) => {
    at.wide = (width - left) / scales.length;
    const half = at.wide / 2;
    cells.forEach((own, row) => own.forEach(({ box, words, corner }, column) => {
      dress(box, { x: x(column), y: y(row), width: at.wide });
      dress(words, { x: x(column) + half, y: y(row) + tall / 2 + 4.5 });
      corner.setAttribute("d", `M${x(column) + at.wide - 8} ${y(row) + 0.5}h7.5v7.5z`);
    }));
    put();
    const axes = svg("g", { "aria-hidden": "true" },
      second(biases, (bias, row) => label(left - 6, y(row) + tall / 2 + 4.5, signed(bias), { class: "end tick" })),
      second(scales, (one, column) => label(x(column) + half, base + 16, plain(one), { class: "middle tick" })),
      label(0, 12, "added to the forget bias"),
      label(width, height - 6, "factor on all recurrent weights", { class: "end" }));
    return { label: "Regime map, forget bias upwards, recurrent factor to the right", nodes: [axes, rows, letters, frame] };
  };
  const drawing = figure(height, draw, { role: "grid" });
  drawing.node.classList.add("map");
  /** @type {(row: number, column: number, now: Setting) => void} */
  const show = (row, column, { case: built, colour }) => {
    Object.assign(at, { row, column });
    put();
    frame.classList.toggle("unused", built > 0);
    cells.forEach((own, r) => own.forEach(({ node, box, words, corner, about }, c) => {
      const [letters, side, share] = SHOWS[colour](about), here = r === row && c === column;
      const { log10_ratio, true_rate, true_verdict, direct_verdict } = about;
      box.setAttribute("style", `fill: ${shade(side, share)}`);
      words.textContent = letters;
      corner.setAttribute("visibility", colour === 1 && true_verdict !== direct_verdict ? "visible" : "hidden");
      const numbers = `log10 ratio ${decimals(log10_ratio[1], 2)}, true rate ${number(true_rate[1])}`;
      const where = `bias ${signed(biases[r])}, factor ${plain(scales[c])}`;
      const name = `${where}: ${numbers}, ${VERDICTS[true_verdict]}`;
      dress(node, { tabindex: here ? 0 : -1, "aria-selected": here && !built, "aria-label": name });
    }));
  };
  return { node: drawing.node, stop: drawing.stop, show };
}
