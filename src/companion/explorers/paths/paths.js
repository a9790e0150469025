// The path count: every path from c^(4) back to c^(1) of one unit with held gates, weighed and added up.

import { barChart, barsHeight } from "../parts/bars.js";
import { hued, sym } from "../parts/dom.js";
import { explorer } from "../parts/explorer.js";
import { figure } from "../parts/figure.js";
import { chains } from "../parts/formulas.js";
import { held } from "../parts/held.js";
import { html } from "../parts/html.js";
import { fold } from "../parts/fold.js";
import { columns } from "../parts/layout.js";
import { number } from "../parts/numbers.js";
import { settings } from "../parts/settings.js";
import { set } from "../parts/set.js";
import { bold, sentences, strong } from "../parts/sentences.js";
import { added, cancels } from "../parts/shares.js";
import { sliders } from "../parts/sliders.js";
import { pathsBack } from "./formulas.js";
import { LISTED, RANGES, STEPS_BACK } from "./given.js";
import { graph, HEIGHT, HUES, walk } from "./graph.js";
import { toggle } from "../parts/toggle.js";

/** @import { Children, Drawing, Kit, Path } from "../parts/types.js" */
/** @import { Setting } from "./given.js" */

/** @type {(paths: Path[]) => number[]} */
const shares = (paths) => paths.map(({ value }) => value);

const render = explorer("Explorer of the paths", RANGES, build);

/** @param {Kit} kit */
function build(kit) {
  /** @type {Path[]} */
  let paths;
  let truth = 0, rank = 1;
  /** @type {Path[]} */
  let largest = [];
  const words = sentences(), list = html("tbody"), { control, gates, weights } = sliders(kit, RANGES);
  const bars = figure(barsHeight(6), (width) => groupChart(width, paths, truth));
  const drawing = figure(HEIGHT, (width) => ({ label: spoken(largest[rank - 1]), nodes: graph(width, largest[rank - 1]) }));
  const choose = (/** @type {number} */ k) => set(kit, { rank: k });
  const heads = ["path, from the end back", "adds"].map((head) => html("th", { scope: "col" }, head));
  const table = html("table", { class: "paths" }, html("thead", {}, html("tr", {}, heads)), list);
  const start = kit.add(settings(kit)), detach = kit.add(toggle(kit, "detach", "detach h: no gradient through any h"));
  const first = gates();
  const others = fold(
    "What else it needs",
    control("c_prev", sym("c", "(1)"), "cell state", "c"),
    control("o_prev", sym("o", "(1)"), "output gate", "o"),
    weights(),
  );
  const which = control("rank", sym("k"), "path, by its size", "c", 1);
  const body = columns([first, others], [which, kit.add(drawing), table], [kit.add(bars)]);
  return {
    children: [html("div", { class: "first" }, start, detach), kit.add(words), body],
    draw(/** @type {Setting} */ traits) {
      const now = { ...traits, T: STEPS_BACK + 1 };
      paths = pathsBack(now);
      truth = chains(held(now), 1).chain[0];
      words.say(inWords(paths, truth, now));
      largest = [...paths].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, LISTED);
      rank = Math.min(now.rank, largest.length);
      list.replaceChildren(...largest.map((path, k) => pathRow(path, k + 1 === rank, () => choose(k + 1))));
    },
  };
}

/** @type {(paths: Path[], truth: number, now: Setting) => Children[]} */
function inWords(paths, truth, { detach }) {
  const sum = added(shares(paths)), both = cancels({ paths: shares(paths) });
  const count = bold(paths.length), add = paths.length === 1 ? " path adds" : " paths add";
  const lost = detach ? [" The paths that are cut would add ", strong(truth - sum), "."] : [];
  const sizes = both ? [", their sizes to ", strong(both.size)] : [];
  return [count, `${add} up to `, strong(sum), sizes, "; the true derivative is ", strong(truth), ".", ...lost];
}

/** @type {(path: Path, chosen: boolean, onclick: () => void) => HTMLElement} */
const pathRow = ({ edges, value }, chosen, onclick) =>
  html("tr", { "aria-current": chosen, onclick }, html("td", {}, inSymbols(edges)), html("td", {}, number(value, "+")));

/** @type {(path: Path) => string} */
const spoken = (path) =>
  `The graph of the states; lit, the path ${walk(path).map(({ edge, by }) => `${edge} ${number(by)}`).join(" times ")} is ${number(path.value)}.`;

/**
 * "c4 direct c3 forget h2 D c2 ...", each edge in the colour of what it passes.
 * @type {(edges: string[]) => HTMLElement[]}
 */
function inSymbols(edges) {
  let step = 1;
  const parts = [sym("c", "(1)")];
  for (const edge of edges) {
    if (edge !== "D") step += 1;
    const state = edge === "D" || edge === "output" ? "h" : "c", name = ` ${edge} `;
    parts.unshift(sym(state, `(${step})`), hued(HUES[edge], name));
  }
  return parts;
}

/** @type {(width: number, paths: Path[], truth: number) => Drawing} */
function groupChart(width, paths, truth) {
  const rows = [0, 1, 2, 3].map((visits) => {
    const own = paths.filter((path) => path.visits === visits), many = own.length === 1 ? "path" : "paths";
    return { words: `${visits} h: ${own.length} ${many}`, value: added(shares(own)), hue: visits ? "h" : "direct" };
  });
  const sum = { words: "sum", value: added(shares(paths)), hue: "c", strong: true };
  const exact = { words: "truth", value: truth, hue: "c", hollow: true };
  return barChart(width, "Paths by the number of hidden states they visit", rows, [sum, exact]);
}

export default { render };
