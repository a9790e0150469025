"""The answer box in Chromium: what it says is what Python says, by mouse and by keys, with nobody to compute for it."""

import json

import numpy as np
import pytest

from companion.explorers import Answer, ask, choose
from companion.explorers.answer import verdict
from companion.explorers.bundle import bundle

NUMBER = ask("toy-1", 0.25, mistakes={"That is the gate itself.": 0.5}, why="It is f (1 - f).", unit="a step")
CHOICE = choose(
    "toy-2", "the forget gate", {"the input gate": "It writes.", "the output gate": "It reads."}, why="Yes."
)


def model(box):
    state = {"_esm": str(Answer._esm), "_css": str(Answer._css), "key": box.key, "task": box.task}
    return {"model_module": "anywidget", "model_name": "AnyModel", "state": json.loads(json.dumps(state))}


@pytest.fixture
def boxes(page_with):
    return page_with({"a": model(NUMBER), "b": model(CHOICE)}, ["a", "b"], after="")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0.25", "Right. It is f (1 - f)."),
        (" .25 ", "Right. It is f (1 - f)."),
        ("1/4", "Right. It is f (1 - f)."),
        ("25 %", "Right. It is f (1 - f)."),
        ("2.5e-1", "Right. It is f (1 - f)."),
        ("0.5", "Not yet. That is the gate itself."),
        ("−0.25", "Not yet. The size is right, the sign is not."),
        ("0,25", "Write a number, as 0.25, −1e-3 or 1/4, with a point and not a comma."),
        ("1/0", "Write a number, as 0.25, −1e-3 or 1/4, with a point and not a comma."),
        ("", "Write a number, as 0.25, −1e-3 or 1/4, with a point and not a comma."),
    ],
)
def test_a_number_is_typed_and_judged_by_enter_and_by_the_button(boxes, typed, words):
    field, said = boxes.get_by_label("Your answer").first, boxes.locator("output").first
    field.fill(typed)
    field.press("Enter")
    assert said.inner_text() == words
    field.fill("7")
    field.press("Enter")
    field.fill(typed)
    boxes.get_by_role("button", name="Check").click()
    assert said.inner_text() == words
    assert said.get_attribute("data-right") == str(words.startswith("Right")).lower()


def test_right_and_wrong_differ_by_a_mark_and_not_by_colour(boxes):
    field, said = boxes.get_by_label("Your answer").first, boxes.locator("output").first
    marks = []
    for typed in ("0.25", "7"):
        field.fill(typed)
        field.press("Enter")
        marks.append(said.evaluate("node => getComputedStyle(node, '::before').content"))
    assert marks == ['"✓ "', '"✗ "']


def test_a_choice_is_judged_by_mouse_and_by_arrow_keys(boxes):
    said = boxes.locator("output").nth(1)
    boxes.get_by_label("the forget gate").check()
    assert said.inner_text() == "Right. Yes."
    boxes.keyboard.press("ArrowDown")
    picked = boxes.locator("input:checked").evaluate("node => node.parentElement.innerText.trim()")
    assert said.inner_text() == verdict(CHOICE.task, picked).words
    assert picked != "the forget gate"


def test_every_control_has_a_name_and_the_verdict_is_announced(boxes):
    for control in boxes.locator("input, button").all():
        assert control.evaluate("node => node.labels?.length > 0 || node.innerText.length > 0")
        assert control.evaluate("node => (node.type === 'radio' ? node.parentElement : node).offsetHeight") >= 24
    assert boxes.locator("output[aria-live=polite]").count() == 2


def test_keys_typed_into_the_box_do_not_reach_the_notebook_around_it(boxes):
    boxes.evaluate("document.addEventListener('keydown', () => { globalThis.heard = true; })")
    boxes.get_by_label("Your answer").first.press("d")
    assert boxes.evaluate("globalThis.heard ?? false") is False


def rounded(right):
    return [round(right, places) for places in (1, 2, 4)]


def test_the_verdict_is_that_of_python_on_a_thousand_random_tasks(page):
    rng = np.random.default_rng(0)
    tasks, given = [], []
    for _ in range(1000):
        right = float(rng.choice([0.0, rng.normal(), 10 ** rng.uniform(-6, 6)]))
        within = abs(right) / 200 or 0.01
        mistakes = [(f"mistake {k}", float(right + rng.normal() * 10 * within)) for k in range(2)]
        tasks.append({"right": right, "within": within, "mistakes": mistakes, "why": "why", "unit": ""})
        near = [
            right,
            -right,
            2 * right,
            right / 10,
            100 * right,
            1 / right if right else 3,
            *map(float, rounded(right)),
        ]
        near += [value for _, value in mistakes]
        given.append(float(rng.choice(near) + rng.choice([0, 0.5, 0.99, 1.01, 30]) * within))
    source = bundle("answer/verdict.js")
    script = "([source, tasks, given]) => new Function('tasks', 'given', source + "
    script += "'return tasks.map((task, k) => judge(task, given[k]));')(tasks, given)"
    found = page.evaluate(script, [source, tasks, given])
    wanted = [verdict(task, value) for task, value in zip(tasks, given, strict=True)]
    assert [(one["right"], one["words"]) for one in found] == [tuple(one) for one in wanted]
    assert len({one.words.split(".")[1] for one in wanted}) >= 9  # all kinds of verdict were met
