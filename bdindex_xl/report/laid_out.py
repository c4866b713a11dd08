"""A report's figures as pages have them, whatever the program: caption, picture or table, notes, sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..figures.content import Content, FigureColumn, LeftOut, RadarForm
from ..language import Lang, Text
from . import pictures
from .caption import caption
from .document import Document
from .front import SOURCE
from .pictures.metrics import widest
from .shown import is_number, shown

_WIDEST = 452.0 / 0.75  # of a picture on a page of A4 [pixels of 1/96 inch]
_TALLEST = 560.0 / 0.75
_POINT = 0.75  # points a pixel
ROOM = 452.0  # of a table on a page, as all below [points]
_NAMES = 0.33  # of that, for names where there are numbers too
_SHORT = 400  # characters of two sentences
_TEXT, _BOLD, _PADDING = 9.0, 1.1, 14.0  # of texts, and of cells


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, and its size on the page [points]."""

    svg: str
    alt: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Table:
    """Texts of a table, and which columns hold numbers."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[bool, ...]

    def widths(self, room: float = ROOM) -> list[float]:
        """Widths of columns [points]: of their texts; where the page has no room, names come first."""
        found = [widest(list(texts), _TEXT) * _BOLD + _PADDING for texts in zip(self.header, *self.rows, strict=True)]
        if sum(found) <= room:
            return found
        names = [0.0 if is_number else width for width, is_number in zip(found, self.numbers, strict=True)]
        n = sum(self.numbers)
        of_names = min(sum(names), room * (_NAMES if n else 1.0))
        scale = of_names / (sum(names) or 1.0)
        return [name * scale or (room - of_names) / n for name in names]


@dataclass(frozen=True, slots=True)
class Laid:
    """A figure: `beside` is a table of what its picture does not tell in numbers."""

    number: str
    caption: str
    is_table: bool
    picture: Picture | None
    table: Table | None
    beside: Table | None
    facts: tuple[str, ...]
    notes: tuple[str, ...]
    why: str

    @property
    def n_together(self) -> int:
        """How many last sentences stand on one page, so that none is left alone on the next; long ones need not."""
        last = self.facts[-2:]
        return 2 if len(last) == 2 and sum(map(len, last)) <= _SHORT else 0


def laid_out(document: Document) -> list[tuple[str, list[Laid]]]:
    """Chapters: title and figures."""
    return [(chapter.title, [_figure(document, one) for one in chapter.figures]) for chapter in document.chapters]


def _figure(document: Document, one: Content | LeftOut) -> Laid:
    lang, told, number = document.lang, caption(one, document.lang), one.figure.number
    if isinstance(one, LeftOut):
        return Laid(number, told, False, None, None, None, (), (), one.why[lang])
    notes = [_NOTE.format(note=note)[lang] for note in one.notes]
    if document.source:
        notes.append(SOURCE.format(source=document.source)[lang])
    facts = tuple(fact[lang].replace(" → ", "\u00a0→\u00a0") for fact in one.facts)  # no line begins with an arrow
    if one.is_table:
        return Laid(number, told, True, None, table_of(one.columns, lang), None, facts, tuple(notes), "")
    beside = _of_radar(one, lang) if isinstance(one.form, RadarForm) else None
    return Laid(number, told, False, _picture(one, document), None, beside, facts, tuple(notes), "")


def _picture(one: Content, document: Document) -> Picture:
    lang = document.lang
    svg = pictures.svg(one, lang, red_up=document.red_up)
    found = _SIZE.search(svg)
    assert found is not None  # every picture says how large it is
    width, height = float(found[1]), float(found[2])
    scale = min(1.0, _WIDEST / width, _TALLEST / height) * _POINT
    alt = " ".join((one.title, *(fact[lang] for fact in one.facts[:1])))
    return Picture(svg, alt, width * scale, height * scale)


def table_of(columns: Sequence[FigureColumn], lang: Lang) -> Table:
    """Columns as texts."""
    texts = [shown(column, lang) for column in columns]
    return Table(
        tuple(column.header for column in columns),
        tuple(zip(*texts, strict=True)),
        tuple(map(is_number, columns)),
    )


def _of_radar(one: Content, lang: Lang) -> Table:
    """A row a line and a column an axis, as few axes and many lines are best read."""
    form = one.form
    assert isinstance(form, RadarForm)
    axis, lines = one.columns[form.axis], [one.columns[k] for k in form.values]
    rows = tuple((line.header, *shown(line, lang)) for line in lines)
    return Table((_UNIT[lang], *map(str, axis.values)), rows, (False, *(True for _ in axis.values)))


_SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')
_NOTE, _UNIT = Text("注：{note}", "Note: {note}"), Text("地区", "Unit")
