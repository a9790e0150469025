"""Second room: one formula is wrong. A factor is missing, or stands where another belongs."""

from companion.pages.museum.exhibit import Exhibit

FORMULAS = (
    Exhibit(
        name="missing_sigma_slope",
        title="The forget gate loses its slope",
        changes=(("dc * c_prev * f * (1 - f)", "dc * c_prev"),),
        seen="A teaching notebook asks its sigmoid for the derivative at the input and the output gate, and forgets "
        "the flag at the forget gate, so that sigmoid(f) stands where the slope belongs; here the factor is left out.",
        source="nicklashansen/rnn_lstm_from_scratch, RNN_LSTM_from_scratch.ipynb at commit 0a292c4, and issue 1; "
        "CaptainE/RNN-LSTM-in-numpy, issue 1",
        missed_by="one_step",
        hint="At the first step from c^(0) = 0 the forget gate has nothing to forget.",
        fix="d_f = dc * c_prev * f * (1 - f).",
    ),
    Exhibit(
        name="squashed_twice",
        title="The slope of the sigmoid is taken at the gate and not at its argument",
        changes=(("dc * g * i * (1 - i)", "dc * g * sigmoid(i) * (1 - sigmoid(i))"),),
        seen="A helper sigmoid(x, derivative=True) wants x and is handed the gate, which is sigma(x) already.",
        source="nicklashansen/rnn_lstm_from_scratch, RNN_LSTM_from_scratch.ipynb at commit 0a292c4",
        missed_by="loss_goes_down",
        hint="i lies between 0 and 1. On which stretch of the sigmoid's curve is the slope read off then?",
        fix="d_i = dc * g * i * (1 - i): a stored gate needs no second sigmoid.",
    ),
    Exhibit(
        name="doubled_sigmoid",
        title="Another function passes for the sigmoid",
        changes=(("np.tanh(z / 2)", "np.tanh(z)"),),
        seen="The examples of a fine differentiation library call 0.5 (tanh(x) + 1) a sigmoid; it is sigma(2x), "
        "harmless where the slope is found automatically, and wrong beside a slope s (1 - s) written by hand.",
        source="HIPS/autograd, issue 346, and examples/rnn.py at commit 172a8f9, which examples/lstm.py imports",
        missed_by="small_weights",
        hint="Evaluate it at 1. The sigmoid gives 0.73.",
        fix="sigmoid(z) = (1 + tanh(z / 2)) / 2.",
    ),
    Exhibit(
        name="missing_tanh",
        title="The hidden state loses its tanh, forward and backward",
        changes=(
            ("h = o * np.tanh(c)\n", "h = o * c\n"),
            ("dc_next + dh * o * (1 - np.tanh(c) ** 2)", "dc_next + dh * o"),
            ("dh * np.tanh(c) * o * (1 - o)", "dh * c * o * (1 - o)"),
        ),
        seen="A library's LSTM left the tanh of the hidden state out until a user compared it with the equation in its "
        "own README.",
        source="Element-Research/rnn, pull request 13 (2015, merged)",
        missed_by="own_forward",
        hint="The backward pass is right. Of what?",
        fix="h = o * np.tanh(c), and the slope o * (1 - np.tanh(c) ** 2) backwards. Compare with the equation or with "
        "someone else's code, not with yourself. (A cell without this tanh is a fair variant, if it says so.)",
    ),
    Exhibit(
        name="missing_tanh_slope",
        title="The slope of tanh is missing",
        changes=(("dc_next + dh * o * (1 - np.tanh(c) ** 2)", "dc_next + dh * o"),),
        seen="The variant without tanh has no such factor; its backward pass is copied below a forward pass with tanh.",
        source="",
        missed_by="small_weights",
        hint="For which c is 1 - tanh^2 c nearly 1?",
        fix="dc = dc_next + dh * o * (1 - np.tanh(c) ** 2).",
    ),
    Exhibit(
        name="transposed_W_2",
        title="A matrix stands where its transpose belongs",
        changes=(
            (
                "dh_next = p.W_2i.T @ d_i + p.W_2f.T @ d_f + p.W_2o.T @ d_o + p.W_2g.T @ d_g",
                "dh_next = p.W_2i @ d_i + p.W_2f @ d_f + p.W_2o @ d_o + p.W_2g @ d_g",
            ),
        ),
        seen="Some texts write states as columns, some as rows, and code that borrows from both puts the transpose on "
        "the wrong side; W_1 would complain about its shape, but W_2 is square.",
        source="craffel/nntools, issue 61 (the same slip in documentation, 2015, fixed)",
        missed_by="one_unit",
        hint="Every shape fits. For which matrices would this be no bug?",
        fix="p.W_2i.T @ d_i and so on: a gradient travels back through the transpose.",
    ),
)
