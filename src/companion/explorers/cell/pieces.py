"""The parts of the drawing of a cell in both directions: where their wires run, and what is said of them.

Coordinates are inches of the book's own drawing. A name in braces stands for that number of `cell.numbers`.
"""

from typing import NamedTuple

from companion.style.drawing import HIGH, LOW, RADIUS, ROLES, X, Y

Point = tuple[float, float]
NAMES = {gate: role if gate == "g" else f"{role} gate" for gate, role in ROLES.items()}
LEFT, RIGHT = X["back"] + 0.36, X["ahead"] - 0.36
REACHES = "times D⁽ᵗ⁻¹⁾ ({{D_prev}}) it is {{{}}}, the term that reaches c⁽ᵗ⁻¹⁾"
LANES = {"f": 0.165, "i": 0.055, "g": -0.055, "o": -0.165}


class Wire(NamedTuple):
    """Straight lines from point to point; the number that they carry stands `at` a place, if it is given."""

    points: list[Point]
    at: Point | None = None
    anchor: str = "middle"


class Piece(NamedTuple):
    """A part that can be pointed at: the number of its name, and how that came about; box: x, y and height, or none.

    Its symbol stands in its box, or where it has none, before its number.
    """

    name: str
    hue: str
    words: str
    how: str
    wires: list[Wire]
    box: tuple[float, float, float] | None = None
    symbol: str = ""


def forward() -> list[Piece]:
    """(12) to (14), from left to right."""
    back, ahead, tanh, x, f, g, c, bus, product = _places()
    inputs = [Wire([(x, 0.24), (x, bus)], (x + 0.08, 0.3), "start")]
    kept, written = "f c⁽ᵗ⁻¹⁾, what is kept", "i g, what is written"
    shown = [(tanh, product - RADIUS), (tanh, bus), (RIGHT, bus)]
    squashed = [(tanh, Y["tanh"] - 0.14), (tanh, product + RADIUS)]
    on_c = [Wire([(g + RADIUS, c), (RIGHT, c)]), Wire([(tanh, c), (tanh, Y["tanh"] + 0.14)])]
    return [
        Piece("x", "x", "x, the input", "read by all four gates", inputs, symbol="x⁽ᵗ⁾"),
        Piece("x_1", "x", "x, the first of the inputs", "read by all four gates", inputs, symbol="x₁⁽ᵗ⁾"),
        Piece("h_prev", "h", "h⁽ᵗ⁻¹⁾, the hidden state before", "read by all four gates",
              [Wire([(LEFT, bus), (x, bus)])], (back, bus, 0.5), "h⁽ᵗ⁻¹⁾"),
        Piece("c_prev", "c", "c⁽ᵗ⁻¹⁾, the memory before", "what the step before left",
              [Wire([(LEFT, c), (f - RADIUS, c)])], (back, c, 0.5), "c⁽ᵗ⁻¹⁾"),
        *(_gate(gate) for gate in NAMES),
        Piece("kept", "c", kept, "{f} times {c_prev}",
              [Wire([(f + RADIUS, c), (g - RADIUS, c)], ((f + g) / 2, c + 0.14))]),
        Piece("written", "c", written, "{i} times {g}",
              [Wire([(g, product + RADIUS), (g, c - RADIUS)], (g + 0.08, 2.85), "start")]),
        Piece("c", "c", "c, the memory", "{kept} kept, plus {written} written", on_c, (ahead, c, 0.5), "c⁽ᵗ⁾"),
        Piece("squashed", "c", "tanh c", "tanh of {c}",
              [Wire(squashed, (tanh + 0.08, (Y["tanh"] + product) / 2 - 0.05), "start")]),
        Piece("h", "h", "h, the hidden state", "o times tanh c, {o} times {squashed}",
              [Wire(shown)], (ahead, bus, 0.5), "h⁽ᵗ⁾"),
    ]  # fmt: skip


def _gate(gate: str) -> Piece:
    x, act = X[gate], "tanh" if gate == "g" else "σ"
    how = f"{act} of {{z_{gate}}}: {{x_{gate}}} from x, {{h_{gate}}} from h⁽ᵗ⁻¹⁾, {{b_{gate}}} bias"
    into = Wire([(X["x"], Y["bus"]), (x, Y["bus"]), (x, LOW)])
    return Piece(gate, gate, NAMES[gate], how, [into, Wire(_out(gate))], (x, Y["box"], 0.58), gate)


def _out(gate: str) -> list[Point]:
    """From the box of a gate to what its value is multiplied with."""
    x, g, product = X[gate], X["g"], Y["product"]
    return [(x, HIGH), *{
        "f": [(x, Y["c"] - RADIUS)],
        "i": [(x, product), (g - RADIUS, product)],
        "g": [(x, product - RADIUS)],
        "o": [(x, product), (X["tanh"] - RADIUS, product)],
    }[gate]]  # fmt: skip


