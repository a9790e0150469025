import { html } from "./html.js";
import { whole } from "./whole.js";

/** @import { Children } from "./types.js" */

/**
 * dl/d of a symbol, on one line.
 * @type {(...symbol: Children[]) => HTMLElement}
 */
export const by = (...symbol) => whole(html("i", {}, "dl"), "/", html("i", {}, "d"), ...symbol);
