import { html } from "./html.js";

/** @import { Children } from "./types.js" */

/** @type {(title: string, ...children: Children[]) => HTMLElement} */
export const fold = (title, ...children) =>
  html("details", {}, html("summary", {}, title), html("div", { class: "folded" }, ...children));
