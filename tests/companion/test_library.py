"""The one script of all explorers."""

import pytest

from companion.explorers.bundle import bundle, library

PART = "export const double = (x) => 2 * x;\n"
USES = (
    'import { double } from "../parts/double.js";\n\nconst render = () => double(%s);\n\nexport default { render };\n'
)


@pytest.fixture
def folder(tmp_path):
    """A folder with two explorers that share a part."""

    def write(**files):
        for path, text in files.items():
            place = tmp_path / path.replace("__", "/").replace("_js", ".js")
            place.parent.mkdir(exist_ok=True)
            place.write_text(text)
        return tmp_path

    write(parts__double_js=PART, one__one_js=USES % 1, two__two_js=USES % 2)
    return write


def test_what_two_explorers_share_stands_once_and_each_is_a_function_of_its_own(folder, page):
    root = folder()
    text = library({"One": bundle("one/one.js", folder=root), "Two": bundle("two/two.js", folder=root)})
    assert text.count("const double") == 1
    page.add_script_tag(content=text)
    assert page.evaluate("[explorers.One().render(), explorers.Two().render()]") == [2, 4]


def test_an_explorer_that_throws_throws_when_it_is_asked_for(folder, page):
    root = folder(two__two_js="throw new Error('no');\nconst render = 1;\n\nexport default { render };\n")
    text = library({"One": bundle("one/one.js", folder=root), "Two": bundle("two/two.js", folder=root)})
    page.add_script_tag(content=text)
    assert page.evaluate("explorers.One().render()") == 2
    assert "no" in page.evaluate("(() => { try { explorers.Two(); } catch (error) { return String(error); } })()")


def test_parts_that_share_a_name_are_refused(folder):
    root = folder(
        parts__twice_js="export const double = (x) => x + x;\n",
        two__two_js=(USES % 2).replace("double.js", "twice.js"),
    )
    with pytest.raises(ValueError, match=r"double: defined by parts/double\.js and by parts/twice\.js"):
        library({"One": bundle("one/one.js", folder=root), "Two": bundle("two/two.js", folder=root)})
