/** @import { Look } from "./types.js" */

/**
 * How the two products and what is true look, wherever they are drawn over the steps.
 * @type {(far: { product_of_f: number[], product_of_jacobians: number[], chain: number[] }) => Look[]}
 */
export const productLooks = (far) => [
  { words: "product of f", values: far.product_of_f, hue: "direct", dash: "7 4", mark: "diamond", radius: 2.4 },
  { words: "product of J", values: far.product_of_jacobians, hue: "jacobians", dash: "2 3", mark: "square", radius: 3.6 },
  { words: "true chain", values: far.chain, hue: "c", width: 2.2, strong: true },
];
