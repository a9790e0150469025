"""A stack audited layer by layer: what a lower layer is read of is the derivative of the loss, by complex step."""

import numpy as np
import pytest
from tests.lstm.test_batched import batch

from lstm import audit, audit_layers, run
from lstm.analytic import complex_step
from lstm.fast import batched

T, B, WIDTHS = 8, 3, [2, 4, 3]
LAYERS = [batch(k, WIDTHS[k], WIDTHS[k + 1], 3, 1, 2.0)[0] for k in range(2)]
RNG = np.random.default_rng(9)
X, READS = RNG.normal(size=(T, B, 2)), RNG.normal(size=(T, B, 3))
LENGTHS = [8, 3, 5]
H_0, C_0 = ([RNG.uniform(-0.5, 0.5, (B, n)) for n in (4, 3)] for _ in range(2))


def lower_reads(b, length, states):
    """The derivative of the loss of sequence b by each h of the lower layer, by complex step of the upper one."""
    h = run(LAYERS[0], X[:length, b], *(s[0][b] for s in states)).h

    def loss(flat):
        above = run(LAYERS[1], flat.reshape(h.shape), *(s[1][b] for s in states)).h
        return np.sum(above * READS[:length, b])

    return h, complex_step(loss, h.ravel()).reshape(h.shape)


@pytest.mark.parametrize("states", [(), (H_0, C_0)])
def test_a_lower_layer_is_audited_with_the_derivative_of_the_layer_above(states):
    options = dict(zip(("h_0", "c_0"), states, strict=False))
    found = audit_layers(LAYERS, X, READS, lengths=LENGTHS, **options)
    below = {name: state[0] for name, state in options.items()}
    reads = np.zeros((T, B, 4))
    for b, k in enumerate(LENGTHS):
        _, reads[:k, b] = lower_reads(b, k, states)
    expected = audit(LAYERS[0], X, reads, lengths=LENGTHS, **below)
    np.testing.assert_allclose(found[0].shares.pooled, expected.shares.pooled, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found[0].gradient.cosine, expected.gradient.cosine, rtol=1e-9)
    np.testing.assert_allclose(found[0].gradient.log10_ratio, expected.gradient.log10_ratio, rtol=1e-9, atol=1e-12)
    other = audit(LAYERS[0], X, lengths=LENGTHS, **below)
    assert np.abs(np.array(found[0].shares.pooled) - other.shares.pooled).max() > 1e-3, "the reads matter"


def test_the_upper_layer_is_audited_on_the_outputs_of_the_lower_one():
    found = audit_layers(LAYERS, X, READS)
    h = batched.run(LAYERS[0], X).h
    np.testing.assert_allclose(found[1].chain.true, audit(LAYERS[1], h, READS).chain.true, rtol=1e-12)
    np.testing.assert_allclose(found[0].chain.true, audit(LAYERS[0], X).chain.true, rtol=1e-12)
    alone = audit_layers(LAYERS[:1], X)
    np.testing.assert_equal(alone[0]._asdict(), audit(LAYERS[0], X)._asdict())


def test_the_outputs_of_the_stack_are_compared_at_its_top():
    out = batched.run(LAYERS[1], batched.run(LAYERS[0], X).h).h
    found = audit_layers(LAYERS, X, out=out)
    assert found[1].gap < 1e-14
    assert found[0].gap is None
    turned = audit_layers(LAYERS, X.swapaxes(0, 1), out=out.swapaxes(0, 1), batch_first=True)
    assert turned[1].gap < 1e-14
    np.testing.assert_allclose(turned[0].chain.true, found[0].chain.true, rtol=1e-14)
    with pytest.raises(ValueError, match=r"^layer 1: out: expected the outputs of params on x"):
        audit_layers(LAYERS, X, out=out[::-1])


def turned(a, lengths):
    """Each sequence reversed within its own length, written out."""
    a = a.copy()
    for b, k in enumerate(lengths):
        a[:k, b] = a[:k, b][::-1]
    return a


