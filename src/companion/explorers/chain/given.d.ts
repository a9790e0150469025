import type { Presets, Ranges, Weights } from "../parts/types.js";

export type Setting = Weights &
  Record<"t" | "switch" | "scale" | "c_1" | "f" | "i" | "o" | "g" | "f_2" | "i_2" | "o_2" | "g_2", number>;
export type Split = Record<"direct" | "forget" | "input" | "candidate" | "output", number>;

// What explorer.py gives.
export const RANGES: Ranges<Setting>;
export const PRESETS: Presets;
export const T: number;
export const TENTH: number;
