/**
 * The plain unit with its tanh held at a slope: dh^(T)/dh^(s) = (slope w_2)^(T-s) for s = 1, ..., T.
 * @type {(unit: { w_2: number, slope: number, T: number }) => number[]}
 */
export function rnnChain({ w_2, slope, T }) {
  return Array.from({ length: T }, (_, k) => (slope * w_2) ** (T - 1 - k));
}