def test_two_directions_are_audited_apart_each_in_its_own_time():
    pair = LAYERS[0], batch(7, 2, 4, 3, 1, 2.0)[0]
    upper = batch(8, 8, 3, 3, 1, 2.0)[0]
    found = audit_layers([pair, upper], X, READS, lengths=LENGTHS)
    there, back = (batched.run(p, x).h for p, x in zip(pair, (X, turned(X, LENGTHS)), strict=True))
    both = np.concatenate([there, turned(back, LENGTHS)], axis=2)
    assert len(found) == 3
    np.testing.assert_allclose(found[2].chain.true, audit(upper, both, READS, lengths=LENGTHS).chain.true, rtol=1e-12)
    reads = np.zeros((T, B, 8))
    for b, k in enumerate(LENGTHS):

        def loss(flat, b=b, k=k):
            return np.sum(run(upper, flat.reshape(k, 8)).h * READS[:k, b])

        reads[:k, b] = complex_step(loss, both[:k, b].ravel()).reshape(k, 8)
    parts = [(X, reads[:, :, :4]), (turned(X, LENGTHS), turned(reads[:, :, 4:], LENGTHS))]
    for one, params, (x, read) in zip(found, pair, parts, strict=False):
        expected = audit(params, x, read, lengths=LENGTHS)
        np.testing.assert_allclose(one.shares.pooled, expected.shares.pooled, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(one.gradient.cosine, expected.gradient.cosine, rtol=1e-9)


def test_both_directions_of_the_top_are_compared_with_its_outputs():
    pair = LAYERS[0], batch(7, 2, 4, 3, 1, 2.0)[0]
    there, back = (batched.run(p, x).h for p, x in zip(pair, (X, turned(X, LENGTHS)), strict=True))
    out = np.concatenate([there, turned(back, LENGTHS)], axis=2)
    found = audit_layers([pair], X, out=out, lengths=LENGTHS)
    assert [one.gap < 1e-14 for one in found] == [True, True]
    again = audit_layers([pair], X.swapaxes(0, 1), out=out.swapaxes(0, 1), lengths=LENGTHS, batch_first=True)
    assert [one.gap < 1e-14 for one in again] == [True, True]
    last = audit(pair[1], turned(X, LENGTHS), lengths=LENGTHS)
    np.testing.assert_equal(found[1]._replace(gap=None)._asdict(), last._asdict())
    with pytest.raises(ValueError, match=r"^layer 0, backward: out: expected the outputs of params on x"):
        audit_layers([pair], X, out=np.concatenate([there, back], axis=2))
    with pytest.raises(ValueError, match=r"^out: expected shape \(8, 3, 8\), got shape \(8, 3, 4\)"):
        audit_layers([pair], X, out=there)


REFUSED = [
    (LAYERS[0], {}, r"^layers: expected a list of lstm\.Params, got Params"),
    ([], {}, r"^layers: expected a list of lstm\.Params, got list"),
    ([LAYERS[0], tuple(LAYERS[1])], {}, r"^layer 1: params: expected lstm\.Params, got tuple"),
    (LAYERS[::-1], {}, r"^layers: expected layer 1 to read the 3 units below it, got m = 2$"),
    (
        [LAYERS[0], batch(0, 8, 3, 3, 1, 1.0)[0]],
        {},
        r"^layers: .* 4 units below it, got m = 8",
    ),
    (LAYERS, {"h_0": H_0[:1]}, r"^h_0: expected 2 states, one for each direction, got 1"),
    (LAYERS, {"c_0": H_0[::-1]}, r"^c_0: expected shape \(3, 4\), got shape \(3, 3\)"),
    (LAYERS, {"near": 1}, r"^layer 1: near: expected 0 < near < 1/2, got 1"),
    (LAYERS, {"start": 8}, r"^start: expected at least 1 and at most 7, got 8"),
    (LAYERS, {"reads": READS[:, 0]}, r"^reads: expected shape \(8, 3, 3\), got shape \(8, 3\)"),
]


@pytest.mark.parametrize(("layers", "options", "message"), REFUSED)
def test_what_does_not_fit_is_refused_by_its_name(layers, options, message):
    with pytest.raises((TypeError, ValueError), match=message):
        audit_layers(layers, X, **options)
