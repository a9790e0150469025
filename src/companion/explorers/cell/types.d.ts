import type { Part } from "./given.js";

// Of each number of a run, for each unit a list over the steps.
export type Shown = Record<string, number[][]>;
// A part of the drawing with the number that it carries.
export type Piece = Part & { value: number };
