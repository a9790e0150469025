export type Vectors = Record<"f" | "i" | "g" | "o", number[]>;
export type Step = Vectors & Record<"x" | "h_prev" | "c_prev" | "c" | "h", number[]>;
export interface Total {
  dl_dc: number[];
  dl_dh: number[];
  deltas: Vectors;
  sent: Vectors;
}
export interface Network {
  params: Record<string, number[][]>;
  x: number[][];
  h_0: number[];
  c_0: number[];
}
// A part of the drawing that can be pointed at: what it carries, and what is said of it.
export interface Piece {
  name: string;
  hue: string;
  value: number;
  words: string;
  how: string;
  code?: string;
  symbol?: string;
}
