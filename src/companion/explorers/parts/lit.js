/**
 * Pointing at `node`, or focusing in it, lights its symbol wherever the page and its explorers show it.
 * @template {HTMLElement | SVGElement} Node
 * @param {Node} node
 * @param {string} hue
 */
export function lights(node, hue) {
  const { dataset } = document.documentElement;
  const on = () => {
    dataset.lit = hue;
  };
  const off = () => {
    delete dataset.lit;
  };
  node.dataset.hue = hue;
  for (const event of ["pointerenter", "focusin"]) node.addEventListener(event, on);
  for (const event of ["pointerleave", "focusout"]) node.addEventListener(event, off);
  return node;
}
