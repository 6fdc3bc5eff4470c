"""The page docs/financial-score.md: `page.md` with the figures of the run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from calibration.auc import Placements, placements
from calibration.measures import Group, Measures
from calibration.model import LEAST_KNOWN, TOTAL
from calibration.sample import Sample
from calibration.table import SOURCE
from calibration.validation import FOLDS, REPEATS
from udfs.rating.financial_score import RATIOS, RatioPoints

ROOT = Path(__file__).resolve().parent.parent
PATH = ROOT / "docs" / "financial-score.md"
IMAGES = ROOT / "docs" / "images"
NAMES: Mapping[str, tuple[str, str]] = {
    "equity_to_assets": ("Equity ratio", "equity / total assets"),
    "retained_earnings_to_assets": ("Retained earnings", "retained earnings / total assets"),
    "working_capital_to_assets": ("Working capital", "(current assets - current debt) / total assets"),
    "quick_ratio": ("Quick ratio", "(current assets - stocks) / current debt"),
    "cash_flow_to_turnover": ("Cash-flow margin", "(net income + depreciation) / turnover"),
    "cash_flow_to_debt": ("Cash flow on debt", "(net income + depreciation) / total debt"),
}
# Ratios read as a number, not as a percentage.
PLAIN = ("quick_ratio",)

TEMPLATE = Path(__file__).with_name("page.md")


def content(points: Mapping[str, RatioPoints], found: Measures, rows: Sample) -> str:
    """The page; `rows` are those of the file with the repeated ones."""
    firms, widest = found.firms, max(len(one.points) for one in points.values())
    given = ~np.isnan(rows.z2)
    text = TEMPLATE.read_text(encoding="utf-8").format(
        total=TOTAL, least=LEAST_KNOWN, folds=FOLDS, repeats=REPEATS, **SOURCE,
        headings=" | ".join(["Worst band", *[""] * (widest - 2), "Best band"]),
        rules=" | ".join(["---:"] * widest),
        points="\n".join(_points_row(name, one, widest) for name, one in points.items()),
        formulas="\n".join(f"- {title}: {formula}" for title, formula in (NAMES[name] for name in RATIOS)),
        compared=int(found.compared.sum()), bankrupt=int(firms.failed[found.compared].sum()),
        aucs="\n".join([_auc_row("financial score", found.ours, None),
                        _auc_row("Altman Z''", found.z2, found.ours - found.z2),
                        _auc_row("Altman Z'", found.z1, found.ours - found.z1)]),
        deciles="\n".join(f"| {one.low:.1%} | {one.high:.1%} | {one.expected:.1%} | {one.bankrupt:.1%} |"
                          for one in found.deciles),
        by_score="\n".join(_score_row(one, found) for one in found.by_score),
        stability=_stability(found), fits=FOLDS * REPEATS, spread=_spread(found),
        hidden="\n".join(f"| {name} | {kept:.0%} | {auc:.3f} | {moved:.1f} |"
                         for name, (kept, auc, moved) in found.hidden.items()),
        gap_bankrupt=1 - rows.has_interest_cover[rows.failed].mean(),
        gap_sound=1 - rows.has_interest_cover[~rows.failed].mean(),
        rows=len(rows), bankrupt_rows=int(rows.failed.sum()), distinct=len(firms), repeated=len(rows) - len(firms),
        z2_rows=placements(rows.z2[given], rows.failed[given]).auc,
        z1_rows=placements(rows.z1[given], rows.failed[given]).auc,
        no_reserves=(firms.ratios["retained_earnings_to_assets"] == 0).mean(), rate=firms.failed.mean(),
    )
    return re.sub(r"(?<=\d)%", " %", text)


def _points_row(name: str, one: RatioPoints, widest: int) -> str:
    cells = [f"below {_edge(name, one.edges[0])} → {one.points[0]:g}",
             *(f"{_edge(name, edge)} → {worth:g}" for edge, worth in zip(one.edges, one.points[1:], strict=True))]
    # A ratio with fewer bands leaves cells empty before its best one, so that the best points stand together.
    cells[-1:-1] = [""] * (widest - len(cells))
    return f"| {NAMES[name][0]} | {' | '.join(cells)} | {one.missing:g} |"


def _edge(name: str, edge: float) -> str:
    return f"{edge:.2f}" if name in PLAIN else f"{edge * 100:.0f} %"


def _auc_row(name: str, one: Placements, better: Placements | None) -> str:
    gain = f"{better.auc:+.3f} | {_range(better)}" if better else "| "
    return f"| {name} | {one.auc:.3f} | {_range(one)} | {gain} |"


def _range(one: Placements) -> str:
    return f"{one.auc - one.margin:.3f} to {one.auc + one.margin:.3f}"


def _score_row(one: Group, found: Measures) -> str:
    return (f"| {one.low:.0f} to {min(one.high - 1, TOTAL):.0f} | {one.firms:,.0f} "
            f"| {one.firms / found.compared.sum():.0%} | {one.bankrupt:.1%} |")


def _stability(found: Measures) -> str:
    indices, aucs = np.array(found.halves).T
    return "\n".join([
        f"| a half drawn at random, {len(indices)} times | the other half | {indices.mean():.3f} (at most "
        f"{indices.max():.3f}) | {aucs.mean():.3f} ({aucs.min():.3f} to {aucs.max():.3f}) |",
        "| the smaller firms by total assets | the larger ones | {:.3f} | {:.3f} |".format(*found.small_to_large),
        "| the larger firms | the smaller ones | {:.3f} | {:.3f} |".format(*found.large_to_small),
    ])


def _spread(found: Measures) -> str:
    most = {name: [table[name].points[-1] for table in found.validation.tables] for name in RATIOS}
    return "\n".join(f"| {NAMES[name][0]} | {min(values):.0f} | {np.mean(values):.0f} | {max(values):.0f} |"
                     for name, values in most.items())
