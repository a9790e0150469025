import type { Presets, Ranges, Unit } from "../parts/types.js";

type Held = Pick<Unit, "f" | "i" | "o" | "g" | "w_2f" | "w_2i" | "w_2g" | "w_2o">;
export type Setting = Held & Record<"at" | "c_0" | `r_${number}`, number>;
export type Gate = "f" | "i" | "g" | "o";
export type Parameter = `b_${Gate}` | `w_2${Gate}`;
export type Shares = Record<Parameter, number[]>;
// Place t - 1 is step t; c and h begin with step 0. to_c and to_h go from step t to t - 1.
export type Swept = Record<"c" | "h" | "D" | "dl_dc" | "dl_dh" | "to_c" | "to_h", number[]> & { shares: Shares };
export type Seen = Swept & { now: Setting };

// What explorer.py gives.
export const RANGES: Ranges<Setting>;
export const PRESETS: Presets;
export const T: number;
export const MOST: number;
