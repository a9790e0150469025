// Numbers as text, with a true minus sign. `plus` is put before positive ones.

/** @type {(x: number, digits: number, plus?: string) => string} */
export const fixed = (x, digits, plus = "") => (x < 0 ? "−" : plus) + Math.abs(x).toFixed(digits);

/** @type {(power: number) => string} */
export const tenTo = (power) => `10${String(power).replace(/./g, (sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)])}`;

/**
 * Three significant digits; outside [0.001, 10000) as 1.23×10⁻⁴.
 * @type {(x: number, plus?: string) => string}
 */
export function number(x, plus = "") {
  if (!x) return "0";
  const [digits, e] = Math.abs(x).toExponential(2).split("e"), power = Number(e);
  if (power >= -3 && power <= 3) return fixed(x, Math.max(0, 2 - power), plus);
  return `${x < 0 ? "−" : plus}${digits}×${tenTo(power)}`;
}
