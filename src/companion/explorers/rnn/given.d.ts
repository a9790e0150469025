import type { Presets, Ranges } from "../parts/types.js";
import type { Setting as Eq15Setting } from "../eq15/given.js";

// What explorer.py gives.
export type Setting = Eq15Setting & { w_2: number; slope: number };
export const RANGES: Ranges<Setting>;
export const PRESETS: Presets;
