"""The two pictures of the page, the same bytes each time."""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from calibration.measures import Measures

INK, PALE = "#1F4E79", "#8A8A8A"
STYLE = {"svg.hashsalt": "financial-score", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 9,
         "axes.spines.top": False, "axes.spines.right": False}


def calibration(found: Measures) -> str:
    """Expected against true share of bankrupt firms, a point for each tenth of the firms with its 95 % interval."""
    expected = np.array([one.expected for one in found.deciles])
    bankrupt = np.array([one.bankrupt for one in found.deciles])
    low, high = interval(bankrupt, np.array([one.firms for one in found.deciles]))
    figure, axes = _figure()
    axes.plot([0.004, 0.25], [0.004, 0.25], color=PALE, linewidth=1, label="as expected")
    axes.errorbar(expected, bankrupt, yerr=[bankrupt - low, high - bankrupt], fmt="o", color=INK, markersize=4,
                  capsize=2, linewidth=1, label="a tenth of the firms, 95 % interval")
    axes.set(xscale="log", yscale="log", xlabel="expected share of bankrupt firms (out of the fold)",
             ylabel="true share")
    ticks = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2]
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_ticks(ticks, [f"{tick * 100:g} %" for tick in ticks])
        axis.set_ticks([], minor=True)
    return _svg(figure, axes)


def curves(found: Measures) -> str:
    """Of the bankrupt firms, the share among the lowest scores against that of the sound ones."""
    failed, at = found.firms.failed[found.compared], np.linspace(0, 1, 201)
    repeats = found.validation.scores["all lines"][:, found.compared]
    lines = [("financial score", found.ours.auc, np.mean([_curve(row, failed, at) for row in repeats], axis=0),
              INK, "-"),
             ("Altman Z''", found.z2.auc, _curve(found.firms.z2[found.compared], failed, at), PALE, "-"),
             ("Altman Z'", found.z1.auc, _curve(found.firms.z1[found.compared], failed, at), PALE, "--")]
    figure, axes = _figure()
    for name, auc, line, colour, dashes in lines:
        axes.plot(at, line, color=colour, linestyle=dashes, linewidth=1.4, label=f"{name}: AUC {auc:.3f}")
    axes.plot([0, 1], [0, 1], color=PALE, linewidth=0.6, linestyle=":", label="chance: 0.500")
    axes.set(xlabel="share of the sound firms stopped", ylabel="share of the bankrupt firms stopped")
    return _svg(figure, axes)


def interval(share: np.ndarray, firms: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's 95 % interval of a share.

    >>> [np.round(end, 4).tolist() for end in interval(np.array([0.5]), np.array([100.0]))]
    [[0.4038], [0.5962]]
    """
    square = 1.959964 ** 2
    middle = (share + square / (2 * firms)) / (1 + square / firms)
    half = np.sqrt(square * (share * (1 - share) / firms + square / (4 * firms ** 2))) / (1 + square / firms)
    return middle - half, middle + half


def _curve(score: np.ndarray, failed: np.ndarray, at: np.ndarray) -> np.ndarray:
    levels = np.unique(score)
    stopped = [np.searchsorted(np.sort(score[kind]), levels, side="right") / kind.sum() for kind in (~failed, failed)]
    return np.interp(at, np.append(0, stopped[0]), np.append(0, stopped[1]))


def _figure() -> tuple[Any, Any]:
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update(STYLE)
    from matplotlib import pyplot

    return pyplot.subplots(figsize=(5, 3.6), layout="constrained")


def _svg(figure: Any, axes: Any) -> str:
    from matplotlib import pyplot

    axes.legend(frameon=False, fontsize=8, loc="lower right")
    file = io.StringIO()
    figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"
