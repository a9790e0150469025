import { html } from "./html.js";
import { set } from "./set.js";

/** @import { Kit, Part } from "./types.js" */

/**
 * Buttons that move one trait from its value to another, each named with where it leads from here. One that leads nowhere
 * is marked as disabled and does nothing, yet keeps the focus: a native `disabled` would drop who pressed it last onto the
 * page.
 * @type {(kit: Kit, name: string, title: string, moves: [name: string, to: (here: number) => number][]) => Part}
 */
export function moveButtons(kit, name, title, moves) {
  const here = () => kit.model.get(name);
  const buttons = moves.map(([words, to]) => {
    const press = () => to(here()) !== here() && set(kit, { [name]: to(here()) });
    return html("button", { type: "button", onclick: press }, words);
  });
  return {
    node: html("div", { class: "presets", role: "group", "aria-label": title }, buttons),
    update: () => moves.forEach(([, to], k) => buttons[k].setAttribute("aria-disabled", String(to(here()) === here()))),
  };
}
