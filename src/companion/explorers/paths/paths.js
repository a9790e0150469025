// The path count: every path from c^(4) back to c^(1) of one unit with held gates, weighed and added up.

import { barsHeight, signedBars } from "../parts/bars.js";
import { hued, sym } from "../parts/dom.js";
import { explorer } from "../parts/explorer.js";
import { figure } from "../parts/figure.js";
import { chains } from "../parts/formulas.js";
import { html } from "../parts/html.js";
import { columns, fold } from "../parts/layout.js";
import { number } from "../parts/numbers.js";
import { sentences, strong } from "../parts/sentences.js";
import { sliders } from "../parts/sliders.js";
import { pathsBack } from "./formulas.js";
import { RANGES, STEPS_BACK } from "./given.js";
import { toggle } from "./toggle.js";

/** @import { Children, Drawing, Kit, Path, View } from "../parts/types.js" */
/** @import { Setting } from "./given.js" */

/** @type {Record<string, string>} */
const HUES = { direct: "direct", forget: "f", input: "i", candidate: "g", output: "o", D: "h" };
const SHOWN = 8;
const TITLE = "Explorer of the paths";

/** @type {(paths: Path[]) => number} */
const added = (paths) => paths.reduce((sum, { value }) => sum + value, 0);

/** @type {(view: View) => () => void} */
const render = (view) => explorer({ ...view, title: TITLE, names: Object.keys(RANGES) }, build);

/** @param {Kit} kit */
function build(kit) {
  /** @type {Path[]} */
  let paths;
  let truth = 0;
  const words = sentences(), list = html("tbody"), { control, gates, weights } = sliders(kit, RANGES);
  const bars = figure(barsHeight(6), (width) => groupChart(width, paths, truth));
  const heads = ["path, from the end back", "adds"].map((head) => html("th", { scope: "col" }, head));
  const table = html("table", { class: "paths" }, html("thead", {}, html("tr", {}, heads)), list);
  const detach = kit.add(toggle(kit, "detach", "detach h: no gradient through any h"));
  const first = [gates(), weights()];
  const others = fold(
    "What else it needs",
    control("c_prev", sym("c", "(1)"), "cell state", "c"),
    control("o_prev", sym("o", "(1)"), "output gate", "o"),
  );
  return {
    children: [detach, words.node, columns([...first, others], [bars.node], [table])],
    stops: [words, bars],
    draw(/** @type {Setting} */ traits) {
      const now = { ...traits, T: STEPS_BACK + 1 };
      paths = pathsBack(now);
      truth = chains(now, 1).chain[0];
      words.say(inWords(paths, truth, now));
      const largest = [...paths].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, SHOWN);
      list.replaceChildren(...largest.map(pathRow));
      bars.update();
    },
  };
}

/** @type {(paths: Path[], truth: number, now: Setting) => Children[]} */
function inWords(paths, truth, { detach }) {
  const sum = added(paths), count = html("b", {}, paths.length), add = paths.length === 1 ? " path adds" : " paths add";
  const lost = detach ? [" The paths that are cut would add ", strong(truth - sum), "."] : [];
  return [count, `${add} up to `, strong(sum), "; the true derivative is ", strong(truth), ".", ...lost];
}

/** @type {(path: Path) => HTMLElement} */
const pathRow = ({ edges, value }) => html("tr", {}, html("td", {}, inSymbols(edges)), html("td", {}, number(value, "+")));

/**
 * "c4 direct c3 forget h2 D c2 ...", each edge in the colour of what it passes.
 * @type {(edges: string[]) => HTMLElement[]}
 */
function inSymbols(edges) {
  let step = 1;
  const parts = [sym("c", "(1)")];
  for (const edge of edges) {
    if (edge !== "D") step += 1;
    const state = edge === "D" || edge === "output" ? "h" : "c";
    parts.unshift(sym(state, `(${step})`), hued(HUES[edge], ` ${edge} `));
  }
  return parts;
}

/** @type {(width: number, paths: Path[], truth: number) => Drawing} */
function groupChart(width, paths, truth) {
  const rows = [0, 1, 2, 3].map((visits) => {
    const own = paths.filter((path) => path.visits === visits), many = own.length === 1 ? "path" : "paths";
    return { words: `${visits} h: ${own.length} ${many}`, value: added(own), hue: visits ? "h" : "direct" };
  });
  const sum = { words: "sum", value: added(paths), hue: "c", strong: true };
  const exact = { words: "truth", value: truth, hue: "c", hollow: true };
  const spoken = [...rows, sum].map(({ words, value }) => `${words} ${number(value)}`).join(", ");
  const nodes = signedBars(width, rows, [sum, exact]);
  return { label: `Paths by the number of hidden states they visit: ${spoken}.`, nodes };
}

export default { render };
