import type { Ranges } from "../parts/types.js";

// What explorer.py gives. A name in braces in `how` stands for that number; a box has its x, y and height.
export type Setting = { t: number; unit: number; back: number };
export type Point = number[];
export type Wire = [points: Point[], at: Point | null, anchor: string];
export interface Part {
  name: string;
  hue: string;
  words: string;
  how: string;
  wires: Wire[];
  box: [x: number, y: number, height: number] | null;
  symbol: string;
  code: string;
}
export interface Way {
  pieces: Part[];
  signs: [x: number, y: number, words: string, anchor: string][];
}
export const RANGES: Ranges<Setting>;
export const WAYS: Record<"forward" | "backward", Way>;
