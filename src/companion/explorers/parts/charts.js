// Charts that explorers share: scales, ticks, curves and signed bars, in pixels, as SVG nodes.

const scale = (from, to, start, end) => (x) => start + ((x - from) / (to - from)) * (end - start);
const label = (x, y, words, attrs = {}) => svg("text", { x, y, ...attrs }, words);
const line = (x1, y1, x2, y2, attrs = {}) => svg("line", { x1, y1, x2, y2, class: "rule", ...attrs });
const span = (first, last) => Array.from({ length: last - first + 1 }, (_, k) => first + k);

// Round ticks, about `count` of them, that cover [low, high].
function linearTicks(low, high, count) {
  if (low === high) return [low, low + 1];
  const rough = (high - low) / count, ten = 10 ** Math.floor(Math.log10(rough));
  const step = ten * [1, 2, 5, 10].find((k) => k * ten >= rough * 0.999);
  const ticks = span(Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9));
  return ticks.map((k) => Number((k * step).toPrecision(9)));
}
// The least of 1, 2, 4, 8, ... that is no less than x: an axis that jumps rarely while a slider moves.
const doubling = (x) => (x > 0 ? 2 ** Math.max(0, Math.ceil(Math.log2(x))) : 0);
// Powers of ten for the sizes of `values`, with 1 in sight, and no lower than `floor`.
function logTicks(values, floor = -32) {
  const powers = values.filter((v) => v !== 0).map((v) => Math.log10(Math.abs(v)));
  const lowest = Math.max(floor, Math.min(-1, Math.floor(Math.min(...powers) + 1e-9)));
  const low = -doubling(-lowest), high = doubling(Math.ceil(Math.max(...powers, 0) - 1e-9));
  const step = doubling((high - low) / 5);
  return { low, high, ticks: span(Math.ceil(low / step), Math.floor(high / step)).map((k) => k * step) };
}
const plain = (x) => (x && (Math.abs(x) < 1e-3 || Math.abs(x) >= 1e4) ? number(x) : String(x).replace("-", "−"));
const power = (p) => (Math.abs(p) < 3 ? String(Number(`1e${p}`)) : tenTo(p));

