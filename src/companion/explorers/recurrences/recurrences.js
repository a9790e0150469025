// The explorer of the recurrences: a cell to choose, its edges on one drawing, product and truth beside them.

import { choice } from "../parts/choice.js";
import { explorer } from "../parts/explorer.js";
import { figure } from "../parts/figure.js";
import { html } from "../parts/html.js";
import { NORMS, normChart } from "../parts/norms.js";
import { sentences } from "../parts/sentences.js";
import { settings } from "../parts/settings.js";
import { PRESETS, RANGES, SCALES, WAYS } from "./given.js";
import { graph, HEIGHT, spoken } from "./graph.js";
import { inWords } from "./words.js";

/** @import { Kit } from "../parts/types.js" */
/** @import { Setting } from "./given.js" */
/** @import { Family } from "./types.js" */

const NOTE = "On an edge: the spectral norm of its slope, median over cells and steps. Dotted: an edge that the LSTM has, and that is not here.";

const render = explorer("Explorer of the recurrences", RANGES, build);

/** @param {Kit} kit */
function build(kit) {
  /** @type {Family[]} */
  const families = JSON.parse(kit.model.get("data"));
  let chosen = { ...families[0], ...families[0].settings[0][0] };
  const words = sentences();
  const picture = figure(HEIGHT, (width) => ({ label: spoken(chosen), nodes: graph(width, chosen) }));
  const curves = figure(NORMS.height, (width) => normChart(width, chosen, "product"));
  const group = (/** @type {boolean} */ back) => Object.fromEntries(families.flatMap(({ name, settings: [way] }, cell) =>
    way.length > 1 === back ? [[name, { cell }]] : []));
  const factors = Object.fromEntries(SCALES.map((factor, scale) => [`× ${factor}`, { scale }]));
  const readsX = () => families[kit.model.get("cell")].settings[kit.model.get("way")].length === 1;
  const controls = [
    choice(kit, group(true), "Cells that read h again", "Reads h again"),
    choice(kit, group(false), "Cells whose gates read the input alone", "Reads x alone"),
    choice(kit, factors, "Factor on the weights that read h", "Weights of h", readsX),
    choice(kit, WAYS, "How parameters are drawn", "Parameters"),
  ];
  const note = html("p", { class: "soft note" }, NOTE);
  return {
    children: [kit.add(settings(kit, PRESETS)), kit.add(words), controls, kit.add(picture), note, kit.add(curves)],
    draw(/** @type {Setting} */ { cell, scale, way }) {
      const family = families[cell], { [way]: row } = family.settings;
      chosen = { ...family, ...row[Math.min(scale, row.length - 1)] };
      words.say(...inWords(chosen));
    },
  };
}

export default { render };
