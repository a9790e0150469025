"""The derivations of the scalar cell, checked by SymPy: one unit, one input, gates as functions of h^(t-1).

Each function returns `Claims`: what SymPy derives from Equations (12) to (14), beside what the book states, by name.
`residuals` subtracts and cancels; a claim that holds leaves 0. Symbols without a step belong to step t; `before`
is step t-1. A loss enters by its first derivatives only, so it may be taken as linear in what it reads.
"""

from collections.abc import Mapping
from typing import NamedTuple

import sympy as sp


class Claims(NamedTuple):
    """Two dictionaries with the same names: expressions that SymPy derives, and the ones that the book states."""

    derived: dict[str, sp.Expr]
    stated: dict[str, sp.Expr]


class sigma(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """The sigmoid, by its slope sigma (1 - sigma); `slopes` checks that against 1 / (1 + exp(-z))."""

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """The derivative by the argument."""
        return self * (1 - self)


i, f, o, g, c, x, z = sp.symbols("i f o g c x z", real=True)
c_prev, o_prev, h_prev = sp.symbols("c_prev o_prev h_prev", real=True)
dl_dc, dl_dh, reads = sp.symbols("dl_dc dl_dh reads", real=True)  # totals at step t; what l reads from h^(t-1)
l_c = sp.Symbol("l_c", real=True)  # dl/dc^(t) with h^(t) held, the cell gradient that frameworks pass along
w_2f, w_2i, w_2g, w_2o = sp.symbols("w_2f w_2i w_2g w_2o", real=True)

PATHS = {"forget": (f, w_2f), "input": (i, w_2i), "candidate": (g, w_2g), "output": (o, w_2o)}
D, D_prev = o * (1 - sp.tanh(c) ** 2), o_prev * (1 - sp.tanh(c_prev) ** 2)
TERMS = {  # Eq. (15) for one unit
    "direct": f * dl_dc,
    "forget": D_prev * w_2f * dl_dc * c_prev * f * (1 - f),
    "input": D_prev * w_2i * dl_dc * g * i * (1 - i),
    "candidate": D_prev * w_2g * dl_dc * i * (1 - g**2),
    "output": D_prev * w_2o * dl_dh * sp.tanh(c) * o * (1 - o),
    "local": D_prev * reads,
}
J = sp.diff(sum(TERMS[path] for path in ("direct", "forget", "input", "candidate")), dl_dc)


def residuals(claims: Claims) -> dict[str, sp.Expr]:
    """What is left of each claim, derived minus stated, over one denominator: a dict by name, 0 where it holds.

    Raises ValueError where the two have different names.
    """
    if claims.derived.keys() != claims.stated.keys():
        raise ValueError(f"claims: expected the names {[*claims.derived]}, got {[*claims.stated]}")
    return {name: sp.cancel(sp.expand(claims.derived[name] - claims.stated[name])) for name in claims.derived}


def slopes() -> Claims:
    """The slopes of sigma and tanh, from their definitions by exp."""
    s, tanh = 1 / (1 + sp.exp(-z)), (sp.exp(z) - sp.exp(-z)) / (sp.exp(z) + sp.exp(-z))
    return Claims({"sigma": sp.diff(s, z), "tanh": sp.diff(tanh, z)}, {"sigma": s * (1 - s), "tanh": 1 - tanh**2})


def equation_15() -> Claims:
    """The six terms of dl/dc^(t-1), each the path that it takes alone; their sum; the compact line by dl/dh^(t-1)."""
    copies = {path: sp.Symbol(f"h_{path}", real=True) for path in PATHS}
    held, slope = _loss(copies, local=h_prev), _dh_dc_before()
    derived = {"direct": _at_step(sp.diff(held, c_prev), copies)}
    derived |= {path: slope * _at_step(sp.diff(held, h), copies) for path, h in copies.items()}
    derived |= {"local": slope * sp.diff(held, h_prev), "total": _total(), "compact": _total()}
    one_h = dict.fromkeys(PATHS, h_prev)
    derived["dl_dh_before"] = _at_step(sp.diff(_loss(one_h, local=h_prev), h_prev), one_h)
    stated = TERMS | {"total": sum(TERMS.values()), "dl_dh_before": _dl_dh_before()}
    stated["compact"] = f * dl_dc + D_prev * _dl_dh_before()
    return Claims(derived, {name: _in_parts(e) for name, e in stated.items()})


def printed_form() -> Claims:
    """The printed dl/dc^(t) {f + other terms}, for a loss that reads h^(t) alone, so that l_c and reads are 0.

    literal: total minus J dl/dc^(t) is the path through the output gate. factor: J with one more term is exact.
    """
    at_t_only = {l_c: 0, reads: 0}
    factor = J + D_prev * w_2o * (1 - o) * sp.sinh(c) * sp.cosh(c)
    as_tanh = {sp.sinh(c): sp.tanh(c) / sp.sqrt(1 - sp.tanh(c) ** 2), sp.cosh(c): 1 / sp.sqrt(1 - sp.tanh(c) ** 2)}
    stated = {"literal": J * dl_dc + TERMS["output"], "factor": factor.subs(as_tanh) * dl_dc}
    derived = dict.fromkeys(stated, _total().subs(at_t_only))
    return Claims(derived, {name: _in_parts(e).subs(at_t_only) for name, e in stated.items()})


def state_jacobian() -> Claims:
    """The 2 x 2 Jacobian of (c, h)^(t) by (c, h)^(t-1), the two moved apart; cc, ch, hc, hh: row, column."""
    one_h = dict.fromkeys(PATHS, h_prev)
    _, c_t, h_t = _forward(one_h)
    pairs = {"cc": (c_t, c_prev), "ch": (c_t, h_prev), "hc": (h_t, c_prev), "hh": (h_t, h_prev)}
    derived = {name: _at_step(sp.diff(row, column), one_h) for name, (row, column) in pairs.items()}
    dc_dh = w_2f * c_prev * f * (1 - f) + w_2i * g * i * (1 - i) + w_2g * i * (1 - g**2)
    through_o = sp.tanh(c) * o * (1 - o) * w_2o
    return Claims(derived, {"cc": f, "ch": dc_dh, "hc": D * f, "hh": D * dc_dh + through_o})


def constant_gates(steps: int = 6) -> Claims:
    """With constant gates (13) is an AR(1) filter of the candidates: c^(T) = f^T c^(0) + sum of f^(T-k) i g^(k).

    filter: that sum for T = `steps`. start, induction: for a constant candidate it is the geometric sum, for every T.
    half_life: the weight f^k is 1/2 at k = log(1/2) / log f. smoothing: for i = 1 - f the weights are those of
    exponential smoothing and sum to 1 - f^T.
    """
    T = sp.Symbol("T", integer=True, nonnegative=True)
    c_0, keep = sp.Symbol("c_0", real=True), sp.Symbol("f", positive=True)
    candidates = sp.symbols(f"g_1:{steps + 1}", real=True)
    state = c_0
    for g_k in candidates:
        state = keep * state + i * g_k
    weights = [sp.diff(state, g_k).subs(i, 1 - keep) for g_k in candidates]
    weighted = sum(keep ** (steps - k) * i * g_k for k, g_k in enumerate(candidates, 1))
    geometric = keep**T * c_0 + i * g * (1 - keep**T) / (1 - keep)
    half = sp.Rational(1, 2)
    derived = {"filter": state, "start": geometric.subs(T, 0), "induction": keep * geometric + i * g}
    derived |= {"half_life": keep ** (sp.log(half) / sp.log(keep)), "smoothing": sum(weights)}
    stated = {"filter": keep**steps * c_0 + weighted, "start": c_0, "induction": geometric.subs(T, T + 1)}
    return Claims(derived, stated | {"half_life": half, "smoothing": 1 - keep**steps})


def saturation() -> Claims:
    """What is left of each path as a gate or a state saturates, all else held; the arrows are in the names."""
    s, tanh, infinity = 1 / (1 + sp.exp(-z)), sp.tanh(z), sp.oo
    slope_g = D_prev * w_2g * dl_dc * (1 - g**2)
    limits = {  # term, symbol, its function of z, limit of z, what is left
        "direct, f -> 1": (TERMS["direct"], f, s, infinity, dl_dc),
        "direct, f -> 0": (TERMS["direct"], f, s, -infinity, 0),
        "candidate, i -> 1": (TERMS["candidate"], i, s, infinity, slope_g),
        "candidate, i -> 0": (TERMS["candidate"], i, s, -infinity, 0),
        "candidate, g -> 1": (TERMS["candidate"], g, tanh, infinity, 0),
        "candidate, g -> -1": (TERMS["candidate"], g, tanh, -infinity, 0),
    }
    for path in ("forget", "input", "output"):
        gate = PATHS[path][0]
        limits[f"{path}, {gate} -> 1"] = (TERMS[path], gate, s, infinity, 0)
        limits[f"{path}, {gate} -> 0"] = (TERMS[path], gate, s, -infinity, 0)
    # All but the direct path carry D_prev; the forget path carries c_prev too, which grows as D_prev dies.
    for name, term in {"D_prev": D_prev, "forget": TERMS["forget"]}.items():
        limits[f"{name}, o_prev -> 0"] = (term, o_prev, s, -infinity, 0)
        limits[f"{name}, c_prev -> oo"] = (term, c_prev, z, infinity, 0)
        limits[f"{name}, c_prev -> -oo"] = (term, c_prev, z, -infinity, 0)
    derived = {name: _limit(*row[:-1]) for name, row in limits.items()}
    return Claims(derived, {name: sp.sympify(row[-1]) for name, row in limits.items()})


def _forward(h: Mapping[str, sp.Expr]) -> tuple[dict[str, sp.Expr], sp.Expr, sp.Expr]:
    """Equations (12) to (14), each gate reading its own copy of h^(t-1): (gates, c^(t), h^(t))."""
    gates = {}
    for path, (gate, w_2) in PATHS.items():
        w_1, b = sp.symbols(f"w_1{gate} b_{gate}", real=True)
        gates[path] = (sp.tanh if path == "candidate" else sigma)(w_1 * x + w_2 * h[path] + b)
    c_t = gates["forget"] * c_prev + gates["input"] * gates["candidate"]
    return gates, c_t, gates["output"] * sp.tanh(c_t)


def _loss(h: Mapping[str, sp.Expr], local: sp.Expr) -> sp.Expr:
    _, c_t, h_t = _forward(h)
    return l_c * c_t + dl_dh * h_t + reads * local


def _at_step(expression: sp.Expr, h: Mapping[str, sp.Expr]) -> sp.Expr:
    """Write c, i, f, o, g for the functions of h^(t-1) that stand in a derivative."""
    gates, c_t, _ = _forward(h)
    return expression.xreplace({c_t: c}).xreplace({gates[path]: PATHS[path][0] for path in PATHS})


def _dh_dc_before() -> sp.Expr:
    return sp.diff(o_prev * sp.tanh(c_prev), c_prev)


def _total() -> sp.Expr:
    """dl/dc^(t-1) by differentiating once, h^(t-1) = o^(t-1) tanh c^(t-1) put in everywhere."""
    h = dict.fromkeys(PATHS, o_prev * sp.tanh(c_prev))
    return _at_step(sp.diff(_loss(h, local=h["forget"]), c_prev), h)


def _limit(term: sp.Expr, variable: sp.Symbol, by_z: sp.Expr, end: sp.Expr) -> sp.Expr:
    """The limit of a product as z tends to `end`; only the factors that hold `variable` need SymPy's limit."""
    rest, moving = term.as_independent(variable)
    return rest * sp.limit(moving.subs(variable, by_z).rewrite(sp.exp), z, end)


def _dl_dh_before() -> sp.Expr:
    return reads + sum(sp.cancel(TERMS[path] / D_prev) for path in PATHS)


def _in_parts(expression: sp.Expr) -> sp.Expr:
    """Put the total dl/dc^(t) = l_c + D dl/dh^(t) into a stated expression."""
    return expression.subs(dl_dc, l_c + D * dl_dh)
