import { hued, sym } from "../parts/dom.js";
import { bold, strong } from "../parts/sentences.js";
import { HUES } from "./graph.js";

/** @import { Children } from "../parts/types.js" */
/** @import { Family, Shown } from "./types.js" */

/** @type {(names: string[]) => Children[]} */
const listed = (names) => names.map((name, k) => [k ? (k + 1 < names.length ? ", " : " and ") : "", hued(HUES[name], name)]);

/**
 * The direct factor and the other paths; then what these do to the chain.
 * @type {(chosen: Family & Shown) => Children[][]}
 */
export function inWords({ name, factor, ends, sizes, off, true_norm, direct_norm, true_curve, networks }) {
  /** @type {(...between: string[]) => string[]} */
  const open = (...between) => ends.flatMap(([path, from, to]) => (sizes[path] && between.includes(from + to) ? [path] : []));
  const [back, own, out] = [open("hc", "hh"), open("cc"), open("ch")];
  const cut = ends.flatMap(([path]) => (sizes[path] ? [] : [path]));
  const paths = [
    back.length ? ["Through ", sym("h"), ": ", listed(back), ". "] : [],
    own.length ? ["From ", sym("c"), " to ", sym("c"), ": ", listed(own), ". "] : [],
    out.length ? ["Out of the memory and not back: ", listed(out), ". "] : [],
    cut.length ? ["Cut: ", listed(cut), ". "] : [],
    ends.length ? [] : ["No other path leads into the memory."],
  ];
  const direct = [bold(name), ": each step multiplies the memory by ", bold(factor), ". "];
  const chain = `Over ${true_curve[0].length} steps the norm of the chain is `, many = `, the median of ${networks} random cells`;
  const product = hued("direct", "product of the direct factors");
  const apart = off === null
    ? ["; in all of them the ", product, " is the chain, up to rounding."]
    : ["; that of the ", product, " is ", strong(direct_norm[1]), ". Entry by entry the two differ by up to ", strong(off),
      " times the largest entry of the chain, in the median."];
  return [[direct, paths], [chain, strong(true_norm[1]), many, apart]];
}
