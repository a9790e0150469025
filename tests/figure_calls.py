"""One call of every figure: what the tests of the figures draw, and the words that must stand in it."""

import numpy as np

from companion.pages.gates import figures as gates
from companion.pages.gradient import figures as gradient
from companion.pages.museum import figures as museum
from companion.pages.museum.guide import Verdict
from companion.pages.museum.measured import hall
from companion.pages.regimes import figures as regimes
from companion.pages.rnn import figures as rnn
from companion.pages.states import figures as states
from companion.pages.unit import figures as unit
from companion.pages.unit import graph
from companion.style import diagram, gradients
from companion.style.forward import NUMBERS, PARTS
from lstm.gradient import Terms
from lstm.scalar import UNIT, held_gates

rng = np.random.default_rng(3)
T, N = 12, 3
TIMES, X, Z = np.arange(1700, 1700 + T), rng.uniform(0, 150, T), np.linspace(-6, 6, 41)
I, F, O = rng.uniform(0, 1, (3, T, N))
G, C, H = rng.uniform(-1, 1, (3, T, N))
STEPS = np.arange(1, T + 1)
DIRECT, JACOBIANS, CHAIN = 0.9 ** (T - STEPS), 0.8 ** (T - STEPS), (-0.7) ** (T - STEPS)
BARS = Terms(0.8, -0.3, 0.05, 1.2, 0.0, -2e-5)
LAGS = np.arange(30)
LONG = dict(steps=STEPS, product_of_f=DIRECT, product_of_jacobians=JACOBIANS, chain=CHAIN)
MAP = dict(x=np.linspace(-2, 4, 7), y=np.linspace(0.5, 3, 5), log10_ratio=rng.normal(scale=2, size=(5, 7)))
MUSEUM = [
    Verdict("first", "weak", False, 0.0),
    Verdict("first", "strong", True, 1.0),
    Verdict("second", "weak", False, 0),
]
MUSEUM.append(Verdict("second", "strong", True, np.inf, "raises"))
HALL = hall()
NAMES = dict(x_label="forget bias", y_label="weight scale", label="log10 of true / direct")

EVENTS = {"write": [1702, 1708], "read": [1706]}
VALUES = {name: f"{0.11 * (k + 1):.2f}" for k, name in enumerate(NUMBERS)}
NUMBERS_OF = {part: [VALUES[name] for name in NUMBERS if part in NUMBERS[name][0].split()] for part in PARTS}

