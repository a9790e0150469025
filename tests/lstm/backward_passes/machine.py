"""Wrong backward passes that nobody wrote: one change of the syntax tree of a right one, of every kind, at every place.

A factor is left out, a summand is left out, a plus becomes a minus, a transpose is left out where it is of a square
matrix, += becomes =, and of the names that stand for like things in a layer one stands for another.
"""

import ast
import copy

ALIKE = (
    ("i", "f", "o", "g"),
    ("it", "ft", "ot", "cct"),
    ("di", "df", "do", "dg"),
    ("dz_i", "dz_f", "dz_o", "dz_g"),
    ("dzi", "dzf", "dzo", "dzg"),
    ("dit", "dft", "dot", "dcct"),
    ("c", "c_prev"),
    ("prev_c", "next_c"),
    ("dc", "dnext_c"),
    ("dct", "dht"),
    ("dc", "dh_t"),
    ("dh", "total"),
    ("x", "h_prev"),
    ("dc_next", "dh_next"),
    ("dprev_h", "dprev_c"),
)


def _versions(node):
    """(words, node) for every wrong version of one node of the tree."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        yield "left factor alone", node.left
        yield "right factor alone", node.right
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield "left summand alone", node.left
        yield "right summand alone", node.right
        yield "minus for plus", ast.BinOp(node.left, ast.Sub(), node.right)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        yield "plus for minus", ast.BinOp(node.left, ast.Add(), node.right)
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield "not transposed", node.value
    if isinstance(node, ast.AugAssign):
        yield "= for +=", ast.Assign([node.target], node.value)
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        for group in ALIKE:
            for other in group if node.id in group else ():
                if other != node.id:
                    yield f"{other} for {node.id}", ast.Name(other, ast.Load())


class _Change(ast.NodeTransformer):
    """Exchange the k-th version that there is."""

    def __init__(self, k):
        self.k, self.seen, self.said = k, 0, None

    def visit(self, node):
        for words, other in _versions(node):
            if self.seen == self.k and self.said is None:
                self.said = f"line {node.lineno}: {words}"
                self.seen += 1
                return ast.copy_location(other, node)
            self.seen += 1
        return self.generic_visit(node)


def mutants(source, functions):
    """[(words, source)] for every change in the functions of these names."""
    tree, found = ast.parse(source), []
    for k in range(10_000):
        changed, change = copy.deepcopy(tree), _Change(k)
        for node in ast.walk(changed):
            if isinstance(node, ast.FunctionDef) and node.name in functions:
                change.generic_visit(node)
        if change.said is None:
            return found
        found.append((change.said, ast.unparse(ast.fix_missing_locations(changed))))
    return found
