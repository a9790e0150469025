"""The page of the library: every module that a chapter imports from stands on it, and docstrings keep their words."""

import importlib
import pkgutil
import re

import nbformat
from docutils.core import publish_doctree
from tests.conftest import ROOT
from tools import refresh

import lstm
from companion.site import reference

LISTED = re.findall(r"automodule:: (lstm\.[\w.]+)", (ROOT / "book" / "reference.md").read_text(encoding="utf-8"))
ALL = {module.name for module in pkgutil.walk_packages(lstm.__path__, "lstm.")}


def modules_of_chapters():
    """The modules of the library that the cells of the chapters import, or from which they import."""
    cells = [cell.source for path in refresh.chapters() for cell in nbformat.read(path, 4).cells]
    imports = re.findall(r"^from (lstm[\w.]*) import (.*)$", "\n".join(cells), re.MULTILINE)
    inside = {f"{module}.{name}" for module, names in imports for name in re.findall(r"\w+", names)}
    return {module for module, _ in imports} | {one for one in inside if one in ALL}


def missing(listed, modules):
    """The modules that neither stand in the list nor belong to a package that does."""
    packages = {name for name in listed if hasattr(importlib.import_module(name), "__path__")}
    return {one for one in modules if one not in listed and one.rpartition(".")[0] not in packages} - {"lstm"}


def test_every_module_that_a_chapter_imports_from_stands_on_the_page():
    modules = modules_of_chapters()
    assert len(modules) > 15
    assert missing(LISTED, modules) == set()
    assert missing([one for one in LISTED if one != "lstm.paths"], modules) == {"lstm.paths"}


def test_every_function_of_the_face_is_explained_on_the_built_page(site):
    text = (site / "book" / "reference.html").read_text(encoding="utf-8")
    places = set(re.findall(r'<dt class="sig[^>]* id="(lstm\.[\w.]+)"', text))
    assert len(places) > 100
    faces = [name for name in lstm.__all__ if callable(getattr(lstm, name)) or name == "Terms"]
    assert [name for name in faces if not any(place.endswith(f".{name}") for place in places)] == []
    assert "Alias for field number" not in text
    assert "Raises TypeError or ValueError that names the argument." in text


def tree(*lines):
    """What docutils makes of the markup of these lines; a warning is an error."""
    markup = "\n".join(reference.markup(list(lines)))
    return publish_doctree(markup, settings_overrides={"report_level": 2, "halt_level": 2}).children


def code(node):
    return [one.astext() for one in node.findall(lambda one: one.tagname == "literal")]


def test_what_means_something_to_the_markup_is_text_or_code():
    (paragraph,) = tree("The gates z_*^(t), |c| and `Batch`es of", "`a", "b_`; see")
    assert paragraph.astext().replace("\n", " ") == "The gates z_*^(t), |c| and Batches of a b_; see"
    assert code(paragraph) == ["Batch", "a b_"]


def test_two_columns_are_a_list_and_what_has_more_is_kept_as_it_stands():
    listed, kept = tree("loss  one of `LOSSES`", "most_  b*", "      or more", "", "a  b    c", "d  e    f")
    assert [item.children[0].astext() for item in listed] == ["loss", "most_"]
    assert [item.children[1].astext() for item in listed] == ["one of LOSSES", "b* or more"]
    assert kept.tagname == "literal_block"
    assert kept.astext() == "a  b    c\nd  e    f"


def test_a_list_stays_a_list():
    assert [one.tagname for one in tree("- one", "  goes on", "- two")] == ["bullet_list"]
