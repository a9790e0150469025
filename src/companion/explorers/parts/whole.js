import { html } from "./html.js";

/** @import { Children } from "./types.js" */

/** @type {(...children: Children[]) => HTMLElement} */
export const whole = (...children) => html("span", { class: "nowrap" }, ...children);
