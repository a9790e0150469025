// The explorer of the cell: Figure 9 with the numbers of one step on its wires, forward and backward.

import { hued, sym } from "../parts/dom.js";
import { explorer } from "../parts/explorer.js";
import { figure } from "../parts/figure.js";
import { html } from "../parts/html.js";
import { lights } from "../parts/lit.js";
import { settings } from "../parts/settings.js";
import { set } from "../parts/set.js";
import { sentences, strong } from "../parts/sentences.js";
import { sliders } from "../parts/sliders.js";
import { draw, HEIGHT } from "./drawing.js";
import { allTotals, run } from "./formulas.js";
import { RANGES } from "./given.js";
import { backward, forward } from "./pieces.js";

/** @import { Kit, View } from "../parts/types.js" */
/** @import { Setting } from "./given.js" */
/** @import { Network, Piece } from "./types.js" */

const TITLE = "The cell, with the numbers of one step";

/** @type {(view: View) => () => void} */
const render = (view) => {
  const network = view.model.get("network"), T = network.x.length, n = network.h_0.length;
  /** @type {typeof RANGES} */
  const ranges = { ...RANGES, t: [1, T, 1], unit: [1, n, 1] };
  return explorer({ ...view, title: TITLE, ranges }, (kit) => build(kit, network, ranges));
};

/**
 * @param {Kit} kit
 * @param {Network} network
 * @param {typeof RANGES} ranges
 */
function build(kit, network, ranges) {
  const reads = kit.model.get("reads"), n = network.h_0.length;
  const steps = run(network), all = allTotals(network.params, steps, reads);
  const words = sentences(), part = html("p", { class: "part", "aria-live": "polite" }), code = html("code", { class: "soft" });
  /** @type {Piece[]} */
  let pieces = [];
  let way = /** @type {"forward" | "backward"} */ ("forward"), chosen = 0;
  const { control } = sliders(kit, ranges);
  const picture = figure(HEIGHT, (width) => ({ label: TITLE, nodes: drawn(width) }), { role: "group", tabindex: 0 });
  picture.picture.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    choose((chosen + by + pieces.length) % pieces.length);
    /** @type {SVGElement} */ (picture.picture.querySelectorAll(".piece")[chosen]).focus();
  });

  function drawn(/** @type {number} */ width) {
    const { ground, groups } = draw(width, pieces, way, way === "forward" ? "step t−1" : "to step t−1");
    groups.forEach((group, k) => {
      group.classList.toggle("chosen", k === chosen);
      lights(group, pieces[k].hue).addEventListener("pointerenter", () => choose(k));
      group.addEventListener("click", () => choose(k));
    });
    return [ground, groups];
  }

  function choose(/** @type {number} */ k) {
    chosen = k;
    picture.picture.querySelectorAll(".piece").forEach((node, j) => node.classList.toggle("chosen", j === k));
    tell();
  }

  function tell() {
    const { words: name, value, how, hue, code: line } = pieces[chosen];
    part.replaceChildren(html("b", {}, hued(hue, name)), ": ", strong(value), ` — ${how}.`);
    code.textContent = line ?? "";
  }

  const side = (/** @type {number} */ value, /** @type {string} */ name) =>
    html("button", { type: "button", onclick: () => set(kit, { back: value }) }, name);
  const sides = [side(0, "forward"), side(1, "backward")];
  const controls = [html("div", { class: "presets", role: "group", "aria-label": "Direction" }, kit.add(settings(kit)), sides),
    control("t", sym("t"), "step", "c", 1), n > 1 ? control("unit", sym("j"), "unit", "c", 1) : []];
  return {
    children: [html("div", { class: "cell-controls" }, controls), words.node, picture.node, part, code],
    stops: [words, picture],
    draw(/** @type {Setting} */ { t, unit, back }) {
      const k = t - 1, j = unit - 1;
      way = back && k > 0 ? "backward" : "forward";
      pieces = way === "forward" ? forward(network, steps[k], j) : backward(steps, all, reads, k, j);
      chosen = Math.min(chosen, pieces.length - 1);
      sides.forEach((node, one) => node.setAttribute("aria-pressed", String((way === "backward") === Boolean(one))));
      words.say(...said(back, k, pieces));
      picture.update();
      tell();
    },
  };
}

/** @type {(back: number, k: number, pieces: Piece[]) => import("../parts/types.js").Children[][]} */
function said(back, k, pieces) {
  const value = (/** @type {string} */ name) => pieces.find((one) => one.name === name)?.value ?? 0;
  if (back && !k) return [["Step 1 has no gate before it: go to step 2 or later to see what is sent back."]];
  if (back) {
    return [["Of ", sym("dl/dc", "(t)"), " = ", strong(value("dl_dc")), " the direct path sends back ", strong(value("direct")),
      "; all six paths together, ", strong(value("before")), "."]];
  }
  return [[sym("c", "(t)"), " = ", strong(value("kept")), " kept + ", strong(value("written")), " written = ", strong(value("c")),
    "; of it, ", sym("h", "(t)"), " shows ", strong(value("h")), "."]];
}

export default { render };
