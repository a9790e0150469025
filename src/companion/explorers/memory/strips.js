// The four strips that the reader draws on: a value for each step, by pointer or by keys.

import { label, line } from "../parts/axes.js";
import { within } from "../parts/within.js";
import { svg, sym } from "../parts/dom.js";
import { dragged } from "../parts/dragged.js";
import { figure } from "../parts/figure.js";
import { html } from "../parts/html.js";
import { keyed } from "../parts/keyed.js";
import { lights } from "../parts/lit.js";
import { fixed } from "../parts/numbers.js";
import { set } from "../parts/set.js";
import { stepBars } from "../parts/step_bars.js";
import { GATES, RANGES, T } from "./given.js";
import { columns } from "./picture.js";

/** @import { Kit, Part } from "../parts/types.js" */
/** @import { Series } from "./given.js" */

const TALL = 46;
/** @type {[keyof Series, string][]} */
const ROWS = [["g", "content"], ["i", "input gate"], ["f", "forget gate"], ["o", "output gate"]];
/** @type {Record<string, [steps: number, by: number]>} */
const KEYS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1], PageUp: [0, 0.5], PageDown: [0, -0.5],
  Home: [0, -9], End: [0, 9],
};

/** @type {(kit: Kit) => HTMLElement} */
export const strips = (kit) =>
  html("div", { class: "strips" }, ROWS.map(([name, words]) => kit.add(strip(kit, name, words))));

/** @type {(kit: Kit, name: keyof Series, words: string) => Part} */
function strip(kit, name, words) {
  const [low, high] = RANGES[name], y = (/** @type {number} */ x) => TALL - 4 - ((TALL - 8) * (x - low)) / (high - low);
  const now = () => ({
    series: /** @type {number[]} */ (kit.model.get(name)), t: kit.model.get("t"), held: GATES[kit.model.get("fixed") - 1] === name,
  });
  const put = (/** @type {number} */ t, /** @type {number} */ value) => {
    const kept = Math.round(100 * within(value, low, high)) / 100;
    set(kit, { [name]: now().series.map((x, k) => (k + 1 === t ? kept : x)), t });
  };
  const { node, picture, stop, update } = figure(TALL, (width) => {
    const { edge, middle, wide } = columns(width), { series, t, held } = now();
    const bars = stepBars(series.map((value) => y(0) - y(value)), { x: middle, wide: wide - 3, zero: y(0), rim: 1 },
      (step) => ({ class: step === t ? "bar chosen" : "bar", style: `fill: var(--${name})` }));
    const ground = svg("rect", { x: edge(1), y: 0, width: wide * T, height: TALL, class: held ? "open" : "paper", style: held ? `fill: var(--${name})` : "" });
    return { label: `${name}, ${words}, drawn over the steps`,
      nodes: [ground, line(edge(1), y(0), edge(T + 1), y(0), { class: "axis" }), bars,
        label(edge(T + 1) + 6, TALL / 2 + 4.5, held ? "1, fixed" : fixed(series[t - 1], 2), { class: "value" })] };
  }, { role: "slider", tabindex: 0, "aria-valuemin": low, "aria-valuemax": high });
  dragged(picture, (width) => columns(width).middle, 1, T, (t, down) => put(t, low + ((TALL - 4 - down) / (TALL - 8)) * (high - low)));
  keyed(picture, KEYS, ([steps, by]) => {
    const { series, t } = now();
    if (by) put(t, series[t - 1] + by);
    else set(kit, { t: within(t + steps, 1, T) });
  });
  const heading = html("span", { style: `color: var(--${name})` }, sym(name), " ", words);
  return {
    node: lights(html("div", { class: "strip" }, heading, node), name),
    stop,
    update() {
      const { series, t, held } = now(), value = series[t - 1];
      picture.classList.toggle("held", held);
      picture.setAttribute("aria-valuenow", String(value));
      picture.setAttribute("aria-valuetext", `step ${t}: ${fixed(value, 2)}${held ? ", fixed at 1" : ""}`);
      update();
    },
  };
}
