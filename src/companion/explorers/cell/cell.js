// The explorer of the cell: Figure 9 with the numbers of one step on its wires, forward and backward.

import { hued, sym } from "../parts/dom.js";
import { explorer } from "../parts/explorer.js";
import { figure } from "../parts/figure.js";
import { html } from "../parts/html.js";
import { keyed } from "../parts/keyed.js";
import { lights } from "../parts/lit.js";
import { number } from "../parts/numbers.js";
import { settings } from "../parts/settings.js";
import { set } from "../parts/set.js";
import { bold, sentences, strong } from "../parts/sentences.js";
import { sliders } from "../parts/sliders.js";
import { draw, HEIGHT } from "./drawing.js";
import { RANGES, WAYS } from "./given.js";

/** @import { Children, Kit, View } from "../parts/types.js" */
/** @import { Setting } from "./given.js" */
/** @import { Piece, Shown } from "./types.js" */

const TITLE = "The cell, with the numbers of one step";
const KEYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** @type {(view: View) => () => void} */
const render = (view) => {
  const { c } = view.model.get("shown");
  /** @type {typeof RANGES} */
  const ranges = { ...RANGES, t: [1, c[0].length, 1], unit: [1, c.length, 1] };
  return explorer(TITLE, ranges, (kit) => build(kit, ranges))(view);
};

/**
 * @param {Kit} kit
 * @param {typeof RANGES} ranges
 */
function build(kit, ranges) {
  /** @type {Shown} */
  const shown = kit.model.get("shown");
  const words = sentences(), part = html("p", { class: "part", "aria-live": "polite" }), code = html("code", { class: "soft" });
  /** @type {Piece[]} */
  let pieces = [];
  let way = /** @type {"forward" | "backward"} */ ("forward"), chosen = 0;
  const { control } = sliders(kit, ranges);
  const picture = figure(HEIGHT, (width) => ({ label: TITLE, nodes: drawn(width) }), { role: "group", tabindex: 0 });
  const nodes = () => /** @type {NodeListOf<SVGElement>} */ (picture.picture.querySelectorAll(".piece"));
  keyed(picture.picture, KEYS, (by) => {
    choose((chosen + by + pieces.length) % pieces.length);
    nodes()[chosen].focus();
  });

  function drawn(/** @type {number} */ width) {
    const most = way === "forward" ? 1 : Math.max(1e-12, ...pieces.map(({ value }) => Math.abs(value)));
    const { ground, groups } = draw(width, pieces, WAYS[way].signs, most);
    groups.forEach((group, k) => {
      group.classList.toggle("chosen", k === chosen);
      lights(group, pieces[k].hue).addEventListener("pointerenter", () => choose(k));
      group.addEventListener("click", () => choose(k));
    });
    return [ground, groups];
  }

  function choose(/** @type {number} */ k) {
    chosen = k;
    nodes().forEach((node, j) => node.classList.toggle("chosen", j === k));
    tell();
  }

  function tell() {
    const { words: name, value, how, hue, code: line } = pieces[chosen];
    part.replaceChildren(bold(hued(hue, name)), ": ", strong(value), ` — ${how}.`);
    code.textContent = line;
  }

  const side = (/** @type {number} */ value, /** @type {string} */ name) =>
    html("button", { type: "button", onclick: () => set(kit, { back: value }) }, name);
  const sides = [side(0, "forward"), side(1, "backward")];
  const controls = [html("div", { class: "presets", role: "group", "aria-label": "Direction" }, kit.add(settings(kit)), sides),
    control("t", sym("t"), "step", "c", 1), shown.c.length > 1 ? control("unit", sym("j"), "unit", "c", 1) : []];
  return {
    children: [html("div", { class: "cell-controls" }, controls), kit.add(words), kit.add(picture), part, code],
    draw(/** @type {Setting} */ { t, unit, back }) {
      const at = (/** @type {string} */ name) => shown[name][unit - 1][t - 1];
      way = back && t > 1 ? "backward" : "forward";
      pieces = WAYS[way].pieces.filter(({ name }) => name in shown).map((piece) =>
        ({ ...piece, value: at(piece.name), how: piece.how.replace(/\{(\w+)\}/g, (_, name) => number(at(name))) }));
      chosen = Math.min(chosen, pieces.length - 1);
      sides.forEach((node, one) => node.setAttribute("aria-pressed", String((way === "backward") === Boolean(one))));
      words.say(said(at, t, back));
      tell();
    },
  };
}

/** @type {(at: (name: string) => number, t: number, back: number) => Children[]} */
function said(at, t, back) {
  const value = (/** @type {string} */ name) => strong(at(name));
  if (back && t === 1) return ["Step 1 has no gate before it, so the drawing stays forward; step 2 and later show what is sent back."];
  if (back) {
    return ["Of ", sym("dl/dc", "(t)"), " = ", value("dl_dc"), " the direct path sends back ", value("direct"),
      "; all six paths together, ", value("before"), "."];
  }
  return [sym("c", "(t)"), " = ", value("kept"), " kept + ", value("written"), " written = ", value("c"),
    "; of it, ", sym("h", "(t)"), " shows ", value("h"), "."];
}

export default { render };
