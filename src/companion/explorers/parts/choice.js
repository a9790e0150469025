import { html } from "./html.js";
import { presetButtons } from "./presets.js";

/** @import { Kit, Presets } from "./types.js" */

/**
 * A choice of something other than a whole setting: named `label` for ears, with `title` before its buttons, which do
 * nothing while they are `idle`.
 * @type {(kit: Kit, choices: Presets, label: string, title?: string, idle?: () => boolean) => HTMLElement}
 */
export function choice(kit, choices, label, title, idle) {
  const node = kit.add(presetButtons(kit, choices, idle));
  node.setAttribute("aria-label", label);
  if (title) node.prepend(html("span", { class: "soft" }, title));
  return node;
}
