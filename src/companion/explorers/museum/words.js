import { bold, strong } from "../parts/sentences.js";
import { orInfinite, short } from "./pick.js";

/** @import { Children } from "../parts/types.js" */
/** @import { Hall } from "./types.js" */

/**
 * What the exhibit is, where it starts, the cheapest check that sees it; then what the chosen check says, and why it is
 * blind where the numbers show that.
 * @type {(hall: Hall, exhibit: number, check: number) => Children[][]}
 */
export function inWords(hall, exhibit, check) {
  const { checks, costs } = hall, seeing = checks.map((_, k) => k).filter((k) => hall.caught[exhibit][k]);
  const cheapest = seeing.reduce((best, k) => (costs[k] < costs[best] ? k : best));
  const finds = hall.caught.filter((row) => row[check]).length;
  return [
    [bold(hall.titles[exhibit]), ". ", started(hall, exhibit), " The cheapest check that catches it is ",
      bold(checks[cheapest]), `, with ${costs[cheapest]} steps of a forward pass.`],
    [bold(checks[check]), ...verdict(hall, exhibit, check), ` It catches ${finds} of the ${hall.exhibits.length} exhibits.`],
  ];
}

/** @type {(hall: Hall, exhibit: number, check: number) => Children[]} */
function verdict({ checks, conditions, alone, caught, differences, tolerances }, exhibit, check) {
  const found = differences[exhibit][check], value = found === null ? bold("∞") : strong(found);
  const limit = short(tolerances[check]);
  if (caught[exhibit][check]) return [" catches it: its number, ", value, `, is above its tolerance, ${limit}.`];
  const why = alone[check] && caught[exhibit][0]
    ? ` That condition is why: ${checks[0]} is the same check without it, and catches the exhibit with ${orInfinite(differences[exhibit][0])}.` : "";
  return [" misses it: ", `${conditions[check]}, its number, `, value, `, is not above its tolerance, ${limit}.${why}`];
}

/** @type {(hall: Hall, exhibit: number) => string} */
function started(hall, exhibit) {
  const first = hall.first[exhibit];
  if (!first) return "All that goes back over the steps is right; only what is returned is wrong.";
  return `Going back, it parts first from the right pass at step ${first[0]}, in ${hall.messages[first[1]]}.`;
}
