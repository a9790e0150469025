"""More wrong backward passes, of the class and of the functions that go forward and back in one."""

from tests.lstm.backward_passes.mutants import IN_TWO, Mutant

IN_ONE = (
    Mutant(
        "sigma_of_f_for_its_slope",
        "module",
        (("dc * c_prev * f * (1 - f)", "dc * c_prev * sigmoid(f)"),),
        ("forget gate", "sigma"),
    ),
    Mutant(
        "tanh_slope_at_tanh_c", "module", (("(1 - tanh_c**2)", "(1 - np.tanh(tanh_c) ** 2)"),), ("tanh", "twice", "c")
    ),
    Mutant("tanh_slope_at_g", "whole", (("(1 - g[t] ** 2)", "(1 - np.tanh(g[t]) ** 2)"),), ("candidate", "tanh")),
    Mutant(
        "dc_n_ignored",
        "module",
        (("dh_next, dc_next = dh_n, dc_n", "dh_next, dc_next = dh_n, np.zeros_like(dc_n)"),),
        ("c^(T)", "ignored"),
    ),
    Mutant(
        "o_alone_has_the_total",
        "whole",
        (("dct = dc[t] + dc_next + dht", "dct = dc[t] + dc_next + dh[t]"),),
        ("dh_next", "dc"),
    ),
    Mutant(
        "h_of_the_step_for_the_one_before",
        "whole",
        (("np.outer(dz, h[t])", "np.outer(dz, h[t + 1])"),),
        ("h^(t)", "h^(t-1)"),
    ),
    Mutant(
        "c_of_the_step_for_the_one_before",
        "module",
        (("self.c[t + 1], self.c[t], self.h[t]", "self.c[t + 1], self.c[t + 1], self.h[t]"),),
        ("c^(t)", "c^(t-1)"),
    ),
    Mutant(
        "nothing_goes_back",
        "whole",
        (
            ("        dh_next = U.T @ dz\n        dc_next = f[t] * dct\n", "        dh0, dc0 = U.T @ dz, f[t] * dct\n"),
            ("dx, dh_next, dc_next\n", "dx, dh0, dc0\n"),
        ),
        ("dh_next", "dc_next"),
    ),
    Mutant(
        "tanh_c_slope_without_o",
        "cell",
        (("dh * o * (1 - np.tanh(c) ** 2)", "dh * (1 - np.tanh(c) ** 2)"),),
        ("output gate", "dc"),
    ),
    Mutant("one_minus_g", "cell", (("(1 - g**2)", "(1 - g)"),), ("candidate", "slope")),
    Mutant("candidate_by_g", "module", (("dc * i * (1 - g**2)", "dc * g * (1 - g**2)"),), ("candidate", "i")),
    Mutant(
        "slope_of_z",
        "cell",
        (("dh * np.tanh(c) * o * (1 - o)", "dh * np.tanh(c) * z_o * (1 - z_o)"),),
        ("output gate", "argument"),
    ),
    Mutant(
        "dh_prev_by_the_candidate_left_out",
        "cell",
        (("W_ho.T @ dz_o + W_hg.T @ dz_g", "W_ho.T @ dz_o"),),
        ("dh", "candidate"),
    ),
    Mutant(
        "sign_of_the_candidate",
        "whole",
        (("dct * i[t] * (1 - g[t] ** 2)", "dct * i[t] * (g[t] ** 2 - 1)"),),
        ("candidate", "sign"),
    ),
    Mutant("one_bias_alone", "module", (("            self.grad_bias_hh += dz.sum(axis=0)\n", ""),), ("zero",)),
    Mutant(
        "dh_n_added_at_every_step",
        "module",
        (("dh_t = dh[t] + dh_next", "dh_t = dh[t] + dh_next + dh_n * (t < len(self.x) - 1)"),),
        ("h^(T)", "every step"),
    ),
    Mutant("x_transposed_in_time", "whole", (("np.outer(dz, x[t])", "np.outer(dz, x[T - 1 - t])"),), ("W_1", "x")),
)
MUTANTS = (*IN_TWO, *IN_ONE)