// Points joined by a line, with markers that are hollow where the value is negative. Where there is no room for
// all markers an odd stride is kept, so that alternating signs stay in sight.
const MARKS = {
  disc: (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`,
  square: (x, y, r) => `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
  diamond: (x, y, r) => `M${x} ${y - 1.4 * r}l${1.4 * r} ${1.4 * r}l${-1.4 * r} ${1.4 * r}l${-1.4 * r} ${-1.4 * r}z`,
};
function curve({ xs, ys, values, hue, dash = "none", mark = "disc", radius = 2.8, width = 1.8 }) {
  const apart = Math.abs(xs.at(-1) - xs[0]) / (xs.length - 1 || 1);
  const stride = 2 * Math.ceil((3.4 * radius / apart - 1) / 2) + 1;
  const drawn = values.map((value, k) => ({ value, d: MARKS[mark](xs[k], ys[k], radius) }));
  const kept = drawn.filter((_, k) => k % stride === 0);
  const marks = (wanted) => kept.filter(({ value }) => value < 0 === wanted).map(({ d }) => d).join("");
  const path = (d, style) => svg("path", { d, style: `stroke: var(--${hue}); ${style}` });
  const joined = xs.map((x, k) => `${k ? "L" : "M"}${x} ${ys[k]}`).join("");
  return [
    path(joined, `fill: none; stroke-width: ${width}; stroke-dasharray: ${dash}`),
    path(marks(false), `fill: var(--${hue})`),
    path(marks(true), "fill: var(--ground); stroke-width: 1.5"),
  ];
}

// Heights for labels that would like to stand at `wanted` but must keep `gap` apart within [top, bottom].
function spread(wanted, gap, top, bottom) {
  const order = wanted.map((_, k) => k).sort((a, b) => wanted[a] - wanted[b]), at = [];
  order.forEach((k, n) => (at[k] = Math.max(wanted[k], n ? at[order[n - 1]] + gap : top)));
  order.reverse().forEach((k, n) => (at[k] = Math.min(at[k], n ? at[order[n - 1]] - gap : bottom)));
  return at;
}
// Names of curves, right-aligned at x, each with a thin line to its curve's point [px, py].
function curveNames(names, x, top, bottom) {
  const at = spread(names.map(({ point }) => point[1]), 17, top, bottom);
  return names.map(({ words, hue, point: [px, py], strong }, k) => [
    line(x + 3, at[k], px - 5, py, { style: `stroke: var(--${hue}); shape-rendering: auto`, opacity: 0.6 }),
    label(x, at[k] + 4.5, words, { class: strong ? "end strong" : "end", style: `fill: var(--${hue})` }),
  ]);
}

// Signed bars: each begins where the one before ended and points the way of its sign. Below the rule the sum and,
// to compare, other bars from zero. A row is {words, value, hue}; `hollow` draws an outline.
const BARS = { names: 92, numbers: 64, row: 25, gap: 8, axis: 24 };
const barsHeight = (count) => BARS.row * count + BARS.gap + BARS.axis;
function signedBars(width, rows, below) {
  const { names, numbers, row, gap } = BARS;
  let end = 0;
  const steps = rows.map((one) => ({ ...one, from: end, to: (end += one.value) }));
  const all = [...steps, ...below.map((one) => ({ ...one, from: 0, to: one.value, below: true }))];
  const ends = all.flatMap(({ from, to }) => [from, to]), values = column(all.map(({ value }) => value), "+");
  const ticks = linearTicks(Math.min(...ends), Math.max(...ends), Math.max(2, (width - names - numbers) / 90));
  const x = scale(ticks[0], ticks.at(-1), names + 8, width - numbers - 12);
  const rule = row * rows.length + gap / 2, bottom = row * all.length + gap;
  const height = (k) => row * (k + 0.5) + (all[k].below ? gap : 0);
  const bar = ({ words, value, hue, from, to, hollow, strong }, k) => {
    const y = height(k), a = x(from), b = x(to), tip = b - Math.sign(b - a) * Math.min(5, Math.abs(b - a));
    const d = `M${a} ${y - 7.5}H${tip}L${b} ${y}L${tip} ${y + 7.5}H${a}z`, weight = strong ? " strong" : "";
    return [
      k < rows.length ? line(b, y, b, height(k + 1), { class: "axis" }) : [],
      svg("path", { d, style: `fill: var(--${hollow ? "ground" : hue}); stroke: var(--${hue}); stroke-width: 1.2` }),
      label(names, y + 4.5, words, { class: `end${weight}`, style: `fill: var(--${hue})` }),
      label(width, y + 4.5, values[k], { class: `end${weight}` }),
    ];
  };
  return [
    ticks.map((t) => line(x(t), 0, x(t), bottom, { class: t ? "rule" : "axis" })),
    ticks.map((t) => label(x(t), bottom + 17, plain(t), { class: "middle tick" })),
    line(0, rule, width, rule),
    all.map(bar),
  ];
}

// Curves over the steps s = 1, ..., T: sizes on a log axis, names at the left, a line below it for what went to zero.
// A look is {words, values, hue} and what `curve` takes. Returns {label, nodes} for `figure`.
const STEPS = { height: 244, left: 92, right: 44, top: 10, bottom: 54, zero: 20 };
function stepsChart(width, steps, looks) {
  const { height, left, right, top, bottom, zero } = STEPS, base = height - bottom, edge = width - right;
  const { low, high, ticks } = logTicks(looks.flatMap(({ values }) => values)), T = steps.at(-1);
  const x = scale(1, T, left + 16, edge - 8), level = scale(low, high, base, top), xs = steps.map(x);
  const y = (value) => (Math.log10(Math.abs(value)) < low ? base + zero : level(Math.log10(Math.abs(value))));
  const curves = looks.map((look) => ({ ...look, xs, ys: look.values.map(y) }));
  const inner = linearTicks(1, T, width < 420 ? 3 : 5).filter((s) => s % 1 === 0 && s > 1 + T / 12 && s < T - T / 12);
  const spoken = looks.map(({ words, values }) => `${words} ${number(values[0])}`).join(", ");
  const nodes = [
    ticks.map((p) => line(left + 8, level(p), edge, level(p), { class: p ? "rule" : "axis" })),
    ticks.map((p) => label(edge + 6, level(p) + 4.5, power(p), { class: "tick" })),
    line(left + 8, base + zero, edge, base + zero, { "stroke-dasharray": "1 3" }),
    label(edge + 6, base + zero + 4.5, "→ 0", { class: "tick" }),
    [1, ...inner, T].map((s) => label(x(s), height - 6, s, { class: "middle tick" })),
    label(left, height - 6, "step s =", { class: "end tick" }),
    curves.map(curve),
    curveNames(curves.map((one) => ({ ...one, point: [xs[0], one.ys[0]] })), left, top + 4, base + zero),
  ];
  return { label: `Sizes on a log axis over steps s = 1 to ${T}. At s = 1: ${spoken}.`, nodes };
}
