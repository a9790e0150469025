// The slope of (14), stated once.

/**
 * D = o (1 - tanh^2 c), written so that a large |c| does not cancel.
 * @type {(o: number, c: number) => number}
 */
export function outputSlope(o, c) {
  return o / Math.cosh(c) ** 2;
}
