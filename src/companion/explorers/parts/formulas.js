// The browser's maths, stated once: pure functions of plain numbers, equal to lstm.gradient and lstm.scalar.
// A cell of one unit with held gates. s has f, i, o, g, c_prev, o_prev, w_2f, w_2i, w_2g, w_2o, read, read_prev, T.

// D = o (1 - tanh^2 c), written so that a large |c| does not cancel.
function outputSlope(o, c) {
  return o / Math.cosh(c) ** 2;
}

// Derivatives of l by the arguments of sigma and tanh in (12), from the totals at step t.
function deltas({ f, i, o, g }, c_prev, c, dl_dc, dl_dh) {
  return {
    f: dl_dc * c_prev * f * (1 - f),
    i: dl_dc * g * i * (1 - i),
    g: dl_dc * i * (1 - g) * (1 + g),
    o: dl_dh * Math.tanh(c) * o * (1 - o),
  };
}

// Eq. (15): the six terms of dl/dc^(t-1), and the two derivatives that they start from and add up to.
function terms(s) {
  const c = s.f * s.c_prev + s.i * s.g;
  const dl_dc = outputSlope(s.o, c) * s.read;
  const d = deltas(s, s.c_prev, c, dl_dc, s.read);
  const D = outputSlope(s.o_prev, s.c_prev);
  const parts = {
    direct: s.f * dl_dc,
    forget: D * s.w_2f * d.f,
    input: D * s.w_2i * d.i,
    candidate: D * s.w_2g * d.g,
    output: D * s.w_2o * d.o,
    local: D * s.read_prev,
  };
  return { ...parts, dl_dc, total: Object.values(parts).reduce((sum, term) => sum + term) };
}

// The cell state at steps 1 to T by (13), and the slopes D by which h follows it.
function memory(s) {
  const c = [s.c_prev];
  for (let t = 2; t <= s.T; t++) c.push(s.f * c.at(-1) + s.i * s.g);
  return { c, slopes: c.map((c_t, k) => outputSlope(k ? s.o : s.o_prev, c_t)) };
}

// For steps 1 to T: the cell state by (13), product of f, product of J4, true chain dc^(T)/dc^(s), and dl/dc^(s)
// for a loss that reads h^(T) only.
function chains(s) {
  const { c, slopes } = memory(s);
  const seed = slopes[s.T - 1] * s.read;
  const product_of_f = [1], product_of_jacobians = [1];
  for (let k = s.T - 1; k > 0; k--) {
    const d = deltas(s, c[k - 1], c[k], 1, 0);
    const J4 = s.f + slopes[k - 1] * (s.w_2f * d.f + s.w_2i * d.i + s.w_2g * d.g);
    product_of_f.unshift(product_of_f[0] * s.f);
    product_of_jacobians.unshift(product_of_jacobians[0] * J4);
  }
  const chain = totals(s, c, slopes, 1, 0), dl_dc = totals(s, c, slopes, seed, s.read);
  return { steps: c.map((_, k) => k + 1), product_of_f, product_of_jacobians, chain, dl_dc, c };
}

// The derivatives by c^(1), ..., c^(T) of something whose derivatives by c^(T) and h^(T) are given:
// dl/dc^(t-1) = f dl/dc^(t) + D^(t-1) dl/dh^(t-1). Starting from 1 and 0 it is dc^(T)/dc^(s).
function totals(s, c, slopes, dl_dc, dl_dh) {
  const all = [dl_dc];
  for (let k = s.T - 1; k > 0; k--) {
    const d = deltas(s, c[k - 1], c[k], dl_dc, dl_dh);
    dl_dh = s.w_2f * d.f + s.w_2i * d.i + s.w_2g * d.g + s.w_2o * d.o;
    dl_dc = s.f * dl_dc + slopes[k - 1] * dl_dh;
    all.unshift(dl_dc);
  }
  return all;
}

// The plain unit with its tanh held at a slope: dh^(T)/dh^(s) = (slope w_2)^(T-s) for s = 1, ..., T.
function rnnChain({ w_2, slope, T }) {
  return Array.from({ length: T }, (_, k) => (slope * w_2) ** (T - 1 - k));
}

// Every path from c^(1) to c^(T), gates counted apart, with what it adds to dc^(T)/dc^(1): {edges, visits, value}.
// An edge is direct (c to c), forget, input, candidate (h to c), output (h to h), or D (c to h). With `detach` set
// nothing passes back through any h.
function pathsBack(s) {
  const { c, slopes } = memory(s);
  const longer = ({ edges, visits, value }, edge, factor, visit = 0) =>
    ({ edges: [...edges, edge], visits: visits + visit, value: value * factor });
  const start = { edges: [], visits: 0, value: 1 };
  let toC = [start], toH = s.detach ? [] : [longer(start, "D", slopes[0], 1)];
  for (let k = 1; k < s.T; k++) {
    const d = deltas(s, c[k - 1], c[k], 1, 1);
    const gates = [["forget", s.w_2f * d.f], ["input", s.w_2i * d.i], ["candidate", s.w_2g * d.g]];
    const through = gates.flatMap(([gate, factor]) => toH.map((path) => longer(path, gate, factor)));
    toC = [...toC.map((path) => longer(path, "direct", s.f)), ...through];
    const fresh = s.detach ? [] : toC.map((path) => longer(path, "D", slopes[k], 1));
    toH = [...fresh, ...toH.map((path) => longer(path, "output", s.w_2o * d.o, 1))];
  }
  return toC;
}
