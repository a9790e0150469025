/**
 * A notebook takes keys for itself: arrows move to another cell, d d deletes it. Those pressed within `node` stay here.
 * JupyterLab and Notebook 7 ask what has the focus for the attribute, before the page hears of a key; others listen
 * after it.
 * @type {(node: HTMLElement) => HTMLElement}
 */
export function keepsKeys(node) {
  node.addEventListener("keydown", (event) => event.stopPropagation());
  node.addEventListener("focusin", ({ target }) =>
    /** @type {Element} */ (target).setAttribute("data-lm-suppress-shortcuts", "true"));
  return node;
}
