import { number } from "./numbers.js";

/**
 * A number as short as it is: 0.5, −2, 1.00×10⁻⁴.
 * @type {(x: number) => string}
 */
export const plain = (x) =>
  x && (Math.abs(x) < 1e-3 || Math.abs(x) >= 1e4) ? number(x) : String(x).replace("-", "−");
