"""Which unit of each ranking the place of a record is, or is part of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from ...language import Lang
from .credit import plain_code, valid
from .finder import Finder
from .found import Found

_AT_ONCE = 4096  # credit codes checked together


@dataclass(frozen=True)
class Gazetteer:
    """Units to look places up in. It can be pickled, and holds the units alone.

    Parameters
    ----------
    rankings
        Names by code, by ranking.
    lang
        Language of notes.
    """

    rankings: Mapping[str, Mapping[str, str]]
    lang: Lang = "zh"

    def lookup(self, values: Iterable[str | None], credit_codes: Iterable[str | None] | None = None) -> Iterator[Found]:
        """The unit of each value in every ranking, one after the other.

        Parameters
        ----------
        values
            Codes, names or addresses; each once is enough.
        credit_codes
            The unified social credit code beside each value: what else the record says of its place.

        Yields
        ------
        For each value its units, by what they were found and what is in doubt.
        """
        finder = Finder(tuple(self.rankings.values()), self.lang)
        if credit_codes is None:
            yield from (finder.find(value or "") for value in values)
            return
        pairs = zip(values, credit_codes, strict=True)
        while some := list(islice(pairs, _AT_ONCE)):
            codes = [plain_code(code or "") for _, code in some]
            for (value, _), code, right in zip(some, codes, valid(codes).tolist(), strict=True):
                yield finder.find_with(value or "", code, right)
