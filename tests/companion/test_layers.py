"""The chain over layers is the derivative of the last layer by the first, by complex step."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.pages.beyond.layers import chain_over_layers
from lstm import proofs


@given(st.integers(0, 2**32 - 1), st.sampled_from([(1, 1), (0, 1), (0.7, 0.3)]), st.integers(1, 6))
def test_the_chain_over_layers_is_that_of_the_complex_step(seed, factors, layers):
    rng, (carry, write) = np.random.default_rng(seed), factors
    W, start = rng.normal(size=(layers, 3, 3)), rng.normal(size=3)

    def last(h):
        for W_k in W:
            h = carry * h + write * np.tanh(W_k @ h)
        return h

    found = chain_over_layers(W, start, carry=carry, write=write)
    assert proofs.worst([found], [proofs.complex_step(last, start)]) < 1e-12


def test_without_a_transform_the_residual_chain_is_the_identity():
    assert np.array_equal(chain_over_layers(np.zeros((5, 2, 2)), np.ones(2), carry=1, write=1), np.eye(2))


def test_matrices_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"W: expected shape \(any length, 2, 2\), got shape \(2, 2\)"):
        chain_over_layers(np.eye(2), np.ones(2), carry=1, write=1)
