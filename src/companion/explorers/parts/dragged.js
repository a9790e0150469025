import { within } from "./within.js";

/**
 * Calls `go` with the step nearest to where a pointer presses a picture, and with those that it is then dragged to, beyond
 * the picture too. For a width of the picture `axis` says where each of the steps from `first` to `last` is, evenly apart;
 * `down` is how far below the picture's upper edge the pointer is.
 * @param {SVGElement} picture
 * @param {(width: number) => (step: number) => number} axis
 * @param {number} first
 * @param {number} last
 * @param {(step: number, down: number) => void} go
 */
export function dragged(picture, axis, first, last, go) {
  const point = (/** @type {PointerEvent} */ { clientX, clientY }) => {
    const { left, top, width } = picture.getBoundingClientRect(), x = axis(width), apart = x(first + 1) - x(first);
    go(within(Math.round(first + (clientX - left - x(first)) / apart), first, last), clientY - top);
  };
  picture.addEventListener("pointerdown", (event) => {
    picture.setPointerCapture(event.pointerId);
    point(event);
  });
  picture.addEventListener("pointermove", (event) => picture.hasPointerCapture(event.pointerId) && point(event));
}
