"""The one palette, two dictionaries from symbol to colour; nothing is loaded with it.

LIGHT is read on white, DARK on a dark page; each has a contrast of at least 4.5 to 1 with its ground. A colour
never speaks alone: the symbol, a label or a line style says the same.
"""

LIGHT = {
    "i": "#1a7332",
    "f": "#0b5fa5",
    "o": "#7b3fb5",
    "g": "#a14a00",
    "c": "#1f2328",
    "h": "#b3264a",
    "x": "#57606a",
    "direct": "#00707a",
    "jacobians": "#6b6500",
}
DARK = {
    "i": "#5fcf80",
    "f": "#6cb4f5",
    "o": "#c79bf2",
    "g": "#f2a35e",
    "c": "#e6e6e6",
    "h": "#ff8fa3",
    "x": "#a3adb8",
    "direct": "#4fd0d8",
    "jacobians": "#d6cc4a",
}

INK, MUTED, RULE = LIGHT["c"], LIGHT["x"], "#b9c0c7"
