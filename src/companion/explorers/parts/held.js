import { span } from "./axes.js";
import { unit } from "./unit.js";

/** @import { Cell, Steps } from "./types.js" */

/**
 * A unit whose gates are held over T steps, but for the output gate of the first.
 * @type {(s: Steps) => Cell}
 */
export const held = (s) => unit(span(1, s.T).map((k) => (k > 1 ? s : { ...s, o: s.o_prev })), s, s.c_prev);
