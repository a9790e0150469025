"""The places of the regime map one by one: quartiles over cells, verdicts, and both norms against the steps back."""

import numpy as np

from companion.explorers.regimes.data import Places
from companion.pages.regimes.maps import regime_map, summary
from lstm.cell import Params, sigmoid
from lstm.rates import SMALLEST, verdict

QUARTILES = 0.25, 0.5, 0.75


def places(draws, biases, scales):
    """`Places` of the `regimes.Draw` in `draws`, each `placed` at every bias (B,) and scale (K,).

    Raises TypeError or ValueError as `regimes.regime_map` does.
    """
    found = regime_map(draws, biases, scales)
    said, counted = summary(found), found.true.shape[-1]
    norms = [10 ** np.quantile(a, QUARTILES, axis=-1) for a in (found.true, found.direct)]
    quartiles = [*norms, said.true_rate, said.direct_rate, said.log10_ratio]
    counts = [np.rint(counted * a).astype(int) for a in (said.true, said.direct)]
    by_place = [a.reshape(3, -1).T for a in (*quartiles, *counts)]
    verdicts = [verdict(a[1]).ravel() for a in (said.true_rate, said.direct_rate)]
    back = [np.moveaxis(np.quantile(a, QUARTILES, axis=0), 1, 0) for a in _curves(draws, found.biases, found.scales)]
    return Places(found.biases, found.scales, *by_place, *verdicts, *back)


def one(draw):
    """`Places` of a single cell as it is: P = 1, and all three quartiles are its own number."""
    return places([draw], [0.0], [1.0])


def _curves(draws, biases, scales):
    """log10 of both norms for s = 1, ..., T: two arrays (S, P, T).

    Carried back from T: dc = dc^(T)/dc^(t), h^(t) moving with c^(t), and dh = dc^(T)/dh^(t), c^(t) held. At s = 1 it
    is what `regimes.regime_map` carries forward.
    """
    p = {name: np.array([getattr(draw.params, name) for draw in draws])[:, None] for name in Params._fields}
    x = np.array([draw.x for draw in draws])[:, None, ..., None]  # (S, 1, T, m, 1)
    bias, scale = (a.ravel() for a in np.meshgrid(biases, scales, indexing="ij"))
    p |= {f"W_2{k}": scale[:, None, None] * p[f"W_2{k}"] for k in "ifog"}  # (S, P, n, n)
    c = h = np.zeros((*p["W_2i"].shape[:3], 1))
    steps = []  # f, slopes of c by h through i, f, g, slope of h by o, D: each (S, P, n, 1)
    for t in range(x.shape[2]):
        z = [p[f"W_1{k}"] @ x[:, :, t] + p[f"b_{k}"][..., None] + p[f"W_2{k}"] @ h for k in "ifog"]
        i, f, o, g = sigmoid(z[0]), sigmoid(z[1] + bias[:, None, None]), sigmoid(z[2]), np.tanh(z[3])
        ways = [g * i * (1 - i), c * f * (1 - f), i * (1 - g**2)]
        c = f * c + i * g
        h = o * np.tanh(c)
        steps.append((f, ways, np.tanh(c) * o * (1 - o), o * (1 - np.tanh(c) ** 2)))
    size = np.eye(c.shape[2])
    dc, dh, log10_f, true, direct = size, 0 * size, np.zeros_like(c), [], []
    for f, ways, by_o, D in reversed(steps):
        dc = dc + dh * D.swapaxes(2, 3)  # a column of dc^(T)/dc^(t) for each unit that moves
        true.append(np.linalg.norm(np.broadcast_to(dc, p["W_2i"].shape), 2, axis=(2, 3)))
        direct.append(log10_f.max(axis=(2, 3)))
        by_h = sum(a * p[f"W_2{k}"] for a, k in zip(ways, "ifg", strict=True))
        dc, dh = dc * f.swapaxes(2, 3), dc @ by_h + dh @ (by_o * p["W_2o"])
        log10_f = log10_f + np.log10(np.maximum(f, SMALLEST))
    return [np.moveaxis(a[::-1], 0, -1) for a in (np.log10(np.maximum(true, SMALLEST)), np.array(direct))]
