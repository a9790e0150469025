"""All that an audit says of outputs that are not those of the weights: python -m tests.lstm.out_said writes it."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from tests.lstm.test_batched import batch

from lstm import audit
from lstm.audit import causes
from lstm.cell import Params
from lstm.fast import batched

SAID = Path(__file__).with_suffix(".txt")
T, B, N = 12, 4, 3
PARAMS, X, _ = batch(5, 2, N, T, B, 2.0)
OUT = batched.run(PARAMS, X).h
H_0, C_0 = np.random.default_rng(1).uniform(-0.9, 0.9, (2, B, N))


class Case(NamedTuple):
    """What is handed to `audit`: params and x, outputs that are not theirs, and its options."""

    params: Params
    x: np.ndarray
    out: np.ndarray
    options: dict


def cases():
    """{what is wrong: `Case`}."""
    square, lengths = X[:B], np.array([9, 12, 3, 7])
    now = np.arange(T)[:, None, None] < lengths[:, None]
    late = np.zeros_like(OUT)
    for b, first in enumerate([3, 0, 5, 1]):
        late[first:, b] = batched.run(PARAMS, X[first:, [b]]).h[:, 0]
    anew = np.concatenate([OUT[:7], batched.run(PARAMS, X[7:]).h])
    swapped = PARAMS._replace(
        **{f"{w}{a}": getattr(PARAMS, f"{w}{b}") for w in ("W_1", "W_2", "b_") for a, b in ("if", "fi")}
    )
    nearly = type(PARAMS)(
        *(p * (1 + 3e-3 * np.random.default_rng(k).normal(size=p.shape)) for k, p in enumerate(PARAMS))
    )
    other = batched.run(batch(6, 2, N, T, B, 2.0)[0], X).h
    made = {
        "batch first": (PARAMS, X, batched.run(PARAMS, X.swapaxes(0, 1)).h.swapaxes(0, 1), {}),
        "not batch first": (PARAMS, square, batched.run(PARAMS, square).h, {"batch_first": True}),
        "backward": (PARAMS, X, batched.run(PARAMS, X[::-1]).h[::-1], {}),
        "x backward": (PARAMS, X, batched.run(PARAMS, X[::-1]).h, {}),
        "out backward": (PARAMS, X, OUT[::-1], {}),
        "states": (PARAMS, X, batched.run(PARAMS, X, h_0=H_0, c_0=C_0).h, {}),
        "no states": (PARAMS, X, OUT, {"h_0": H_0, "c_0": C_0}),
        "set anew": (PARAMS, X, anew, {}),
        "packed": (PARAMS, X, np.where(now, OUT, 0), {}),
        "repeated": (PARAMS, X, np.where(now, OUT, OUT[lengths - 1, np.arange(B)]), {}),
        "late": (PARAMS, X, late, {}),
        "order": (swapped, X, OUT, {}),
        "bias": (PARAMS._replace(b_f=PARAMS.b_f - 1), X, OUT, {}),
        "coarse": (nearly, X, OUT, {}),
        "another network": (PARAMS, X, other, {}),
        "another network, with lengths": (PARAMS, X, other, {"lengths": lengths}),
        "three steps": (PARAMS, X[:3], batched.run(PARAMS, X[:3], h_0=H_0, c_0=C_0).h, {}),
    }
    acts = {words: causes.outputs(PARAMS, X, None, None, *both) for words, both in causes.ACTIVATIONS.items()}
    return {wrong: Case(*case) for wrong, case in made.items()} | {
        words: Case(PARAMS, X, out, {}) for words, out in acts.items()
    }


def refusal(params, x, out, options):
    """What `audit` says of these outputs."""
    try:
        audit(params, x, out=out, **options)
    except ValueError as error:
        return str(error)
    return "nothing"


def text():
    """Each case with its refusal."""
    return "".join(f"[{wrong}] {refusal(*case)}\n" for wrong, case in cases().items())


if __name__ == "__main__":
    SAID.write_text(text(), encoding="utf-8", newline="\n")
