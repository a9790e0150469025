import { html } from "./html.js";

/** @import { Children } from "./types.js" */

/** @type {(T: number) => string} */
export const stepsBack = (T) => (T === 2 ? "1 step" : `${T - 1} steps`);

/** @type {(title: Children, cells: HTMLElement[]) => HTMLElement} */
export const row = (title, cells) => html("tr", {}, html("th", { scope: "row" }, title), cells);
