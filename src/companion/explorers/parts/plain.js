import { number } from "./numbers.js";

/**
 * A number as short as it is: 0.5, −2, 1.00×10⁻⁴. `plus` is put before positive ones.
 * @type {(x: number, plus?: string) => string}
 */
export const plain = (x, plus = "") => (x > 0 ? plus : "")
  + (x && (Math.abs(x) < 1e-3 || Math.abs(x) >= 1e4) ? number(x) : String(x).replace("-", "−"));
