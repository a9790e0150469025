import { html } from "./html.js";

/** @import { Part } from "./types.js" */

/**
 * Buttons that go from one place to another, each named with where it leads from here. One that leads nowhere is marked
 * as disabled and does nothing, yet keeps the focus: a native `disabled` would drop who pressed it last onto the page.
 * @type {(title: string, here: () => number, go: (place: number) => void, moves: [name: string, to: (here: number) => number][]) => Part}
 */
export function moveButtons(title, here, go, moves) {
  const buttons = moves.map(([name, to]) => {
    const press = () => to(here()) !== here() && go(to(here()));
    return html("button", { type: "button", onclick: press }, name);
  });
  return {
    node: html("div", { class: "presets", role: "group", "aria-label": title }, buttons),
    update: () => moves.forEach(([, to], k) => buttons[k].setAttribute("aria-disabled", String(to(here()) === here()))),
  };
}
