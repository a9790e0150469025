// What every explorer is: a group of parts that shows the traits of its model, drawn anew when one changes.

import { html } from "./html.js";
import { keepsKeys } from "./keys.js";

/** @import { Children, Kit, Range, Model, Part, Stopping, View } from "./types.js" */

/**
 * `build` is handed the kit, whose `add` makes a part of the explorer and gives its node. It returns {children, draw}: what
 * the reader sees, and what is done with a setting, a plain object of all the traits that `ranges` names, before the parts
 * show it.
 * A start outside its range is refused; a later one is put back. What is returned renders a view, and returns the clean-up.
 * @template Setting
 * @param {string} title
 * @param {Record<string, Range>} ranges
 * @param {(kit: Kit) => { children: Children[], draw(now: Setting): void }} build
 * @returns {(view: View) => () => void}
 */
export const explorer = (title, ranges, build) => ({ model, el }) => {
  const names = Object.keys(ranges), setting = () => Object.fromEntries(names.map((name) => [name, model.get(name)]));
  const start = setting(), misfits = names.filter((name) => !fits(start[name], ranges[name]));
  if (misfits.length) throw new Error(`no setting of this explorer: ${misfits.map((name) => `${name} = ${start[name]}`)}`);
  /** @type {Part[]} */
  const parts = [];
  const view = live(model, names, show);
  const add = (/** @type {Part} */ part) => {
    parts.push(part);
    return part.node;
  };
  const { children, draw } = build({ model, changed: view.changed, add, start });
  const root = keepsKeys(html("div", { class: "lstm", role: "group", "aria-label": title }, children));
  let last = start;
  function show() {
    for (const name of names) if (!fits(model.get(name), ranges[name])) model.set(name, last[name]);
    last = setting();
    draw(/** @type {any} */ (last));
    parts.forEach((part) => part.update?.());
  }
  show();
  el.append(root);
  return () => {
    [view, ...parts].forEach((part) => part.stop?.());
    delete document.documentElement.dataset.lit;
    root.remove();
  };
};

/**
 * Whether a value is a number within its range, or a series of such numbers, as long as it must be.
 * @type {(value: unknown, limit: Range) => boolean}
 */
function fits(value, [low, high, step, length]) {
  if (length) return Array.isArray(value) && value.length === length && value.every((x) => fits(x, [low, high, step]));
  return typeof value === "number" && low <= value && value <= high && (!step || value % step === 0);
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
