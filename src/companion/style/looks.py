"""How an artist looks, as text: colours, widths, dashes, markers, words. Not where it stands.

Where Matplotlib has no public name for what was set, these modules read a private one: Matplotlib is pinned. Its types
do not know such names, nor the short ones as get_ha, so what is read stands as Any.
"""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.colors import is_color_like, to_hex
from matplotlib.patches import Patch

from companion.style.rounded import listed, number


def colour(value: Any) -> str:
    """A colour as #rrggbb, with its alpha behind where it is not opaque; of many, each with how often it stands."""
    if is_color_like(value):
        name = to_hex(value, keep_alpha=True)
        return "none" if name[7:] == "00" else name[:7] if name[7:] == "ff" else name
    runs = [(name, len(list(run))) for name, run in groupby(map(colour, value))]
    return ",".join(name if n == 1 else f"{n}*{name}" for name, n in runs) or "none"


def quoted(text: str) -> str:
    """A text in one line."""
    return "'" + text.replace("\n", r"\n") + "'"


def words(settings: Mapping[str, Any]) -> str:
    """A dict as key=value, sorted; what is true by its key alone, what is None or false not at all."""
    held = {k: v for k, v in sorted(settings.items()) if v is not None and v is not False}
    return " ".join(k if v is True else f"{k}={_value(v)}" for k, v in held.items())


def thing(value: object) -> str:
    """An object by its class, and what in it is not as in a new one."""
    usual = vars(type(value)())
    return f"{type(value).__name__}({words({k: v for k, v in vars(value).items() if v != usual[k]})})"


def _value(value: Any) -> str:
    if isinstance(value, str):
        return colour(value) if is_color_like(value) else value
    if isinstance(value, dict):
        return f"({words(value)})"
    if np.iterable(value):
        return f"({','.join(map(_value, value))})"
    return str(value) if value is None or isinstance(value, bool) else number(value)


def text_look(text: Any) -> str:
    """The words of a `Text`, colour, size, and the box behind them."""
    look = f"{quoted(text.get_text())} {colour(text.get_color())} {number(text.get_size())}"
    look += _others(text, weight="normal", style="normal", rotation=0.0, alpha=None)
    box = text.get_bbox_patch()
    return f"{look} on {patch_look(box)}" if box else look


def line_look(line: Any) -> str:
    """Colour, dashes, width and marker of a `Line2D`."""
    offset, dashes = line._unscaled_dash_pattern  # get_linestyle is -- for whatever pattern
    dash = f"dashes {listed([offset, *dashes])}" if dashes else line.get_linestyle()
    parts = [] if dash == "None" else [colour(line.get_color()), dash, number(line.get_linewidth())]
    if line.get_marker() not in ("None", "none", " ", "", None):
        face, edge = colour(line.get_markerfacecolor()), colour(line.get_markeredgecolor())
        parts += ["marker", str(line.get_marker()), number(line.get_markersize()), face]
        parts += ["edge", edge, number(line.get_markeredgewidth())]
    return " ".join(parts) + _others(line, alpha=None, drawstyle="default", markevery=None, fillstyle="full")


def patch_look(patch: Patch) -> str:
    """Face, edge, dashes, width and hatch of a `Patch`."""
    face = colour(patch.get_facecolor()) if patch.get_fill() else "none"
    edge = f"{colour(patch.get_edgecolor())} {_value(patch.get_linestyle())} {number(patch.get_linewidth())}"
    return f"{face} edge {edge}{_others(patch, hatch=None)}"


def collection_look(collection: Any) -> str:
    """As `patch_look`; of a collection whose colours show numbers, the colour map, its ends and the numbers."""
    dashes = ",".join(f"{offset or 0:g} {listed(dash or [])}".strip() for offset, dash in collection.get_linestyle())
    edge = f"{dashes} {listed(collection.get_linewidth())}{_others(collection, hatch=None, alpha=None)}"
    if collection.get_array() is not None:
        return f"edge {edge} {map_look(collection)}"
    return f"{colour(collection.get_facecolor())} edge {colour(collection.get_edgecolor())} {edge}"


def map_look(mappable: Any) -> str:
    """Numbers shown as colours: the map at five places, the norm and its ends, the numbers."""
    norm, low, high = type(mappable.norm).__name__, mappable.norm.vmin, mappable.norm.vmax
    ends = listed([low, high], high - low)
    return (
        f"map {colour(mappable.cmap(np.linspace(0, 1, 5)))} {norm} {ends}: {listed(mappable.get_array(), high - low)}"
    )


def _others(artist: Artist, **usual: object) -> str:
    """What is not as usual."""
    values = {k: getattr(artist, f"get_{k}")() for k in usual}
    found = words({k: v for k, v in values.items() if v != usual[k]})
    return f" {found}" if found else ""
