/** @type {(z: number) => number} */
export function sigmoid(z) {
  const e = Math.exp(-Math.abs(z)); // no large power, whatever the sign of z
  return (z >= 0 ? 1 : e) / (1 + e);
}
