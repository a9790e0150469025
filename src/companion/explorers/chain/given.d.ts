import type { Presets, Ranges, Unit } from "../parts/types.js";

type Weights = Pick<Unit, "w_2f" | "w_2i" | "w_2g" | "w_2o">;
export type Setting = Weights &
  Record<"t" | "switch" | "scale" | "c_1" | "f" | "i" | "o" | "g" | "f_2" | "i_2" | "o_2" | "g_2", number>;
export interface Cell {
  f: number[];
  D: number[];
  edges: Record<"f" | "i" | "g" | "o", number>[];
}
export type Far = Record<"product_of_f" | "product_of_jacobians" | "chain" | "by_h", number[]>;
export type Split = Record<"direct" | "forget" | "input" | "candidate" | "output", number>;

// What explorer.py gives.
export const RANGES: Ranges<Setting>;
export const PRESETS: Presets;
export const T: number;
export const TENTH: number;
