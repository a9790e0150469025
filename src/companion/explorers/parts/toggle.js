import { html } from "./html.js";
import { set } from "./set.js";

/** @import { Children, Kit, Part } from "./types.js" */

/**
 * A native checkbox that shows and sets one whole-number trait, 0 or 1.
 * @type {(kit: Kit, name: string, words: Children) => Part}
 */
export function toggle(kit, name, words) {
  const input = html("input", { type: "checkbox" });
  input.addEventListener("change", () => set(kit, { [name]: Number(input.checked) }));
  const update = () => {
    input.checked = kit.model.get(name) === 1;
  };
  return { node: html("label", { class: "tick-box" }, input, " ", words), update };
}
