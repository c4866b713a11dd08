"""The hot words of texts, in view of a workbook: its word list, and the names of its units, which are no words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ...errors import SheetErrors
from ...language import Progress, Text
from ...model.hot_words import HotWord, WordList
from ...sheets.book import Readable
from ...sheets.faults import Report
from ...sheets.read_units import read_units
from ...sheets.word_list import read_word_list
from ..places.divisions import divisions
from ..places.short_names import short_name, short_names
from .candidates import words_of
from .cutting import Cutter
from .newness import hot_words
from .texts import YearlyTexts

FEWEST = 2  # occurrences of a word
RARE = 2000  # texts, on which one of its occurrences must come

_CUTTING = Text("切分词语", "cutting texts into words")
_COUNTING = Text("统计词频", "counting words")


@dataclass(frozen=True, slots=True)
class WorkbookWords:
    """What a workbook says of words: its list, and the names of its units."""

    words: WordList
    names: frozenset[str]


def lists_of(book: Readable) -> WorkbookWords:
    """The lists of a workbook. Raises SheetErrors where they are at fault."""
    report = Report()
    words, units = read_word_list(book, report), read_units(book, report)
    if report.has_faults or units is None:
        raise SheetErrors(report.findings)
    names = {name for ranking in units.rankings.values() for name in ranking.values()}
    return WorkbookWords(words, frozenset(names | {short_name(name) for name in names}))


def find(found: YearlyTexts, lists: WorkbookWords, progress: Progress = lambda _: None) -> tuple[HotWord, ...]:
    """The hot words of texts. Raises FileRefused where they are Chinese and there is no segmenter."""
    progress(_CUTTING)
    cutter = Cutter(lists.words.genre, lists.words.kept, lists.names | _places())
    tokens = cutter.cut(found.texts)
    progress(_COUNTING)
    least = max(FEWEST, math.ceil(len(found.texts) / RARE))
    return hot_words(words_of(tokens, least=least, kept=cutter.kept), found.years, always=cutter.kept)


def _places() -> frozenset[str]:
    """Names of provinces and cities, whatever the language of a workbook."""
    large = [division for division in divisions() if division.code and division.level < 3]
    names = (name for division in large for name in (division.name, *short_names(division)))
    return frozenset(name for name in names if len(name) > 1)
