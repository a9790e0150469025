import { html } from "./html.js";

/** @import { Stopping } from "./types.js" */

/**
 * A box that scrolls where the style sheet makes it lower than `list`. Its chosen row stays in sight below `head`, which
 * sticks to the top; only the box is scrolled, never the page.
 * @type {(list: HTMLElement, chosen: () => HTMLElement | undefined, head: HTMLElement) => Stopping & { node: HTMLElement, update(): void }}
 */
export function inSight(list, chosen, head) {
  const node = html("div", { class: "in-sight" }, list);
  const update = () => {
    const row = chosen()?.getBoundingClientRect(), box = node.getBoundingClientRect();
    if (!row) return;
    const above = box.top + head.offsetHeight, off = row.top < above || row.bottom > box.bottom;
    if (off) node.scrollTop += (row.top + row.bottom - above - box.bottom) / 2;
  };
  const watch = new ResizeObserver(update);
  watch.observe(node);
  return { node, update, stop: () => watch.disconnect() };
}
