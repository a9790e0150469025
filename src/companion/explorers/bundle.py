"""Joins ES modules into the one that an explorer is.

A browser loads an anywidget from a blob URL, where relative imports fail. So the modules that an explorer's own file
imports, and those that they import, are written one after another, each after those it needs, in one module text.
Only these forms are known, each at the start of a line: `import { a, b } from "./file.js";`, `export` before const,
let, function or class, and one `export default` at the end of the entry. Anything else raises ValueError.
"""

import json
import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from posixpath import dirname, join, normpath
from typing import Any

FOLDER = files("companion.explorers")
GIVEN = "given.js"  # the module beside the entry that Python writes: what only Python knows
IMPORT = re.compile(r'^import \{\s*(\w+(?:,\s*\w+)*),?\s*\} from "(\.\.?/[\w./]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:const|let|function|async function|class) \w)", re.MULTILINE)
DEFAULT = re.compile(r"^export default .*;\n\Z", re.MULTILINE)
TOP = re.compile(r"^(export )?(?:const|let|function|async function|class) (\w+)", re.MULTILINE)
UNKNOWN = re.compile(r"^\s*(?:import|export)\b.*|\bimport\s*[(.].*|^var\b.*|^(?:const|let) [\[{].*", re.MULTILINE)
COMMENT = re.compile(r"^ *(?://[^\n]*|/\*\*(?:(?!\*/).)*\*/)\n", re.MULTILINE | re.DOTALL)


class Bundle(str):
    """The text of one ES module; `modules` has what it is joined of, path -> text, each after those it needs."""

    modules: dict[str, str]


def bundle(entry: str, *, folder: Traversable = FOLDER, **given: Any) -> Bundle:
    """Return the text of one ES module: the file `entry` of `folder` and what it needs, without comments.

    given: constants, name -> anything that json can write. They are what the entry's neighbour given.js exports.
    Raises ValueError that names the file: one is missing, imports in a circle, imports a name that is not exported or
    in a form that is not known, or defines a name that another defines; or a given constant is imported by none.
    """
    found: dict[str, str] = {}
    order: list[str] = []
    if given:
        lines = (f"export const {name} = {json.dumps(value)};\n" for name, value in given.items())
        found[join(dirname(entry), GIVEN)] = "".join(lines)

    def visit(path: str, *walk: str) -> None:
        if path in walk:
            raise ValueError(f"{entry}: a circle of imports, {' -> '.join([*walk[walk.index(path) :], path])}")
        if path not in order:
            if path not in found:
                found[path] = _read(folder, path, by=walk[-1] if walk else "bundle")
            for _, target in imports(path, found[path]):
                visit(target, *walk, path)
            order.append(path)

    visit(entry)
    _check_names(entry, {path: found[path] for path in order}, given)
    modules = {path: bare(path, found[path], path == entry) for path in order}
    joined = Bundle("\n".join(modules.values()))
    joined.modules = modules
    return joined


def bare(path: str, text: str, is_entry: bool) -> str:
    """Return a module as it stands in a bundle: without imports, exports, comments; the entry keeps its default export.

    Raises ValueError where it imports or exports in a form that is not known.
    """
    text = COMMENT.sub("", IMPORT.sub("", text))
    rest = EXPORT.sub("", text)
    if unknown := UNKNOWN.search(DEFAULT.sub("", rest) if is_entry else rest):
        raise ValueError(f"{path}: only plain imports and exports can be joined, not {unknown[0].strip()!r}")
    return rest.strip("\n") + "\n"


def library(bundles: Mapping[str, Bundle], parts: str = "parts/") -> str:
    """Return a classic script that makes `globalThis.explorers`: name -> function that gives what the bundle exports.

    The modules of the folder `parts` stand in it once, whichever bundles need them. What is an explorer's own runs when
    its function is called: one that fails takes no other with it. Raises ValueError where two parts share a name.
    """
    shared: dict[str, str] = {}
    for joined in bundles.values():
        shared |= {path: text for path, text in joined.modules.items() if path.startswith(parts)}
    _check_names("library", shared, ())
    lines = ["globalThis.explorers = (() => {", '"use strict";', *shared.values()]
    for name, joined in bundles.items():
        own = "\n".join(text for path, text in joined.modules.items() if path not in shared)
        lines.append(f"const {name} = () => {{\n{DEFAULT.sub(lambda end: 'return ' + end[0][15:], own)}}};")
    return "\n".join([*lines, f"return {{ {', '.join(bundles)} }};", "})();"]) + "\n"


def imports(path: str, text: str) -> list[tuple[list[str], str]]:
    """The imports of a module, (names, path of the other module), in their order."""
    return [
        (re.findall(r"\w+", names), normpath(join(dirname(path), target))) for names, target in IMPORT.findall(text)
    ]


def _read(folder: Traversable, path: str, by: str) -> str:
    place = folder.joinpath(path)
    if path.startswith("..") or not place.is_file():
        raise ValueError(f"{by}: there is no module {path}")
    return place.read_text(encoding="utf-8")


def _check_names(entry: str, texts: Mapping[str, str], given: Iterable[str]) -> None:
    exported = {path: {name for export, name in TOP.findall(text) if export} for path, text in texts.items()}
    taken: set[str] = set()
    for path, text in texts.items():
        for names, target in imports(path, text):
            if lacking := sorted(set(names) - exported[target]):
                raise ValueError(f"{path}: {target} does not export {', '.join(lacking)}")
            taken |= set(names)
    if unused := sorted(set(given) - taken):
        raise ValueError(f"{entry}: given, but not imported: {', '.join(unused)}")
    owner: dict[str, str] = {}
    for path, text in texts.items():
        for _, name in TOP.findall(text):
            if owner.setdefault(name, path) != path:
                raise ValueError(f"{name}: defined by {owner[name]} and by {path}")
