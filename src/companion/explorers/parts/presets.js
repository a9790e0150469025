import { html } from "./html.js";
import { set } from "./set.js";

/** @import { Kit, Part, Presets, Setting } from "./types.js" */

/**
 * Buttons, one for each named setting; the one whose setting is shown is pressed. While they are idle, they do nothing.
 * @type {(kit: Kit, presets: Presets, idle?: () => boolean) => Part}
 */
export function presetButtons(kit, presets, idle = () => false) {
  const same = (/** @type {Setting} */ values) =>
    Object.entries(values).every(([name, x]) => String(kit.model.get(name)) === String(x));
  const all = Object.values(presets);
  const buttons = Object.entries(presets).map(([name, values]) =>
    html("button", { type: "button", onclick: () => idle() || set(kit, values) }, name));
  return {
    node: html("div", { class: "presets", role: "group", "aria-label": "Settings worth seeing" }, buttons),
    update: () => buttons.forEach((node, k) => {
      node.setAttribute("aria-pressed", String(same(all[k])));
      node.setAttribute("aria-disabled", String(idle()));
    }),
  };
}
