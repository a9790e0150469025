"""What a name in somebody's code stands for: an argument, a parameter, a gradient. Case and underscores do not count.

A role is x, h_0, c_0, state (both), dh, dh_T, dc, dc_T, dstate (dh_T and dc_T), cache, params, or a parameter: W_1,
W_2, W, b, b_1, b_2, of all gates in a stack, or of one, with its letter behind: W_1i. W is [W_2, W_1] or W_1 alone.
"""

import re
from collections.abc import Mapping

ARGUMENTS = {
    "x": "x xt xs xseq inputs input inp",
    "h_0": "h0 h hprev prevh hx a0 aprev hinit inith hidden initialh",
    "c_0": "c0 c cprev prevc cx cinit initc cell initialc s0 sprev",
    "state": "state states hc initstate initialstate",
    "dh": "dh dht dhs dhout dhall dhnext dnexth danext da dout douts reads dy gradoutput gradh dhseq",
    "dh_T": "dhn dhlast dhfinal",
    "dc": "dc dct dcs dcall dcnext dnextc dcseq gradc",
    "dc_T": "dcn dclast dcfinal",
    "dstate": "dstate dstates dhc",
    "cache": "cache caches trace tape ctx moments saved memory",
    "params": "params parameters p weights theta",
}
RESULTS = {"x": "x xt xs inputs input", "h_0": "h0 h hprev prevh hnext a0 aprev anext hx"} | {
    "c_0": "c0 c cprev prevc cnext cx"
}
STACKS = {
    "W_1": "w1 wx wih weightih weightihl0 kernel wxh",
    "W_2": "w2 wh whh weighthh weighthhl0 recurrentkernel u",
    "W": "w",
    "b": "b bias",
    "b_1": "b1 bih biasih biasihl0 bx",
    "b_2": "b2 bhh biashh biashhl0 bh",
}
ONE_GATE = {"W_1": "w1|wx|wi", "W_2": "w2|wh|u|r", "W": "w", "b": "b|bias", "b_1": "bi|bx", "b_2": "bh"}
KINDS = tuple(STACKS)
ROLES = (*ARGUMENTS, *KINDS)


def plain(name: str) -> str:
    """A name without case and underscores."""
    return name.lower().replace("_", "")


def parameter(name: str) -> str | None:
    """The role of a parameter's name, stacked or of one gate, or None."""
    if re.fullmatch(r"(W_[12]|W|b|b_[12])_?[ifog]?", name):
        return name if name[-1] not in "ifog" else name[:-1].rstrip("_") + name[-1]
    bare = plain(name)
    for kind, names in STACKS.items():
        if bare in names.split():
            return kind
    for kind, names in ONE_GATE.items():
        if found := re.fullmatch(rf"({names})([ifogc])", bare):
            return kind + found[2].replace("c", "g")
    return None


def argument(name: str, own: Mapping[str, str]) -> str | None:
    """The role of an argument, or None; `own` says of names what they are."""
    if name in own:
        return own[name]
    if found := re.fullmatch(r"d([hc])_?T", name):
        return f"d{found[1]}_T"
    for role, names in ARGUMENTS.items():
        if plain(name) in names.split():
            return role
    return parameter(name)


def result(name: str, own: Mapping[str, str]) -> str | None:
    """The role to which a result belongs, a gradient by it: dWx, grad_x, h_0, x_grad; or None."""
    if name in own:
        return own[name]
    bare = plain(name)
    for core in (bare, bare.removeprefix("grad"), bare.removesuffix("grad"), bare.removeprefix("d")):
        for role, names in RESULTS.items():
            if core in names.split():
                return role
        if (found := parameter(name if core == bare else core)) is not None:
            return found
    return None


def split(role: str) -> tuple[str, str]:
    """(kind, gate) of a parameter's role; the gate is "" for a stack."""
    return (role[:-1], role[-1]) if role[-1] in "ifog" else (role, "")
