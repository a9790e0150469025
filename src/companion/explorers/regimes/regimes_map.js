// The regime map as an SVG grid: one cell a place, one of them in the tab order, the arrow keys move and choose.

// What a cell of the map shows: its letters, and its colour as hue and share of the hue; no colour speaks alone.
const decimals = (x, digits) => fixed(Math.abs(x) < 0.5 * 10 ** -digits ? 0 : x, digits);
const percent = (x) => decimals(100 * x, 0);
const SHOWS = [
  ({ log10_ratio: [, x] }) => [decimals(x, Math.abs(x) < 9.95 ? 1 : 0), Math.sign(x), Math.log2(1 + Math.abs(x)) / 4],
  ({ true_verdict: k }) => [VERDICTS[k][0], k - 1, 0.7],
  ({ true_rate: [, x] }) => [percent(x), Math.sign(x - 1), 3 * Math.abs(x - 1)],
];
const LEGENDS = [
  (many) => `log₁₀ of the true norm over that of the product of f, median of ${many}.`,
  () => "The median rate: v vanishes, h holds, e explodes. Dark corner: the product of f says otherwise.",
  (many) => `True rate in percent, median of ${many}; vanishes below ${percent(VANISH)}, explodes above ${percent(EXPLODE)}.`,
];
const shade = (side, share) =>
  `color-mix(in srgb, var(--${side < 0 ? "direct" : "h"}) ${side && 45 * Math.min(1, share)}%, var(--ground))`;

const MAP = { left: 34, row: 24, top: 22, bottom: 42 };
const KEYS = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
Object.assign(KEYS, { Home: [0, -99], End: [0, 99], Enter: [0, 0], " ": [0, 0] });
const second = (grid, draw) => grid.flatMap((value, k) => (k % 2 ? [] : draw(value, k)));
function placeMap(data, choose) {
  const { biases, scales } = data, { left, row: tall, top, bottom } = MAP;
  const base = top + tall * biases.length, height = base + bottom;
  const inside = (k, grid) => Math.max(0, Math.min(grid.length - 1, k));
  const cells = biases.map((_, row) => scales.map((_, column) => {
    const box = svg("rect", { height: tall }), words = svg("text", { class: "middle" }), corner = svg("path");
    const pressed = (event) => {
      if (!KEYS[event.key]) return;
      event.preventDefault();
      const [up, right] = KEYS[event.key], to = [inside(row + up, biases), inside(column + right, scales)];
      choose(...to);
      cells[to[0]][to[1]].node.focus();
    };
    const onclick = () => choose(row, column);
    const node = svg("g", { role: "gridcell", class: "place", onclick, onkeydown: pressed }, box, words, corner);
    return { node, box, words, corner, about: place(data, row * scales.length + column) };
  }));
  const rows = cells.map((own) => svg("g", { role: "row" }, own.map(({ node }) => node))).reverse();
  const frame = svg("rect", { class: "chosen", height: tall, "aria-hidden": "true" });
  const at = { y: (row) => top + tall * (biases.length - 1 - row) };
  const put = () => dress(frame, { x: at.x(at.column), y: at.y(at.row) }, []);
  const picture = figure(height, (width) => {
    const wide = (width - left) / scales.length;
    at.x = (column) => left + wide * column;
    cells.forEach((own, row) => own.forEach(({ box, words, corner }, column) => {
      const x = at.x(column), y = at.y(row);
      dress(box, { x, y, width: wide }, []);
      dress(words, { x: x + wide / 2, y: y + tall / 2 + 4.5 }, []);
      corner.setAttribute("d", `M${x + wide - 8} ${y + 0.5}h7.5v7.5z`);
    }));
    frame.setAttribute("width", wide);
    put();
    const axes = svg("g", { "aria-hidden": "true" },
      second(biases, (bias, row) => label(left - 6, at.y(row) + tall / 2 + 4.5, signed(bias), { class: "end tick" })),
      second(scales, (one, column) => label(at.x(column) + wide / 2, base + 16, plain(one), { class: "middle tick" })),
      label(0, 12, "added to the forget bias"),
      label(width, height - 6, "factor on all recurrent weights", { class: "end" }));
    return { label: "Regime map, forget bias upwards, recurrent factor to the right", nodes: [axes, rows, frame] };
  });
  picture.node.firstChild.setAttribute("role", "grid");
  picture.node.classList.add("map");
  return {
    ...picture,
    show(row, column, { case: built, colour }) {
      Object.assign(at, { row, column });
      if (at.x) put();
      frame.classList.toggle("unused", built > 0);
      cells.forEach((own, r) => own.forEach(({ node, box, words, corner, about }, c) => {
        const [letters, side, share] = SHOWS[colour](about), here = r === row && c === column;
        const { log10_ratio, true_rate, true_verdict, direct_verdict } = about;
        box.setAttribute("style", `fill: ${shade(side, share)}`);
        words.textContent = letters;
        corner.setAttribute("visibility", colour === 1 && true_verdict !== direct_verdict ? "visible" : "hidden");
        const numbers = `log10 ratio ${decimals(log10_ratio[1], 2)}, true rate ${number(true_rate[1])}`;
        const where = `bias ${signed(biases[r])}, factor ${plain(scales[c])}`;
        const name = `${where}: ${numbers}, ${VERDICTS[true_verdict]}`;
        dress(node, { tabindex: here ? 0 : -1, "aria-selected": here && !built, "aria-label": name }, []);
      }));
    },
  };
}
