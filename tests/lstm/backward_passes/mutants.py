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


IN_TWO = (
    Mutant(
        "biases_of_i_and_o_from_f",
        "joined",
        (("dbi = np.sum(dit", "dbi = np.sum(dft"), ("dbo = np.sum(dot", "dbo = np.sum(dft")),
        ("b_i", "b_o", "forget gate"),
    ),
    Mutant(
        "slope_on_one_summand",
        "joined",
        (
            (
                "(dc_next * it + slope * it * da_next) * (1 - cct**2)",
                "dc_next * it + slope * it * da_next * (1 - cct**2)",
            ),
        ),
        ("candidate", "slope"),
    ),
    Mutant(
        "dc_doubled",
        "rows",
        (("    do = dnext_h * tanh_c\n", "    dc += dc\n    do = dnext_h * tanh_c\n"),),
        ("dc", "twice"),
    ),
    Mutant("dh_next_not_added", "joined", (("da[:, :, t] + da_prevt", "da[:, :, t]"),), ("dh_next",)),
    Mutant("bias_of_the_last_step_visited", "rows", (("db += bt", "db = bt"),), ("b_", "sum over", "step")),
    Mutant(
        "c_in_place_of_tanh_c", "rows", (("do = dnext_h * tanh_c", "do = dnext_h * next_c"),), ("output gate", "tanh")
    ),
    Mutant("i_carries_c_back", "rows", (("dprev_c = f * dc", "dprev_c = i * dc"),), ("dc_next", "input gate")),
    Mutant(
        "order_of_the_blocks",
        "rows",
        (("(1 - i) * di, f * (1 - f) * df,", "(1 - i) * df, f * (1 - f) * di,"),),
        ("input gate", "forget gate"),
    ),
    Mutant(
        "mean_over_the_batch",
        "rows",
        (
            ("dWx = x.T @ da\n", "dWx = x.T @ da / len(x)\n"),
            ("dWh = prev_h.T @ da\n", "dWh = prev_h.T @ da / len(x)\n"),
            ("da.sum(axis=0)", "da.mean(axis=0)"),
        ),
        ("mean over the batch",),
    ),
    Mutant(
        "clipped",
        "rows",
        (
            (
                "    db = da.sum(axis=0)\n",
                "    db = da.sum(axis=0)\n    dWx, dWh, db = (np.clip(a, -0.5, 0.5) for a in (dWx, dWh, db))\n",
            ),
        ),
        ("clip",),
    ),
    Mutant(
        "x_by_the_forget_gate_left_out",
        "joined",
        (("dxt = Wf[:, n_a:].T @ dft + Wi", "dxt = Wi"),),
        ("dx", "forget gate"),
    ),
    Mutant(
        "direct_path_from_dnext_c_alone",
        "joined",
        (("dc_prev = dc_next * ft + slope * ft * da_next", "dc_prev = dc_next * ft"),),
        ("cell state",),
    ),
    Mutant("forget_by_c", "rows", (("df = dc * prev_c", "df = dc * next_c"),), ("forget gate", "c^(t)")),
)

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
