import { html } from "./html.js";
import { number } from "./numbers.js";

/** @import { Children, Stopping } from "./types.js" */

/** @type {(x: number) => HTMLElement} */
export const strong = (x) => html("b", {}, number(x));

/**
 * Sentences for eyes and ears. While they keep changing they are busy, so that a screen reader waits for the last.
 * @returns {Stopping & { node: HTMLElement, say(...lines: Children[][]): void }}
 */
export function sentences() {
  const node = html("div", { class: "say", "aria-live": "polite" });
  let calm = 0;
  return {
    node,
    say(...lines) {
      node.setAttribute("aria-busy", "true");
      node.replaceChildren(...lines.map((words) => html("p", {}, ...words)));
      clearTimeout(calm);
      calm = setTimeout(() => node.setAttribute("aria-busy", "false"), 400);
    },
    stop: () => clearTimeout(calm),
  };
}
