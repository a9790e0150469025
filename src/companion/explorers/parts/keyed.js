/**
 * Calls `go` with what `keys` has for a key that is pressed on `node`; to the page such a key does nothing else.
 * @template Move
 * @param {Element} node
 * @param {Record<string, Move>} keys
 * @param {(move: Move) => void} go
 */
export function keyed(node, keys, go) {
  node.addEventListener("keydown", (event) => {
    const { key } = /** @type {KeyboardEvent} */ (event);
    if (!(key in keys)) return;
    event.preventDefault();
    go(keys[key]);
  });
}
