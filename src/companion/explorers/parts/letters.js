// The letters of the four gates of (12), the candidate among them.
export const LETTERS = /** @type {const} */ (["f", "i", "g", "o"]);
