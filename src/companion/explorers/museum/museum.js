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

/** @import { Kit } from "../parts/types.js" */
/** @import { Setting } from "./given.js" */
/** @import { Hall } from "./types.js" */

const HOW = "Each line is one number of the gradient: its upper end stands at the right value, its lower end at the " +
  "exhibit's, on the array's own scale. An upright line is right and a slanted line is wrong. The number is the " +
  "largest gap over the largest right value.";

const render = explorer("Explorer of the museum", RANGES, build);

/** @param {Kit} kit */
function build(kit) {
  /** @type {Hall} */
  const hall = kit.model.get("data");
  let chosen = 0;
  const words = sentences(), trail = trailTable(hall);
  const exhibits = pickList(kit, "exhibit", hall.exhibits), checks = pickList(kit, "check", hall.checks);
  const picture = figure(SLOPES.height, (width) => slopes(width, hall, chosen));
  const gradient = html("section", {}, kit.add(picture), html("p", { class: "soft note" }, HOW));
  return {
    children: [kit.add(settings(kit, Object.fromEntries(hall.presets))), kit.add(words),
      html("div", { class: "hall" }, kit.add(exhibits), gradient, trail.node, kit.add(checks))],
    draw(/** @type {Setting} */ { exhibit, check }) {
      chosen = exhibit;
      words.say(...inWords(hall, exhibit, check));
      exhibits.show(exhibit, `What ${hall.checks[check]} finds`, hall.exhibits.map((_, k) => hall.caught[k][check]),
        hall.exhibits.map((_, k) => hall.differences[k][check]));
      checks.show(check, `Who finds ${hall.exhibits[exhibit]}`, hall.caught[exhibit], hall.differences[exhibit],
        hall.tolerances);
      trail.show(exhibit);
    },
  };
}

export default { render };
