"""A report as one page for a browser: all in one file, and nothing asked of a network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path

from ..figures.content import BarsForm, Content, FigureColumn, LeftOut, RanksForm, TilesForm
from ..language import Lang, Text
from ..sheets.schema import MADE_BY
from . import pictures
from .caption import caption
from .document import Chapter, Document
from .front import CONTENTS, SOURCE, SUBTITLE
from .pictures.metrics import text_width
from .shown import is_number, shown


def write(document: Document) -> bytes:
    """The file, in UTF-8."""
    lang = document.lang
    title = escape(f"{document.title} {SUBTITLE.format(year=document.year)[lang]}")
    anchors = {id(one): f"f{k}" for k, one in enumerate(document.figures, 1)}
    style, script = _part("page.css"), _part("page.js")
    policy = f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; base-uri 'none'"
    parts = [
        f'<!DOCTYPE html>\n<html lang="{_LANG[lang]}">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}; form-action \'none\'">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta name="generator" content="{MADE_BY}">',
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>",
        *_front(document),
        *_contents(document, anchors),
        "<main>",
        *(part for k, chapter in enumerate(document.chapters, 1) for part in _chapter(document, k, chapter, anchors)),
        f"</main>\n<script>{script}</script>\n</body>\n</html>\n",
    ]
    return "\n".join(parts).encode()


def _front(document: Document) -> Iterator[str]:
    subtitle = SUBTITLE.format(year=document.year)[document.lang]
    yield f'<header>\n<h1>{escape(document.title)}</h1>\n<p class="year">{escape(subtitle)}</p>'
    if document.source:
        yield f'<p class="source" role="note">{_source(document)}</p>'
    yield "</header>"


def _source(document: Document) -> str:
    return escape(SOURCE.format(source=document.source)[document.lang])


def _contents(document: Document, anchors: Mapping[int, str]) -> Iterator[str]:
    name = CONTENTS[document.lang]
    yield f'<nav id="contents" aria-label="{name}">\n<details class="whole" open><summary>{name}</summary>\n<ol>'
    for k, chapter in enumerate(document.chapters, 1):
        yield f'<li><a href="#c{k}">{escape(chapter.title)}</a>\n<ol>'
        for one in chapter.figures:
            yield f'<li><a href="#{anchors[id(one)]}">{escape(caption(one, document.lang))}</a></li>'
        yield "</ol></li>"
    yield "</ol>\n</details>\n</nav>"


def _chapter(document: Document, k: int, chapter: Chapter, anchors: Mapping[int, str]) -> Iterator[str]:
    yield f'<section aria-labelledby="c{k}">\n<h2 id="c{k}">{escape(chapter.title)}</h2>'
    for one in chapter.figures:
        yield f'<section class="figure" id="{anchors[id(one)]}">'
        yield from _left_out(document, one) if isinstance(one, LeftOut) else _figure(document, one)
        yield "</section>"
    yield f'<p class="note"><a href="#contents">{CONTENTS[document.lang]} ↑</a></p>\n</section>'


def _left_out(document: Document, one: LeftOut) -> Iterator[str]:
    yield f"<h3>{escape(caption(one, document.lang))}</h3>"
    yield f'<p class="left-out">{escape(one.why[document.lang])}</p>'


def _figure(document: Document, one: Content) -> Iterator[str]:
    """Picture or table with its caption, notes, sentences; and the data of a picture, to be opened."""
    lang = document.lang
    title = escape(caption(one, lang))
    if one.is_table:
        yield f"<h3>{title}</h3>"
        yield from _table(document, one)
    else:
        yield f"<figure>\n<figcaption>{title}</figcaption>"
        for name, width in (("wide", pictures.WIDE), ("narrow", pictures.NARROW)):
            drawn = pictures.svg(one, lang, width=width, red_up=document.red_up)
            yield drawn.replace(_NAMESPACE, f'<svg class="{name}"', 1).rstrip()
        yield "</figure>"
    for note in one.notes:
        yield f'<p class="note">{escape(_NOTE.format(note=note)[lang])}</p>'
    if document.source:
        yield f'<p class="note">{_source(document)}</p>'
    for fact in one.facts:
        yield f'<p class="fact">{escape(fact[lang])}</p>'
    if not one.is_table:
        yield f"<details><summary>{_DATA[lang]}</summary>"
        yield from _table(document, one)
        yield "</details>"


_LONG = 25  # rows of a table from which its box is no higher
_WIDE_NAME = 14.0  # em of a text from which it may wrap: it keeps its place where a table is scrolled sideways
_NAMESPACE = '<svg xmlns="http://www.w3.org/2000/svg"'  # a page in HTML knows what an svg is


def _table(document: Document, one: Content) -> Iterator[str]:
    """A table that scrolls in its own box; its columns are sorted by a click where the browser runs scripts."""
    lang = document.lang
    columns = told(one)
    kind = "scroll long" if one.n_rows > _LONG else "scroll"
    yield f'<div class="{kind}" tabindex="0" role="region" aria-label="{escape(caption(one, lang))}">\n<table>\n<thead>'
    heads = (f'<th scope="col"{_number(column)}>{escape(column.header)}</th>' for column in columns)
    yield f"<tr>{''.join(heads)}</tr>\n</thead>\n<tbody>"
    cells = [list(_cells(column, k == 0, document)) for k, column in enumerate(columns)]
    for row in zip(*cells, strict=True):
        yield f"<tr>{''.join(row)}</tr>"
    yield "</tbody>\n</table>\n</div>"


def told(one: Content) -> tuple[FigureColumn, ...]:
    """The columns of a figure's data that tell something: without labels of axes and places of tiles."""
    form = one.form
    hidden: Iterable[int] = ()
    if isinstance(form, RanksForm):
        hidden = form.labels
    elif isinstance(form, TilesForm):
        hidden = (form.across, form.down)
    elif isinstance(form, BarsForm) and any(c.role == "name" for c in one.columns[form.category + 1 :]):
        hidden = (form.category,)
    return tuple(column for k, column in enumerate(one.columns) if k not in set(hidden))


def _cells(column: FigureColumn, is_first: bool, document: Document) -> Iterator[str]:
    name = 'th scope="row"' if is_first else "td"
    kind = _number(column)
    for value, text in zip(column.values, shown(column, document.lang), strict=True):
        is_blank = value is None or value != value
        sorted_by = ("" if is_blank else f"{value:.10g}") if kind else None
        mark = kind or (' class="w"' if text_width(text, 1.0) > _WIDE_NAME else "")
        if column.role == "rank change" and value:
            mark = f' class="n {"red" if (value > 0) == document.red_up else "green"}"'
        data = f' data-v="{sorted_by}"' if sorted_by is not None and sorted_by != text else ""
        yield f"<{name}{mark}{data}>{escape(text)}</{name.split()[0]}>"


def _number(column: FigureColumn) -> str:
    return ' class="n"' if is_number(column) else ""


@cache
def _part(name: str) -> str:
    return (Path(__file__).parent / "templates" / name).read_text("utf-8")


def _digest(text: str) -> str:
    """What a page's policy knows its own styles and scripts by."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


_LANG: Mapping[Lang, str] = {"zh": "zh-CN", "en": "en"}
_NOTE, _DATA = Text("注：{note}", "Note: {note}"), Text("数据", "Data")
