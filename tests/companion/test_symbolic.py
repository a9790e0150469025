"""The claims about the scalar cell leave 0 by SymPy; a wrong claim, of the kind that is often made, does not."""

import numpy as np
import pytest
import sympy as sp

from companion.shared import symbolic
from companion.shared.symbolic import (
    PATHS,
    TERMS,
    D,
    D_prev,
    c,
    c_prev,
    dl_dc,
    dl_dh,
    f,
    g,
    i,
    o,
    w_2f,
    w_2g,
    w_2i,
    w_2o,
    z,
)
from lstm import gradient, scalar

CLAIMS = [
    symbolic.slopes,
    symbolic.equation_15,
    symbolic.printed_form,
    symbolic.state_jacobian,
    symbolic.constant_gates,
    symbolic.saturation,
]
TANH = sp.tanh(c)
KEEP, T = sp.Symbol("f", positive=True), sp.Symbol("T", integer=True, nonnegative=True)
DRAWN = sp.symbols("g_1:7", real=True)
IN_PARTS = symbolic._in_parts
WITHOUT_OUTPUT = sum(term for path, term in TERMS.items() if path != "output")

WRONG = [  # function, claim, a wrong statement of it
    ("slopes", "sigma", 1 / (1 + sp.exp(-z))),
    ("slopes", "sigma", 2 / (1 + sp.exp(-2 * z)) * (1 - 1 / (1 + sp.exp(-2 * z)))),  # sigma(2x)
    ("slopes", "tanh", 1 - sp.tanh(z)),
    ("equation_15", "direct", dl_dc),
    ("equation_15", "direct", f * symbolic.l_c),  # the cell gradient of frameworks for the total one
    ("equation_15", "forget", TERMS["forget"] / (1 - f)),
    ("equation_15", "forget", TERMS["forget"] * c / c_prev),
    ("equation_15", "input", TERMS["input"] / D_prev),
    ("equation_15", "candidate", TERMS["candidate"] / i),
    ("equation_15", "candidate", D_prev * w_2g * dl_dc * i * g * (1 - g)),
    ("equation_15", "output", TERMS["output"] * dl_dc / dl_dh),
    ("equation_15", "output", TERMS["output"] / TANH),
    ("equation_15", "local", symbolic.reads),
    ("equation_15", "total", WITHOUT_OUTPUT),
    ("equation_15", "total", sum(TERMS.values()) - TERMS["local"]),
    ("equation_15", "compact", f * dl_dc + symbolic._dl_dh_before()),
    ("equation_15", "dl_dh_before", symbolic._dl_dh_before() - symbolic.reads),
    ("printed_form", "literal", symbolic.J * dl_dc),
    ("printed_form", "factor", (symbolic.J + D_prev * w_2o * sp.sinh(c) * sp.cosh(c)) * dl_dc),
    ("printed_form", "factor", (symbolic.J + D_prev * w_2o * (1 - o) * TANH) * dl_dc),
    ("state_jacobian", "cc", sp.Integer(1)),
    ("state_jacobian", "ch", w_2f * c_prev * f * (1 - f) + w_2i * g * i * (1 - i)),
    ("state_jacobian", "hc", f),
    ("state_jacobian", "hh", TANH * o * (1 - o) * w_2o),
    ("constant_gates", "filter", sum(KEEP ** (7 - k) * i * g_k for k, g_k in enumerate(DRAWN, 1))),
    ("constant_gates", "start", sp.Integer(0)),
    ("constant_gates", "induction", i * g * (1 - KEEP ** (T + 1)) / (1 - KEEP)),
    ("constant_gates", "half_life", sp.Rational(1, 4)),
    ("constant_gates", "smoothing", sp.Integer(1)),
    ("saturation", "direct, f -> 1", sp.Integer(0)),
    ("saturation", "direct, f -> 0", dl_dc),
    ("saturation", "candidate, i -> 1", sp.Integer(0)),
    ("saturation", "candidate, g -> 1", TERMS["candidate"].subs(g, 0)),
    ("saturation", "input, i -> 1", TERMS["candidate"]),
    ("saturation", "output, o -> 0", TERMS["output"]),
    ("saturation", "forget, c_prev -> oo", TERMS["forget"]),
    ("saturation", "D_prev, o_prev -> 0", D_prev),
]


