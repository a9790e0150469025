// The four strips that the reader draws on: a value for each step, by pointer or by keys.

import { label, line } from "../parts/axes.js";
import { nearestStep } from "../parts/nearest.js";
import { within } from "../parts/within.js";
import { svg, sym } from "../parts/dom.js";
import { dragged } from "../parts/dragged.js";
import { figure } from "../parts/figure.js";
import { html } from "../parts/html.js";
import { lights } from "../parts/lit.js";
import { fixed } from "../parts/numbers.js";
import { set } from "../parts/set.js";
import { GATES } from "./formulas.js";
import { RANGES, T } from "./given.js";
import { columns } from "./picture.js";

/** @import { Kit, Stopping } from "../parts/types.js" */
/** @import { Series, Setting } from "./given.js" */

const TALL = 46;
/** @type {[keyof Series, string][]} */
const ROWS = [["g", "content"], ["i", "input gate"], ["f", "forget gate"], ["o", "output gate"]];
/** @type {Record<string, [steps: number, by: number]>} */
const KEYS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1], PageUp: [0, 0.5], PageDown: [0, -0.5],
  Home: [0, -9], End: [0, 9],
};

/**
 * @param {Kit} kit
 * @returns {Stopping & { node: HTMLElement, update(now: Setting): void }}
 */
export function strips(kit) {
  const { model } = kit, draw = (/** @type {keyof Series} */ name, /** @type {number} */ t, /** @type {number | undefined} */ value) => {
    const [low, high] = RANGES[name], series = [...model.get(name)];
    if (value !== undefined) series[t - 1] = Math.round(100 * within(value, low, high)) / 100;
    set(kit, { [name]: series, t });
  };
  const rows = ROWS.map(([name, words]) => strip(name, words, (t, value) => draw(name, t, value), () => [model.get("t"), model.get(name)]));
  return {
    node: html("div", { class: "strips" }, rows.map(({ node }) => node)),
    stop: () => rows.forEach(({ stop }) => stop()),
    update: (now) => rows.forEach(({ update }) => update(now)),
  };
}

/** @type {(name: keyof Series, words: string, set: (t: number, value?: number) => void, is: () => [t: number, series: number[]]) => Stopping & { node: HTMLElement, update(now: Setting): void }} */
function strip(name, words, set, is) {
  const [low, high] = RANGES[name], y = (/** @type {number} */ x) => TALL - 4 - ((TALL - 8) * (x - low)) / (high - low);
  const title = `${name}, ${words}, drawn over the steps`;
  /** @type {number[]} */
  let series = [];
  let chosen = 1, held = false;
  const drawing = figure(TALL, (width) => {
    const { edge, wide } = columns(width);
    const bars = series.map((value, k) => svg("rect", {
      x: edge(k + 1) + 1.5, width: wide - 3, y: Math.min(y(value), y(0)) - 1, height: Math.abs(y(value) - y(0)) + 2,
      class: k + 1 === chosen ? "bar chosen" : "bar", style: `fill: var(--${name})`,
    }));
    const ground = svg("rect", { x: edge(1), y: 0, width: wide * T, height: TALL, class: "paper" });
    const said = held ? "1, fixed" : fixed(series[chosen - 1], 2);
    return { label: title, nodes: [ground, line(edge(1), y(0), edge(T + 1), y(0), { class: "axis" }), bars,
      label(edge(T + 1) + 6, TALL / 2 + 4.5, said, { class: "value" })] };
  }, { role: "slider", tabindex: 0, "aria-valuemin": low, "aria-valuemax": high });
  const { picture } = drawing;
  dragged(picture, (x, width, down) => {
    const { edge, wide } = columns(width), t = nearestStep((step) => edge(step) + wide / 2, 1, T, x);
    set(t, low + ((TALL - 4 - down) / (TALL - 8)) * (high - low));
  });
  picture.addEventListener("keydown", (event) => {
    const key = KEYS[event.key];
    if (!key) return;
    event.preventDefault();
    const [from, values] = is(), t = within(from + key[0], 1, T); // the model's own, which is ahead of what is drawn
    set(t, key[1] ? values[t - 1] + key[1] : undefined);
  });
  const heading = html("span", { style: `color: var(--${name})` }, sym(name), " ", words);
  return {
    node: lights(html("div", { class: "strip" }, heading, drawing.node), name),
    stop: drawing.stop,
    update(now) {
      [series, chosen, held] = [now[name], now.t, GATES[now.fixed - 1] === name];
      picture.classList.toggle("held", held);
      picture.setAttribute("aria-valuenow", String(series[chosen - 1]));
      picture.setAttribute("aria-valuetext", `step ${chosen}: ${fixed(series[chosen - 1], 2)}${held ? ", fixed at 1" : ""}`);
      drawing.update();
    },
  };
}
