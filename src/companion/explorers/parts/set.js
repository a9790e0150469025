/** @import { Kit, Setting } from "./types.js" */

/**
 * Sets traits, as somebody wants it who acts on the page.
 * @type {(kit: Pick<Kit, "model" | "changed">, values: Setting) => void}
 */
export function set({ model, changed }, values) {
  for (const [name, value] of Object.entries(values)) model.set(name, value);
  model.save_changes();
  changed();
}
