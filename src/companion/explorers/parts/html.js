// Elements of the page.

/** @import { Attributes, Children } from "./types.js" */

/**
 * html("p", { class: "say", onclick: fn }, "text", node) is an element. Text is set as text, never parsed.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Attributes} attrs
 * @param {...Children} children
 */
export const html = (name, attrs = {}, ...children) => dress(document.createElement(name), attrs, children);

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
