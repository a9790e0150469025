import type { Ranges } from "../parts/types.js";

// What explorer.py gives: places of the drawing, and the lines of lstm.equations that compute each part.
export type Setting = { t: number; unit: number; back: number };
export const RANGES: Ranges<Setting>;
export const X: Record<string, number>;
export const Y: Record<string, number>;
export const CODE: Record<string, string>;
