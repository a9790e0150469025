// The shapes that the modules hand to each other. Only the type checker reads this file.

export type Child = string | number | Node;
export type Children = Child | Children[];
export type Attributes = Record<string, string | number | boolean | ((event: any) => void)>;

// What anywidget, or the page's own host, gives an explorer.
export interface Model {
  get(name: string): any;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(event: string, callback: () => void): void;
  off(event: string, callback: () => void): void;
}
export interface View {
  model: Model;
  el: HTMLElement;
}

// A part of an explorer. It may show anew what is to be seen, and end what it has begun.
export interface Part {
  node: HTMLElement;
  update?(): void;
  stop?(): void;
}
export interface Kit {
  model: Model;
  changed(): void;
  add(part: Part): HTMLElement;
  start: Record<string, any>; // the setting that the explorer started from
}
export interface Stopping {
  stop(): void;
}
export interface Drawing {
  label: string;
  nodes: Children[];
}
// Step 1: a whole number. A length: a series of so many numbers.
export type Range = [low: number, high: number, step?: number, length?: number];
export type Ranges<S> = Record<keyof S & string, Range>;
export type Setting = Record<string, number | number[]>;
export type Presets = Record<string, Setting>;

// A cell of one unit with held gates.
export type Gates = Record<"f" | "i" | "o" | "g", number>;
export type Weights = Record<"w_2f" | "w_2i" | "w_2g" | "w_2o", number>;
export type Unit = Gates & Weights & Record<"c_prev" | "o_prev", number>;
// One whose gates are given step by step; c and D begin with step 1, as they do.
export interface Cell {
  gates: Gates[];
  w: Weights;
  c: number[];
  D: number[];
}
export type Steps = Unit & { T: number };
export interface Chains {
  steps: number[];
  product_of_f: number[];
  product_of_jacobians: number[];
  chain: number[];
  by_h: number[];
  dl_dc: number[];
  c: number[];
}

export type Terms = Record<
  "direct" | "forget" | "input" | "candidate" | "output" | "local" | "dl_dc" | "total",
  number
>;
export interface Path {
  edges: string[];
  factors: number[];
  visits: number;
  value: number;
}

export interface Bar {
  words: string;
  value: number;
  hue: string;
  hollow?: boolean;
  strong?: boolean;
}
export interface Ink {
  hue: string;
  dash?: string;
  mark?: "disc" | "square" | "diamond";
  radius?: number;
  width?: number;
}
export interface Look extends Ink {
  words: string;
  values: number[];
  strong?: boolean;
}
export interface Curve extends Ink {
  xs: number[];
  ys: number[];
  values: number[];
}
export interface Named {
  words: string;
  hue: string;
  point: [number, number];
  strong?: boolean;
}
// Norms of many networks: quartiles now, and of log10 over the steps, in hundredths.
export interface Norms {
  true_norm: number[];
  direct_norm: number[];
  true_curve: number[][];
  direct_curve: number[][];
  networks: number;
}
