"""The figures of a copy for others, as its PDF prints them: those of the report, of what is in the copy alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from ...figures.source import FigureSource
from ...hosts.files import FileBook
from ...language import Text
from ...model.figure import Figure, FigureKind
from ...report.document import Document, document
from ...share.twin import Twin
from ...sheets import schema
from ...sheets.read import read_inputs
from ...sheets.words_table import read_hot_words, read_origin
from .report import listed


def figures_of(twin: Twin, source: FileBook) -> Document:
    """The report of a copy; `source` is the workbook that it was made of.

    Figures of rankings that are not in the copy are not mentioned; those that show raw data which is left out say so.
    After them come the whole rankings, as tables.
    """
    copy, inputs = FileBook.from_bytes(twin.data), twin.outcome.inputs
    there = {"", *(ranking.key for ranking in inputs.rankings)}
    figures = tuple(one for one in listed(copy, inputs) if one.ranking in there)
    if twin.wanted.only is not None and read_inputs(source).rankings[-1].key != twin.wanted.only:
        figures = tuple(one for one in figures if one.ranking)  # where none is named, the last one is meant
    return document(
        inputs,
        twin.outcome.results,
        [*figures, *_whole(FigureSource(inputs, twin.outcome.results))],
        words=read_hot_words(copy),
        words_from=read_origin(copy),
        without_raw=twin.wanted.no_raw,
    )


def _whole(source: FigureSource) -> Iterator[Figure]:
    """A table of every unit of each ranking, then of its groups."""
    lang, numbers = source.lang, count(1)
    for ranking in source.inputs.rankings:
        view, label = source.of(ranking), schema.ranking_label(ranking.key)
        groupings = [one.name for one in source.inputs.groupings if any(view.groups(one.name))]
        for grouping in ("", *groupings):
            title = _OF_GROUPS if grouping else _OF_UNITS
            yield Figure(
                _NUMBER.format(n=next(numbers))[lang],
                title.format(ranking=label, grouping=grouping)[lang],
                FigureKind.RANK_TABLE,
                _CHAPTER[lang],
                ranking.key,
                grouping=grouping,
            )


_CHAPTER = Text("全部排名", "All ranks")
_NUMBER = Text("附表 {n}", "Table A{n}")
_OF_UNITS = Text("{{year}} 年{ranking}排名", "{ranking} ranks in {{year}}")
_OF_GROUPS = Text("{{year}} 年{ranking}分{grouping}排名", "{ranking} ranks by {grouping} in {{year}}")
