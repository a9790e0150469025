"""Wrong backward passes as people write them: each is one of the right ones with a line or two exchanged.

Written before the errors that lstm.check knows, most after an issue or a thread in which somebody else had made the
mistake: SOURCES says which. `words` are what a report that names the mistake says; all must stand in its cause.
"""

from typing import NamedTuple


class Mutant(NamedTuple):
    """base: the module. changes: pairs (right, wrong), each right text once in it. words: stand in a true cause."""

    name: str
    base: str
    changes: tuple[tuple[str, str], ...]
    words: tuple[str, ...]


MUTANTS = (
    Mutant("sigma_of_f_for_its_slope", "module", (("dc * c_prev * f * (1 - f)", "dc * c_prev * sigmoid(f)"),), ("forget gate", "sigma")),
    Mutant("tanh_slope_at_tanh_c", "module", (("(1 - tanh_c**2)", "(1 - np.tanh(tanh_c) ** 2)"),), ("tanh", "twice", "c")),
    Mutant("tanh_slope_at_g", "whole", (("(1 - g[t] ** 2)", "(1 - np.tanh(g[t]) ** 2)"),), ("candidate", "tanh")),
    Mutant("biases_of_i_and_o_from_f", "joined", (("dbi = np.sum(dit", "dbi = np.sum(dft"), ("dbo = np.sum(dot", "dbo = np.sum(dft")), ("b_i", "b_o", "forget gate")),
    Mutant("slope_on_one_summand", "joined", (("(dc_next * it + slope * it * da_next) * (1 - cct**2)", "dc_next * it + slope * it * da_next * (1 - cct**2)"),), ("candidate", "slope")),
    Mutant("dc_doubled", "rows", (("    do = dnext_h * tanh_c\n", "    dc += dc\n    do = dnext_h * tanh_c\n"),), ("dc", "twice")),
    Mutant("dc_n_ignored", "module", (("dh_next, dc_next = dh_n, dc_n", "dh_next, dc_next = dh_n, np.zeros_like(dc_n)"),), ("c^(T)", "ignored")),
    Mutant("o_alone_has_the_total", "whole", (("dct = dc[t] + dc_next + dht", "dct = dc[t] + dc_next + dh[t]"),), ("dh_next", "dc")),
    Mutant("h_of_the_step_for_the_one_before", "whole", (("np.outer(dz, h[t])", "np.outer(dz, h[t + 1])"),), ("h^(t)", "h^(t-1)")),
    Mutant("c_of_the_step_for_the_one_before", "module", (("self.c[t + 1], self.c[t], self.h[t]", "self.c[t + 1], self.c[t + 1], self.h[t]"),), ("c^(t)", "c^(t-1)")),
    Mutant("dh_next_not_added", "joined", (("da[:, :, t] + da_prevt", "da[:, :, t]"),), ("dh_next",)),
    Mutant("nothing_goes_back", "whole", (("        dh_next = U.T @ dz\n        dc_next = f[t] * dct\n", "        dh0, dc0 = U.T @ dz, f[t] * dct\n"), ("dx, dh_next, dc_next\n", "dx, dh0, dc0\n")), ("dh_next", "dc_next")),
    Mutant("bias_of_the_last_step_visited", "rows", (("db += bt", "db = bt"),), ("b_", "sum over", "step")),
    Mutant("tanh_c_slope_without_o", "cell", (("dh * o * (1 - np.tanh(c) ** 2)", "dh * (1 - np.tanh(c) ** 2)"),), ("output gate", "dc")),
    Mutant("c_in_place_of_tanh_c", "rows", (("do = dnext_h * tanh_c", "do = dnext_h * next_c"),), ("output gate", "tanh")),
    Mutant("one_minus_g", "cell", (("(1 - g**2)", "(1 - g)"),), ("candidate", "slope")),
    Mutant("i_carries_c_back", "rows", (("dprev_c = f * dc", "dprev_c = i * dc"),), ("dc_next", "input gate")),
    Mutant("candidate_by_g", "module", (("dc * i * (1 - g**2)", "dc * g * (1 - g**2)"),), ("candidate", "i")),
    Mutant("order_of_the_blocks", "rows", (("(1 - i) * di, f * (1 - f) * df,", "(1 - i) * df, f * (1 - f) * di,"),), ("input gate", "forget gate")),
    Mutant("mean_over_the_batch", "rows", (("dWx = x.T @ da\n", "dWx = x.T @ da / len(x)\n"), ("dWh = prev_h.T @ da\n", "dWh = prev_h.T @ da / len(x)\n"), ("da.sum(axis=0)", "da.mean(axis=0)")), ("mean over the batch",)),
    Mutant("clipped", "rows", (("    return dx, dprev_h, dprev_c, dWx, dWh, db\n\n\ndef forward", "    return dx, dprev_h, dprev_c, np.clip(dWx, -0.5, 0.5), np.clip(dWh, -0.5, 0.5), np.clip(db, -0.5, 0.5)\n\n\ndef forward"),), ("clip",)),
    Mutant("slope_of_z", "cell", (("dh * np.tanh(c) * o * (1 - o)", "dh * np.tanh(c) * z_o * (1 - z_o)"),), ("output gate", "argument")),
    Mutant("x_by_the_forget_gate_left_out", "joined", (("dxt = Wf[:, n_a:].T @ dft + Wi", "dxt = Wi"),), ("dx", "forget gate")),
    Mutant("dh_prev_by_the_candidate_left_out", "cell", (("W_ho.T @ dz_o + W_hg.T @ dz_g", "W_ho.T @ dz_o"),), ("dh", "candidate")),
    Mutant("sign_of_the_candidate", "whole", (("dct * i[t] * (1 - g[t] ** 2)", "dct * i[t] * (g[t] ** 2 - 1)"),), ("candidate", "sign")),
    Mutant("one_bias_alone", "module", (("            self.grad_bias_hh += dz.sum(axis=0)\n", ""),), ("zero",)),
    Mutant("dh_n_added_at_every_step", "module", (("dh_t = dh[t] + dh_next", "dh_t = dh[t] + dh_next + dh_n * (t < len(self.x) - 1)"),), ("h^(T)", "every step")),
    Mutant("direct_path_from_dnext_c_alone", "joined", (("dc_prev = dc_next * ft + slope * ft * da_next", "dc_prev = dc_next * ft"),), ("cell state",)),
    Mutant("x_transposed_in_time", "whole", (("np.outer(dz, x[t])", "np.outer(dz, x[T - 1 - t])"),), ("W_1", "x")),
    Mutant("forget_by_c", "rows", (("df = dc * prev_c", "df = dc * next_c"),), ("forget gate", "c^(t)")),
)  # fmt: skip

SOURCES = {
    "sigma_of_f_for_its_slope": "CaptainE/RNN-LSTM-in-numpy, issue 1",
    "tanh_slope_at_tanh_c": "nicklashansen/rnn_lstm_from_scratch, issue 1",
    "tanh_slope_at_g": "nicklashansen/rnn_lstm_from_scratch, issue 1",
    "biases_of_i_and_o_from_f": "hanbt/learn_dl, issue 53",
    "slope_on_one_summand": "jinzishuai/learn2deeplearn, issue 44",
    "dc_doubled": "javaidnabi31/RNN-from-scratch, issue 2",
    "dc_n_ignored": "deeplearning4j/deeplearning4j, issue 8838; PaddlePaddle/Paddle, issue 6970",
    "o_alone_has_the_total": "lhnguyen102/cuTAGI, issue 77",
    "nothing_goes_back": "CaptainE/RNN-LSTM-in-numpy, issue 1",
    "dh_next_not_added": "the threads on lstm_backward at community.deeplearning.ai",
}