def backward() -> list[Piece]:
    """(15), from right to left: what reaches each part from the loss."""
    back, ahead, tanh, _, f, g, c, bus, product = _places()
    read = [(RIGHT, bus), (tanh, bus), (tanh, product - RADIUS)]
    to_tanh, to_c = [(tanh, product + RADIUS), (tanh, Y["tanh"] - 0.14)], [(tanh, Y["tanh"] + 0.14), (tanh, c)]
    on_c = [Wire([(RIGHT, c), (g + RADIUS, c)]), Wire([(g - RADIUS, c), (f + RADIUS, c)])]
    return [
        Piece("dl_dh", "h", "dl/dh⁽ᵗ⁾", "{read} is read now, the rest comes from later steps",
              [Wire(read)], (ahead, bus, 0.5), "dl/dh⁽ᵗ⁾"),
        Piece("through_h", "h", "what comes to c⁽ᵗ⁾ through h⁽ᵗ⁾", "D⁽ᵗ⁾ ({D}) × dl/dh⁽ᵗ⁾ ({dl_dh})",
              [Wire(to_tanh, (tanh - 0.1, 2.62), "end"), Wire(to_c)]),
        Piece("dl_dc", "c", "dl/dc⁽ᵗ⁾", "{through_h} through h⁽ᵗ⁾, {beyond} from c⁽ᵗ⁺¹⁾",
              on_c, (ahead, c, 0.5), "dl/dc⁽ᵗ⁾"),
        Piece("direct", "direct", "the direct path", "f times dl/dc⁽ᵗ⁾, {f} times {dl_dc}",
              [Wire([(f - RADIUS, c), (LEFT, c)], ((LEFT + f) / 2 + 0.05, c + 0.14))]),
        *(piece for gate in NAMES for piece in (_delta(gate), _term(gate))),
        Piece("read_prev", "h", "what the loss reads from h⁽ᵗ⁻¹⁾", REACHES.format("local"),
              [Wire([(back, 0.12), (back, bus - 0.28)], (back + 0.1, 0.2), "start")], symbol="r⁽ᵗ⁻¹⁾"),
        Piece("dl_dh_before", "h", "dl/dh⁽ᵗ⁻¹⁾",
              "{sent_f} + {sent_i} + {sent_g} + {sent_o} from the gates, + {read_prev} read there",
              [], (back, bus, 0.5), "dl/dh⁽ᵗ⁻¹⁾"),
        Piece("through_before", "h", "what comes to c⁽ᵗ⁻¹⁾ through h⁽ᵗ⁻¹⁾",
              "D⁽ᵗ⁻¹⁾ ({D_prev}) × dl/dh⁽ᵗ⁻¹⁾ ({dl_dh_before})",
              [Wire([(back, bus + 0.28), (back, c - 0.28)], (back + 0.08, Y["box"] + 0.5), "start")]),
        Piece("before", "c", "dl/dc⁽ᵗ⁻¹⁾, the sum of the six",
              "{direct} + {forget} + {input} + {candidate} + {output} + {local}",
              [], (back, c, 0.5), "dl/dc⁽ᵗ⁻¹⁾"),
    ]  # fmt: skip


def _delta(gate: str) -> Piece:
    partner, number = {"f": ("c⁽ᵗ⁻¹⁾", "c_prev"), "i": ("g", "g"), "g": ("i", "i"), "o": ("tanh c", "squashed")}[gate]
    comes, slope = "dl_dh" if gate == "o" else "dl_dc", "1 − g²" if gate == "g" else f"{gate} (1 − {gate})"
    source = {"dl_dh": "dl/dh⁽ᵗ⁾", "dl_dc": "dl/dc⁽ᵗ⁾"}[comes]
    how = f"{source} ({{{comes}}}) × {partner} ({{{number}}}) × the slope {slope} ({{slope_{gate}}})"
    wires = [Wire(_out(gate)[::-1])]
    if gate == "g":  # from the sum to the product, whence it goes on to both i and g
        wires = [Wire([(X["g"], Y["c"] - RADIUS), (X["g"], Y["product"] + RADIUS)]), *wires]
    return Piece(f"delta_{gate}", gate, f"δ of the {NAMES[gate]}", how, wires, (X[gate], Y["box"], 0.58), f"δ {gate}")


def _term(gate: str) -> Piece:
    x, lane = X[gate], Y["bus"] + LANES[gate]
    wire = Wire([(x, LOW), (x, lane), (LEFT, lane)], (x + 0.06, LOW - 0.2), "start")
    words = f"what the {NAMES[gate]} sends back to h⁽ᵗ⁻¹⁾"
    return Piece(f"sent_{gate}", gate, words, REACHES.format(ROLES[gate]), [wire])


def signs(before: str) -> list[tuple[float, float, str, str]]:
    """What stands in the drawing in either direction, (x, y, words, anchor), and above the left column `before`."""
    on_g = [(X["g"], Y["c"], "+"), (X["g"], Y["product"], "×")]
    at_tanh = [(X["tanh"], Y["product"], "×"), (X["tanh"], Y["tanh"], "tanh")]
    signs = [(x, y, words, "middle") for x, y, words in [(X["f"], Y["c"], "×"), *on_g, *at_tanh]]
    return [*signs, (X["back"] - 0.37, Y["c"] + 0.4, before, "start")]


def _places() -> list[float]:
    return [*(X[name] for name in ("back", "ahead", "tanh", "x", "f", "g")), Y["c"], Y["bus"], Y["product"]]
