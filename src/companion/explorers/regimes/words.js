import { sym } from "../parts/dom.js";
import { html } from "../parts/html.js";
import { plain } from "../parts/plain.js";
import { strong } from "../parts/sentences.js";
import { CASES, VERDICTS } from "./given.js";

/** @import { Children } from "../parts/types.js" */
/** @import { Data, Place } from "./types.js" */

/** @type {(x: number) => string} */
export const signed = (x) => (x > 0 ? "+" : "") + plain(x);

/** @type {(data: Data, chosen: Place, row: number, column: number, built: number) => Children[][]} */
export function inWords(data, chosen, row, column, built) {
  const bold = (/** @type {string} */ text) => html("b", {}, text);
  const bias = bold(signed(data.biases[row])), factor = bold(plain(data.scales[column]));
  const where = ["Forget bias ", bias, ", factor on ", sym("W", "", "2"), " ", factor];
  const { true_norm, direct_norm, true_verdict, direct_verdict } = chosen, product = () => ["the product of ", sym("f")];
  const norms = [strong(true_norm[1]), "; ", ...product(), " is ", strong(direct_norm[1]), "."];
  const verdicts = [bold(VERDICTS[true_verdict]), "; by ", ...product(), " it ", bold(VERDICTS[direct_verdict]), "."];
  return [
    built ? ["The built cell ", bold(CASES[built - 1]), "."] : [...where, `; medians of ${chosen.networks} networks.`],
    [`Over ${data.steps} steps the true norm is `, ...norms],
    ["In truth the gradient ", ...verdicts],
  ];
}
