/**
 * Calls `go` with the place across a picture that a pointer presses, and with those that it is then dragged to.
 * @type {(picture: SVGElement, go: (x: number, width: number) => void) => void}
 */
export function dragged(picture, go) {
  const point = (/** @type {PointerEvent} */ event) => {
    if (event.type === "pointermove" && !event.buttons) return;
    const { left, width } = picture.getBoundingClientRect();
    go(event.clientX - left, width);
  };
  for (const kind of ["pointerdown", "pointermove"]) picture.addEventListener(kind, /** @type {any} */ (point));
}
