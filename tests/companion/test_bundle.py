"""The modules of an explorer are joined into one: in order, what is reachable; whatever is unsound is refused."""

import re

import pytest

from companion import explorers
from companion.explorers.base import Explorer
from companion.explorers.bundle import FOLDER, bundle, imports

CLASSES = [cls for cls in vars(explorers).values() if isinstance(cls, type)]
ENTRY = 'import { a } from "./parts/a.js";\n\nexport default { a };\n'


@pytest.fixture
def joined(tmp_path):
    """A function that writes modules, path -> text, into a folder and joins them from main.js."""

    def join(texts, **given):
        for path, text in texts.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        return bundle("main.js", folder=tmp_path, **given)

    return join


def test_what_is_needed_comes_first_and_what_nobody_imports_stays_away(joined):
    both = 'import { a } from "./parts/a.js";\nimport {\n  b,\n} from "./parts/b.js";\n'
    texts = {
        "main.js": both + "\nexport default { a, b };\n",
        "parts/a.js": 'import { b } from "./b.js";\n\nexport const a = b + 1;\n',
        "parts/b.js": "export const b = 1;\n",
        "parts/c.js": "export const c = 3;\n",
    }
    assert joined(texts) == "const b = 1;\n\nconst a = b + 1;\n\nexport default { a, b };\n"


def test_comments_and_types_stay_at_home(joined):
    first = "// All of it.\n\n/** @type {number} */\nexport const a = 1; // one\n\n"
    text = first + "/**\n * Two.\n */\nfunction b() {\n  // in\n}\n"
    whole = joined({"main.js": ENTRY, "parts/a.js": text})
    assert whole == "const a = 1; // one\n\nfunction b() {\n}\n\nexport default { a };\n"


def test_a_line_that_begins_with_a_type_in_a_comment_stays(joined):
    text = "export const a = 1;\nfunction b() {\n  /** @type {any} */ (a).b();\n  /** Two. */\n  a;\n}\n"
    whole = joined({"main.js": ENTRY, "parts/a.js": text})
    assert "  /** @type {any} */ (a).b();\n  a;\n}" in whole


def test_constants_of_python_are_a_module_too(joined):
    main = 'import { WORDS } from "./given.js";\n\nexport default { WORDS };\n'
    whole = joined({"main.js": main}, WORDS={"a": [1, 2.5, "</script>"]})
    assert whole == 'const WORDS = {"a": [1, 2.5, "</script>"]};\n\nexport default { WORDS };\n'


UNSOUND = {
    "a circle": (
        {"parts/a.js": 'import { b } from "./b.js";\nexport const a = 1;\n'},
        "a circle of imports, parts/a.js -> ",
    ),
    "itself": ({"parts/a.js": 'import { a } from "./a.js";\nexport const a = 1;\n'}, "parts/a.js -> parts/a.js"),
    "a missing file": ({}, "main.js: there is no module parts/a.js"),
    "outside": ({"main.js": 'import { a } from "../a.js";\n'}, "there is no module ../a.js"),
    "not exported": ({"parts/a.js": "const a = 1;\n"}, "main.js: parts/a.js does not export a"),
    "defined twice": (
        {"parts/a.js": "export const a = 1;\nconst main = 2;\n"},
        "main: defined by parts/a.js and by main.js",
    ),
    "a second default": (
        {"parts/a.js": "export const a = 1;\nexport default a;\n"},
        "parts/a.js: only plain .*export default",
    ),
    "a package": ({"parts/a.js": 'import { d } from "d3";\nexport const a = 1;\n'}, "parts/a.js: only plain .*d3"),
    "a star": ({"parts/a.js": 'import * as d from "./d.js";\nexport const a = 1;\n'}, "only plain .*as d"),
    "a new name": (
        {"parts/a.js": 'import { d as e } from "./b.js";\nexport const a = 1;\n'},
        "only plain .*d as e",
    ),
    "a default import": ({"parts/a.js": 'import d from "./d.js";\nexport const a = 1;\n'}, "only plain .*import d"),
    "an export list": (
        {"parts/a.js": "export const a = 1;\nconst b = 1;\nexport { b };\n"},
        "only plain .*export { b }",
    ),
    "a late import": ({"parts/a.js": 'export const a = () => import("./b.js");\n'}, r"only plain .*import\("),
    "unpacking": ({"parts/a.js": "export const a = 1;\nconst { b } = globalThis;\n"}, "only plain .*const { b }"),
    "var": ({"parts/a.js": "export const a = 1;\nvar b = 1;\n"}, "only plain .*var b"),
}


@pytest.mark.parametrize("how", UNSOUND)
def test_what_cannot_be_joined_is_refused_by_name(how, joined):
    changed, complaint = UNSOUND[how]
    b = 'import { a } from "./a.js";\nexport const b = a;\n'
    texts = {"main.js": ENTRY + "const main = 1;\n" * (how == "defined twice"), "parts/b.js": b} | changed
    with pytest.raises(ValueError, match=complaint):
        joined(texts)


def test_a_constant_that_is_not_given_and_one_that_nobody_imports_are_refused(joined):
    main = 'import { WORDS } from "./given.js";\n\nexport default { WORDS };\n'
    with pytest.raises(ValueError, match=r"main.js: given.js does not export WORDS"):
        joined({"main.js": main}, OTHER=1)
    with pytest.raises(ValueError, match=r"main.js: given, but not imported: OTHER"):
        joined({"main.js": main}, WORDS=1, OTHER=2)


@pytest.mark.parametrize("cls", CLASSES)
def test_an_explorer_is_one_module_without_imports(cls):
    source = cls._esm
    assert source.count("export ") == source.count("export default { render };") == 1
    assert not re.search(r"\bimport\b|\brequire\b|innerHTML|eval\(", source)
    assert set(re.findall(r"https?://[^\"]*", source)) <= {"http://www.w3.org/2000/svg"}
    names = re.findall(r"^(?:const|function|let) (\w+)", source, re.MULTILINE)
    shared = {"RANGES", "explorer"} if issubclass(cls, Explorer) else set()
    assert {"render", "html"} | shared <= set(names)
    assert len(names) == len(set(names))


def test_every_file_of_an_explorer_is_used_by_one():
    files = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.js")}
    entries = {f"{path.parent.name}/{path.parent.name}.js" for path in FOLDER.glob("*/*.js")} & files
    used, todo = set(), sorted(entries)
    assert len(todo) == len(CLASSES)
    while todo:
        path = todo.pop()
        if path in files - used:
            used.add(path)
            todo += [target for _, target in imports(path, FOLDER.joinpath(path).read_text(encoding="utf-8"))]
    assert files - used == set()
    assert len(files) > 20
