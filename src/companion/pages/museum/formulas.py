"""Second room: one formula is wrong. A factor is missing, or stands where another belongs."""

from companion.pages.museum.exhibit import known

FORMULAS = (
    known(
        "missing_sigma_slope",
        seen=(
            "A teaching notebook asks its sigmoid for the derivative at the input gate and at the output gate. At"
            " the forget gate it forgets the flag, so that sigmoid(f) stands in the place of the slope. In this "
            "exhibit the slope is left out."
        ),
        source="nicklashansen/rnn_lstm_from_scratch, RNN_LSTM_from_scratch.ipynb at commit 0a292c4, and issue 1; "
        "CaptainE/RNN-LSTM-in-numpy, issue 1",
        missed_by="one_step",
        hint="In the first step from c^(0) = 0 the forget gate multiplies zero, and the mistake has no effect.",
        fix="Write d_f = dc * c_prev * f * (1 - f).",
    ),
    known(
        "squashed_twice",
        seen=(
            "A helper sigmoid(x, derivative=True) expects the argument x. It is given the gate, which is sigma(x)"
            " already."
        ),
        source="nicklashansen/rnn_lstm_from_scratch, RNN_LSTM_from_scratch.ipynb at commit 0a292c4",
        missed_by="loss_goes_down",
        hint=(
            "The gate i lies between 0 and 1. Find the part of the sigmoid's curve on which the slope is then taken."
        ),
        fix="Write d_i = dc * g * i * (1 - i). A stored gate needs no second sigmoid.",
    ),
    known(
        "doubled_sigmoid",
        seen=(
            "The examples of a well-known library for automatic differentiation call 0.5 (tanh(x) + 1) a sigmoid,"
            " but it is sigma(2x). That does no harm where the slope is found automatically. It is wrong beside a"
            " slope s (1 - s) that was written by hand."
        ),
        source="HIPS/autograd, issue 346, and examples/rnn.py at commit 172a8f9, which examples/lstm.py imports",
        missed_by="small_weights",
        hint="Evaluate the function at 1. The sigmoid gives 0.73 there.",
        fix="Write sigmoid(z) = (1 + tanh(z / 2)) / 2.",
    ),
    known(
        "missing_tanh",
        seen=(
            "A library's LSTM left out the tanh of the hidden state. A user found it by a comparison with the "
            "equation in the library's own README."
        ),
        source="Element-Research/rnn, pull request 13 (2015, merged)",
        missed_by="own_forward",
        hint=(
            "The backward pass is the right derivative of the forward pass above it. Compare that forward pass "
            "with (14)."
        ),
        fix=(
            "Write h = o * np.tanh(c), and o * (1 - np.tanh(c) ** 2) for the slope in the backward pass. Compare "
            "a layer with the equation or with another implementation, because a comparison with itself cannot "
            "find this mistake. A cell without this tanh is a legitimate variant if it is described as one."
        ),
    ),
    known(
        "missing_tanh_slope",
        seen=(
            "The variant of the cell without tanh has no such factor. Its backward pass was copied below a "
            "forward pass with tanh."
        ),
        source="",
        missed_by="small_weights",
        hint="Find the values of c for which 1 - tanh^2 c is nearly 1.",
        fix="Write dc = dc_next + dh * o * (1 - np.tanh(c) ** 2).",
    ),
    known(
        "transposed_W_2",
        seen=(
            "Some texts write states as columns and some as rows. Code that follows both puts the transpose on "
            "the wrong side. With W_1 the shapes would not fit, but W_2 is square."
        ),
        source="craffel/nntools, issue 61 (the same slip in documentation, 2015, fixed)",
        missed_by="one_unit",
        hint="Every shape fits. Find the matrices for which this change would not matter.",
        fix=("Write p.W_2i.T @ d_i, and the same for the other gates. A gradient travels back through the transpose."),
    ),
)
