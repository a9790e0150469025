"""Random cells by the dozen, and four built ones that show what a gradient can do."""

from typing import NamedTuple

import numpy as np

from lstm import checks
from lstm.cell import Params, init_params, run, sigmoid
from lstm.gradient import chain, product_of_f, product_of_jacobians
from lstm.rates import EXPLODE, SMALLEST, VANISH, VERDICTS, rate, verdict
from lstm.variants import scaled


class Draw(NamedTuple):
    """A cell and what it runs on: x of shape (T, m)."""

    params: Params
    x: np.ndarray


class Numbers(NamedTuple):
    """One cell: three norms (jacobians: of the product of J), the least product of f of a unit, rates, verdicts."""

    true: float
    direct: float
    jacobians: float
    least_direct: float
    log10_ratio: float
    true_rate: float
    direct_rate: float
    true_verdict: str
    direct_verdict: str


def draw_cells(
    cells: int, *, m: int, n: int, T: int, rng: np.random.Generator, recurrent: str = "uniform"
) -> list[Draw]:
    """A list of `cells` random `Draw`: `init_params` with forget bias 0 (PyTorch's uniform), x standard normal.

    recurrent="orthogonal": each W_2* is a random orthogonal matrix. m inputs, n units, T >= 2 steps.
    Raises TypeError or ValueError that names the argument.
    """
    cells, T, rng = checks.whole("cells", cells, 1), checks.whole("T", T, 2), checks.generator(rng)
    if recurrent not in ("uniform", "orthogonal"):
        raise ValueError(f'recurrent: expected "uniform" or "orthogonal", got {recurrent!r}')
    draws = [Draw(init_params(m, n, rng=rng, forget_bias=0), rng.normal(size=(T, m))) for _ in range(cells)]
    if recurrent == "uniform":
        return draws
    return [Draw(p._replace(**{f"W_2{k}": _orthogonal(n, rng) for k in "ifog"}), x) for p, x in draws]


def placed(draw: Draw, bias: float, scale: float) -> Draw:
    """The `Draw` at one place of the map: `bias` added to b_f, every W_2* multiplied by `scale`.

    The reference that says where a cell stands; the map runs all places at once and is tested against this.
    Raises TypeError or ValueError that names the argument.
    """
    p = scaled(draw.params, checks.array("scale", scale, ()))
    return Draw(p._replace(b_f=p.b_f + checks.array("bias", bias, ())), draw.x)


def cases(*, rng: np.random.Generator, T: int = 30) -> dict[str, Draw]:
    """Four cells of two units and two inputs, T >= 2: a dict from name to `Draw`. x is standard normal, no bias zero.

    At rest (x, h, c near 0) a step multiplies a move of c by f + R, R = diag(i o) W_2g: direct and candidate path.
    agrees: R is near 0. understates: f is 1/2 and R 0.9 of a quarter turn, |1/2 + 0.9i| = 1.03. vanishes: R = -f, the
    candidate takes back what f keeps. explodes: W_2g and W_2o are too large for rest, the run is chaotic.
    Raises TypeError or ValueError that names the argument.
    """
    small = Params(*(0.05 * np.sqrt(2) * p for p in init_params(2, 2, rng=rng, forget_bias=0)))
    x, i_o = rng.normal(size=(checks.whole("T", T, 2), 2)), (sigmoid(small.b_i) * sigmoid(small.b_o))[:, None]
    kept = small._replace(b_f=small.b_f + 4.5)
    built = {
        "agrees": kept,
        "understates": small._replace(W_2g=0.9 * np.array([[0, -1], [1, 0]]) / i_o),
        "explodes": kept._replace(W_2g=np.array([[0.0, -10], [10, -10]]), W_2o=np.array([[10.0, 0], [-10, 0]])),
        "vanishes": kept._replace(W_1g=10 * small.W_1g, W_2g=np.diag(-sigmoid(kept.b_f)) / i_o),
    }
    return {name: Draw(params, x) for name, params in built.items()}


def numbers(draw: Draw, *, vanish: float = VANISH, explode: float = EXPLODE) -> Numbers:
    """One cell by the reference code, `cell.run` and `gradient`: its `Numbers` over the span from c^(1) to c^(T).

    Raises TypeError or ValueError that names the argument.
    """
    trace = run(*draw)
    T = checks.whole("T", len(trace.c), 2)
    f = product_of_f(trace, 1, T)
    true, J = (np.linalg.norm(a(draw.params, trace, 1, T), 2) for a in (chain, product_of_jacobians))
    log10 = np.log10(np.maximum([true, f.max()], SMALLEST))
    rates = rate(log10, T - 1)
    said = [VERDICTS[k] for k in verdict(rates, vanish=vanish, explode=explode)]
    return Numbers._make([*map(float, (true, f.max(), J, f.min(), log10[0] - log10[1], *rates)), *said])


def _orthogonal(n: int, rng: np.random.Generator) -> np.ndarray:
    q, r = np.linalg.qr(rng.normal(size=(n, n)))
    return q * np.sign(np.diag(r))  # without the signs the law is not uniform
