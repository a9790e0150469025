// The explorer of the memory: gates and contents drawn step by step; below them what (13) and (14) make of it.

import { hued, sym } from "../parts/dom.js";
import { explorer } from "../parts/explorer.js";
import { figure } from "../parts/figure.js";
import { GATE_NAMES } from "../parts/gate_names.js";
import { fixed } from "../parts/numbers.js";
import { choice } from "../parts/choice.js";
import { settings } from "../parts/settings.js";
import { bold, sentences, strong } from "../parts/sentences.js";
import { follow } from "./formulas.js";
import { GATES, PRESETS, RANGES, T } from "./given.js";
import { HEIGHT, picture } from "./picture.js";
import { strips } from "./strips.js";

/** @import { Children, Kit } from "../parts/types.js" */
/** @import { Setting } from "./given.js" */

const render = explorer("Explorer of the memory", RANGES, build);

/** @param {Kit} kit */
function build(kit) {
  /** @type {Setting} */
  let now;
  const words = sentences();
  const chart = figure(HEIGHT, (width) => picture(width, follow(now), now.fixed ? follow({ ...now, fixed: 0 }) : undefined, now.t));
  const choices = Object.fromEntries([["none", { fixed: 0 }], ...GATES.map((gate, k) => [GATE_NAMES[gate], { fixed: k + 1 }])]);
  const held = choice(kit, choices, "Gate fixed at 1", "Fixed open");
  return {
    children: [kit.add(settings(kit, PRESETS)), held, kit.add(words), strips(kit), kit.add(chart)],
    draw(/** @type {Setting} */ setting) {
      now = setting;
      words.say(...inWords(now));
    },
  };
}

/** @type {(now: Setting) => Children[][]} */
function inWords(now) {
  const { c, h } = follow(now), k = now.t - 1, held = GATES[now.fixed - 1], at = `(${now.t})`;
  const value = (/** @type {"f" | "i" | "o"} */ gate) => (gate === held ? "1" : fixed(now[gate][k], 2));
  const step = [sym("c", at), " = ", hued("f", value("f")), " × ", strong(k ? c[k - 1] : 0), " + ", hued("i", value("i")), " × ",
    hued("g", fixed(now.g[k], 2)), " = ", strong(c[k]), "; of it ", sym("h", at), " shows ", strong(h[k]), "."];
  if (!held) return [step, [`At the end, step ${T}, `, sym("c"), " is ", strong(c[T - 1]), " and ", sym("h"), " is ", strong(h[T - 1]), "."]];
  const free = follow({ ...now, fixed: 0 }), off = h.map((x, s) => Math.abs(x - free.h[s])), most = off.indexOf(Math.max(...off));
  const end = [sym("c", `(${T})`), " is ", strong(c[T - 1]), " instead of ", strong(free.c[T - 1])];
  const shown = off[most] ? ["; ", sym("h"), " is off most at step ", bold(most + 1), ", by ", strong(off[most]), "."] : ["; ", sym("h"), " is the same."];
  return [step, ["With the ", hued(held, GATE_NAMES[held]), " fixed at 1, ", ...end, ...shown]];
}

export default { render };
