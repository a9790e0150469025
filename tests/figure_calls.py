"""One call of every figure: what the tests of the figures draw, and the words that must stand in it."""

import numpy as np

from companion.pages.gates import figures as gates
from companion.pages.gradient import figures as gradient
from companion.pages.museum import figures as museum
from companion.pages.museum.guide import Verdict
from companion.pages.regimes import figures as regimes
from companion.pages.rnn import figures as rnn
from companion.pages.states import figures as states
from companion.style import diagram, gradients
from lstm.gradient import Terms

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
NAMES = dict(x_label="forget bias", y_label="weight scale", label="log10 of true / direct")

# name -> (function, its arrays, its words)
CALLS = {
    "gates": (gates.gates_over_time, dict(times=TIMES, i=I, f=F, o=O, g=G, x=X), dict(units=(1, 3), time_label="year")),
    "states": (states.states_over_time, dict(times=TIMES, c=C, h=H, x=X), {}),
    "two functions": (
        gates.sigmoid_and_tanh,
        dict(z=Z, sigma=np.exp(-np.logaddexp(0, -Z)), tanh=np.tanh(Z), sigma_slope=Z**2, tanh_slope=Z**4),
        {},
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
    "map": (regimes.heatmap, MAP, NAMES),
    "cell": (diagram.cell, {}, {}),
    "cell, backward": (diagram.cell, {}, dict(backward=True)),
}
SYMBOLS = {
    "gates": ["$i^{(t)}$", "$f^{(t)}$", "$o^{(t)}$", "$g^{(t)}$", "$x^{(t)}$", "year", "unit 1", "unit 3"],
    "states": ["$c^{(t)}$", "$h^{(t)}$", "$x^{(t)}$", "unit 1", "unit 2", "unit 3"],
    "two functions": [r"$\sigma(z)$", r"$\tanh z$", r"$\sigma(z)\,(1-\sigma(z))$", r"$1-\tanh^2 z$"],
    "decay": ["$f = 0.5$: 1", "$f = 0.9$: 6.58"],
    "terms": ["direct", "forget gate", "input gate", "candidate", "output gate", "read at once", "sum", "+1.75"],
    "chains": ["product of $f$", "product of $J$", "true chain", "hollow: negative", "step $s$"],
    "explorer": ["candidate", "+1.2", "\u22122.0e\u22125", "true chain"],
    "rates": ["RNN", "LSTM", "norm"],
    "medians": ["RNN 0.9", "LSTM +1", "LSTM +3", "what is left"],
    "museum": ["first", "second", "weak", "strong", "caught", "missed", "with a finding"],
    "map": list(NAMES.values()),
    "cell": ["(12)", "(13)", "(14)", "forget", "input", "candidate", "output", r"$\sigma$", r"$\tanh$"]
    + [f"${k}^{{(t)}}$" for k in "ifogchx"]
    + ["$c^{(t-1)}$", "$h^{(t-1)}$"],
    "cell, backward": ["direct", "forget", "input", "candidate", "output", "local", "$D^{(t-1)}$", "(15)"],
}


def draw(name, **changes):
    function, arrays, words = CALLS[name]
    return function(**(arrays | words | changes))
