"""The figures that the shipped workbooks list, made."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bdindex_xl.figures.all import contents
from bdindex_xl.figures.content import Content, LeftOut
from bdindex_xl.figures.source import FigureSource
from bdindex_xl.hosts.files import open_book
from bdindex_xl.language import Lang
from bdindex_xl.sheets.faults import Report
from bdindex_xl.sheets.figures import read_figures
from bdindex_xl.sheets.words_table import read_hot_words, read_origin
from bdindex_xl.tasks.recalculate import check

_WORKBOOKS = Path(__file__).resolve().parents[2] / "workbook"
_NAMES = {"zh": "BigDataIndex.xlsm", "en": "BigDataIndex.en.xlsm"}


@cache
def shipped(lang: Lang) -> tuple[Content | LeftOut, ...]:
    """Every figure that the workbook in that language lists."""
    book = open_book(_WORKBOOKS / _NAMES[lang])
    outcome = check(book)
    figures = read_figures(book, outcome.inputs, Report())
    assert figures
    source = FigureSource(outcome.inputs, outcome.results, read_hot_words(book), words_from=read_origin(book))
    return contents(source, figures)


def facts_of(name: str, lang: Lang) -> list[str]:
    """Sentences of a figure, of a table where its number has a T before it."""
    found = [one for one in shipped(lang) if isinstance(one, Content)]
    number = name.removeprefix("T")
    chosen = next(one for one in found if one.figure.number == number and one.is_table is name.startswith("T"))
    return [fact[lang] for fact in chosen.facts]


def captions_of_the_report() -> set[str]:
    """Numbers of the tables (with a T) and figures in chapters 2 to 4 of the report of 2024, by its captions."""
    figures = [("2", 8), ("3", 19), ("4", 7)]
    return {f"{chapter}-{n}" for chapter, last in figures for n in range(1, last + 1)} | {f"T2-{n}" for n in (1, 2, 3)}
