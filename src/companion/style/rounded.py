"""Numbers as text that every processor writes alike: a few digits, rounded where no plain number stands.

The last bits of a result depend on the processor. Rounding hides them except beside a border between two rounded
numbers, and the usual borders, a 5 in the next digit, are where 1/16 or 2.5 stand. `BORDER` moves them away.
"""

import zlib

import numpy as np
from numpy.typing import ArrayLike

DIGITS = 4
ALL, SHOWN = 12, 5  # of more numbers than `ALL`, `SHOWN` are written, evenly spaced, and a checksum of all
BORDER = 0.5 + 0.0917  # of a step, from where a number is rounded up


def number(value: float, span: float = 0.0) -> str:
    """One number, as `listed` writes it."""
    return listed([value], span)


def listed(values: ArrayLike, span: float = 0.0) -> str:
    """Numbers with spaces between; of many some, how many they are, and a checksum of all.

    `span` is how far a linear axis reaches, where there is one: a number has as many digits as show there. One below
    1e-3 of it is rounded as if it were that, one above it as if it were the span. A checksum is of one digit less:
    among thousands of numbers one is sooner beside a border.
    """
    values = np.ravel(np.ma.filled(np.ma.asarray(values, float), np.nan))
    if len(values) <= ALL:
        return " ".join(_texts(values, span, DIGITS))
    places = np.linspace(0, len(values) - 1, SHOWN).round().astype(int)
    check = zlib.crc32(" ".join(_texts(values, span, DIGITS - 1)).encode())
    return f"{' '.join(_texts(values[places], span, DIGITS))} ({len(values)}, checksum {check:08x})"


def _texts(values: np.ndarray, span: float, digits: int) -> list[str]:
    size = np.abs(values)
    weight = np.clip(size, 1e-3 * span, span) if span else size
    with np.errstate(all="ignore"):
        step = 10.0 ** (np.floor(np.log10(weight)) + 1 - digits)
        rounded = np.sign(values) * np.floor(size / step + BORDER) * step
    return [f"{v + 0.0:.10g}" for v in np.where((step > 0) & np.isfinite(rounded), rounded, values)]
