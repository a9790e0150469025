"""Right: a batch in columns, time last, (m, B, T); one matrix a gate for [h, x], biases as columns, arrays in dicts."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cell_forward(xt, a_prev, c_prev, parameters):
    concat = np.concatenate([a_prev, xt])
    ft = sigmoid(parameters["Wf"] @ concat + parameters["bf"])
    it = sigmoid(parameters["Wi"] @ concat + parameters["bi"])
    cct = np.tanh(parameters["Wc"] @ concat + parameters["bc"])
    c_next = ft * c_prev + it * cct
    ot = sigmoid(parameters["Wo"] @ concat + parameters["bo"])
    a_next = ot * np.tanh(c_next)
    return a_next, c_next, (a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, parameters)


def cell_backward(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, parameters = cache
    n_a = a_next.shape[0]
    slope = ot * (1 - np.tanh(c_next) ** 2)
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dcct = (dc_next * it + slope * it * da_next) * (1 - cct**2)
    dit = (dc_next * cct + slope * cct * da_next) * it * (1 - it)
    dft = (dc_next * c_prev + slope * c_prev * da_next) * ft * (1 - ft)
    concat = np.concatenate([a_prev, xt])
    dWf = dft @ concat.T
    dWi = dit @ concat.T
    dWc = dcct @ concat.T
    dWo = dot @ concat.T
    dbf = np.sum(dft, axis=1, keepdims=True)
    dbi = np.sum(dit, axis=1, keepdims=True)
    dbc = np.sum(dcct, axis=1, keepdims=True)
    dbo = np.sum(dot, axis=1, keepdims=True)
    Wf, Wi, Wc, Wo = (parameters[name] for name in ("Wf", "Wi", "Wc", "Wo"))
    da_prev = Wf[:, :n_a].T @ dft + Wi[:, :n_a].T @ dit + Wc[:, :n_a].T @ dcct + Wo[:, :n_a].T @ dot
    dc_prev = dc_next * ft + slope * ft * da_next
    dxt = Wf[:, n_a:].T @ dft + Wi[:, n_a:].T @ dit + Wc[:, n_a:].T @ dcct + Wo[:, n_a:].T @ dot
    return {"dxt": dxt, "da_prev": da_prev, "dc_prev": dc_prev, "dWf": dWf, "dbf": dbf, "dWi": dWi, "dbi": dbi,
            "dWc": dWc, "dbc": dbc, "dWo": dWo, "dbo": dbo}  # fmt: skip


def forward(x, a0, c0, parameters):
    a, c, states, caches = a0, c0, [], []
    for t in range(x.shape[2]):
        a, c, cache = cell_forward(x[:, :, t], a, c, parameters)
        states.append(a)
        caches.append(cache)
    return np.stack(states, axis=2), caches


def backward(da, caches):
    n_a, B, T = da.shape
    n_x = caches[0][8].shape[0]
    dx = np.zeros((n_x, B, T))
    da_prevt, dc_prevt = np.zeros((n_a, B)), np.zeros((n_a, B))
    total = {}
    for t in reversed(range(T)):
        now = cell_backward(da[:, :, t] + da_prevt, dc_prevt, caches[t])
        da_prevt = now["da_prev"]
        dc_prevt = now["dc_prev"]
        dx[:, :, t] = now["dxt"]
        for name in ("dWf", "dWi", "dWc", "dWo", "dbf", "dbi", "dbc", "dbo"):
            total[name] = total.get(name, 0) + now[name]
    return {"dx": dx, "da0": da_prevt, **total}
