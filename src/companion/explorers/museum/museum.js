// The museum's explorer: an exhibit and a check to choose, their numbers to read. Python computed them all.

import { explorer } from "../parts/explorer.js";
import { figure } from "../parts/figure.js";
import { html } from "../parts/html.js";
import { settings } from "../parts/settings.js";
import { sentences } from "../parts/sentences.js";
import { RANGES } from "./given.js";
import { pickList } from "./pick.js";
import { SLOPES, slopes } from "./slopes.js";
import { trailTable } from "./trail.js";
import { inWords } from "./words.js";

/** @import { Kit, View } from "../parts/types.js" */
/** @import { Setting } from "./given.js" */
/** @import { Hall } from "./types.js" */

const TITLE = "Explorer of the museum";
const HOW = "Each line is one number of the gradient: its upper end stands at the right value, its lower end at the " +
  "exhibit's, on the array's own scale. An upright line is right and a slanted line is wrong. The number is the " +
  "largest gap over the largest right value.";

/** @type {(view: View) => () => void} */
const render = (view) => {
  const hall = view.model.get("data");
  return explorer({ ...view, title: TITLE, ranges: RANGES }, (kit) => build(kit, hall));
};

/** @param {Kit} kit @param {Hall} hall */
function build(kit, hall) {
  let chosen = 0;
  const words = sentences(), trail = trailTable(hall);
  const exhibits = pickList(kit, "exhibit", hall.exhibits), checks = pickList(kit, "check", hall.checks);
  const picture = figure(SLOPES.height, (width) => slopes(width, hall, chosen));
  const gradient = html("section", {}, picture.node, html("p", { class: "soft note" }, HOW));
  return {
    children: [kit.add(settings(kit, Object.fromEntries(hall.presets))), words.node,
      html("div", { class: "hall" }, exhibits.node, gradient, trail.node, checks.node)],
    stops: [words, picture, exhibits, checks],
    draw(/** @type {Setting} */ { exhibit, check }) {
      chosen = exhibit;
      words.say(...inWords(hall, exhibit, check));
      exhibits.show(exhibit, `What ${hall.checks[check]} finds`, hall.exhibits.map((_, k) => hall.caught[k][check]),
        hall.exhibits.map((_, k) => hall.differences[k][check]));
      checks.show(check, `Who finds ${hall.exhibits[exhibit]}`, hall.caught[exhibit], hall.differences[exhibit],
        hall.tolerances);
      trail.show(exhibit);
      picture.update();
    },
  };
}

export default { render };
