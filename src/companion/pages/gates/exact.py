"""The sigmoid and its slope to fifty digits: what a formula in floating point is compared with."""

from decimal import Context, Decimal

FIFTY = Context(prec=50)


def sigmoid(z: float) -> Decimal:
    """1 / (1 + exp(-z)) at the double z, right to fifty digits. Raises TypeError where z is no number."""
    return FIFTY.divide(Decimal(1), FIFTY.add(Decimal(1), FIFTY.exp(FIFTY.minus(Decimal(z)))))


def slope(z: float) -> Decimal:
    """The slope of the sigmoid at z, sigma(z) sigma(-z), to about fifty digits. Raises TypeError as `sigmoid`."""
    return FIFTY.multiply(sigmoid(z), sigmoid(-z))
