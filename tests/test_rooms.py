"""The plan of the house holds, and each way to break it is seen on a made-up checkout."""

import json

import nbformat
import pytest
from tests.conftest import ROOT
from tools import rooms


def house(root, files, chapters=()):
    """A checkout with `files` ({path: text}) and chapters ({name: source of one cell})."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (root / "book").mkdir(exist_ok=True)
    for name, source in dict(chapters).items():
        nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        nbformat.write(nb, root / "book" / name)
    (root / "_toc.yml").write_text(
        json.dumps({"root": "book/index", "chapters": [{"file": f"book/{n}"} for n in chapters]})
    )
    return list(rooms.complaints(root))


def test_the_plan_holds():
    assert list(rooms.complaints(ROOT)) == []


def test_a_sound_house_has_no_complaint(tmp_path):
    files = {
        "src/lstm/__init__.py": "from lstm.cell import run\n",
        "src/lstm/cell.py": "import math\n\nimport numpy as np\n\n\ndef run():\n    from lstm import checks\n",
        "src/lstm/checks.py": "",
        "src/companion/__init__.py": "",
        "src/companion/style/palette.py": "import matplotlib\n",
        "src/companion/pages/gates/figures.py": "from companion.style import palette\nfrom lstm import cell\n",
    }
    chapter = "%matplotlib inline\nfrom companion.pages.gates import figures\nfrom lstm import run"
    assert house(tmp_path, files, {"gates.ipynb": chapter}) == []


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        (
            {"src/lstm/a.py": "import matplotlib.pyplot\n"},
            "lstm/a.py imports matplotlib.pyplot: the library needs NumPy",
        ),
        ({"src/lstm/a.py": "def f():\n    from companion import style\n"}, "lstm/a.py imports companion: the library"),
        (
            {"src/companion/style/a.py": "from companion.shared import b\n", "src/companion/shared/b.py": ""},
            "companion.style.a imports companion.shared.b: style stands below shared",
        ),
        (
            {"src/companion/notes/a.py": "from companion.style import b\n", "src/companion/style/b.py": ""},
            "companion.notes.a imports companion.style.b: notes stands below style",
        ),
        (
            {"src/companion/pages/x/a.py": "import companion.pages.y.b\n", "src/companion/pages/y/b.py": ""},
            "companion.pages.x.a imports companion.pages.y.b: what two pages share",
        ),
        ({"src/lstm/a.py": "from lstm import b\n", "src/lstm/b.py": "import lstm.a\n"}, "a circle of imports: lstm."),
        ({"src/lstm/a.py": "pass\n" * 201}, "src/lstm/a.py has 201 lines, more than 200"),
        ({"src/companion/explorers/a.js": "\n" * 201}, "src/companion/explorers/a.js has 201 lines"),
        ({"tests/test_a.py": "pass\n" * 201}, "tests/test_a.py has 201 lines"),
    ],
)
def test_a_break_of_the_plan_is_seen(tmp_path, files, complaint):
    (seen,) = house(tmp_path, files)
    assert seen.startswith(complaint)


@pytest.mark.parametrize(
    "source", ["from companion.pages.y import figures", "from companion.pages import y", "import companion.pages.y"]
)
def test_a_chapter_that_goes_into_the_room_of_another_is_seen(tmp_path, source):
    (seen,) = house(tmp_path, {"src/companion/pages/y/figures.py": ""}, {"x.ipynb": source})
    assert seen.startswith("x.ipynb imports companion.pages.y")


def test_a_relative_import_is_refused(tmp_path):
    with pytest.raises(ValueError, match="line 1: expected an absolute import, got a relative one"):
        house(tmp_path, {"src/lstm/a.py": "from . import b\n"})


def test_floors_and_imports_are_counted():
    arrows = {"a": {"b", "c"}, "b": {"c"}, "c": set(), "d": set()}
    assert rooms.floors(arrows) == 3
    assert rooms.imports(ROOT / "src")["lstm.gradient"] == {"lstm.checks", "lstm.cell", "lstm.equations", "lstm.ranges"}
