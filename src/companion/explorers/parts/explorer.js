// What every explorer is: a group of parts that shows the traits of its model, drawn anew when one changes.

import { html } from "./html.js";

/** @import { Children, Kit, Model, Part, Stopping, View } from "./types.js" */

/**
 * `build` is handed the kit that makers of controls need and returns {children, stops, draw}: what the reader sees,
 * the parts to stop in the end, and how to show a setting, a plain object of all the traits that `names` lists.
 * Returns the clean-up.
 * @template Setting
 * @param {View & { title: string, names: string[] }} view
 * @param {(kit: Kit) => { children: Children[], stops: Stopping[], draw(now: Setting): void }} build
 */
export function explorer({ model, el, title, names }, build) {
  /** @type {Part[]} */
  const parts = [];
  const view = live(model, names, show);
  const add = (/** @type {Part} */ part) => {
    parts.push(part);
    return part.node;
  };
  const { children, stops, draw } = build({ model, changed: view.changed, add });
  // A notebook takes the arrow keys for itself and moves to another cell; those pressed in here stay here.
  const stay = (/** @type {Event} */ event) => event.stopPropagation();
  const root = html("div", { class: "lstm", role: "group", "aria-label": title, onkeydown: stay }, children);
  function show() {
    parts.forEach((part) => part.update());
    draw(/** @type {any} */ (Object.fromEntries(names.map((name) => [name, model.get(name)]))));
  }
  show();
  el.append(root);
  return () => {
    [view, ...stops].forEach((part) => part.stop());
    root.remove();
  };
}

/**
 * Calls `draw` once a frame after any of the traits changed or `changed` was called, until `stop`.
 * @type {(model: Model, names: string[], draw: () => void) => Stopping & { changed(): void }}
 */
function live(model, names, draw) {
  let frame = 0;
  const events = names.map((name) => `change:${name}`);
  const changed = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  };
  events.forEach((event) => model.on(event, changed));
  return {
    changed,
    stop() {
      events.forEach((event) => model.off(event, changed));
      cancelAnimationFrame(frame);
    },
  };
}
