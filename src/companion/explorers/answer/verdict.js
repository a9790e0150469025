// What is said of an answer, as companion.explorers.answer.verdict says it.

/** @import { Task, Verdict } from "./types.js" */

/** @type {[number, string][]} */
const FACTORS = [
  [2, "twice"], [0.5, "half"], [4, "four times"], [0.25, "a quarter of"], [10, "ten times"], [0.1, "a tenth of"],
  [100, "a hundred times"], [0.01, "a hundredth of"],
];
const CLOSE = 0.05; // how far off, of the answer, a number may be that counts as rounded
const PLACES = 9;

/** @type {(a: number, b: number, relative: number) => boolean} */
const close = (a, b, relative) => Math.abs(a - b) <= relative * Math.max(Math.abs(a), Math.abs(b));

/** @type {(right: number, given: number) => boolean} */
function rounded(right, given) {
  for (let places = 1; places <= PLACES; places += 1) {
    const scaled = given * 10 ** places;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6) {
      return Math.abs(given - right) <= Math.min(0.5 * 10 ** -places, CLOSE * Math.abs(right)) * (1 + 1e-9);
    }
  }
  return false;
}

/** @type {(task: Task, given: number) => Verdict} */
export function judge(task, given) {
  const { right, within } = task;
  /** @type {(value: number) => boolean} */
  const near = (value) => Math.abs(given - value) <= within * (1 + 1e-9);
  /** @type {(words: string) => Verdict} */
  const off = (words) => ({ right: false, words: `Not yet. ${words}` });
  if (near(right)) return { right: true, words: `Right.${task.why ? ` ${task.why}` : ""}` };
  const mistake = task.mistakes.find(([, value]) => near(value));
  if (mistake) return off(mistake[0]);
  if (near(-right)) return off("The size is right, the sign is not.");
  if (rounded(right, given)) return off("It is close: if you rounded, give one digit more.");
  const relative = right ? within / Math.abs(right) : 0;
  const factor = FACTORS.find(([size]) => close(given, size * right, relative));
  if (factor) return off(`Your number is ${factor[1]} the answer: a factor is too much or missing.`);
  if (right && close(given, 1 / right, relative)) return off("Your number is the inverse of the answer.");
  if (right && given < 0 !== right < 0) return off("The sign is off, and so is the size.");
  return off(`Your number is too ${given > right ? "large" : "small"}.`);
}

/**
 * The number that a reader wrote, as 0.25, .25, −1e-3, 1/4 or 25 %; undefined where it is none.
 * @type {(text: string) => number | undefined}
 */
export function read(text) {
  const plain = text.trim().replace(/−/g, "-").replace(/\s+/g, "");
  const form = /^([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(?:\/(\d+\.?\d*))?(%?)$/i.exec(plain);
  if (!form) return undefined;
  const value = Number(form[1]) / Number(form[2] ?? 1) / (form[3] ? 100 : 1);
  return Number.isFinite(value) ? value : undefined;
}
