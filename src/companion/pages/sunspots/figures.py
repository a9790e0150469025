"""Figures of the forecasts: arrays in, a `Figure` out, nothing computed."""

from collections.abc import Mapping
from itertools import cycle

import numpy as np
from numpy.typing import ArrayLike

from companion.style.figures import Figure, new, styled
from companion.style.palette import INK, LIGHT, MUTED, RULE
from lstm import checks

NETWORK, RIVAL = LIGHT["h"], LIGHT["f"]  # the LSTM's colour and the autoregression's, here and in the next figures
LOOKS = (("-", "o", NETWORK), ("--", "s", LIGHT["g"]), (":", "^", LIGHT["o"]), ("-.", "D", INK))


@styled
def selection(
    updates: ArrayLike,
    errors: Mapping[float, Mapping[int, ArrayLike]],
    level: float,
    *,
    chosen: tuple[float, int, int],
    level_label: str = "AR(9)",
) -> Figure:
    """RMSE of validation against updates: a panel for each rate, a line for each number of units.

    updates: (K,). errors: {rate: {units: (seeds, K)}}; the line is the mean over seeds, its band all seeds. level: a
    horizontal line for the rival. chosen: (rate, units, updates), marked by a ring. Raises ValueError that names the
    argument and both shapes.
    """
    updates = checks.array("updates", updates, (None,))
    figure = new(3.1)
    panels = figure.subplots(1, len(errors), sharex=True, sharey=True, squeeze=False)[0]
    for axes, (rate, by_units) in zip(panels, errors.items(), strict=True):
        for (units, values), (dash, mark, colour) in zip(by_units.items(), cycle(LOOKS), strict=False):
            values = checks.array(f"errors[{rate}][{units}]", values, (None, len(updates)))
            mean = values.mean(axis=0)
            axes.fill_between(updates, values.min(axis=0), values.max(axis=0), color=colour, alpha=0.12, lw=0)
            axes.plot(updates, mean, ls=dash, marker=mark, color=colour, ms=4, label=f"{units} units")
            if (rate, units) == tuple(chosen[:2]):
                place = list(updates).index(chosen[2])
                axes.plot(updates[place], mean[place], "o", ms=13, mfc="none", mec=INK, mew=1.6)
        axes.axhline(level, color=RIVAL, lw=1.2)
        axes.set_title(f"rate {rate:g}", loc="left", color=MUTED)
        axes.set(xscale="log", xlabel="updates")
        axes.set_xticks(updates, [f"{u:g}" if k % 2 == 0 else "" for k, u in enumerate(updates)], minor=False)
        axes.minorticks_off()
    panels[0].set(ylabel="RMSE of validation")
    panels[0].annotate(level_label, (updates[0], level), (0, 3), textcoords="offset points", color=RIVAL)
    panels[-1].legend(loc="upper center", handlelength=2.6, borderaxespad=0, fontsize=9.5)
    return figure


@styled
def forecasts(
    year: ArrayLike,
    observed: ArrayLike,
    network: ArrayLike,
    rival: ArrayLike,
    gain: ArrayLike,
    *,
    rival_label: str = "AR(9)",
) -> Figure:
    """Above: observed numbers and forecasts. Below: `gain`, how far the network is ahead, summed up to each year.

    year, observed, rival, gain: (Y,). network: (seeds, Y), drawn as the band of all seeds. Errors as in `selection`.
    """
    year = checks.array("year", year, (None,))
    observed, rival, gain = (
        checks.array(name, values, year.shape)
        for name, values in [("observed", observed), ("rival", rival), ("gain", gain)]
    )
    network = checks.array("network", network, (None, len(year)))
    figure = new(5.2)
    top, bottom = figure.subplots(2, sharex=True, height_ratios=(3, 2))
    band = dict(color=NETWORK, alpha=0.35, lw=0)
    top.fill_between(year, network.min(axis=0), network.max(axis=0), label="LSTM, all seeds", **band)
    top.plot(year, rival, "--", color=RIVAL, lw=1.3, label=rival_label)
    top.plot(year, observed, "o", color=INK, ms=3.5, label="observed")
    top.set(ylabel="sunspot number", ylim=(None, 1.3 * observed.max()))
    top.legend(loc="upper center", ncols=3, handlelength=2, columnspacing=1.2, borderaxespad=0)
    bottom.plot(year, gain, color=NETWORK)
    bottom.axhline(0, color=RULE, lw=0.8)
    bottom.set(xlabel="year", xlim=(year[0] - 0.5, year[-1] + 0.5))
    bottom.set_title(f"squared error saved against {rival_label}, summed up", loc="left", color=MUTED)
    bottom.yaxis.set_major_formatter("{x:,.0f}")
    return figure


@styled
def slopes(
    lags: ArrayLike, groups: Mapping[str, ArrayLike], coefficients: ArrayLike, *, rival_label: str = "AR(9)"
) -> Figure:
    """Derivative of the forecast by each of the years before it, beside the coefficients of an autoregression.

    lags: (K,), 1 = last year. groups: {label: (3, K)}, quartiles over years and seeds: median and band. coefficients:
    (p,), p <= K. Errors as in `selection`.
    """
    lags = checks.array("lags", lags, (None,))
    coefficients = checks.array("coefficients", coefficients, (None,))
    figure = new(3.4)
    axes = figure.subplots()
    for (label, quartiles), (dash, mark, colour) in zip(groups.items(), cycle(LOOKS), strict=False):
        low, median, high = checks.array(f"groups[{label!r}]", quartiles, (3, len(lags)))
        axes.fill_between(lags, low, high, color=colour, alpha=0.18, lw=0)
        axes.plot(lags, median, ls=dash, marker=mark, ms=4, color=colour, label=label)
    axes.plot(lags[: len(coefficients)], coefficients, "_", ms=13, mew=2.2, color=RIVAL, label=rival_label)
    axes.axhline(0, color=RULE, lw=0.8, zorder=0)
    axes.set(xlabel="years back", ylabel="slope of the forecast", xlim=(lags[0] - 0.6, lags[-1] + 0.6))
    axes.set_xticks(np.arange(lags[0], lags[-1] + 1, 2))
    axes.legend(loc="upper right", handlelength=2.6)
    return figure
