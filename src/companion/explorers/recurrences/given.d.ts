import type { Presets, Ranges } from "../parts/types.js";

// What explorer.py gives.
export type Setting = { cell: number; scale: number; way: number };
export const RANGES: Ranges<Setting>;
export const PRESETS: Presets;
export const SCALES: number[];
export const WAYS: Presets;
