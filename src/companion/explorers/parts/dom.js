// Elements. Colours are CSS variables named as in the palette of companion.style.palette: hue "f" is var(--f).

/** @import { Attributes, Children } from "./types.js" */

const SVG = "http://www.w3.org/2000/svg";

/**
 * html("p", { class: "say", onclick: fn }, "text", node) is an element. Text is set as text, never parsed.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Attributes} attrs
 * @param {...Children} children
 */
export const html = (name, attrs = {}, ...children) => dress(document.createElement(name), attrs, children);

/**
 * @template {keyof SVGElementTagNameMap} Name
 * @param {Name} name
 * @param {Attributes} attrs
 * @param {...Children} children
 */
export const svg = (name, attrs = {}, ...children) => dress(document.createElementNS(SVG, name), attrs, children);

/**
 * @template {Element} Node
 * @param {Node} node
 * @param {Attributes} attrs
 * @param {Children[]} children
 */
export function dress(node, attrs, children = []) {
  for (const [key, value] of Object.entries(attrs)) {
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, String(value));
  }
  node.append(.../** @type {any[]} */ (children).flat(Infinity));
  return node;
}

/** @type {(hue: string, ...children: Children[]) => HTMLElement} */
export const hued = (hue, ...children) => html("span", { style: `color: var(--${hue})` }, ...children);

/**
 * A symbol as in print: sym("c", "(t−1)") is c^(t-1), sym("w", "", "2f") is w_2f.
 * @type {(letter: string, sup?: string, sub?: string) => HTMLElement}
 */
export function sym(letter, sup = "", sub = "") {
  const marks = [sub ? html("sub", {}, sub) : [], sup ? html("sup", {}, sup) : []];
  return html("span", { class: "sym" }, html("i", {}, letter), ...marks);
}
