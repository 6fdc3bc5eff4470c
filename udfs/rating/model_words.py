"""What the score of a published model says, in words: its zone by each source, and the firms it was made for.

>>> zone_words("conan_holder", 12.0, "en")
'sound (public repositories, textbooks), to be watched (urios) (sources disagree)'
>>> domain_words("z1", "47.11F", 4e6, "en").split(". ")[1]
'This firm (47.11F) is outside: the score says less of it.'
"""

from __future__ import annotations

import numpy as np

from udfs import reference
from udfs.rating import models
from udfs.texts import has, say


def zone_words(model: str, score: float, language: str) -> str:
    """The zone of a score with who says so; where sources disagree, each zone with its sources."""
    by_zone: dict[str, list[str]] = {}
    for source in models.sources(model):
        by_zone.setdefault(models.zone(model, np.array([score]), source)[0], []).append(source)
    told = ", ".join(say("financial.zone_by", language, zone=say(f"financial.zone_{zone}", language),
                         sources=", ".join(_source_words(source, language) for source in sources))
                     for zone, sources in by_zone.items())
    return told + (say("financial.sources_disagree", language) if len(by_zone) > 1 else "")


def domain_words(model: str, naf: str, turnover: float, language: str) -> str:
    """The firms that a score was made for, and whether this one is one of them as far as is known."""
    (row,) = (row for row in reference.rows("model_domains") if row["model"] == model)
    bounds = {name: float(row[name]) for name in ("turnover_from", "turnover_to") if row[name]}
    told = [say(f"financial.domain_{model}", language, **{**row, **bounds})]
    (why,) = models.outside_domain(model, np.array([naf], object), np.array([turnover]))
    if why:
        told.append(say(f"financial.outside_{why}", language, naf=naf, turnover=turnover))
    return " ".join(told)


def _source_words(source: str, language: str) -> str:
    return say(f"financial.source_{source}", language) if has(f"financial.source_{source}", language) else source
