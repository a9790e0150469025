import { html } from "./html.js";

/** @import { Children, Kit, Part } from "./types.js" */

/**
 * A native checkbox that shows and sets one whole-number trait, 0 or 1.
 * @type {(kit: Kit, name: string, words: Children) => Part}
 */
export function toggle({ model, changed }, name, words) {
  const input = html("input", { type: "checkbox" });
  input.addEventListener("change", () => {
    model.set(name, Number(input.checked));
    model.save_changes();
    changed();
  });
  const update = () => {
    input.checked = model.get(name) === 1;
  };
  return { node: html("label", { class: "tick-box" }, input, " ", words), update };
}
