import type { Presets, Ranges, Steps } from "../parts/types.js";

// What explorer.py gives.
export type Setting = Steps & { read: number; read_prev: number };
export const RANGES: Ranges<Setting>;
export const PRESETS: Presets;
