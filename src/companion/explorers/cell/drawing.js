// The drawing of the cell: wires between fixed places, thick where much passes, broken where it is negative.

import { svg } from "../parts/dom.js";
import { number } from "../parts/numbers.js";
import { X, Y } from "./given.js";

/** @import { Piece } from "./types.js" */

/** @typedef {[number, number]} Point */
/** @typedef {{ piece: string, points: Point[], at?: Point, anchor?: string }} Wire */

export const HEIGHT = 372;
const WIDE = 5.6, TALL = 3.95;
const NARROW = 460, LANES = 1.3; // a phone has no room for the numbers on the four lanes: a touch tells them

/** The wires of both directions, in inches of the book's own drawing. */
function plan() {
  const { back, ahead, f, i, g, o, tanh } = X, { c, product, bus, box } = Y, left = back + 0.36, right = ahead - 0.36;
  const R = 0.12, low = box - 0.29, high = box + 0.29;
  /** @type {Wire[]} */
  const forward = [
    { piece: "c_prev", points: [[left, c], [f - R, c]] },
    { piece: "kept", points: [[f + R, c], [g - R, c]], at: [(f + g) / 2, c + 0.14] },
    { piece: "c", points: [[g + R, c], [right, c]] },
    { piece: "c", points: [[tanh, c], [tanh, Y.tanh + 0.14]] },
    { piece: "squashed", points: [[tanh, Y.tanh - 0.14], [tanh, product + R]], at: [tanh + 0.08, (Y.tanh + product) / 2 - 0.05], anchor: "start" },
    { piece: "h", points: [[tanh, product - R], [tanh, bus], [right, bus]] },
    { piece: "h_prev", points: [[left, bus], [X.x, bus]] },
    { piece: "x", points: [[X.x, 0.32], [X.x, bus]], at: [X.x + 0.08, 0.3], anchor: "start" },
    ...["f", "i", "g", "o"].map((k) => ({ piece: k, points: /** @type {Point[]} */ ([[X.x, bus], [X[k], bus], [X[k], low]]) })),
    { piece: "f", points: [[f, high], [f, c - R]] },
    { piece: "i", points: [[i, high], [i, product], [g - R, product]] },
    { piece: "g", points: [[g, high], [g, product - R]] },
    { piece: "written", points: [[g, product + R], [g, c - R]], at: [g + 0.08, 2.85], anchor: "start" },
    { piece: "o", points: [[o, high], [o, product], [tanh - R, product]] },
  ];
  /** @type {Wire[]} */
  const backward = [
    { piece: "dl_dh", points: [[right, bus], [tanh, bus], [tanh, product - R]] },
    { piece: "through_h", points: [[tanh, product + R], [tanh, c]], at: [tanh - 0.08, 2.62], anchor: "end" },
    { piece: "dl_dc", points: [[right, c], [g + R, c]] },
    { piece: "dl_dc", points: [[g - R, c], [f + R, c]] },
    { piece: "direct", points: [[f - R, c], [left, c]], at: [(left + f) / 2 + 0.05, c + 0.14] },
    { piece: "delta_f", points: [[f, c - R], [f, high]] },
    { piece: "delta_i", points: [[g - R, product], [i, product], [i, high]] },
    { piece: "delta_g", points: [[g, c - R], [g, high]] },
    { piece: "delta_o", points: [[tanh - R, product], [o, product], [o, high]] },
    ...[["f", "forget", 0.165], ["i", "input", 0.055], ["g", "candidate", -0.055], ["o", "output", -0.165]].map(
      ([k, piece, lane]) => ({
        piece: String(piece),
        points: /** @type {Point[]} */ ([[X[k], low], [X[k], bus + Number(lane)], [left, bus + Number(lane)]]),
        at: /** @type {Point} */ ([X[k] + 0.06, low - 0.2]),
        anchor: "start",
      })),
    { piece: "local", points: [[back, 0.12], [back, bus - 0.28]], at: [back + 0.1, 0.2], anchor: "start" },
    { piece: "through_before", points: [[back, bus + 0.28], [back, c - 0.28]], at: [back + 0.08, box + 0.5], anchor: "start" },
  ];
  return { forward, backward };
}

/**
 * Where the boxes stand, and which piece each shows.
 * @type {(way: "forward" | "backward") => [number, number, string][]}
 */
