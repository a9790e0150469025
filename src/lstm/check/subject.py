"""Somebody's backward pass, called: its arguments by their names, fresh each time, and what it returns by names."""

import inspect
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

import numpy as np

from lstm.check import names
from lstm.check.convention import WrongShapeError
from lstm.check.given import Arrays, Given

SIZES = ("n", "h", "nh", "na", "units", "nhidden", "nunits", "outputsize")  # of units; whatever has "hidden" in it too


class Called(NamedTuple):
    """What a call gave: arrays of the forward pass; gradients by role and those without a name; once more the same."""

    outputs: list[np.ndarray]
    named: dict[str, np.ndarray]
    loose: list[np.ndarray]
    again: Callable[[], tuple[dict[str, np.ndarray], list[np.ndarray]]]


class Subject:
    """`backward`, a function or a class with forward and backward, and maybe `forward`.

    own: what names are that are not usual, {"name": "role"}; returns: the roles of a tuple of results in order.
    Raises TypeError where it cannot be called or an argument has a name that is not known.
    """

    def __init__(self, backward: Any, forward: Any, own: Mapping[str, str], returns: tuple[str, ...] | None) -> None:
        self.own, self.returns = own, returns
        self.pair: Any = None
        if forward is None and hasattr(backward, "backward"):
            loose = inspect.isfunction(backward.forward) and not inspect.isclass(backward)  # as those of a module
            self.pair = None if loose else backward
            forward, backward = backward.forward, backward.backward
        if not callable(backward):
            raise TypeError(f"backward: expected a function or a class with forward and backward, got {backward!r}")
        method = inspect.isclass(self.pair)
        self.arguments = _arguments("backward", backward, own, method)
        self.first = _arguments("forward", forward, own, method) if forward is not None else None
        self.functions = forward, backward
        self.roles = {*self.arguments.values(), *(self.first or {}).values()}
        self.roles |= {"h_0", "c_0"} if "state" in self.roles else set()
        self.roles |= {"dh_T", "dc_T"} if "dstate" in self.roles else set()
        if self.first is None and "cache" in self.roles:
            raise TypeError("forward: expected the forward pass that makes the cache of backward, got none")
        if self.pair is not None:
            holder = self._holder(2, 3)
            self.roles |= {role for _, name, role in _parameters(holder)}

    @property
    def parameters(self) -> list[str]:
        """The roles of the parameters that are known beforehand, in the order in which they are taken."""
        held = [role for _, _, role in _parameters(self._holder(2, 3))] if self.pair is not None else []
        taken = [*self.arguments.values(), *(self.first or {}).values(), *held]
        return [role for role in dict.fromkeys(taken) if role.startswith(names.KINDS)]

    def _holder(self, m: int, n: int) -> Any:
        """A new layer of the class, or a copy of the object."""
        if not inspect.isclass(self.pair):
            return deepcopy(self.pair)
        sizes: dict[str, int] = {}
        for name, one in inspect.signature(self.pair).parameters.items():
            if one.default is one.empty and one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD):
                bare = names.plain(name)
                sizes[name] = n if "hidden" in bare or bare in SIZES else m
        return self.pair(**sizes)

    def call(self, given: Given, runs_forward: bool = False) -> Called:
        """One pass forward and back with what is `given`; the forward pass alone if `runs_forward`."""
        forward, backward = self.functions
        holder = None
        if self.pair is not None:
            holder = self._holder(given.m, given.n)
            _fill(holder, given)
            forward, backward = holder.forward, holder.backward
        outputs: list[np.ndarray] = []
        cache = None
        if self.first is not None:
            out = forward(**{name: given(role) for name, role in self.first.items()})
            cache = out[-1] if isinstance(out, tuple) and not hasattr(out, "_fields") else out
            outputs = list(_arrays(out))

        def back() -> tuple[dict[str, np.ndarray], list[np.ndarray]]:
            found: dict[str, np.ndarray] = {}
            loose: list[np.ndarray] = []
            values = {name: cache if role == "cache" else given(role) for name, role in self.arguments.items()}
            _collect(backward(**values), self.own, found, loose)
            if holder is not None:
                _held(holder, self.own, found)
            if self.returns is not None and len(loose) == len(self.returns):
                found |= dict(zip(self.returns, loose, strict=True))
                loose = []
            return found, loose

        named, loose = ({}, []) if runs_forward else back()
        return Called(outputs, named, loose, back)


