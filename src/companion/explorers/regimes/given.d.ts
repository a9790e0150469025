import type { Presets, Ranges } from "../parts/types.js";

// What explorer.py gives.
export type Setting = { bias: number; scale: number; case: number; colour: number };
export const RANGES: Ranges<Setting>;
export const PRESETS: Presets;
export const COLOURS: Presets;
export const CASES: string[];
export const VERDICTS: string[];
export const LEGENDS: string[];
