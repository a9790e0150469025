// Elements of a drawing, and symbols. Colours are CSS variables named as in companion.style.palette: hue "f" is var(--f).

import { dress, html } from "./html.js";

/** @import { Attributes, Children } from "./types.js" */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {keyof SVGElementTagNameMap} Name
 * @param {Name} name
 * @param {Attributes} attrs
 * @param {...Children} children
 */
export const svg = (name, attrs = {}, ...children) => dress(document.createElementNS(SVG, name), attrs, children);

/** @type {(hue: string, ...children: Children[]) => HTMLElement} */
export const hued = (hue, ...children) => html("span", { style: `color: var(--${hue})`, "data-hue": hue }, ...children);

/**
 * A symbol as in print: sym("c", "(t−1)") is c^(t-1), sym("w", "", "2f") is w_2f.
 * @type {(letter: string, sup?: string, sub?: string) => HTMLElement}
 */
export function sym(letter, sup = "", sub = "") {
  const marks = [sub ? html("sub", {}, sub) : [], sup ? html("sup", {}, sup) : []];
  return html("span", { class: "sym" }, html("i", {}, letter), ...marks);
}
