import { sym } from "./dom.js";
import { GATE_NAMES } from "./gate_names.js";
import { html } from "./html.js";
import { lights } from "./lit.js";
import { fixed } from "./numbers.js";
import { set } from "./set.js";

/** @import { Kit, Part, Range, Ranges } from "./types.js" */

/**
 * A native range input that shows and sets one trait. `symbol` and `words` label it.
 * @typedef {{ name: string, symbol: HTMLElement, words: string, range: Range, hue: string, step: number }} Look
 * @type {(kit: Kit, look: Look) => Part}
 */
function slider(kit, { name, symbol, words, range: [min, max], hue, step }) {
  const { model, start } = kit, value = html("span", { class: "value" }), digits = step < 1 ? 2 : 0;
  const input = html("input", { type: "range", min, max, step, "aria-label": `${symbol.textContent}, ${words}` });
  const title = html("span", {}, symbol, " ", words);
  const node = lights(html("label", { class: "slider", style: `--hue: var(--${hue})` }, title, value, input), hue);
  const first = start[name], since = `, at the start ${first.toFixed(digits)}`;
  const place = (/** @type {number} */ x) => `${(100 * (x - min)) / (max - min)}%`;
  input.addEventListener("input", () => set(kit, { [name]: input.valueAsNumber }));
  node.style.setProperty("--start", String((first - min) / (max - min)));
  return {
    node,
    update() {
      const x = model.get(name), origin = Math.max(0, min);
      if (input.valueAsNumber !== x) input.value = String(x);
      value.textContent = fixed(x, digits);
      input.setAttribute("aria-valuetext", x.toFixed(digits) + (x === first ? "" : since));
      node.classList.toggle("moved", x !== first);
      node.style.setProperty("--from", place(Math.min(x, origin)));
      node.style.setProperty("--to", place(Math.max(x, origin)));
    },
  };
}

/**
 * Makers of sliders for the traits that `ranges` names: one by one, those of the gates, those of the weights to them.
 * @template S
 * @param {Kit} kit
 * @param {Ranges<S>} ranges
 */
export function sliders(kit, ranges) {
  /** @type {(name: keyof S & string, symbol: HTMLElement, words: string, hue: string, step?: number) => HTMLElement} */
  const control = (name, symbol, words, hue, step = 0.01) =>
    kit.add(slider(kit, { name, symbol, words, hue, step, range: ranges[name] }));
  const named = (/** @type {string} */ name) => /** @type {keyof S & string} */ (name);
  const gate = (/** @type {string} */ name) => control(named(name), sym(name), GATE_NAMES[name], name);
  const weight = (/** @type {string} */ name) =>
    control(named(`w_2${name}`), sym("w", "", `2${name}`), `to ${GATE_NAMES[name]}`, name);
  const gates = () => html("div", {}, ["f", "i", "o", "g"].map(gate));
  const weights = () => html("div", {}, ["f", "i", "g", "o"].map(weight));
  return { control, gate, weight, gates, weights };
}
