"""A guard: the code of a chapter asks for no file but those of the package, so that it runs wherever it was put."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat

from companion import files

KINDS = "csv|h5|html|ipynb|jpg|json|log|md|npy|npz|onnx|pickle|pkl|png|pt|py|safetensors|svg|toml|tsv|txt|ya?ml|zip"
PLACE = re.compile(rf"(?:~|\.\.?)?[/\\][\w.]\S*|[a-zA-Z]:[/\\]\S*|[^\s<>]*\.(?:{KINDS})|\.\.|\.\.?[/\\]")
LEADS_OUT = {"glob", "importlib", "pathlib", "requests", "shutil", "subprocess", "tempfile", "urllib"}
OF_THE_CHECKOUT = {"benchmarks", "experiments", "tests", "tools"}  # they are in no wheel


def code_reads_the_packages_files_only(path: Path) -> Iterator[str]:
    """No string is a place of a file but the name in files.path(...), which is there; nothing else opens one."""
    cells = [(number, cell) for number, cell in enumerate(nbformat.read(path, 4).cells) if cell.cell_type == "code"]
    for number, cell in cells:
        lines = cell.source.splitlines()
        yield from (f"cell {number} asks a shell: {line}" for line in lines if line.startswith("!"))
        tree = ast.parse("\n".join("pass" if line.startswith(("%", "!")) else line for line in lines))
        for complaint in complaints(tree):
            yield f"cell {number} {complaint}"


def complaints(tree: ast.AST) -> Iterator[str]:
    """What in this code leads out of the package, as the ends of sentences."""
    asked = [node.args[0] for node in ast.walk(tree) if isinstance(node, ast.Call) and _asks(node.func) and node.args]
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node in asked and node.value not in files.names():
                yield f"asks files.path for {node.value!r}, which is not there"
            elif node not in asked and PLACE.fullmatch(node.value):
                yield f"has the place {node.value!r}: a chapter reads what files.path gives"
        elif isinstance(node, ast.Name) and node.id in ("open", "__file__"):
            yield f"uses {node.id}: a chapter reads what files.path gives"
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            for top in {name.partition(".")[0] for name in names} & (LEADS_OUT | OF_THE_CHECKOUT):
                yield f"imports {top}, which leads out of the package"


def _asks(function: ast.expr) -> bool:
    return ast.unparse(function) == "files.path"
