"""Results of small indices as figures and reports ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bdindex_xl.figures.source import FigureSource
from bdindex_xl.hosts.files import open_book
from bdindex_xl.language import Lang
from bdindex_xl.report.document import Document, document
from bdindex_xl.tasks.recalculate import check

from .books import small_book

NAMES = ("A # $1", "*B* _c_", '<D> & "E"', "F\\G `h` @i", "[J] ~ %K", "Łódź 北京")  # what markup would read otherwise
FRAMEWORK = "\n".join(
    ("code,name,parent,direction,weight,lower,upper,measure", "I,Index #1,,,,,,", "A,Size,I,,2,,,", "B,<Speed>,I,,1,,,",
     "C,Care & rest,I,,1,,,", "a1,Firms,A,1,3,0,100,n", "a2,Share of exports,A,1,1,0,100,%", "b1,$ per head,B,1,1,0,100,$",
     "c1,Waste*,C,-1,1,0,100,t", "")
)  # fmt: skip
UNITS = "\n".join(
    ("code,name,ranking,Region", *(f'{k + 1},"{name.replace(chr(34), chr(34) * 2)}",Town,{"N" if k % 2 else "S"}'
                                   for k, name in enumerate(NAMES)), "")
)  # fmt: skip
DATA = "\n".join(
    ("year,unit,a1,a2,b1,c1", "2024,1,90,10,5,3", "2024,2,80,,6,7", "2024,3,70,7,1,6", "2024,4,1,2,3,4", "2024,5,,3,4,5",
     "2024,6,3,1,2,6", "")
)  # fmt: skip


@cache
def _of(lang: Lang, settings: tuple[tuple[str, str | float], ...], files: tuple[tuple[str, str], ...]) -> FigureSource:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "index.xlsm"
        path.write_bytes(small_book(Path(folder), lang, dict(settings), **dict(files)))
        outcome = check(open_book(path))
    return FigureSource(outcome.inputs, outcome.results)


def source_of(lang: Lang = "zh", settings: Mapping[str, str | float] | None = None, **files: str) -> FigureSource:
    """The small index of `books`, two rankings and two years; or one made from other texts."""
    return _of(lang, tuple((settings or {}).items()), tuple(files.items()))


def towns() -> FigureSource:
    """Another framework, in English: one ranking, one year, values missing, and names full of signs of markup."""
    return source_of("en", framework=FRAMEWORK, units=UNITS, data=DATA)


def document_of(source: FigureSource) -> Document:
    """The report that is proposed for an index."""
    return document(source.inputs, dict(source.results))
