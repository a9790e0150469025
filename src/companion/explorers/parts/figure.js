import { svg } from "./dom.js";
import { html } from "./html.js";

/** @import { Attributes, Drawing, Stopping } from "./types.js" */

/**
 * An SVG of fixed height, drawn in real pixels by `draw`. A new width draws anew, never scales. `attrs` say
 * what it is, where it is more than a picture.
 * @type {(height: number, draw: (width: number) => Drawing, attrs?: Attributes) => Stopping & { node: HTMLElement, picture: SVGElement, update(): void }}
 */
export function figure(height, draw, attrs = {}) {
  const picture = svg("svg", { role: "img", height, ...attrs }), node = html("div", { class: "drawing" }, picture);
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