# name -> (function, its arrays, its words)
CALLS = {
    "gates": (gates.gates_over_time, dict(times=TIMES, i=I, f=F, o=O, g=G, x=X), dict(units=(1, 3), time_label="year")),
    "states": (states.states_over_time, dict(times=TIMES, c=C, h=H, x=X), {}),
    "weights": (states.weights_over_time, dict(times=TIMES, weights=abs(C)), dict(time_label="year")),
    "by hand": (states.by_hand, dict.fromkeys(("g", "i", "f", "o", "c", "h", "D"), C[:, 0]), {}),
    "held": (states.held_over_time, dict(times=TIMES, c_held=C[:, [0] * 5], h_held=H), dict(events=EVENTS)),
    "two functions": (
        gates.sigmoid_and_tanh,
        dict(z=Z, sigma=np.exp(-np.logaddexp(0, -Z)), tanh=np.tanh(Z), sigma_slope=Z**2, tanh_slope=Z**4),
        dict(marks=dict(f=(1.4, 0.8, 0.16))),
    ),
    "decay": (
        gradient.decay,
        dict(lags=LAGS),
        dict(weights={f: f**LAGS for f in (0.5, 0.9)}, half_lives={0.5: 1.0, 0.9: 6.58}),
    ),
    "terms": (gradients.terms, {}, dict(terms=BARS, total=1.75)),
    "chains": (gradients.chains, LONG, {}),
    "explorer": (gradients.explorer, LONG, dict(terms=BARS, total=1.75)),
    "rates": (rnn.rates, dict(steps=STEPS, rnn=0.5**STEPS, lstm=0.9**STEPS), dict(title="norm")),
    "medians": (
        rnn.medians,
        dict(steps=STEPS),
        dict(rnn={0.9: 0.5**STEPS}, lstm={1: 0.9**STEPS, 3: 0.99**STEPS}, title="what is left"),
    ),
    "museum": (museum.matrix, {}, dict(verdicts=MUSEUM)),
    "slopes": (museum.slopes, {}, dict(hall=HALL, exhibit=14)),
    "map": (regimes.heatmap, MAP, NAMES),
    "cell": (diagram.cell, {}, {}),
    **{f"cell, {part}": (diagram.cell, {}, dict(lit=part, values=VALUES)) for part in PARTS},
    "cell, backward": (diagram.cell, {}, dict(backward=True)),
    "unrolled": (unit.unrolled, {}, {}),
    "unrolled, numbers": (unit.unrolled, {}, dict(numbers=graph.edges(*held_gates(**UNIT, T=2), [0, 1]))),
    "against": (unit.against, dict(direct=DIRECT, truth=CHAIN), {}),
}
SYMBOLS = {
    "gates": ["$i^{(t)}$", "$f^{(t)}$", "$o^{(t)}$", "$g^{(t)}$", "$x^{(t)}$", "year", "unit 1", "unit 3"],
    "weights": ["weight", "year", "unit 2"],
    "held": [
        "forget gate",
        "input gate",
        "output gate",
        "as designed",
        "held open",
        "held shut",
        "write",
        "read",
        "step",
    ],
    "by hand": ["$g$", "$f$", "$c$", "$D$", "step $t$"],
    "states": ["$c^{(t)}$", "$h^{(t)}$", "$x^{(t)}$", "unit 1", "unit 2", "unit 3"],
    "two functions": [r"$\sigma(z)$", r"$\tanh z$", r"$\sigma(z)\,(1-\sigma(z))$", r"$1-\tanh^2 z$", "$f$"],
    "decay": ["$f = 0.5$: 1", "$f = 0.9$: 6.58"],
    "terms": ["direct", "forget gate", "input gate", "candidate", "output gate", "local", "sum", "+1.75"],
    "chains": ["product of $f$", "product of $J$", "true chain", "hollow: negative", "step $s$"],
    "explorer": ["candidate", "+1.2", "\u22122.0e\u22125", "true chain"],
    "rates": ["RNN", "LSTM", "norm"],
    "medians": ["RNN 0.9", "LSTM +1", "LSTM +3", "what is left"],
    "museum": ["first", "second", "weak", "strong", "caught", "missed", "with a finding"],
    "slopes": HALL.arrays,
    "map": list(NAMES.values()),
    "cell": ["(12)", "(13)", "(14)", "forget", "input", "candidate", "output", r"$\sigma$", r"$\tanh$"]
    + [f"${k}^{{(t)}}$" for k in "ifogchx"]
    + ["$c^{(t-1)}$", "$h^{(t-1)}$"],
    **{f"cell, {part}": ["(12)", "$c^{(t)}$", "$h^{(t-1)}$", *NUMBERS_OF[part]] for part in PARTS},
    "unrolled": ["$c^{(t-1)}$", "$h^{(t)}$", "$l$", "$w_{2f}$", "$D^{(t-1)}$", r"$\tanh c^{(t)}$", "local"],
    "unrolled, numbers": ["0.9", "0.045", "$c^{(t-1)}$"],
    "against": ["equal", "same sign", "opposite sign", "direct term"],
    "cell, backward": ["direct", "forget", "input", "candidate", "output", "local", "$D^{(t-1)}$", "(15)"],
}


def draw(name, **changes):
    function, arrays, words = CALLS[name]
    return function(**(arrays | words | changes))
