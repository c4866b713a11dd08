"""The word list: words of the genre, and words to keep."""

from __future__ import annotations

from ..language import Lang, joined
from ..model.figure import FigureKind
from ..model.hot_words import WordList
from ..model.records import suggested
from . import choices, schema
from .book import Readable
from .cells import choice_of
from .contents import InputTable
from .faults import Report
from .genre_words import GENRE
from .keyed_table import filled_rows, read_table

_GENRE, _KEEP = "genre", "keep"
START = WordList(genre=(*GENRE[0], *GENRE[1]))  # where a workbook has no list


def read_word_list(book: Readable, report: Report) -> WordList:
    """The words of a workbook's list, each once; without the table, those that a new list begins with."""
    if schema.WORD_LIST.table not in book.tables():
        return START
    table = read_table(book, schema.WORD_LIST.table, schema.WORD_LIST.columns, report, ("use",))
    if table is None or "word" not in table.places:
        return START
    found: dict[str, str] = {}
    for i in filled_rows(table):
        word, text = table.text(i, "word", report), table.text(i, "use", report)
        use = choice_of(choices.WORD_USES, text) if text else _GENRE
        cell = table.cell(i, "use")
        if not word:
            report.add(
                "rule blank", table.block.sheet, table.cell(i, "word"), header=schema.WORD_LIST.columns[0].header
            )
        elif not use:
            names = [name for code, words in choices.WORD_USES.items() for name in (code, *words.both())]
            report.add("rule choice", table.block.sheet, cell, known=joined(list(choices.WORD_USES.values())),
                       found=text, meant=suggested(text, names))  # fmt: skip
        else:
            found.setdefault(word, use)
    return WordList(*(tuple(word for word, use in found.items() if use == one) for one in (_GENRE, _KEEP)))


def input_table(book: Readable, figures: InputTable | None, lang: Lang, report: Report) -> InputTable | None:
    """The list as a table of a new workbook: that of its folder, or one to begin with where its figures show words."""
    if schema.WORD_LIST.table not in book.tables() and not _shows_words(figures, lang):
        return None
    words = read_word_list(book, report)
    uses = {use: choices.WORD_USES[use][lang] for use in (_GENRE, _KEEP)}
    rows = [(word, uses[use]) for use, some in ((_KEEP, words.kept), (_GENRE, words.genre)) for word in some]
    return InputTable(tuple(column.header[lang] for column in schema.WORD_LIST.columns), rows)


def _shows_words(figures: InputTable | None, lang: Lang) -> bool:
    kinds = {choices.FIGURE_KINDS[kind][lang] for kind in (FigureKind.WORD_CLOUD, FigureKind.WORD_TREND)}
    return figures is not None and any(row[schema.FIGURES.keys.index("kind")] in kinds for row in figures.rows)
