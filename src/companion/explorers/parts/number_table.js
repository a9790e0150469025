import { html } from "./html.js";

/** @import { Attributes, Children } from "./types.js" */

/**
 * A table with a head for each column and a title for each row; `show` writes its cells, row by row.
 * @type {(heads: Children[], titles: Children[], look?: { attrs?: Attributes, corner?: Children, caption?: Children }) =>
 *   { node: HTMLElement, cells: HTMLElement[][], show(rows: string[][]): void }}
 */
export function numberTable(heads, titles, { attrs = {}, corner = html("td"), caption = [] } = {}) {
  const cells = titles.map(() => heads.map(() => html("td")));
  const top = html("tr", {}, corner, heads.map((head) => html("th", { scope: "col" }, head)));
  const rows = titles.map((title, k) => html("tr", {}, html("th", { scope: "row" }, title), cells[k]));
  return {
    node: html("table", attrs, caption, html("thead", {}, top), html("tbody", {}, rows)),
    cells,
    show: (shown) => shown.forEach((row, k) => row.forEach((words, j) => (cells[k][j].textContent = words))),
  };
}
