"""The explorer of the paths: all paths from c^(4) back to c^(1) of one unit with held gates."""

from companion.explorers.base import Explorer, Number, Whole, style
from companion.explorers.bundle import bundle
from companion.explorers.eq15.explorer import START, held_cell
from lstm import paths
from lstm.cell import Params, Trace

STEPS = 3
LISTED = 8  # the largest paths, from which the reader chooses one for the graph


class PathExplorer(Explorer):
    """Every path over three steps, gates held: f, i, o in [0, 1] and g in [-1, 1] at steps 2 to 4.

    c_prev is c^(1), o_prev the gate that made h^(1) of it, w_2* the recurrent weights. detach = 1 lets nothing pass
    back through any h. The graph shows the path that is number `rank` in size, or the
    last. Every trait is synced both ways with the browser. A bad value raises TraitError.
    """

    f = Number(START["f"], 0, 1)
    i = Number(START["i"], 0, 1)
    o = Number(START["o"], 0, 1)
    g = Number(START["g"], -1, 1)
    c_prev = Number(START["c_prev"], -3, 3)
    o_prev = Number(START["o_prev"], 0, 1)
    w_2f = Number(START["w_2f"], -4, 4)
    w_2i = Number(START["w_2i"], -4, 4)
    w_2g = Number(START["w_2g"], -4, 4)
    w_2o = Number(START["w_2o"], -4, 4)
    detach = Whole(0, 0, 1)
    rank = Whole(1, 1, LISTED)

    def cell(self) -> tuple[Params, Trace]:
        """The (params, trace) of the unit, four steps long."""
        return held_cell(self, STEPS + 1)

    def contributions(self) -> list[paths.Contribution]:
        """What each path adds to dc^(4)/dc^(1), largest first: a list of `paths.Contribution`."""
        cut = range(1, STEPS + 1) if self.detach else ()
        return paths.contributions(*self.cell(), 1, STEPS + 1, detach=cut)


PathExplorer._esm = bundle("paths/paths.js", RANGES=PathExplorer.limits(), STEPS_BACK=STEPS, LISTED=LISTED)
PathExplorer._css = style("paths/paths.css")
