// The answer box of an exercise: a number to type, or a choice, and a sentence that says what is off.

/** @import { Model } from "../parts/types.js" */
/** @import { Choice, Task, Verdict } from "./types.js" */

import { html } from "../parts/html.js";
import { keepsKeys } from "../parts/keys.js";
import { judge, read } from "./verdict.js";

const ASK = "Write a number, as 0.25, −1e-3 or 1/4, with a point and not a comma.";

/** @type {(task: Task, name: string, say: (verdict: Verdict) => void) => HTMLElement[]} */
function number(task, name, say) {
  const field = /** @type {HTMLInputElement} */ (html("input", {
    type: "text", inputmode: "text", autocomplete: "off", spellcheck: "false", id: name, size: "12",
  }));
  const check = () => {
    const given = read(field.value);
    say(given === undefined ? { right: false, words: ASK } : judge(task, given));
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") check();
  });
  return [
    html("label", { for: name }, "Your answer "),
    html("span", { class: "answer-field" }, field, task.unit ? ` ${task.unit}` : ""),
    html("button", { type: "button", onclick: check }, "Check"),
  ];
}

/** @type {(task: Choice, name: string, say: (verdict: Verdict) => void) => HTMLElement[]} */
function choice(task, name, say) {
  const items = task.choices.map(([label, words], k) => {
    const right = label === task.right;
    const pick = html("input", {
      type: "radio", name, id: `${name}-${k}`,
      onchange: () => say({ right, words: `${right ? "Right." : "No."} ${words}` }),
    });
    return html("label", { class: "answer-choice", for: `${name}-${k}` }, pick, ` ${label}`);
  });
  return [html("fieldset", {}, html("legend", {}, "Your answer"), items)];
}

/** @type {(given: { model: Model, el: HTMLElement }) => void} */
function render({ model, el }) {
  const task = model.get("task"), name = `answer-${model.get("key")}`;
  const said = html("output", { class: "answer-said", for: name, "aria-live": "polite" });
  /** @type {(verdict: Verdict) => void} */
  const say = ({ right, words }) => {
    said.textContent = words;
    said.dataset.right = String(right);
  };
  const controls = task.choices ? choice(task, name, say) : number(task, name, say);
  el.append(keepsKeys(html("div", { class: "answer" }, controls, said)));
}

export default { render };
