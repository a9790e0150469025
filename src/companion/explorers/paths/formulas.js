import { edges } from "../parts/edges.js";
import { held } from "../parts/held.js";

/** @import { Path, Steps } from "../parts/types.js" */

/**
 * Every path from c^(1) to c^(T), gates counted apart, with what it adds to dc^(T)/dc^(1): {edges, factors, visits, value}.
 * An edge is direct (c to c), forget, input, candidate (h to c), output (h to h), or D (c to h). With `detach` set
 * nothing passes back through any h.
 * @type {(s: Steps & { detach: number }) => Path[]}
 */
export function pathsBack(s) {
  const { c, D } = held(s);
  /** @type {(path: Path, edge: string, factor: number, visit?: number) => Path} */
  const longer = ({ edges, factors, visits, value }, edge, factor, visit = 0) =>
    ({ edges: [...edges, edge], factors: [...factors, factor], visits: visits + visit, value: value * factor });
  /** @type {Path} */
  const start = { edges: [], factors: [], visits: 0, value: 1 };
  let toC = [start], toH = s.detach ? [] : [longer(start, "D", D[0], 1)];
  for (let k = 1; k < s.T; k++) {
    const { output, ...gates } = edges(s, s, c[k - 1], c[k]);
    const through = Object.entries(gates).flatMap(([gate, by]) => toH.map((path) => longer(path, gate, by)));
    toC = [...toC.map((path) => longer(path, "direct", s.f)), ...through];
    const fresh = s.detach ? [] : toC.map((path) => longer(path, "D", D[k], 1));
    toH = [...fresh, ...toH.map((path) => longer(path, "output", output, 1))];
  }
  return toC;
}
