import type { Setting } from "../parts/types.js";

// What explorer.py calls a hall: the numbers of every exhibit and every check.
export interface Hall {
  exhibits: string[];
  titles: string[];
  checks: string[];
  tolerances: number[];
  costs: number[];
  conditions: string[];
  alone: boolean[];
  differences: (number | null)[][];
  caught: boolean[][];
  arrays: string[];
  right: number[][];
  wrong: number[][][];
  apart: number[][];
  messages: string[];
  trail: number[][][];
  agrees: number;
  first: ([step: number, message: number] | null)[];
  presets: [claim: string, setting: Setting][]; // a list: a notebook sorts the keys of an object
}
