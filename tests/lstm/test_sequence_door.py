"""The fast layer's door: how long a cache is valid, what is overwritten (nothing), and what is refused."""

import numpy as np
import pytest
from tests.lstm.test_sequence import Batch, batch, by_layer, by_reference, error, flat

from lstm.cell import Params
from lstm.fast import sequence


def test_forward_forward_backward_backward_gives_both_gradients():
    one, two = batch(seed=1), batch(seed=2)
    caches = [sequence.forward(*case[:4])[2] for case in (one, two)]
    for cache, case in zip(caches, (one, two), strict=True):
        assert error(sequence.backward(cache, *case[4:]), by_reference(case)[2]) < 1e-12


def test_backward_leaves_the_cache_as_it_was():
    case = batch()
    cache = sequence.forward(*case[:4])[2]
    first, second = sequence.backward(cache, *case[4:]), sequence.backward(cache, *case[4:])
    assert error(first, second) == 0


def test_what_was_returned_is_overwritten_by_nothing():
    one, two = batch(seed=1), batch(seed=2)
    h, last, cache = sequence.forward(*one[:4])
    gradients = sequence.backward(cache, *one[4:])
    kept = flat((h, last, gradients))
    copies = [array.copy() for array in kept]
    sequence.backward(cache, *two[4:])
    *_, cache = sequence.forward(*two[:4], reuse=cache)
    sequence.backward(cache, *two[4:])
    assert all(np.array_equal(a, b) for a, b in zip(kept, copies, strict=True))


def test_arguments_can_change_after_the_forward_pass():
    case = batch()
    mine = Batch(Params(*(p.copy() for p in case.params)), *(a.copy() for a in case[1:]))
    h, last, cache = sequence.forward(*mine[:4])
    for array in flat((mine[:4], h, last)):
        array[...] = 7
    assert error(sequence.backward(cache, *case[4:]), by_reference(case)[2]) < 1e-12


def test_no_argument_is_written_to():
    case = batch()
    for array in flat(case):
        array.flags.writeable = False
    by_layer(case)


@pytest.mark.parametrize("other", [{}, {"B": 1}, {"T": 9}, {"m": 4}, {"n": 2}, {"dtype": np.float32}])
def test_a_cache_that_is_reused_changes_no_result_and_refuses_backward(other):
    case = batch(seed=1)
    old = sequence.forward(*batch(seed=2, **other)[:4])[2]
    assert error(by_layer(case, reuse=old), by_layer(case)) == 0
    with pytest.raises(ValueError, match=r"cache: given up to a later forward\(\.\.\., reuse=cache\)"):
        sequence.backward(old, case.dh)
    with pytest.raises(ValueError, match="reuse: given up"):
        sequence.forward(*case[:4], reuse=old)


def test_reuse_takes_the_memory_over():
    case = batch()
    cache = sequence.forward(*case[:4])[2]
    room = cache.room
    assert sequence.forward(*case[:4], reuse=cache)[2].room is room
    assert sequence.forward(*case[:4])[2].room is not room


def test_a_refused_call_gives_up_no_cache():
    case = batch()
    cache = sequence.forward(*case[:4])[2]
    with pytest.raises(ValueError, match="x: "):
        sequence.forward(case.params, case.x[..., :1], reuse=cache)
    assert error(sequence.backward(cache, *case[4:]), by_reference(case)[2]) < 1e-12


FORWARD = [
    ("x", lambda a: a[0], ValueError, r"x: expected shape \(any length, any length, 2\), got shape \(3, 2\)"),
    ("x", lambda a: a[..., :1], ValueError, r"x: .*got shape \(4, 3, 1\)"),
    ("x", lambda a: a[:0], ValueError, r"x: .*got shape \(0, 3, 2\)"),
    ("x", lambda a: a.astype(np.float32), TypeError, "x: expected float64 as in params, got float32"),
    ("x", lambda a: np.where(a > 0, np.nan, a), ValueError, "x: expected finite numbers"),
    ("x", lambda a: a + 0j, TypeError, "x: expected float64 as in params, got complex128"),
    ("h_0", lambda a: a[0], ValueError, r"h_0: expected shape \(3, 3\), got shape \(3,\)"),
    ("c_0", lambda a: a[:1], ValueError, r"c_0: expected shape \(3, 3\), got shape \(1, 3\)"),
    ("c_0", lambda a: a.astype(str), TypeError, "c_0: expected real or complex numbers"),
    ("params", lambda p: tuple(p), TypeError, "params: expected lstm.Params, got tuple"),
    ("params", lambda p: p._replace(W_2f=p.W_2f[:1]), ValueError, r"W_2f: expected shape \(3, 3\), got shape \(1, 3\)"),
    ("params", lambda p: p._replace(b_o=p.b_o[:1]), ValueError, r"b_o: expected shape \(3,\), got shape \(1,\)"),
    ("params", lambda p: p._replace(W_1i=p.W_1i[0]), ValueError, "W_1i: expected shape"),
    ("params", lambda p: p._replace(b_g=p.b_g * np.inf), ValueError, "b_g: expected finite numbers"),
    ("params", lambda p: p._replace(b_g=p.b_g.astype("f4")), TypeError, "params: .*got float32 and float64"),
    ("params", lambda p: Params(*(a.astype(complex) for a in p)), TypeError, "params: .*got complex128"),
]


@pytest.mark.parametrize(("name", "change", "kind", "message"), FORWARD)
def test_forward_refuses_what_does_not_fit(name, change, kind, message):
    case = batch()
    with pytest.raises(kind, match=message):
        sequence.forward(*case._replace(**{name: change(getattr(case, name))})[:4])


BACKWARD = [
    ("dh", lambda a: a[:-1], ValueError, r"dh: expected shape \(4, 3, 3\), got shape \(3, 3, 3\)"),
    ("dh", lambda a: a.astype(np.float32), TypeError, "dh: expected float64"),
    ("dh_T", lambda a: a[0], ValueError, r"dh_T: expected shape \(3, 3\), got shape \(3,\)"),
    ("dc_T", lambda a: a * np.nan, ValueError, "dc_T: expected finite numbers, got 9 of 9"),
]


@pytest.mark.parametrize(("name", "change", "kind", "message"), BACKWARD)
def test_backward_refuses_what_does_not_fit(name, change, kind, message):
    case = batch()
    cache = sequence.forward(*case[:4])[2]
    with pytest.raises(kind, match=message):
        sequence.backward(cache, *case._replace(**{name: change(getattr(case, name))})[4:])


@pytest.mark.parametrize("bad", [None, (1, 2)])
def test_backward_wants_the_cache_of_forward(bad):
    with pytest.raises(TypeError, match="cache: expected the cache that forward returned"):
        sequence.backward(bad, batch().dh)
