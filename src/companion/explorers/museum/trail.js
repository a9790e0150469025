import { hued, sym } from "../parts/dom.js";
import { html } from "../parts/html.js";
import { number } from "../parts/numbers.js";
import { numberTable } from "../parts/number_table.js";
import { whole } from "../parts/whole.js";

/** @import { Hall } from "./types.js" */

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
      const [step, message] = hall.first[exhibit] ?? [];
      cells.forEach((own, k) => own.forEach((cell, j) => {
        const gap = trail[exhibit][k][j];
        const [digits, power] = gap > agrees ? number(gap).split("×") : ["="];
        cell.replaceChildren(whole(digits), ...(power ? [html("wbr"), whole(`×${power}`)] : []));
        cell.classList.toggle("first", step === T - k && message === j);
      }));
    },
  };
}
