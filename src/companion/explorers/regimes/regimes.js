// The regime map's explorer: a place or a built cell to choose, its numbers to read. Python computed them all.

import { explorer } from "../parts/explorer.js";
import { figure } from "../parts/figure.js";
import { html } from "../parts/html.js";
import { choice } from "../parts/choice.js";
import { NORMS, normChart } from "../parts/norms.js";
import { set } from "../parts/set.js";
import { sentences } from "../parts/sentences.js";
import { COLOURS, LEGENDS, PRESETS, RANGES } from "./given.js";
import { placeMap } from "./map.js";
import { placeTable } from "./table.js";
import { inWords } from "./words.js";

/** @import { Kit } from "../parts/types.js" */
/** @import { Setting } from "./given.js" */
/** @import { Data, Place } from "./types.js" */

const render = explorer("Explorer of the regime map", RANGES, build);

/** @param {Kit} kit */
function build(kit) {
  /** @type {Data} */
  const data = JSON.parse(kit.model.get("data"));
  const places = data.networks.map((_, k) => place(data, k));
  let chosen = places[0];
  const choose = (/** @type {number} */ row, /** @type {number} */ column) =>
    set(kit, { bias: data.biases[row], scale: data.scales[column], case: 0 });
  const words = sentences(), note = html("p", { class: "soft" }), map = placeMap(data, places, choose), table = placeTable();
  const curves = figure(NORMS.height, (width) => normChart(width, chosen, "product of f"));
  const built = choice(kit, { start: kit.start, ...PRESETS }, "Settings worth seeing", "The map, and four built cells");
  const colours = choice(kit, COLOURS, "What the colour shows", "Colour");
  const beside = html("div", { class: "beside" }, html("section", {}, kit.add(curves)), html("section", {}, table.node));
  return {
    children: [built, kit.add(words), colours, note, kit.add(map), beside],
    draw(/** @type {Setting} */ now) {
      const row = nearest(data.biases, now.bias), column = nearest(data.scales, now.scale);
      chosen = places[now.case ? data.biases.length * data.scales.length + now.case - 1 : row * data.scales.length + column];
      words.say(...inWords(data, chosen, row, column, now.case));
      note.textContent = LEGENDS[now.colour].replace("{networks}", String(data.networks[0]));
      map.show({ ...now, row, column });
      table.update(chosen);
    },
  };
}

/** @type {(data: Data, k: number) => Place} */
const place = (data, k) =>
  /** @type {any} */ (Object.fromEntries(Object.entries(data).map(([name, values]) => [name, values[k]])));

/** @type {(grid: number[], value: number) => number} */
function nearest(grid, value) {
  const off = grid.map((one) => Math.abs(one - value));
  return off.indexOf(Math.min(...off));
}

export default { render };
