// The regime map's explorer: a place or a built cell to choose, its numbers to read. Python computed them all.

import { explorer } from "../parts/explorer.js";
import { figure } from "../parts/figure.js";
import { html } from "../parts/html.js";
import { choice } from "../parts/choice.js";
import { set } from "../parts/set.js";
import { sentences } from "../parts/sentences.js";
import { COLOURS, PRESETS, RANGES } from "./given.js";
import { LEGENDS, placeMap } from "./map.js";
import { NORMS, normChart } from "./norms.js";
import { nearest, place, read } from "./stored.js";
import { placeTable } from "./table.js";
import { inWords } from "./words.js";

/** @import { Kit, View } from "../parts/types.js" */
/** @import { Setting } from "./given.js" */
/** @import { Data, Place } from "./types.js" */

const TITLE = "Explorer of the regime map";

/** @type {(view: View) => () => void} */
const render = (view) => {
  const data = read(view.model.get("data"));
  return explorer({ ...view, title: TITLE, ranges: RANGES }, (kit) => build(kit, data));
};

/**
 * @param {Kit} kit
 * @param {Data} data
 */
function build(kit, data) {
  /** @type {Place} */
  let chosen;
  const choose = (/** @type {number} */ row, /** @type {number} */ column) =>
    set(kit, { bias: data.biases[row], scale: data.scales[column], case: 0 });
  const words = sentences(), note = html("p", { class: "soft" }), map = placeMap(data, choose), table = placeTable();
  const curves = figure(NORMS.height, (width) => normChart(width, chosen));
  const built = choice(kit, { start: kit.start, ...PRESETS }, "Settings worth seeing", "Four built cells");
  const colours = choice(kit, COLOURS, "What the colour shows", "Colour");
  const beside = html("div", { class: "beside" }, html("section", {}, curves.node), html("section", {}, table.node));
  return {
    children: [built, words.node, colours, note, map.node, beside],
    stops: [words, map, curves],
    draw(/** @type {Setting} */ now) {
      const row = nearest(data.biases, now.bias), column = nearest(data.scales, now.scale);
      chosen = place(data, now.case ? data.places + now.case - 1 : row * data.scales.length + column);
      words.say(...inWords(data, chosen, row, column, now.case));
      note.textContent = LEGENDS[now.colour](`${data.networks} networks`);
      map.show(row, column, now);
      table.update(chosen);
      curves.update();
    },
  };
}

export default { render };
