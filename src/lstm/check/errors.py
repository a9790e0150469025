"""The errors of the museum, each once: what it is called, and the lines of the specimen that it exchanges.

The museum of the book shows them with their stories; `lstm.check` compares a backward pass with
each and with their pairs.
"""

from typing import NamedTuple


class Error(NamedTuple):
    """A known error. changes: pairs (right, wrong) of source text; each right text stands in the specimen once."""

    name: str
    title: str
    changes: tuple[tuple[str, str], ...]


EXHIBITS = (
    Error(
        "dh_overwritten",
        "The gradient dh is overwritten before dc is formed",
        (
            ("        dh_next = p.W_2i.T", "        dh = p.W_2i.T"),
            (
                "        dc_next = f * dc\n",
                "        dc_next = f * (dc_next + dh * o * (1 - np.tanh(c) ** 2))\n        dh_next = dh\n",
            ),
        ),
    ),
    Error(
        "dropped_cell_gradient",
        "No gradient travels along the cell state",
        (("dc = dc_next + dh", "dc = dh"),),
    ),
    Error(
        "last_read_only",
        "The loss is read at the last step only",
        (("dh = reads[t] + dh_next", "dh = dh_next + (reads[t] if t == len(moments) - 1 else 0)"),),
    ),
    Error(
        "forgotten_time_sum",
        "The sum over time is forgotten",
        (('grads["W_1" + gate] +=', 'grads["W_1" + gate] ='),),
    ),
    Error(
        "mean_over_batch",
        "The sum over the batch becomes a mean",
        (("d.sum(axis=1)", "d.mean(axis=1)"),),
    ),
    Error(
        "swapped_gates",
        "Output gate and candidate change places",
        (('zip("ifog"', 'zip("ifgo"'),),
    ),
    Error(
        "index_wraps",
        "The cell state before the first is taken for the last",
        (
            (
                "x, h_prev, c_prev, i, f, o, g, c, _ = moments[t]\n",
                "x, h_prev, _, i, f, o, g, c, _ = moments[t]\n        c_prev = moments[t - 1].c\n",
            ),
        ),
    ),
    Error(
        "borrowed_bias",
        "Two gates borrow the bias of a third",
        (
            ("p.W_2i @ h_prev + p.b_i", "p.W_2i @ h_prev + p.b_o"),
            ("p.W_2f @ h_prev + p.b_f", "p.W_2f @ h_prev + p.b_o"),
        ),
    ),
    Error(
        "reversed_inputs",
        "The gradients of the inputs come back in reverse",
        (("x=np.array(dx[::-1])", "x=np.array(dx)"),),
    ),
    Error(
        "missing_sigma_slope",
        "The forget gate loses its slope",
        (("dc * c_prev * f * (1 - f)", "dc * c_prev"),),
    ),
    Error(
        "squashed_twice",
        "The slope of the sigmoid is taken at the gate and not at its argument",
        (("dc * g * i * (1 - i)", "dc * g * sigmoid(i) * (1 - sigmoid(i))"),),
    ),
    Error(
        "doubled_sigmoid",
        "Another function passes for the sigmoid",
        (("np.tanh(z / 2)", "np.tanh(z)"),),
    ),
    Error(
        "missing_tanh",
        "The hidden state loses its tanh, forward and backward",
        (
            ("h = o * np.tanh(c)\n", "h = o * c\n"),
            ("dc_next + dh * o * (1 - np.tanh(c) ** 2)", "dc_next + dh * o"),
            ("dh * np.tanh(c) * o * (1 - o)", "dh * c * o * (1 - o)"),
        ),
    ),
    Error(
        "missing_tanh_slope",
        "The slope of tanh is missing",
        (("dc_next + dh * o * (1 - np.tanh(c) ** 2)", "dc_next + dh * o"),),
    ),
    Error(
        "transposed_W_2",
        "A matrix stands where its transpose belongs",
        (
            (
                "dh_next = p.W_2i.T @ d_i + p.W_2f.T @ d_f + p.W_2o.T @ d_o + p.W_2g.T @ d_g",
                "dh_next = p.W_2i @ d_i + p.W_2f @ d_f + p.W_2o @ d_o + p.W_2g @ d_g",
            ),
        ),
    ),
)
MUSEUM = {error.name: error for error in EXHIBITS}
