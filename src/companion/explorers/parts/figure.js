import { svg } from "./dom.js";
import { html } from "./html.js";

/** @import { Drawing, Stopping } from "./types.js" */

/**
 * An SVG of fixed height, drawn in real pixels by `draw`. A new width draws anew, never scales.
 * @type {(height: number, draw: (width: number) => Drawing) => Stopping & { node: HTMLElement, picture: SVGElement, update(): void }}
 */
export function figure(height, draw) {
  const picture = svg("svg", { role: "img", height }), node = html("div", { class: "drawing" }, picture);
  let width = 0;
  const update = () => {
    if (!width) return;
    const { label, nodes } = draw(width);
    picture.setAttribute("aria-label", label);
    picture.replaceChildren(.../** @type {any[]} */ (nodes).flat(Infinity));
  };
  const watch = new ResizeObserver(([entry]) => {
    width = entry.contentRect.width;
    update();
  });
  watch.observe(node);
  return { node, picture, update, stop: () => watch.disconnect() };
}
