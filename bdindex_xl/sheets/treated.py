"""The sheet of values that were not scored as they stand, one row a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from ..engine.changed import Changed, changed
from ..engine.compute import Result
from ..engine.prepare import treatment_of
from ..language import Lang, Text, joined
from ..model.method import Treatment
from . import choices, layout, phrases, schema
from .book import ResultTable
from .inputs import Inputs, Ranking

# What a treatment ends in where winsorising does not do.
_TRANSFORMS = {Treatment.WINSORISE_OR_LOG: Treatment.LOG, Treatment.WINSORISE_OR_BOX_COX: Treatment.BOX_COX}


def is_empty(inputs: Inputs) -> bool:
    """Whether all values are scored as they stand."""
    return not any(changed(inputs.framework, r.panel, inputs.method).any.any() for r in inputs.rankings)


def table(inputs: Inputs, _: Mapping[str, Result]) -> ResultTable:
    """Every value that was imputed, treated or held at an end: what it was, what was used, and why."""
    rows = [row for ranking in inputs.rankings for row in _rows(inputs, ranking)][: schema.TREATED.most]
    return layout.from_rows(schema.TREATED, rows, inputs.lang)


def _rows(inputs: Inputs, ranking: Ranking) -> Iterator[dict[str, object]]:
    found, lang = changed(inputs.framework, ranking.panel, inputs.method), inputs.lang
    label, panel = schema.ranking_label(ranking.key)[lang], ranking.panel
    reasons = _Reasons(inputs, found)
    for y, u, k in np.argwhere(found.any)[: schema.TREATED.most].tolist():
        indicator = inputs.framework.indicators[k]
        yield {
            "year": panel.years[y],
            "ranking": label,
            "unit": panel.units[u],
            "name": ranking.names[u],
            "code": indicator.code,
            "indicator": indicator.name,
            "raw": float(found.raw[y, u, k]),
            "used": float(found.used[y, u, k]),
            "why": reasons.of(y, u, k, lang),
        }


class _Reasons:
    """Why a value is not used as it stands."""

    def __init__(self, inputs: Inputs, found: Changed) -> None:
        self._found = found
        self._imputation = choices.IMPUTATIONS[inputs.method.imputation]
        kinds = [treatment_of(indicator, inputs.method) for indicator in inputs.framework.indicators]
        self._transforms = [choices.TREATMENTS[_TRANSFORMS.get(kind, kind)] for kind in kinds]

    def of(self, y: int, u: int, k: int, lang: Lang) -> str:
        """In the order in which it was done."""
        found, bound = self._found, f"{self._found.used[y, u, k]:.15g}"
        all_ = (
            (found.imputed, phrases.TREATED_IMPUTED.format(method=self._imputation)),
            (found.winsorised, phrases.TREATED_WINSORISED.format(bound=bound)),
            (found.transformed, phrases.TREATED_TRANSFORMED.format(method=self._transforms[k])),
            (found.above, phrases.TREATED_ABOVE.format(bound=bound)),
            (found.below, phrases.TREATED_BELOW.format(bound=bound)),
        )
        told: list[Text] = [text for mask, text in all_ if mask[y, u, k]]
        return joined(told, zh="；", en="; ")[lang]
