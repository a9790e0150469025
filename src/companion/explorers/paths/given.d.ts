import type { Ranges, Unit } from "../parts/types.js";

// What explorer.py gives.
export type Setting = Unit & { detach: number; rank: number };
export const RANGES: Ranges<Setting>;
export const STEPS_BACK: number;
export const LISTED: number;
