"""Names of a workbook's sheets: the schema's, with a ranking's own name made fit for a tab."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..language import Lang, Text
from ..sheets import schema

LONGEST = 31  # UTF-16 units


class SheetNames:
    """Sheet names that differ from each other in more than case."""

    def __init__(self, rankings: Iterable[str], lang: Lang) -> None:
        self._lang: Lang = lang
        taken = (schema.GUIDE, schema.PROFILE, schema.FORMULAS, *(sheet.name for sheet in schema.ONE_EACH))
        # "History" is a name that Excel keeps for itself.
        self._taken = {text[lang].casefold() for text in taken} | {"history"}
        pairs = [(ranking, self._name(schema.DATA.name, ranking)) for ranking in rankings]
        self.data = dict(pairs)
        self.ranking = {ranking: self._name(schema.RANKING.name, ranking) for ranking in self.data}

    def _name(self, template: Text, ranking: str) -> str:
        label = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "-", schema.ranking_label(ranking)[self._lang]).strip("' ") or "-"
        for attempt in range(1, len(self._taken) + 2):
            suffix = f" {attempt}" if attempt > 1 else ""
            name = _fitted(template[self._lang], label, suffix)
            if name.casefold() not in self._taken:
                break
        self._taken.add(name.casefold())
        return name


def _fitted(template: str, label: str, suffix: str) -> str:
    name = template.format(ranking=label) + suffix
    while label and len(name.encode("utf-16-le")) // 2 > LONGEST:
        label = label[:-1].rstrip()
        name = template.format(ranking=label) + suffix
    return name
