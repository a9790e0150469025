import { label, line, scale, span } from "./axes.js";
import { curve, curveNames } from "./curves.js";
import { svg } from "./dom.js";
import { logTicks, power } from "./log_axis.js";
import { number } from "./numbers.js";
import { linearTicks } from "./ticks.js";

/** @import { Drawing, Ink, Named, Norms } from "./types.js" */

export const NORMS = { height: 272, left: 92, right: 44, top: 12, bottom: 46 };

/** @type {(product: string) => (Ink & { name: "direct" | "true", words: string, strong?: boolean })[]} */
const looksOf = (product) => [
  { name: "direct", words: product, hue: "direct", dash: "7 4", mark: "diamond", radius: 2.4 },
  { name: "true", words: "true chain", hue: "c", width: 2.2, strong: true },
];

/**
 * Both norms against the steps back, on a log axis: the median as a line, the middle half of the networks as a band.
 * `product` names the product of the direct factors.
 * @type {(width: number, chosen: Norms, product: string) => Drawing}
 */
export function normChart(width, chosen, product) {
  const { height, left, right, top, bottom } = NORMS, base = height - bottom, edge = width - right;
  const steps = chosen.true_curve[0].length, xs = span(0, steps).map(scale(0, steps, left + 16, edge - 8));
  const looks = looksOf(product).map((look) => {
    const [lower, middle, upper] = chosen[`${look.name}_curve`].map((one) => [...one, 0].map((x) => x / 100));
    return { ...look, lower, middle, upper };
  });
  const sizes = looks.flatMap(({ lower, middle, upper }) => [...lower, ...middle, ...upper].map((x) => 10 ** x));
  const { low, high, ticks } = logTicks(sizes);
  const y = scale(low, high, base, top), inner = linearTicks(0, steps, 3).filter((k) => k < 0.9 * steps);
  const drawn = looks.map((look) => ({ ...look, xs, ys: look.middle.map(y), values: look.middle.map((x) => 10 ** x) }));
  /** @type {Named[]} */
  const names = drawn.map((one) => ({ ...one, point: [xs[0], one.ys[0]] }));
  const bands = looks.map(({ lower, upper, hue }) => {
    const points = [...xs.map((x, k) => `${x} ${y(upper[k])}`), ...xs.map((x, k) => `${x} ${y(lower[k])}`).reverse()];
    return svg("path", { d: `M${points.join("L")}z`, style: `fill: var(--${hue}); opacity: 0.16` });
  });
  const nodes = [
    ticks.map((p) => line(left + 8, y(p), edge, y(p), { class: p ? "rule" : "axis" })),
    ticks.map((p) => label(edge + 6, y(p) + 4.5, power(p), { class: "tick" })),
    [...inner, steps].map((k) => label(xs[steps - k], base + 18, k, { class: "middle tick" })),
    label(edge, height - 6, "steps back, T − s", { class: "end tick" }),
    chosen.networks > 1 ? bands : [],
    drawn.map(curve),
    curveNames(names, left, top + 4, base),
  ];
  const spoken = looks.map(({ words, name }) => `${words} ${number(chosen[`${name}_norm`][1])}`).join(", ");
  return { label: `Norms on a log axis against the steps back, 0 to ${steps}. At ${steps}: ${spoken}.`, nodes };
}
