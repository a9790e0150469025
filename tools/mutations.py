"""Wrong versions of a module, each with one change: what a test that is worth its name notices.

Left as they are: annotations, docstrings, __all__, format specifications, `strict=` of zip, which only asserts, and
whose shape or length is asked, since arrays that belong together have one.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

OPERATORS: dict[type[ast.AST], type[Any]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.Mod: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
PAIRS = "min max|zeros ones|zeros_like ones_like|any all|vstack hstack|prod sum|sin cos|c h|c_0 h_0|dl_dc dl_dh|dc dh"
NAMES = {a: b for pair in PAIRS.split("|") for a, b in (pair.split(), pair.split()[::-1])}
GATE = re.compile(r"(W_1|W_2|b_|p_)?([ifog])")  # a field of Params, Gates, Step, Trace
NEXT = dict(zip("ifog", "fogi", strict=True))
KEPT = {"annotation", "returns", "format_spec"}
PASS, SAME = ast.Pass(), ast.parse("lambda function: function", mode="eval").body


class Mutant(NamedTuple):
    """A change of a module: where, what, and the whole text of the module with it."""

    line: int
    name: str  # function: before → after; it does not change with the lines above
    source: str
    where: str  # the outermost function or the method that it changes; "" for what is outside of them


def mutants(text: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its lines; two of one name are told apart by their number."""
    tree, seen = ast.parse(text), Counter[str]()
    for holder, key, node, around, where in _places(tree, [tree], ""):
        for new in _changes(node, around[-1]):
            shown = _shown(node, around)
            before = ast.unparse(shown)
            holder[key] = new
            after = ast.unparse(new if shown is node else shown) if new is not SAME else "left out"
            name = " ".join(f"{where or 'module'}: {before} → {after}".split())
            yield Mutant(_line(node, around), numbered(name, seen), ast.unparse(tree), _outer([*around, node]))
            holder[key] = node


def numbered(name: str, seen: Counter[str]) -> str:
    """The name, with its number where it was `seen` before."""
    seen[name] += 1
    return f"{name} ({seen[name]})" if seen[name] > 1 else name


def _places(node: ast.AST, around: list[ast.AST], where: str) -> Iterator[tuple[Any, Any, ast.AST, list[ast.AST], str]]:
    """(holder, key, child, what it stands in, name of the function): holder[key] = new puts `new` in its place."""
    for field, value in ast.iter_fields(node):
        if field in KEPT:
            continue
        places: list[tuple[Any, Any]] = [(value, k) for k in range(len(value))] if isinstance(value, list) else []
        for holder, key in places or [(vars(node), field)]:
            child = holder[key]
            if not isinstance(child, ast.AST) or _left_out(child):
                continue
            inner = f"{where}.{child.name}".lstrip(".") if isinstance(child, ast.FunctionDef | ast.ClassDef) else where
            yield holder, key, child, around, inner
            yield from _places(child, [*around, child], inner)


def _left_out(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.keyword(arg="strict"):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]) | ast.Call(func=ast.Name(id="TypeVar" | "ParamSpec")):
            return True
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))) | ast.Import() | ast.ImportFrom():
            return True
    return False


def _changes(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    """What takes the place of `node`: nothing where it is left alone."""
    if isinstance(node, ast.expr) and node in getattr(parent, "decorator_list", ()):
        yield SAME
        return
    if isinstance(node, ast.expr) and (node is getattr(parent, "test", None) or node in getattr(parent, "ifs", ())):
        yield ast.UnaryOp(ast.Not(), node)
    match node:
        case ast.BinOp(left, ast.MatMult(), right):
            yield ast.BinOp(right, ast.MatMult(), left)
        case ast.BinOp(left, op, right) if type(op) in OPERATORS:
            yield ast.BinOp(left, OPERATORS[type(op)](), right)
        case ast.Compare(left, ops, others):
            for k, sign in enumerate(ops):
                yield ast.Compare(left, [*ops[:k], OPERATORS[type(sign)](), *ops[k + 1 :]], others)
        case ast.BoolOp(joint, values):
            yield ast.BoolOp(OPERATORS[type(joint)](), values)
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value) | float(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=str(value)):
            yield ast.Constant(f"XX{value}")
        case ast.Attribute() if getattr(parent, "attr", "") == "shape" or _called(parent) == "len":
            return
        case ast.Attribute(value, "T" | "mT"):
            yield value
        case ast.Attribute(value, attr, ctx) if gate := GATE.fullmatch(attr):
            yield ast.Attribute(value, (gate[1] or "") + NEXT[gate[2]], ctx)
        case ast.Attribute(value, attr, ctx) if attr in NAMES:
            yield ast.Attribute(value, NAMES[attr], ctx)
        case ast.Name(id=name, ctx=ast.Load()) if name in NAMES and getattr(parent, "func", None) is node:
            yield ast.Name(NAMES[name], ast.Load())
        case ast.Call(func, [first, second, *rest], keywords) if not isinstance(first, ast.Starred):
            if not isinstance(second, ast.Starred) and not isinstance(first, ast.Constant):
                yield ast.Call(func, [second, first, *rest], keywords)
        case ast.Call(ast.Attribute(ast.Name("np")), [one], []) if not isinstance(one, ast.Starred):
            yield one
        case ast.Slice(lower, upper, step):
            if lower:
                yield ast.Slice(None, upper, step)
            if upper:
                yield ast.Slice(lower, None, step)
        case ast.AugAssign(target, change, value):
            if type(change) in OPERATORS:
                yield ast.AugAssign(target, OPERATORS[type(change)](), value)
            yield PASS
        case ast.Expr(ast.Call()) | ast.Raise():
            yield PASS
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()


def _line(node: ast.AST, around: list[ast.AST]) -> int:
    return next(one.lineno for one in (node, *reversed(around)) if hasattr(one, "lineno"))


def _outer(around: list[ast.AST]) -> str:
    names = []
    for one in around:
        if isinstance(one, ast.FunctionDef | ast.ClassDef):
            names.append(one.name)
        if isinstance(one, ast.FunctionDef):
            return ".".join(names)
    return ""


def _called(node: ast.AST) -> str:
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def _shown(node: ast.AST, around: list[ast.AST]) -> ast.AST:
    """What a name shows: the node, or what it stands in where the node alone says too little."""
    if node in getattr(around[-1], "decorator_list", ()):
        return node
    shown = node
    for one in (node, *reversed(around)):
        if hasattr(one, "body") and isinstance(one, ast.stmt | ast.mod):
            break
        if isinstance(one, ast.stmt | ast.expr):
            shown = one
        if isinstance(one, ast.stmt) or (isinstance(one, ast.expr) and len(ast.unparse(one)) >= 16):
            break
    return shown
