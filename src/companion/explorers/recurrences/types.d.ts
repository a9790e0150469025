import type { Norms } from "../parts/types.js";

// A cell and setting, as explorer.py rounds it. off: null where product and chain differ by rounding alone.
export type Shown = Norms & { sizes: Record<string, number>; off: number | null };
export interface Family {
  name: string;
  factor: string;
  ends: [path: string, from: "c" | "h", to: "c" | "h"][];
  settings: Shown[][];
}
