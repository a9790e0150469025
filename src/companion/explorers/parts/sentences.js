import { html } from "./html.js";
import { number } from "./numbers.js";

/** @import { Children, Stopping } from "./types.js" */

/** @type {(...words: Children[]) => HTMLElement} */
export const bold = (...words) => html("b", {}, ...words);

/** @type {(x: number) => HTMLElement} */
export const strong = (x) => bold(number(x));

/**
 * Sentences for eyes and ears. While they keep changing they are busy, so that a screen reader waits for the last.
 * Their place keeps the height that it once had at its width: a slider below does not slip from under the hand.
 * @returns {Stopping & { node: HTMLElement, say(...lines: Children[][]): void }}
 */
export function sentences() {
  const node = html("div", { class: "say", "aria-live": "polite" });
  let calm = 0, wide = 0;
  const watch = new ResizeObserver(([{ contentRect: { width } }]) => requestAnimationFrame(() => {
    if (width !== wide) node.style.minHeight = ""; // the height of another width says nothing
    wide = width;
    node.style.minHeight = `${node.offsetHeight}px`;
  }));
  watch.observe(node);
  return {
    node,
    say(...lines) {
      node.setAttribute("aria-busy", "true");
      node.replaceChildren(...lines.map((words) => html("p", {}, ...words)));
      clearTimeout(calm);
      calm = setTimeout(() => node.setAttribute("aria-busy", "false"), 400);
    },
    stop() {
      clearTimeout(calm);
      watch.disconnect();
    },
  };
}
