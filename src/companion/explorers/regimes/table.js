import { hued, sym } from "../parts/dom.js";
import { html } from "../parts/html.js";
import { number } from "../parts/numbers.js";
import { numberTable } from "../parts/number_table.js";
import { bold } from "../parts/sentences.js";

/** @import { Place } from "./types.js" */

export function placeTable() {
  const heads = [bold("in truth"), hued("direct", "product of ", sym("f"))];
  const quartiles = ["norm", "rate"].flatMap((what) => ["¼", "median", "¾"].map((which) => `${what}, ${which}`));
  const titles = [...quartiles, "vanish", "hold", "explode"];
  const table = numberTable(heads, titles, { attrs: { class: "places" } });
  const note = html("p", { class: "soft note" }, "¼, ¾: quartiles over the networks. Rate: mean factor per step.");
  return {
    node: html("div", {}, table.node, note),
    /** @type {(chosen: Place) => void} */
    update(chosen) {
      const { networks } = chosen;
      /** @type {(values: number[]) => string[]} */
      const three = (values) => values.map((x, k) => (networks > 1 || k === 1 ? number(x) : "–"));
      const counts = (/** @type {number[]} */ many) => many.map((count) => `${count} of ${networks}`);
      const truth = [...three(chosen.true_norm), ...three(chosen.true_rate), ...counts(chosen.true)];
      const direct = [...three(chosen.direct_norm), ...three(chosen.direct_rate), ...counts(chosen.direct)];
      table.show(truth.map((text, k) => [text, direct[k]]));
    },
  };
}
