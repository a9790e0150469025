/**
 * Calls `go` with the place in a picture that a pointer presses, and with those that it is then dragged to, beyond the
 * picture too.
 * @type {(picture: SVGElement, go: (x: number, width: number, y: number) => void) => void}
 */
export function dragged(picture, go) {
  const point = (/** @type {PointerEvent} */ { clientX, clientY }) => {
    const { left, top, width } = picture.getBoundingClientRect();
    go(clientX - left, width, clientY - top);
  };
  picture.addEventListener("pointerdown", (event) => {
    picture.setPointerCapture(event.pointerId);
    point(event);
  });
  picture.addEventListener("pointermove", (event) => picture.hasPointerCapture(event.pointerId) && point(event));
}
