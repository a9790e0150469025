"""Each finding, beyond which threshold it is told, and the page that proves what it may mean: the audit's table."""

from lstm import rates
from lstm.audit import gradients_tell, units_tell
from lstm.audit.findings import FEW, HALVINGS, MOST, NEARLY_ALL
from lstm.audit.units import LARGE

ROWS = {
    "gradient vanishes": ("training", f"chain below {rates.VANISH:g} a step"),
    "gradient explodes": ("forgetting", f"chain above {rates.EXPLODE:g} a step"),
    "hardly written": ("states", f"the inputs leave less than {units_tell.WRITTEN:g} in c"),
    "never read": ("states", f"slope D below {units_tell.READ:g} at every step"),
    "gate always open, or closed": ("states", "every value near one end"),
    "memory mostly large": ("states", f"size of c above {LARGE:g}, {units_tell.MOST:.0%} of the values"),
    "gate saturated": ("gates", f"near an end, {MOST:.0%} of the values"),
    "few units carry the past": ("audit", f"{NEARLY_ALL:.0%} of the gradient in fewer than {FEW:.0%} of the units"),
    "short half-lives": ("co2", f"{HALVINGS} half-lives fit into the span"),
    "gradient felt over few steps": ("forgetting", f"{gradients_tell.HALF:.0%} of the span or less"),
    "shares of few steps": ("audit", f"effective pairs below {gradients_tell.LITTLE:.0%} of all pairs"),
    "mostly the local term": ("audit", "the local share is the largest"),
    "not by the direct path": ("regimes", "the share of a path through a gate or the candidate is the largest"),
    "paths cancel": ("regimes", f"a share below {-gradients_tell.CANCEL:g}".replace("-", "\u2212")),
    "forget gates mislead": ("regimes", f"product of f has another verdict in {gradients_tell.HALF:.0%} of sequences"),
    "product of f misses the chain": ("audit", f"median error of the product {gradients_tell.MISSES:.0%} or more"),
    "clipping would shorten": ("forgetting", "gradient above the limit you name"),
    "loss not given": ("audit", "no reads"),
}


def columns() -> dict[str, list[str]]:
    """The columns of the table; a name links to its page."""
    return {
        "finding": [f'<a href="{page}.html">{name}</a>' for name, (page, _) in ROWS.items()],
        "told where": [where for _, where in ROWS.values()],
    }
