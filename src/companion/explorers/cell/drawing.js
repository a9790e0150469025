// The drawing of the cell: wires between fixed places, thick where much passes, broken where it is negative.

import { svg } from "../parts/dom.js";
import { number } from "../parts/numbers.js";

/** @import { Way, Wire } from "./given.js" */
/** @import { Piece } from "./types.js" */

export const HEIGHT = 372;
const WIDE = 5.6, TALL = 3.95; // inches of the book's own drawing
const NARROW = 620, LANES = [0.5, 1.3]; // it has no room for the numbers on the four lanes: a touch tells them
const LINE = 14, TAP = "Tap a wire for its number.";

/** The halves of a quotient or of a power of ten, one below the other where there is little room. @type {(words: string) => string[]} */
const halves = (words) => words.match(/×?[^/×]+\/?/g) ?? [];

/**
 * One group for each piece, in the order of the pieces, and what lies below them; `most` has the thickest wire.
 * @type {(width: number, pieces: Piece[], signs: Way["signs"], most: number) => { ground: SVGElement[], groups: SVGElement[] }}
 */
export function draw(width, pieces, signs, most) {
  const px = (/** @type {number} */ x) => (x * width) / WIDE, py = (/** @type {number} */ y) => ((TALL - y) * HEIGHT) / TALL;
  const text = (/** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ words, hue = "c", anchor = "middle", down = 0) =>
    svg("text", { x: px(x), y: py(y) + 4.5 + down, style: `fill: var(--${hue}); text-anchor: ${anchor}` }, words);
  const onLane = (/** @type {Wire[1]} */ at) => Boolean(at && LANES[0] < at[1] && at[1] < LANES[1]);
  const hidden = (/** @type {Wire[1]} */ at) => width < NARROW && onLane(at);
  /** @type {(wire: Wire, piece: Piece) => SVGElement[]} */
  const wire = ([points, at, anchor], { hue, value, box, symbol }) => {
    const d = points.map(([x, y], n) => `${n ? "L" : "M"}${px(x).toFixed(1)} ${py(y).toFixed(1)}`).join(" ");
    const thick = 1 + 4 * Math.min(1, Math.abs(value) / most);
    const look = `stroke: var(--${hue}); stroke-width: ${thick.toFixed(2)}; stroke-dasharray: ${value < 0 ? "5 3" : "none"}`;
    const words = box || !symbol ? number(value) : `${symbol} = ${number(value)}`;
    const lines = onLane(at) ? halves(words) : [words], up = lines.length > 1 ? 5 : 0;
    const shown = at && !hidden(at) ? lines.map((line, k) => text(at[0], at[1], line, hue, anchor, k * LINE - up)) : [];
    return [svg("path", { d, class: "touch" }), svg("path", { d, class: "wire", style: look, "marker-end": `url(#head-${hue})` }), ...shown];
  };
  /** @type {(piece: Piece) => SVGElement[]} */
  const box = ({ box, hue, value, symbol }) => {
    if (!box) return [];
    const [x, y, tall] = box, wide = width < NARROW ? 0.8 : 0.74, size = { width: px(wide), height: py(0) - py(tall), rx: 6 };
    const lines = [symbol, number(value)].flatMap((words) => (width < NARROW ? halves(words) : [words]));
    const apart = lines.length > 2 ? Math.min(LINE, size.height / lines.length) : 20;
    return [
      svg("rect", { x: px(x - wide / 2), y: py(y + tall / 2), ...size, style: `stroke: var(--${hue})` }),
      ...lines.map((words, k) => text(x, y, words, hue, "middle", (k - (lines.length - 1) / 2) * apart)),
    ];
  };
  const groups = pieces.map((piece) => {
    const spoken = `${piece.words}: ${number(piece.value)}. ${piece.how}`;
    return svg("g", { class: "piece", role: "img", tabindex: -1, "aria-label": spoken },
      piece.wires.map((one) => wire(one, piece)), box(piece));
  });
  const told = pieces.some(({ wires }) => wires.some(([, at]) => hidden(at))) ? [text(WIDE - 0.1, 0.1, TAP, "x", "end")] : [];
  return { ground: [heads(pieces), ...signs.map(([x, y, words, anchor]) => text(x, y, words, "x", anchor)), ...told], groups };
}

/** @type {(pieces: Piece[]) => SVGElement} */
function heads(pieces) {
  const look = { viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto" };
  const hues = [...new Set(pieces.map(({ hue }) => hue))];
  return svg("defs", {}, hues.map((hue) => svg("marker", { id: `head-${hue}`, ...look },
    svg("path", { d: "M0 0.5 L8 4 L0 7.5 z", style: `fill: var(--${hue})` }))));
}
