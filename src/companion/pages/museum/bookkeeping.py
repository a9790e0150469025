"""First room: every formula is right, and one is used at the wrong place, at the wrong time or too seldom."""

from companion.pages.museum.exhibit import Exhibit

BOOKKEEPING = (
    Exhibit(
        name="dh_overwritten",
        title="The gradient dh is overwritten before dc is formed",
        changes=(
            ("        dh_next = p.W_2i.T", "        dh = p.W_2i.T"),
            (
                "        dc_next = f * dc\n",
                "        dc_next = f * (dc_next + dh * o * (1 - np.tanh(c) ** 2))\n        dh_next = dh\n",
            ),
        ),
        seen="NumPy's own LSTM lesson: the loop assigns dh_prev for step t-1, and the next line, which forms dc_prev "
        "and needs the dh of step t, reads the new value.",
        source="numpy/numpy-tutorials, content/tutorial-nlp-from-scratch.md at commit 40fa666 (the lesson of pull "
        "request 105, 2021) and, reworked, content/articles/tutorial-nlp-from-scratch.md at commit 486426e; "
        "a relative, dy overwritten by dx: apache/mxnet, pull request 18203",
        missed_by="loss_goes_down",
        hint="Each line is right on its own. Which dh does the second one need, and which does it get?",
        fix="Form dc once, at the top of the step, and let dc_next be f * dc. Then the order cannot matter.",
    ),
    Exhibit(
        name="dropped_cell_gradient",
        title="No gradient travels along the cell state",
        changes=(("dc = dc_next + dh", "dc = dh"),),
        seen="A teaching notebook computes both gradients for the step before and passes on neither of them; here only "
        "the one along c is lost, which is the path that the LSTM was invented for.",
        source="nicklashansen/rnn_lstm_from_scratch, RNN_LSTM_from_scratch.ipynb at commit 0a292c4; reported for a "
        "descendant in CaptainE/RNN-LSTM-in-numpy, issue 1",
        missed_by="one_step",
        hint="How many steps must a test have before step t+1 can send anything back to step t?",
        fix="dc = dc_next + dh * o * (1 - np.tanh(c) ** 2): c^(t) is read twice, by h^(t) and by c^(t+1).",
    ),
    Exhibit(
        name="last_read_only",
        title="The loss is read at the last step only",
        changes=(("dh = reads[t] + dh_next", "dh = dh_next + (reads[t] if t == len(moments) - 1 else 0)"),),
        seen="A backward pass is written for one output at the end and used, later, with a loss at every step.",
        source="",
        missed_by="last_step_only",
        hint="Where does the loss look, and where does this code believe that it looks?",
        fix="dh = reads[t] + dh_next, at every step: the local term of Eq. (15).",
    ),
    Exhibit(
        name="forgotten_time_sum",
        title="The sum over time is forgotten",
        changes=(('grads["W_1" + gate] +=', 'grads["W_1" + gate] ='),),
        seen="A derivation prints the share of one step, and its readers debate whether the gradient of W_1 is summed "
        "over the steps; it is, for one W_1 serves them all.",
        source="hanbt/learn_dl, issue 30 (a question from a reader, 2018)",
        missed_by="one_step",
        hint="One character is missing.",
        fix="+= for every parameter: a weight that is used T times collects T shares.",
    ),
    Exhibit(
        name="mean_over_batch",
        title="The sum over the batch becomes a mean",
        changes=(("d.sum(axis=1)", "d.mean(axis=1)"),),
        seen="The product d @ x.T sums over the batch unasked, a bias has to be asked; notes on backpropagation (no "
        "LSTM) took a mean for the bias alone.",
        source="kvfrans/notes, issue 5",
        missed_by="batch_of_one",
        hint="Which gradients sum over the columns by themselves, and which does not?",
        fix="d.sum(axis=1). Whoever wants a mean divides the loss, and so every gradient alike.",
    ),
    Exhibit(
        name="swapped_gates",
        title="Output gate and candidate change places",
        changes=(('zip("ifog"', 'zip("ifgo"'),),
        seen="Gates are stacked as i, f, g, o in PyTorch and as i, o, f, c in ONNX; all blocks have one shape, so code "
        "that takes one order for the other runs without complaint.",
        source="CrispStrobe/CrispASR, pull request 106; apple/coremltools, pull request 93 (documentation)",
        missed_by="states_only",
        hint="All that flows through the cell is right. Look at what is filed away, and under which name.",
        fix='zip("ifog", (d_i, d_f, d_o, d_g)). Better still no order at all, but names.',
    ),
    Exhibit(
        name="index_wraps",
        title="The cell state before the first is taken for the last",
        changes=(
            (
                "x, h_prev, c_prev, i, f, o, g, c, _ = moments[t]\n",
                "x, h_prev, _, i, f, o, g, c, _ = moments[t]\n        c_prev = moments[t - 1].c\n",
            ),
        ),
        seen="A teaching notebook takes C[t-1] for the state before step t; at t = 0 that is C[-1], and Python "
        "reaches, unasked, for the last.",
        source="nicklashansen/rnn_lstm_from_scratch, RNN_LSTM_from_scratch.ipynb at commit 0a292c4",
        missed_by="loss_goes_down",
        hint="Right at every step but one.",
        fix="Keep c^(t-1) with the step that used it.",
    ),
    Exhibit(
        name="borrowed_bias",
        title="Two gates borrow the bias of a third",
        changes=(
            ("p.W_2i @ h_prev + p.b_i", "p.W_2i @ h_prev + p.b_o"),
            ("p.W_2f @ h_prev + p.b_f", "p.W_2f @ h_prev + p.b_o"),
        ),
        seen="A widely read NumPy library added the output gate's bias in the forget and the input gate too; as long "
        "as every bias is zero, nothing is wrong, backward pass included.",
        source="ddbourgin/numpy-ml, issue 42 (2019, closed)",
        missed_by="zero_biases",
        hint="Copy, paste, change the weights. What else has to change?",
        fix="Each gate adds its own bias; and whoever checks a gradient draws biases that are not zero.",
    ),
    Exhibit(
        name="reversed_inputs",
        title="The gradients of the inputs come back in reverse",
        changes=(("x=np.array(dx[::-1])", "x=np.array(dx)"),),
        seen="A loop runs backwards and appends, and all is well until a second layer is put underneath.",
        source="",
        missed_by="weights_only",
        hint="The list is filled from the last step to the first.",
        fix="dx[::-1], or write into row t of an array.",
    ),
)
