import type { Ranges } from "../parts/types.js";

// What explorer.py gives.
export type Setting = { exhibit: number; check: number };
export const RANGES: Ranges<Setting>;
