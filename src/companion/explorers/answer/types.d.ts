export type Verdict = { right: boolean; words: string };
export type Task = { right: number; within: number; mistakes: [string, number][]; why: string; unit: string };
export type Choice = { right: string; choices: [string, string][] };
