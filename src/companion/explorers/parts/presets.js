import { html } from "./html.js";

/** @import { Kit, Part, Presets } from "./types.js" */

/**
 * Buttons, one for each named setting; the one whose setting is shown is pressed.
 * @type {(kit: Kit, presets: Presets) => Part}
 */
export function presetButtons({ model, changed }, presets) {
  const apply = (/** @type {Record<string, number>} */ values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
    changed();
  };
  const settings = Object.values(presets);
  const shown = settings.map((values) => () => Object.entries(values).every(([name, x]) => model.get(name) === x));
  const buttons = Object.entries(presets).map(([name, values]) =>
    html("button", { type: "button", onclick: () => apply(values) }, name));
  return {
    node: html("div", { class: "presets", role: "group", "aria-label": "Settings worth seeing" }, buttons),
    update: () => buttons.forEach((node, k) => node.setAttribute("aria-pressed", String(shown[k]()))),
  };
}
