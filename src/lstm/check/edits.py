"""Known errors of one word: in a line of the specimen one name, factor, summand, sign or transpose is another.

They are read off its syntax tree, all of them, so that no hand has to think of each.
"""

import ast
import copy
from collections.abc import Iterator

from lstm.check import changed
from lstm.check.errors import Error

ALIKE = (
    ("i", "f", "o", "g", "c", "c_prev", "h_prev"),
    ("dc", "dh", "dc_next", "dh_next"),
    ("d_i", "d_f", "d_o", "d_g"),
)
FUNCTIONS = {"np.tanh": "sigmoid", "sigmoid": "np.tanh"}
NAMES = {"i": "input gate", "f": "forget gate", "o": "output gate", "g": "candidate"}
SAID = {"c_prev": "c^(t-1)", "h_prev": "h^(t-1)", "c": "c^(t)", "np.tanh(c)": "tanh c^(t)", "x": "x^(t)"}
SAID |= {gate: f"{gate} ({name})" for gate, name in NAMES.items()}
SAID |= {f"p.{kind}{k}.T @ d_{k}": f"that comes through the {NAMES[k]}" for kind in ("W_1", "W_2") for k in NAMES}
OTHERS = {gate: "ifog".replace(gate, "") for gate in "ifog"}


def said(code: str) -> str:
    """A piece of code as the report says it."""
    return SAID.get(code, code)


def _versions(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """(words, what stands there instead) for every error of one word at a node."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        for group in ALIKE:
            for other in group if node.id in group else ():
                if other != node.id:
                    yield f"{said(other)} stands where {said(node.id)} belongs", ast.Name(other, ast.Load())
    elif isinstance(node, ast.BinOp):
        yield from _operator(node)
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield f"the transpose of {ast.unparse(node.value)} is missing", node.value
    elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "p":
        kind, gate = node.attr[:-1], node.attr[-1]
        for other in OTHERS[gate]:
            yield f"{kind}{other} stands where {node.attr} belongs", ast.Attribute(node.value, kind + other, ast.Load())
    elif isinstance(node, ast.Call) and (name := ast.unparse(node.func)) in FUNCTIONS:
        yield f"{name.removeprefix('np.')} of {said(ast.unparse(node.args[0]))} is missing", node.args[0]
        instead = ast.parse(FUNCTIONS[name], mode="eval").body
        words = f"{FUNCTIONS[name]} stands where {name} belongs".replace("np.", "")
        yield words, ast.Call(instead, node.args, [])
        yield f"{name.removeprefix('np.')} is taken twice", ast.Call(node.func, [node], [])


def _operator(node: ast.BinOp) -> Iterator[tuple[str, ast.AST]]:
    left, right = ast.unparse(node.left), ast.unparse(node.right)
    if isinstance(node.op, ast.Mult):
        yield f"the factor {said(right)} is missing", node.left
        yield f"the factor {said(left)} is missing", node.right
    elif isinstance(node.op, ast.Add):
        yield f"the summand {said(right)} is missing", node.left
        yield f"the summand {said(left)} is missing", node.right
        yield f"the sign of {said(right)} is wrong", ast.BinOp(node.left, ast.Sub(), node.right)
    elif isinstance(node.op, ast.Sub):
        yield f"{left} + {right} stands where {left} - {right} belongs", ast.BinOp(node.left, ast.Add(), node.right)
        yield f"{right} stands where {left} - {right} belongs", node.right
    elif isinstance(node.op, ast.Pow):
        yield f"the square of {said(left)} is missing in the slope", node.left


class _Change(ast.NodeTransformer):
    """Make the k-th of all changes to a statement."""

    def __init__(self, k: int) -> None:
        self.k, self.words = k, ""

    def visit(self, node: ast.AST) -> ast.AST:
        for words, other in [] if self.words else _versions(node):
            if self.k == 0:
                self.words = words
                return other
            self.k -= 1
        return node if self.words else self.generic_visit(node)


def _place(target: str, function: str) -> str:
    if function == "forward":
        return f"In the forward pass, in the line of {target},"
    if target.startswith("d_"):
        return f"In the delta of the {NAMES[target[-1]]}"
    return "In dx" if target == "dx" else f"In {target}"


def _of_line(text: str, statement: ast.stmt, target: str, function: str) -> Iterator[Error]:
    """Every error of one word in a statement."""
    right = ast.get_source_segment(text, statement) or ""
    for k in range(1000):
        change = _Change(k)
        wrong = change.generic_visit(copy.deepcopy(statement))
        if not change.words:
            return
        name = f"{function}:{target}:{change.words}"
        yield Error(name, f"{_place(target, function)} {change.words}", ((right, ast.unparse(wrong)),))


def _target(statement: ast.stmt) -> str | None:
    """What a statement sets, where it is one of the lines of a step."""
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id
    if isinstance(statement, ast.Expr) and ast.unparse(statement).startswith("dx.append"):
        return "dx"
    return None


def one_word(function: str) -> tuple[Error, ...]:
    """All errors of one word in the steps of `function`, forward or backward, of the specimen."""
    text, found = changed.right(), []
    for loop in ast.walk(ast.parse(text)):
        if isinstance(loop, ast.FunctionDef) and loop.name == function:
            lines = next(node for node in loop.body if isinstance(node, ast.For)).body
            for statement in lines:
                if (target := _target(statement)) is not None:
                    found += list(_of_line(text, statement, target, function))
    return tuple(found)