const boxes = (way) => (way === "forward"
  ? [[X.back, Y.c, "c_prev"], [X.back, Y.bus, "h_prev"], [X.ahead, Y.c, "c"], [X.ahead, Y.bus, "h"]]
  : [[X.back, Y.c, "before"], [X.back, Y.bus, "dl_dh_before"], [X.ahead, Y.c, "dl_dc"], [X.ahead, Y.bus, "dl_dh"]]);

/**
 * One group for each piece, in the order of the pieces, and what lies below them.
 * @type {(width: number, pieces: Piece[], way: "forward" | "backward", before: string) => { ground: SVGElement[], groups: SVGElement[] }}
 */
export function draw(width, pieces, way, before) {
  const px = (/** @type {number} */ x) => (x * width) / WIDE, py = (/** @type {number} */ y) => ((TALL - y) * HEIGHT) / TALL;
  const text = (/** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ words, hue = "c", anchor = "middle") =>
    svg("text", { x: px(x), y: py(y) + 4.5, style: `fill: var(--${hue}); text-anchor: ${anchor}` }, words);
  const most = way === "forward" ? 1 : Math.max(1e-12, ...pieces.map(({ value }) => Math.abs(value)));
  const wires = plan()[way];
  /** @type {(wire: Wire, piece: Piece) => SVGElement[]} */
  const wire = ({ points, at, anchor }, { hue, value }) => {
    const d = points.map(([x, y], n) => `${n ? "L" : "M"}${px(x).toFixed(1)} ${py(y).toFixed(1)}`).join(" ");
    const thick = 1 + 4 * Math.min(1, Math.abs(value) / most);
    const look = `stroke: var(--${hue}); stroke-width: ${thick.toFixed(2)}; stroke-dasharray: ${value < 0 ? "5 3" : "none"}`;
    const shown = at && (width >= NARROW || at[1] > LANES) ? [text(at[0], at[1], number(value), hue, anchor)] : [];
    return [svg("path", { d, class: "touch" }), svg("path", { d, class: "wire", style: look, "marker-end": `url(#head-${hue})` }), ...shown];
  };
  const rect = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ w, /** @type {number} */ h, hue = "x") =>
    svg("rect", { x: px(x - w / 2), y: py(y + h / 2), width: px(w), height: py(0) - py(h), rx: 6, style: `stroke: var(--${hue})` });
  /** @type {(x: number, y: number, tall: number, piece: Piece, symbol?: string) => SVGElement[]} */
  const box = (x, y, tall, { hue, value }, symbol = "") => [rect(x, y, 0.74, tall, hue),
    text(x, y + 0.1, width < NARROW ? symbol.replace("dl/", "") : symbol, hue), text(x, y - 0.12, number(value), hue)];
  const groups = pieces.map((piece) => {
    const parts = wires.filter((one) => one.piece === piece.name).flatMap((one) => wire(one, piece));
    for (const [x, y, name] of boxes(way)) {
      if (name === piece.name) parts.push(...box(x, y, 0.5, piece, piece.symbol));
    }
    const gate = piece.name.replace("delta_", "");
    if (["f", "i", "g", "o"].includes(gate)) parts.push(...box(X[gate], Y.box, 0.58, piece, piece.symbol));
    return svg("g", { class: "piece", role: "img", tabindex: -1, "aria-label": `${piece.words}: ${number(piece.value)}. ${piece.how}` }, parts);
  });
  const signs = /** @type {[number, number, string][]} */ (
    [[X.f, Y.c, "×"], [X.g, Y.c, "+"], [X.g, Y.product, "×"], [X.tanh, Y.product, "×"], [X.tanh, Y.tanh, "tanh"]]);
  const nodes = signs.map(([x, y, sign]) => text(x, y, sign, "x"));
  return { ground: [...heads(pieces), ...nodes, text(X.back, Y.c + 0.4, before, "x")], groups };
}

/** @type {(pieces: Piece[]) => SVGElement[]} */
function heads(pieces) {
  const hues = [...new Set(pieces.map(({ hue }) => hue))];
  return [svg("defs", {}, hues.map((hue) =>
    svg("marker", { id: `head-${hue}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto" },
      svg("path", { d: "M0 0.5 L8 4 L0 7.5 z", style: `fill: var(--${hue})` }))))];
}
