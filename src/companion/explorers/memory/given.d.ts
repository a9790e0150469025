import type { Presets, Ranges } from "../parts/types.js";

// What explorer.py gives.
export type Series = Record<"f" | "i" | "o" | "g", number[]>;
export type Setting = Series & { fixed: number; t: number };
export const RANGES: Ranges<Setting>;
export const PRESETS: Presets;
export const T: number;
export const GATES: ["f", "i", "o"]; // by `fixed`, which counts from 1
