import type { Presets, Ranges } from "../parts/types.js";

// What explorer.py gives.
export type Gate = "f" | "i" | "o" | "g";
export type Setting = Record<"x" | "h" | "gate" | `w_1${Gate}` | `w_2${Gate}` | `b_${Gate}`, number>;
export const RANGES: Ranges<Setting>;
export const PRESETS: Presets;
export const ORDER: Gate[];
export const PUSH: number;
