"""Networks and records on disk: what was written is what is read, and nothing else is taken for it."""

import json
import time

import numpy as np
import pytest

from lstm.training import models, stored


def networks():
    rng = np.random.default_rng(0)
    single, double = models.draw_lstm(2, 3, 1, rng=rng), models.draw_lstm(1, 2, 4, rng=rng, dtype=np.float64)
    return {"bias 1, seed 0": single, "b": double, "a": models.draw_rnn(2, 3, 2, rng=rng)}


def test_networks_come_back_as_they_were_and_in_their_order(tmp_path):
    stored.save_models(tmp_path / "some.npz", networks())
    back = stored.load_models(tmp_path / "some.npz")
    assert list(back) == ["bias 1, seed 0", "b", "a"]
    for name, model in networks().items():
        one, two = models.flatten(back[name]), models.flatten(model)
        assert np.array_equal(one, two)
        assert one.dtype == two.dtype
        assert type(back[name].layer) is type(model.layer)
        assert [a.shape for a in back[name].layer] == [a.shape for a in model.layer]


def test_the_same_networks_give_the_same_bytes_at_any_time(tmp_path, monkeypatch):
    stored.save_models(tmp_path / "one.npz", networks())
    later = time.localtime(time.time() + 1e8)
    monkeypatch.setattr(time, "localtime", lambda *seconds: later)
    monkeypatch.setattr(time, "time", lambda: time.mktime(later))
    stored.save_models(tmp_path / "two.npz", networks())
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_the_file_has_the_name_that_was_asked_for(tmp_path):
    stored.save_models(tmp_path / "plain", networks())
    assert [path.name for path in tmp_path.iterdir()] == ["plain"]
    assert len(stored.load_models(tmp_path / "plain")) == 3


@pytest.mark.parametrize("name", ["a/b", "", 3])
def test_a_name_that_no_array_can_have_is_refused_and_nothing_written(tmp_path, name):
    with pytest.raises(ValueError, match=r"^named: "):
        stored.save_models(tmp_path / "x.npz", networks() | {name: networks()["a"]})
    assert not (tmp_path / "x.npz").exists()


def test_what_is_no_network_is_refused_and_nothing_pickled(tmp_path):
    model = networks()["a"]
    objects = model._replace(layer=model.layer._replace(b=np.array([None] * 3)))
    for wrong, named in [(model.layer, "model"), (objects, "b")]:
        with pytest.raises(TypeError, match=rf"^{named}: "):
            stored.save_models(tmp_path / "x.npz", {"a": wrong})
    assert not (tmp_path / "x.npz").exists()


def arrays():
    model = networks()["a"]
    return {f"a/rnn/{k}": v for k, v in (*model.layer._asdict().items(), ("W", model.W), ("b_y", model.b))}


def changed(**by):
    return {k: v for k, v in (arrays() | {f"a/rnn/{name}": v for name, v in by.items()}).items() if v is not None}


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"W": np.ones(3)}, "expected arrays named"),
        ({"a/gru/W": np.ones(3)}, "expected arrays named"),
        (changed(W_2=None), "expected the arrays"),
        (changed(W_3=np.ones(3)), "expected the arrays"),
        (changed(W_2=np.ones((2, 2), "f4")), "W_2: expected shape"),
        (changed(W=np.ones((2, 4), "f4")), "model.W: expected shape"),
        (changed(W_1=np.full((3, 2), np.nan, "f4")), "W_1: expected finite"),
        (changed(W_1=np.ones((3, 2))), "model.layer: expected arrays all of"),
    ],
)
def test_a_file_that_does_not_hold_networks_is_refused_by_its_path(tmp_path, what, words):
    np.savez(tmp_path / "x.npz", **what)
    with pytest.raises(ValueError, match=rf"^path: .*{words}"):
        stored.load_models(tmp_path / "x.npz")


def test_pickles_and_single_arrays_are_refused(tmp_path):
    np.savez(tmp_path / "pickle.npz", **changed(b=np.array([{}, {}, {}])))
    with pytest.raises(ValueError, match="allow_pickle=False"):
        stored.load_models(tmp_path / "pickle.npz")
    np.save(tmp_path / "one.npy", np.ones(3))
    with pytest.raises(ValueError, match=r"^path: expected an .npz archive"):
        stored.load_models(tmp_path / "one.npy")


RECORD = {
    "made by": "a command [ 1, 2 ]",
    "none": None,
    "empty": [[], {}],
    "runs": [{"seed": 0, "curve": [0.1, 2e-17, 3]}, {"seed": 1, "curve": []}],
    "table": [[1, 2], [3, 4]],
}


def test_a_record_comes_back_as_it_was_and_in_its_order(tmp_path):
    stored.save_record(tmp_path / "r.json", RECORD)
    back = stored.load_record(tmp_path / "r.json")
    assert back == RECORD
    assert list(back) == list(RECORD)


def test_numbers_of_one_list_stand_on_one_line(tmp_path):
    stored.save_record(tmp_path / "r.json", {"runs": [{"curve": (1, 2)}], "n": 3})
    assert (tmp_path / "r.json").read_text() == ('{\n "runs": [\n  {\n   "curve": [1, 2]\n  }\n ],\n "n": 3\n}\n')
    stored.save_record(tmp_path / "r.json", {})
    assert json.loads((tmp_path / "r.json").read_text()) == {}


BAD = [(ValueError, np.nan), (ValueError, np.inf), (TypeError, np.ones(2)), (TypeError, {1: 2})]


@pytest.mark.parametrize(("error", "value"), BAD)
def test_what_json_cannot_hold_is_refused(tmp_path, error, value):
    with pytest.raises(error):
        stored.save_record(tmp_path / "r.json", {"a": [value]})
    assert not (tmp_path / "r.json").exists()


def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "record.json"
    stored.save_record(path, {"old": 1})

    def killed(beside, path):
        assert "new" in beside.read_text(encoding="utf-8")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(stored.os, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            stored.save_record(path, {"new": 2})
    assert stored.load_record(path) == {"old": 1}
    stored.save_record(path, {"new": 2})
    assert stored.load_record(path) == {"new": 2}
    assert [one.name for one in tmp_path.iterdir()] == ["record.json"]


def test_arrays_are_kept_by_name_and_objects_are_refused(tmp_path):
    arrays = {"task, T = 1/some/0/W": np.arange(6.0).reshape(2, 3), "b": np.zeros(2, np.float32)}
    stored.save_arrays(tmp_path / "some.npz", arrays)
    found = np.load(tmp_path / "some.npz")
    assert found.files == list(arrays)
    assert all(
        np.array_equal(found[name], array) and found[name].dtype == array.dtype for name, array in arrays.items()
    )
    with pytest.raises(TypeError, match="expected numbers, got objects in 'odd'"):
        stored.save_arrays(tmp_path / "none.npz", {"odd": np.array([None])})
    assert not (tmp_path / "none.npz").exists()
