/** @type {Record<string, string>} */
export const GATE_NAMES = { f: "forget gate", i: "input gate", o: "output gate", g: "candidate" };
