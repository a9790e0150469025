// The four gates of (12), the candidate among them: their letters, their names, and the link of all but the candidate.

export const LETTERS = /** @type {const} */ (["f", "i", "g", "o"]);

/** @type {Record<string, string>} */
export const GATE_NAMES = { f: "forget gate", i: "input gate", o: "output gate", g: "candidate" };

/** @type {(z: number) => number} */
export function sigmoid(z) {
  const e = Math.exp(-Math.abs(z)); // no large power, whatever the sign of z
  return (z >= 0 ? 1 : e) / (1 + e);
}
