import { html } from "../parts/html.js";
import { inSight } from "../parts/in_sight.js";
import { number } from "../parts/numbers.js";
import { plain } from "../parts/plain.js";
import { set } from "../parts/set.js";

/** @import { Kit } from "../parts/types.js" */

/** @type {(x: number | null) => string} */
export const orInfinite = (x) => (x === null ? "∞" : number(x));

/** A tolerance: 0, 0.1, 1, 10⁻¹⁰. @type {(x: number) => string} */
export const short = (x) => plain(x).replace("1.00×", "");

/**
 * A list of radio buttons, one chosen by the trait `trait`; each row says caught or missed, and by which number.
 * @param {Kit} kit @param {string} trait @param {string[]} names
 */
export function pickList(kit, trait, names) {
  const group = `${trait}-${Math.random()}`, caption = html("caption");
  const inputs = names.map((_, k) => html("input", { type: "radio", name: group, onchange: () => set(kit, { [trait]: k }) }));
  const cells = names.map(() => [html("td"), html("td")]);
  const labels = names.map((name, k) => html("label", {}, inputs[k], html("code", {}, name)));
  const rows = labels.map((label, k) => html("tr", {}, html("th", { scope: "row" }, label), cells[k]));
  const table = html("table", { class: "pick", role: "radiogroup", "aria-label": trait }, caption, html("tbody", {}, rows));
  const scrolled = inSight(table, () => rows[inputs.findIndex((one) => one.checked)], caption);
  return {
    node: scrolled.node,
    stop: scrolled.stop,
    /** @type {(chosen: number, title: string, caught: boolean[], values: (number | null)[], limits?: number[]) => void} */
    show(chosen, title, caught, values, limits) {
      caption.textContent = title;
      names.forEach((name, k) => {
        const verdict = caught[k] ? "✓ caught" : "– missed", value = orInfinite(values[k]);
        const limit = limits ? ` ${caught[k] ? ">" : "≤"} ${short(limits[k])}` : "";
        inputs[k].checked = k === chosen;
        inputs[k].setAttribute("aria-label", `${name}: ${verdict.slice(2)}, ${value}${limit}`);
        cells[k][0].textContent = verdict;
        cells[k][1].textContent = value + limit;
      });
      scrolled.update();
    },
  };
}
