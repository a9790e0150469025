// The regime map as an SVG grid: one cell a place, one of them in the tab order, the arrow keys move and choose.

import { label } from "../parts/axes.js";
import { within } from "../parts/within.js";
import { svg } from "../parts/dom.js";
import { figure } from "../parts/figure.js";
import { keyed } from "../parts/keyed.js";
import { fixed, number } from "../parts/numbers.js";
import { plain } from "../parts/plain.js";
import { VERDICTS } from "./given.js";

/** @import { Drawing } from "../parts/types.js" */
/** @import { Setting } from "./given.js" */
/** @import { Data, Place } from "./types.js" */
/** @typedef {Setting & { row: number, column: number }} Chosen */

/** @type {(x: number, digits: number) => string} */
const decimals = (x, digits) => fixed(Math.abs(x) < 0.5 * 10 ** -digits ? 0 : x, digits);

/**
 * What a cell of the map shows: its letters, and its colour as hue and share of the hue; no colour speaks alone.
 * @type {((about: Place) => [string, number, number])[]}
 */
const SHOWS = [
  ({ log10_ratio: [, x] }) => [decimals(x, Math.abs(x) < 9.95 ? 1 : 0), Math.sign(x), Math.log2(1 + Math.abs(x)) / 4],
  ({ true_verdict: k }) => [VERDICTS[k][0], k - 1, 0.7],
  ({ true_rate: [, x] }) => [decimals(100 * x, 0), Math.sign(x - 1), 3 * Math.abs(x - 1)],
];

const LEFT = 34, TALL = 24, TOP = 22, BOTTOM = 42;

/** @type {Record<string, [up: number, right: number]>} */
const KEYS = {
  ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1],
  Home: [0, -99], End: [0, 99], Enter: [0, 0], " ": [0, 0],
};

/**
 * The map, and `show`, which marks one place of it and colours all.
 * @param {Data} data
 * @param {Place[]} places
 * @param {(row: number, column: number) => void} choose
 */
export function placeMap({ biases, scales }, places, choose) {
  const base = TOP + TALL * biases.length, height = base + BOTTOM;
  /** @type {Chosen} */
  let now;
  /** @type {(width: number) => Drawing} */
  const draw = (width) => {
    const wide = (width - LEFT) / scales.length, x = (/** @type {number} */ column) => LEFT + wide * column;
    const y = (/** @type {number} */ row) => TOP + TALL * (biases.length - 1 - row);
    const cells = biases.map((bias, row) => scales.map((factor, column) => {
      const about = places[row * scales.length + column], [letters, side, share] = SHOWS[now.colour](about);
      const { log10_ratio, true_rate, true_verdict, direct_verdict } = about, here = row === now.row && column === now.column;
      const numbers = `log10 ratio ${decimals(log10_ratio[1], 2)}, true rate ${number(true_rate[1])}, ${VERDICTS[true_verdict]}`;
      const corner = now.colour === 1 && true_verdict !== direct_verdict ? "visible" : "hidden";
      const fill = `color-mix(in srgb, var(--${side < 0 ? "direct" : "h"}) ${side && 45 * Math.min(1, share)}%, var(--ground))`;
      return {
        cell: svg("g", { role: "gridcell", class: "place", onclick: () => choose(row, column), tabindex: here ? 0 : -1,
          "aria-selected": here && !now.case, "aria-label": `bias ${plain(bias, "+")}, factor ${plain(factor)}: ${numbers}` },
          svg("rect", { x: x(column), y: y(row), width: wide, height: TALL, style: `fill: ${fill}` }),
          svg("path", { d: `M${x(column) + wide - 8} ${y(row) + 0.5}h7.5v7.5z`, visibility: corner })),
        words: label(x(column) + wide / 2, y(row) + TALL / 2 + 4.5, letters, { class: "middle" }),
      };
    })).reverse();
    const axes = svg("g", { "aria-hidden": "true" },
      biases.map((bias, row) => row % 2 ? [] : label(LEFT - 6, y(row) + TALL / 2 + 4.5, plain(bias, "+"), { class: "end tick" })),
      scales.map((one, column) => column % 2 ? [] : label(x(column) + wide / 2, base + 16, plain(one), { class: "middle tick" })),
      label(0, 12, "added to the forget bias"),
      label(width, height - 6, "factor on all recurrent weights", { class: "end" }));
    const rows = cells.map((own) => svg("g", { role: "row" }, own.map(({ cell }) => cell)));
    const letters = svg("g", { "aria-hidden": "true", class: "letters" }, cells.map((own) => own.map(({ words }) => words)));
    const frame = svg("rect", { class: now.case ? "chosen unused" : "chosen", "aria-hidden": "true",
      x: x(now.column), y: y(now.row), width: wide, height: TALL });
    return { label: "Regime map, forget bias upwards, recurrent factor to the right", nodes: [axes, rows, letters, frame] };
  };
  const { node, picture, update, stop } = figure(height, draw, { role: "grid" });
  node.classList.add("map");
  keyed(picture, KEYS, ([up, right]) => {
    Object.assign(now, { row: within(now.row + up, 0, biases.length - 1), column: within(now.column + right, 0, scales.length - 1) });
    choose(now.row, now.column);
  });
  return {
    node,
    stop,
    show: (/** @type {Chosen} */ chosen) => (now = chosen),
    update() {
      const focused = picture.querySelector(":focus");
      update();
      if (focused) /** @type {SVGElement | null} */ (picture.querySelector("[tabindex='0']"))?.focus();
    },
  };
}
