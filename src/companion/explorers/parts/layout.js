import { html } from "./html.js";

/** @import { Children } from "./types.js" */

/**
 * Controls beside the figures where there is room, above them on a phone. Each section is a list of nodes.
 * @type {(controls: Children, ...sections: Children[]) => HTMLElement}
 */
export function columns(controls, ...sections) {
  const figures = sections.map((nodes) => html("section", {}, nodes));
  return html("div", { class: "columns" },
    html("div", { class: "controls" }, controls), html("div", { class: "figures" }, figures));
}