@pytest.fixture(scope="module")
def claims():
    return {function.__name__: function() for function in CLAIMS}


@pytest.mark.parametrize("name", [function.__name__ for function in CLAIMS])
def test_every_claim_leaves_zero(claims, name):
    left = symbolic.residuals(claims[name])
    assert left
    assert {claim: rest for claim, rest in left.items() if rest != 0} == {}


@pytest.mark.parametrize(("name", "claim", "wrong"), WRONG, ids=[f"{k}-{row[1]}" for k, row in enumerate(WRONG)])
def test_a_wrong_claim_leaves_something(claims, name, claim, wrong):
    stated = claims[name].stated | {claim: IN_PARTS(wrong)}
    left = symbolic.residuals(claims[name]._replace(stated=stated))
    assert left.pop(claim) != 0
    assert not any(left.values())


def test_every_claim_but_the_limits_has_a_wrong_twin(claims):
    tried = {(name, claim) for name, claim, _ in WRONG}
    assert not {(n, k) for n, both in claims.items() for k in both.stated if n != "saturation"} - tried


def test_a_derivation_without_the_path_through_the_output_gate_is_seen(monkeypatch):
    right = symbolic._forward

    def held_output(h):
        return right(h | {"output": sp.Symbol("h_held", real=True)})

    monkeypatch.setattr(symbolic, "_forward", held_output)
    left = symbolic.residuals(symbolic.equation_15())
    assert {claim for claim, rest in left.items() if rest != 0} == {"output", "total", "compact", "dl_dh_before"}


def test_the_names_on_both_sides_must_be_the_same():
    with pytest.raises(ValueError, match=r"claims: expected the names \['a'\], got \['b'\]"):
        symbolic.residuals(symbolic.Claims({"a": z}, {"b": z}))


def test_every_path_saturates_at_both_ends_of_its_own_gate(claims):
    names = claims["saturation"].stated
    assert {f"{path}, {PATHS[path][0]} -> {end}" for path in ("forget", "input", "output") for end in (0, 1)} <= set(
        names
    )
    assert all(
        sp.cancel(term / D_prev).has(c_prev) == (path == "forget") for path, term in TERMS.items() if path != "direct"
    )
    alive = [name for name, left in claims["saturation"].derived.items() if left != 0]
    assert alive == ["direct, f -> 1", "candidate, i -> 1"]


def test_the_symbolic_terms_have_the_values_of_the_numeric_ones():
    held = {"f": 0.8, "i": 0.6, "o": 0.7, "g": -0.4, "c_1": 0.9, "o_1": 0.3}
    weights = {"w_2f": 1.5, "w_2i": -2.0, "w_2g": 0.7, "w_2o": 1.1}
    params, trace = scalar.held_gates(**held, **weights, T=2)
    at_2, reads = gradient.Totals(*np.array([[[0.0], [0.5]], [[0.0], [-1.2]]])), np.array([[0.4], [0.0]])
    found = gradient.terms(params, trace, 2, at_2, reads)
    values = {f: 0.8, i: 0.6, o: 0.7, g: -0.4, c_prev: 0.9, symbolic.o_prev: 0.3, c: trace.c[1, 0]}
    values |= {dl_dc: 0.5, dl_dh: -1.2, symbolic.reads: 0.4, w_2f: 1.5, w_2i: -2.0, w_2g: 0.7, w_2o: 1.1}
    assert tuple(TERMS) == found._fields
    expected = [float(term.subs(values)) for term in TERMS.values()]
    np.testing.assert_allclose(np.ravel(found), expected, rtol=1e-14)
    jacobian = gradient.step_jacobian(params, trace, 2)[0, 0]
    assert float(symbolic.J.subs(values)) == pytest.approx(jacobian, rel=1e-14)
    assert float(D.subs(values)) == pytest.approx(gradient.output_slope(trace, 2)[0], rel=1e-14)
