import { html } from "./html.js";
import { presetButtons } from "./presets.js";

/** @import { Kit, Presets } from "./types.js" */

/**
 * A choice of something other than a whole setting: named `label` for ears, with `title` before its buttons.
 * @type {(kit: Kit, choices: Presets, label: string, title?: string) => HTMLElement}
 */
export function choice(kit, choices, label, title) {
  const node = kit.add(presetButtons(kit, choices));
  node.setAttribute("aria-label", label);
  if (title) node.prepend(html("span", { class: "soft" }, title));
  return node;
}
