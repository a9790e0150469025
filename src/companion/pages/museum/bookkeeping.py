"""First room: every formula is right, and one is used at the wrong place, at the wrong time or too seldom."""

from companion.pages.museum.exhibit import known

BOOKKEEPING = (
    known(
        "dh_overwritten",
        seen=(
            "This is in NumPy's own LSTM lesson. The loop assigns dh_prev, the gradient for step t-1. The next "
            "line forms dc_prev and needs the dh of step t, but it reads the new value."
        ),
        source="numpy/numpy-tutorials, content/tutorial-nlp-from-scratch.md at commit 40fa666 (the lesson of pull "
        "request 105, 2021) and, reworked, content/articles/tutorial-nlp-from-scratch.md at commit 486426e; "
        "a related bug, dy overwritten by dx: apache/mxnet, pull request 18203",
        missed_by="loss_goes_down",
        hint="Each line is right on its own. Ask which dh the second line needs, and which dh it gets.",
        fix=(
            "Form dc once, at the top of the step, and let dc_next be f * dc. Then the order of the last two "
            "lines does not matter."
        ),
    ),
    known(
        "dropped_cell_gradient",
        seen=(
            "A teaching notebook computes the gradients for the step before with respect to both h and c, and "
            "passes on neither. In this exhibit only the gradient with respect to c is lost. It follows the path "
            "along the cell state, for which the LSTM was invented."
        ),
        source="nicklashansen/rnn_lstm_from_scratch, RNN_LSTM_from_scratch.ipynb at commit 0a292c4; reported for a "
        "descendant in CaptainE/RNN-LSTM-in-numpy, issue 1",
        missed_by="one_step",
        hint="Count the steps that a test must have before step t+1 can send a gradient back to step t.",
        fix=(
            "Write dc = dc_next + dh * o * (1 - np.tanh(c) ** 2). The cell state c^(t) is used twice, by h^(t) "
            "and by c^(t+1), and so its gradient has two terms."
        ),
    ),
    known(
        "last_read_only",
        seen=(
            "A backward pass is written for a loss that reads one output, at the last step. Later it is used with"
            " a loss that reads every step."
        ),
        source="",
        missed_by="last_step_only",
        hint="Compare the steps that the loss reads with the steps at which this code adds reads[t].",
        fix="Write dh = reads[t] + dh_next at every step. The first summand is the local term of Eq. (15).",
    ),
    known(
        "forgotten_time_sum",
        seen=(
            "A derivation prints the gradient that one step contributes. Its readers then debate whether the "
            "gradient of W_1 is summed over the steps. It is summed, because one W_1 serves all steps."
        ),
        source="hanbt/learn_dl, issue 30 (a question from a reader, 2018)",
        missed_by="one_step",
        hint="One character is missing.",
        fix="Write += for every parameter. A weight that is used at T steps collects T contributions.",
    ),
    known(
        "mean_over_batch",
        seen=(
            "The product d @ x.T sums over the batch by itself, but the gradient of a bias needs an explicit sum."
            " Notes on backpropagation, not about the LSTM, took a mean for the bias alone."
        ),
        source="kvfrans/notes, issue 5",
        missed_by="batch_of_one",
        hint="Find the gradients that sum over the columns by themselves, and the one that does not.",
        fix="Write d.sum(axis=1). To get a mean, divide the loss by B; that divides every gradient alike.",
    ),
    known(
        "swapped_gates",
        seen=(
            "PyTorch stacks the gates in the order i, f, g, o, and ONNX in the order i, o, f, c. All blocks have "
            "one shape, so code that takes one order for the other runs without an error."
        ),
        source="CrispStrobe/CrispASR, pull request 106; apple/coremltools, pull request 93 (documentation)",
        missed_by="states_only",
        hint=(
            "All gradients that travel through the cell are right. Look at the names under which the parameters' "
            "gradients are stored."
        ),
        fix='Write zip("ifog", (d_i, d_f, d_o, d_g)). It is safer to depend on no order at all and to use names.',
    ),
    known(
        "index_wraps",
        seen=(
            "A teaching notebook takes C[t-1] for the cell state before step t. At t = 0 that is C[-1], which "
            "Python reads as the last element, without an error."
        ),
        source="nicklashansen/rnn_lstm_from_scratch, RNN_LSTM_from_scratch.ipynb at commit 0a292c4",
        missed_by="loss_goes_down",
        hint="The code is right at every step but one.",
        fix="Store c^(t-1) together with the step that used it.",
    ),
    known(
        "borrowed_bias",
        seen=(
            "A widely read NumPy library added the output gate's bias in the forget gate and in the input gate "
            "too. As long as every bias is zero, nothing is wrong, in the forward pass or in the backward pass."
        ),
        source="ddbourgin/numpy-ml, issue 42 (2019, closed)",
        missed_by="zero_biases",
        hint=(
            "The line of one gate was copied for another, and its weights were changed. Look for what else had to"
            " change."
        ),
        fix="Let each gate add its own bias. In a gradient check, draw biases that are not zero.",
    ),
    known(
        "reversed_inputs",
        seen=(
            "The loop runs backwards over the steps and appends to a list. The mistake does no harm until a "
            "second layer is put below this one and needs these gradients."
        ),
        source="",
        missed_by="weights_only",
        hint="The list is filled from the last step to the first.",
        fix="Return dx[::-1], or write into row t of an array.",
    ),
)
