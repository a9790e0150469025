"""The page's widget host on small pages of its own: what it promises an explorer, and what it says where one fails."""

import pytest

# A widget as small as can be: a range input and a readout for its trait x, and a count of initializations.
TINY = """
export default {
  initialize({ model }) { globalThis.initialized = (globalThis.initialized ?? 0) + 1; },
  render({ model, el }) {
    const input = document.createElement("input"), output = document.createElement("output");
    Object.assign(input, { type: "range", min: 0, max: 1, step: 0.1 });
    input.setAttribute("aria-label", "x");
    const show = () => { input.value = model.get("x"); output.textContent = model.get("x"); };
    input.addEventListener("input", () => { model.set("x", input.valueAsNumber); model.save_changes(); });
    model.on("change:x", show);
    show();
    el.append(input, output);
  },
};
"""


def anywidget(esm=TINY, **state):
    return {"model_module": "anywidget", "model_name": "AnyModel", "state": {"_esm": esm, "x": 0.5} | state}


def test_two_views_of_one_model_move_together_and_initialize_once(page_with):
    page = page_with({"a": anywidget()}, ["a", "a"])
    page.get_by_label("x").first.fill("0.8")
    assert page.locator("output").all_text_contents() == ["0.8", "0.8"]
    assert page.evaluate("initialized") == 1


def test_two_widgets_of_one_class_do_not_share_their_state(page_with):
    page = page_with({"a": anywidget(), "b": anywidget(x=0.1)}, ["a", "b"])
    page.get_by_label("x").first.fill("0.8")
    assert page.locator("output").all_text_contents() == ["0.8", "0.1"]


@pytest.mark.parametrize(("kind", "back"), [("LinkModel", "0.3"), ("DirectionalLinkModel", "0.7")])
def test_linked_traits_move_together(page_with, kind, back):
    state = {"source": ["IPY_MODEL_a", "x"], "target": ["IPY_MODEL_b", "x"]}
    link = {"model_module": "@jupyter-widgets/controls", "model_name": kind, "state": state}
    page = page_with({"a": anywidget(x=0.2), "b": anywidget(x=0.9), "link": link}, ["a", "b"])
    source, target = page.get_by_label("x").all()
    assert page.locator("output").all_text_contents() == ["0.2", "0.2"]
    source.fill("0.7")
    assert page.locator("output").all_text_contents() == ["0.7", "0.7"]
    target.fill("0.3")
    assert page.locator("output").all_text_contents() == [back, "0.3"]


def test_the_style_of_a_widget_is_added_once(page_with):
    page = page_with({"a": anywidget(_css="output { color: rgb(1, 2, 3); }")}, ["a", "a"])
    assert page.locator("style").count() == 1
    assert page.locator("output").first.evaluate("node => getComputedStyle(node).color") == "rgb(1, 2, 3)"


def test_binary_traits_arrive_as_bytes(page_with):
    esm = "export default { render({ model, el }) { el.textContent = model.get('data').getUint8(1); } }"
    stored = anywidget(esm) | {"buffers": [{"path": ["data"], "encoding": "base64", "data": "AQID"}]}
    assert page_with({"a": stored}, ["a"]).locator(".widget-place").text_content() == "2"


def test_a_listener_that_was_taken_off_hears_nothing(page_with):
    esm = """export default { render({ model, el }) {
      const heard = [], note = (name) => () => heard.push(name), gone = note("gone");
      model.on("change:x change", gone); model.on("change:x", note("x")); model.on("change", note("any"));
      model.off("change:x change", gone); model.set({ x: 0.1 }); model.set("x", 0.1); el.textContent = heard.join();
    } }"""
    assert page_with({"a": anywidget(esm)}, ["a"]).locator(".widget-place").text_content() == "x,any"


def test_a_widget_of_another_library_says_what_it_needs(page_with):
    slider = {"model_module": "@jupyter-widgets/controls", "model_name": "IntSliderModel", "state": {}}
    page = page_with({"a": slider}, ["a", "nowhere"], after="")
    first, second = page.locator(".widget-note").all_text_contents()
    assert "IntSlider" in first
    assert "make lab" in first
    assert "not stored" in second


BROKEN = {
    "syntax": "export default {",
    "module": "throw new Error('no module')",
    "initialize": "export default { initialize() { throw new Error('no start') }, render() {} }",
    "render": "export default { render({ el }) { el.append('half'); throw new Error('no view') } }",
    "nothing": "export const other = 1",
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_widget_says_so_and_its_static_figure_comes_back(page_with, how):
    page = page_with({"a": anywidget(BROKEN[how]), "b": anywidget()}, ["a", "b"])
    assert "could not start" in page.locator(".widget-note").text_content()
    assert "half" not in page.locator("body").inner_text()
    assert [figure.is_visible() for figure in page.locator(".tag_static-figure").all()] == [True, False]
    assert page.locator("output").all_text_contents() == ["0.5"]


def test_without_the_host_the_static_figure_is_shown(page_with, open_page):
    page = open_page()
    page_with({"a": anywidget()}, ["a"], host="gone.js", target=page)
    assert page.locator(".tag_static-figure").is_visible()
    assert [c for c in open_page.complaints if "ERR_FILE_NOT_FOUND" not in c] == []
    open_page.complaints.clear()


def test_on_paper_the_static_figure_takes_the_place_of_the_explorer(page_with):
    page = page_with({"a": anywidget()}, ["a"])
    figure, explorer = page.locator(".tag_static-figure"), page.get_by_label("x")
    assert (figure.is_visible(), explorer.is_visible()) == (False, True)
    page.emulate_media(media="print")
    assert (figure.is_visible(), explorer.is_visible()) == (True, False)


DAMAGED = {"cut short": '{"state": {"a": {"mod', "of another page": '{"state": {}}', "empty": ""}


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_state_leaves_a_sentence_and_the_static_figure(how, page_with, open_page):
    page = open_page()
    page_with({"a": anywidget()}, ["a"], state=DAMAGED[how], target=page)
    assert "not stored in this page" in page.locator(".widget-note").text_content()
    assert page.locator(".tag_static-figure").is_visible()
    open_page.complaints.clear()


NEVER = {
    "a host that is empty": {"host": "empty.js"},
    "a host that cannot be parsed": {"host": "unparsable.js"},
    "a page of a login in its place": {"host": "page.html"},
    "a module that never arrives": {"esm": "await new Promise(() => {}); export default { render() {} }"},
    "a view that never settles": {"esm": "export default { render: () => new Promise(() => {}) }"},
}


@pytest.mark.parametrize("how", NEVER)
def test_while_no_explorer_lives_its_static_figure_stands_in_its_place(how, page_with, open_page):
    page, given = open_page(), NEVER[how]
    page_with(
        {"a": anywidget(given.get("esm", TINY))}, ["a"], host=given.get("host", "host.js"), target=page, wait=False
    )
    page.wait_for_timeout(300)
    figure = page.locator(".tag_static-figure")
    assert figure.is_visible()
    assert figure.bounding_box()["height"] > 500, "the place of the explorer is kept"
    assert figure.bounding_box()["y"] < 100, "and the figure stands in it"
    open_page.complaints.clear()


def test_a_place_that_is_kept_in_vain_is_given_up_in_the_end(page_with, open_page):
    page = open_page()
    page_with({"a": anywidget()}, ["a"], host="empty.js", target=page, wait=False)
    page.add_style_tag(content=".cell { animation-delay: 0s !important; }")
    page.wait_for_timeout(100)
    assert page.locator(".tag_static-figure").bounding_box()["height"] < 100
