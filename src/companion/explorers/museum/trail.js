import { hued, sym } from "../parts/dom.js";
import { html } from "../parts/html.js";
import { number } from "../parts/numbers.js";

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
  const cells = trail[0].map(() => messages.map(() => html("td")));
  const rows = cells.map((own, k) => html("tr", {}, html("th", { scope: "row" }, T - k), own));
  const heads = [html("th", { scope: "col" }, "step"), messages.map((name) => html("th", { scope: "col" }, hued(name[name.length - 1], name)))];
  const caption = html("caption", {}, "Going back over the steps ", sym("t"),
    ": the gap of each message, “=” where it is right.");
  return {
    node: html("table", { class: "trail" }, caption, html("thead", {}, html("tr", {}, heads)), html("tbody", {}, rows)),
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