def _arguments(what: str, function: Any, own: Mapping[str, str], method: bool) -> dict[str, str]:
    """{name: role} of the arguments that are needed or known. Raises TypeError that says what to do."""
    found = {}
    for k, (name, one) in enumerate(inspect.signature(function).parameters.items()):
        if method and k == 0:
            continue
        role = names.argument(name, own)
        if role is not None and one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD, one.POSITIONAL_ONLY):
            found[name] = role
        elif one.default is one.empty:
            raise TypeError(
                f"{what}: expected arguments with usual names, got {name!r}: "
                f"say what it is, names={{{name!r}: ...}}, one of {', '.join(names.ROLES)}"
            )
    return found


def _parameters(holder: Any) -> list[tuple[Any, str, str]]:
    """(where, name, role) of the arrays of parameters among the attributes of a layer, or in a dict among them."""
    places: list[tuple[Any, str, str]] = []
    for name, value in getattr(holder, "__dict__", {}).items():
        if isinstance(value, np.ndarray) and (role := names.parameter(name)):
            places.append((holder, name, role))
        elif isinstance(value, dict) and names.argument(name, {}) == "params":
            places += [(value, key, role) for key in value if (role := names.parameter(str(key)))]
    return places


def _fill(holder: Any, given: Given) -> None:
    for place, name, role in _parameters(holder):
        array, there = given(role), place[name] if isinstance(place, dict) else getattr(place, name)
        if np.shape(there) != array.shape:
            raise WrongShapeError(f"{name}: shape {np.shape(there)}, expected {array.shape}")
        if isinstance(place, dict):
            place[name] = array
        else:
            setattr(place, name, array)


def _held(holder: Any, own: Mapping[str, str], found: dict[str, np.ndarray]) -> None:
    """Gradients among the attributes of a layer after its backward pass: dWx, grad_W, or a dict called grads."""
    for name, value in vars(holder).items():
        bare = names.plain(name)
        if isinstance(value, np.ndarray) and (bare.startswith(("d", "grad")) or bare.endswith("grad")):
            role = names.result(name, own)
            if role is not None and role.startswith(names.KINDS):
                found.setdefault(role, value)
        elif isinstance(value, dict) and bare.startswith(("grad", "dparam")):
            _collect(value, own, found, [])


def _collect(value: Any, own: Mapping[str, str], found: dict[str, np.ndarray], loose: list[np.ndarray]) -> None:
    """Sort what was returned: arrays by role, and those that have no name in order."""
    items = value._asdict() if hasattr(value, "_asdict") else value
    if isinstance(items, Arrays | Mapping):
        for key, one in items.items():
            role = names.result(str(key), own)
            if isinstance(one, Mapping | tuple | list):
                _collect(one, own, found, loose)
            elif role is not None and one is not None:
                found[role] = np.asarray(one)
    elif isinstance(items, tuple | list):
        for one in items:
            _collect(one, own, found, loose)
    elif items is not None:
        loose.append(np.asarray(items))


def _arrays(value: Any) -> list[np.ndarray]:
    """The arrays in nested tuples, in order; what the cache is made of comes last."""
    if isinstance(value, np.ndarray):
        return [value]
    return [array for one in value for array in _arrays(one)] if isinstance(value, tuple | list) else []


def locked_out(error: BaseException) -> bool:
    """Whether `error` says that a read-only array was written to."""
    return isinstance(error, ValueError) and "read-only" in str(error)
