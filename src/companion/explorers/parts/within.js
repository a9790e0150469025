// A number kept between two others.

/** @type {(x: number, low: number, high: number) => number} */
export const within = (x, low, high) => Math.min(high, Math.max(low, x));
