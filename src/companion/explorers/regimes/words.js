import { sym } from "../parts/dom.js";
import { plain } from "../parts/plain.js";
import { bold, strong } from "../parts/sentences.js";
import { CASES, VERDICTS } from "./given.js";

/** @import { Children } from "../parts/types.js" */
/** @import { Data, Place } from "./types.js" */

/** @type {(data: Data, chosen: Place, row: number, column: number, built: number) => Children[][]} */
export function inWords(data, chosen, row, column, built) {
  const bias = bold(plain(data.biases[row], "+")), factor = bold(plain(data.scales[column]));
  const where = ["Forget bias ", bias, ", factor on ", sym("W", "", "2"), " ", factor];
  const { true_norm, direct_norm, true_verdict, direct_verdict, true_curve } = chosen, product = () => ["the product of ", sym("f")];
  const norms = [strong(true_norm[1]), "; ", ...product(), " is ", strong(direct_norm[1]), "."];
  const verdicts = [bold(VERDICTS[true_verdict]), "; by ", ...product(), " it ", bold(VERDICTS[direct_verdict]), "."];
  return [
    built ? ["The built cell of the button ", bold(CASES[built - 1]), "."] : [...where, `; medians of ${chosen.networks} networks.`],
    [`Over ${true_curve[0].length} steps the true norm is `, ...norms],
    ["In truth the gradient ", ...verdicts],
  ];
}
