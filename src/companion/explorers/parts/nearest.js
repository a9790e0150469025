// Which step of an axis is meant by a place on the page.

import { within } from "./within.js";

/**
 * The whole step from `first` to `last` whose place, on an even axis, is nearest to x.
 * @type {(place: (step: number) => number, first: number, last: number, x: number) => number}
 */
export const nearestStep = (place, first, last, x) =>
  within(Math.round(first + (x - place(first)) / (place(first + 1) - place(first))), first, last);
