import { hued, sym } from "../parts/dom.js";
import { html } from "../parts/html.js";
import { number } from "../parts/numbers.js";
import { numberTable } from "../parts/number_table.js";

/** @import { Hall } from "./types.js" */

/**
 * Where the backward passes part first, going back: {step, message}, or nothing if they never do.
 * @type {(hall: Hall, exhibit: number) => { step: number, message: number } | undefined}
 */
export function parting({ trail, agrees }, exhibit) {
  const steps = trail[exhibit], first = steps.findIndex((gaps) => gaps.some((gap) => gap > agrees));
  return first < 0 ? undefined : { step: steps.length - first, message: steps[first].findIndex((gap) => gap > agrees) };
}

/** @param {Hall} hall */
export function trailTable(hall) {
  const { messages, trail, agrees } = hall, T = trail[0].length;
  const heads = messages.map((name) => hued(name[name.length - 1], name)), corner = html("th", { scope: "col" }, "step");
  const caption = html("caption", {}, "Going back over the steps ", sym("t"),
    ": the gap of each message, “=” where it is right.");
  const { node, cells } = numberTable(heads, trail[0].map((_, k) => T - k), { attrs: { class: "trail" }, corner, caption });
  return {
    node,
    show(/** @type {number} */ exhibit) {
      const first = parting(hall, exhibit);
      cells.forEach((own, k) => own.forEach((cell, j) => {
        const gap = trail[exhibit][k][j];
        const [digits, power] = gap > agrees ? number(gap).split("×") : ["="];
        cell.replaceChildren(digits, power ? html("wbr") : "", power ? `×${power}` : "");
        cell.classList.toggle("first", first?.step === T - k && first.message === j);
      }));
    },
  };
}
