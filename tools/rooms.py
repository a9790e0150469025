"""The plan of the house, read from the imports: who may use whom, no circle, no file too long.

`python -m tools.rooms` prints what breaks the plan, and counts the files, the imports between them and the floors.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import nbformat

from tools.refresh import chapters

ROOT = Path(__file__).parent.parent
LINES = 200
LONG = {".py", ".js", ".css"}
# A room of the companion uses those before it, and the library; site, the last, is what Sphinx loads.
ROOMS = ["files", "style", "notebook", "explorers", "shared", "pages", "check", "site"]


Arrows = Mapping[str, set[str]]  # a module: those that it imports


def complaints(root: Path = ROOT) -> Iterator[str]:
    """Everything that breaks the plan in the checkout `root`, as sentences."""
    arrows = imports(root / "src")
    yield from library_needs_numpy_only(root / "src")
    yield from rooms_use_what_lies_below(arrows)
    yield from no_circle(arrows)
    yield from chapters_use_their_own_room(root / "book")
    yield from files_are_short(root)


def library_needs_numpy_only(src: Path) -> Iterator[str]:
    """lstm imports NumPy, the standard library and itself: never companion, never what draws."""
    allowed = {"lstm", "numpy", *sys.stdlib_module_names}
    for path in sorted((src / "lstm").rglob("*.py")):
        for name, _ in _imported(ast.parse(path.read_text(encoding="utf-8"))):
            if name.partition(".")[0] not in allowed:
                yield f"{path.relative_to(src)} imports {name}: the library needs NumPy only"


def rooms_use_what_lies_below(arrows: Arrows) -> Iterator[str]:
    """A room of companion imports rooms that stand before it in ROOMS; a page's room imports no other page's."""
    for user, used in _arrows(arrows):
        here, there = _room(user), _room(used)
        if here is None or there is None:
            continue
        if here[0] not in ROOMS or ROOMS.index(there[0]) > ROOMS.index(here[0]):
            yield f"{user} imports {used}: {here[0]} stands below {there[0]}"
        elif here[0] == "pages" and there[0] == "pages" and here != there:
            yield f"{user} imports {used}: what two pages share belongs in companion.shared"


def no_circle(arrows: Arrows) -> Iterator[str]:
    """No file reaches itself by its imports."""
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        yield f"a circle of imports: {' <- '.join(error.args[1])}"


def chapters_use_their_own_room(book: Path) -> Iterator[str]:
    """book/NAME.ipynb uses companion.pages.NAME and no other page's room."""
    for path in chapters(book):
        code = "\n".join(cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code")
        lines = ["pass" if line.startswith(("%", "!")) else line for line in code.splitlines()]
        for name, members in _imported(ast.parse("\n".join(lines))):
            targets = [f"{name}.{member}" for member in members] if name == "companion.pages" else [name]
            for target in targets:
                if target.startswith("companion.pages.") and target.split(".")[2] != path.stem:
                    yield f"{path.name} imports {target}: a chapter uses its own room"


def files_are_short(root: Path) -> Iterator[str]:
    """A file of more than 200 lines wants to be two."""
    for folder in ("src", "tests", "tools", "experiments", "benchmarks"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in LONG and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LINES:
                yield f"{path.relative_to(root)} has {lines} lines, more than {LINES}"


def imports(src: Path) -> Arrows:
    """The imports between the files under `src`: {module: set of modules}.

    `from package import name` counts as an import of the module package.name where there is one, else of the
    package's __init__. Importing package.name runs that __init__ too, which is not counted.
    """
    files = {_module(path, src): path for path in sorted(src.rglob("*.py"))}
    arrows: dict[str, set[str]] = {}
    for module, path in files.items():
        used: set[str] = set()
        for name, members in _imported(ast.parse(path.read_text(encoding="utf-8"))):
            targets = [f"{name}.{one}" if f"{name}.{one}" in files else name for one in members] or [name]
            used |= {target for target in targets if target in files}
        arrows[module] = used - {module}
    return arrows


def floors(arrows: Arrows) -> int:
    """On how many floors the files stand: a file stands one above the highest that it imports."""
    height: dict[str, int] = {}
    for module in TopologicalSorter(arrows).static_order():
        height[module] = 1 + max((height[used] for used in arrows[module]), default=0)
    return max(height.values(), default=0)


def _imported(tree: ast.AST) -> Iterator[tuple[str, list[str]]]:
    """(name, members) of each import anywhere in a module; a relative one is refused, for it hides where it leads."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, []) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level or node.module is None:
                raise ValueError(f"line {node.lineno}: expected an absolute import, got a relative one")
            yield node.module, [alias.name for alias in node.names]


def _module(path: Path, src: Path) -> str:
    parts = path.relative_to(src).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _room(module: str) -> tuple[str, ...] | None:
    """("style",), ("pages", "claims"), ...: where in the companion a module stands; None for the rest."""
    parts = module.split(".")[1:]
    if not module.startswith("companion.") or not parts:
        return None
    return tuple(parts[:2]) if parts[0] == "pages" else tuple(parts[:1])


def _arrows(arrows: Arrows) -> list[tuple[str, str]]:
    return [(user, used) for user in sorted(arrows) for used in sorted(arrows[user])]


def main() -> bool:
    for package in ("lstm", "companion"):
        arrows = {name: used for name, used in imports(ROOT / "src").items() if name.split(".")[0] == package}
        inside = {name: {one for one in used if one in arrows} for name, used in arrows.items()}
        count = sum(len(used) for used in inside.values())
        print(f"{package}: {len(inside)} files, {count} imports between them, {floors(inside)} floors")
    broken = list(complaints())
    print("\n".join(broken) or "the plan holds")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
