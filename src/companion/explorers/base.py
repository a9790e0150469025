"""What every explorer shares: traits that refuse bad values, a stable repr, one style sheet."""

from collections.abc import Sequence
from importlib.resources import files
from math import isfinite
from numbers import Integral, Real
from typing import Any

import anywidget
import numpy as np
from numpy.typing import ArrayLike
from traitlets import TraitError, TraitType, validate

from companion.style.palette import DARK, LIGHT

LIT = (
    "text-decoration: underline 2px; background: color-mix(in srgb, currentcolor 12%, transparent); stroke-width: 2.6;"
)
# In a picture the halo of a word would be drawn around the line below it too, so there the word is bold.
LIT_IN_A_PICTURE = "text-decoration: none; font-weight: 700;"


class Number(TraitType[Any, Any]):
    """A synced float in [low, high]; anything else raises TraitError that names trait, value and range."""

    wanted = "a number"

    def __init__(self, default: float, low: float, high: float) -> None:
        super().__init__(default)
        self.low, self.high = low, high
        self.tag(sync=True)

    def accepts(self, value: object) -> bool:
        return isinstance(value, Real) and not isinstance(value, bool) and isfinite(value)

    def validate(self, obj: object, value: Any) -> float:
        if not self.accepts(value) or not self.low <= value <= self.high:
            raise TraitError(f"{self.name}: expected {self.wanted} in [{self.low}, {self.high}], got {value!r}")
        return float(value)


class Whole(Number):
    """A synced int in [low, high]; anything else raises TraitError that names trait, value and range."""

    wanted = "a whole number"

    def accepts(self, value: object) -> bool:
        return isinstance(value, Integral) and not isinstance(value, bool)

    def validate(self, obj: object, value: Any) -> int:
        super().validate(obj, value)
        return int(value)


class Series(TraitType[Any, Any]):
    """A synced list of floats in [low, high], as long as its default; anything else raises TraitError, as `Number`."""

    def __init__(self, default: Sequence[float], low: float, high: float) -> None:
        super().__init__(list(default))
        self.low, self.high, self.length = low, high, len(default)
        self.tag(sync=True)

    def default(self, obj: Any = None) -> list[float]:
        return [float(x) for x in self.default_value]

    def validate(self, obj: object, value: Any) -> list[float]:
        if not isinstance(value, Sequence | np.ndarray) or len(value) != self.length:
            raise TraitError(f"{self.name}: expected {self.length} numbers, got {value!r}")
        one = Number(self.low, self.low, self.high)
        for k, x in enumerate(value):
            one.name = f"{self.name}[{k}]"
            one.validate(obj, x)
        return [float(x) for x in value]


class Explorer(anywidget.AnyWidget):
    """An explorer whose `Number` and `Whole` traits are its state: they are named in its repr, in their order."""

    @classmethod
    def _all(cls, kind: Any) -> dict[str, Any]:
        named = (item for base in reversed(cls.__mro__) for item in vars(base).items())
        return {name: trait for name, trait in named if isinstance(trait, kind)}

    @classmethod
    def ranges(cls) -> dict[str, list[float]]:
        """Trait name -> [low, high], in the order in which the class defines them."""
        return {name: [trait.low, trait.high] for name, trait in cls._all(Number).items()}

    @classmethod
    def limits(cls) -> dict[str, list[float]]:
        """What the page's script is given: the ranges with a third number, 1 for whole ones, and a series' length."""
        limits = {k: both + [1] * isinstance(getattr(cls, k), Whole) for k, both in cls.ranges().items()}
        return limits | {k: [series.low, series.high, 0, series.length] for k, series in cls._all(Series).items()}

    def __init__(self, **values: Any) -> None:
        for name in values:
            if not self.has_trait(name):
                raise TypeError(self._unknown(name))
        super().__init__(**values)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set a trait, or what the class has already: a misspelt name would change nothing that is seen."""
        if not name.startswith("_") and not hasattr(type(self), name):
            raise AttributeError(self._unknown(name))
        super().__setattr__(name, value)

    def _unknown(self, name: str) -> str:
        return f"{type(self).__name__}: no trait {name!r}; it has {', '.join(self.limits())}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={getattr(self, k)!r}' for k in self.ranges())})"


class Computed(Explorer):
    """An explorer that shows what a study of the book has computed: its trait `data`, set once."""

    @validate("data")
    def _once(self, proposal: Any) -> Any:
        if self.data and proposal.value != self.data:
            raise TraitError(f"data: it is computed once, make another {type(self).__name__}")
        return proposal.value


def digits(values: ArrayLike, count: int) -> np.ndarray:
    """The numbers to so many digits: the last differ from one processor to another, and what is stored must not."""
    return np.vectorize(lambda x: float(f"{x:.{count}g}"), otypes=[float])(values)


# What says that the ground is dark, and the ground where the sheet would not find it: the book's pages, JupyterLab and
# Notebook 7, Colab, VS Code.
NIGHTS = {
    'html[data-theme="dark"]': "",
    'body[data-jp-theme-light="false"]': "",
    'html[theme="dark"]': "var(--colab-primary-surface-color, #383838)",
    "body.vscode-dark": "var(--vscode-editor-background, #1f1f1f)",
    "body.vscode-high-contrast": "var(--vscode-editor-background, #000000)",
}


def style(*own: str) -> str:
    """Return the style sheet: the palette as CSS variables, light and dark, parts/parts.css, and the files `own`."""
    light, dark = (" ".join(f"--{k}: {v};" for k, v in palette.items()) for palette in (LIGHT, DARK))
    night = f":is({', '.join(NIGHTS)}) .lstm"
    lit, in_a_picture = (
        ", ".join(f'html[data-lit="{k}"] .lstm {within}[data-hue="{k}"]' for k in LIGHT) for within in ("", "svg ")
    )
    marks = f"{lit} {{ {LIT} }}\n{in_a_picture} {{ {LIT_IN_A_PICTURE} }}\n"
    grounds = " ".join(f"{where} .lstm {{ --ground: {ground}; }}" for where, ground in NIGHTS.items() if ground)
    days = f".lstm {{ color-scheme: light; {light} }}\n"
    nights = f"{night} {{ color-scheme: dark; {dark} }} {grounds}\n"
    return days + nights + marks + "".join(map(read, ("parts/parts.css", *own)))


def read(name: str) -> str:
    """The text of a file of this folder."""
    return files("companion.explorers").joinpath(name).read_text(encoding="utf-8")
