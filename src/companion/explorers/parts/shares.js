// Signed shares of something: what they add up to, and how much of it they take from each other.

/**
 * What shares add up to: all of them, or those from number `from` on.
 * @type {(shares: number[], from?: number) => number}
 */
export const added = (shares, from = 1) => shares.slice(from - 1).reduce((sum, share) => sum + share, 0);

/**
 * The name whose shares cancel most, the first of those that cancel alike; none where each has shares of one sign alone,
 * since then `size`, what their sizes add up to, is that of the sum.
 * @template {string} Name
 * @param {Record<Name, number[]>} all
 */
export function cancels(all) {
  /** @type {{ name: Name, size: number, sum: number } | undefined} */
  let found;
  let least = 1;
  for (const name of /** @type {Name[]} */ (Object.keys(all))) {
    const shares = all[name], size = added(shares.map(Math.abs)), sum = added(shares);
    if (Math.abs(sum) < size * least * (1 - 1e-9)) {
      found = { name, size, sum };
      least = Math.abs(sum) / size;
    }
  }
  return found;
}
