"""A report as PDF, set by Typst."""

from __future__ import annotations

from typing import Any

from . import palette
from .document import Document
from .front import CONTENTS, SOURCE, SUBTITLE
from .laid_out import Laid, Table, laid_out
from .typesetting import typeset


def write(document: Document) -> bytes:
    """The file: cover, contents, chapters of figures with their sentences.

    Raises
    ------
    FileRefused
        Where there is Chinese text and no Chinese face is installed.
    """
    lang = document.lang
    return typeset(
        "report.typ",
        lang,
        {
            "title": document.title,
            "subtitle": SUBTITLE.format(year=document.year)[lang],
            "source": SOURCE.format(source=document.source)[lang] if document.source else "",
            "contents": CONTENTS[lang],
            "colours": {"ink": palette.INK, "slate": palette.SLATE, "line": palette.SERIES[0]},
            "chapters": [
                {"title": title, "figures": [_given(one) for one in figures]} for title, figures in laid_out(document)
            ],
        },
    )


def _given(one: Laid) -> dict[str, Any]:
    """A figure as the template takes it."""
    told: dict[str, Any] = {
        "kind": "picture" if one.picture else "table" if one.table else "left out",
        "caption": one.caption, "facts": one.facts, "together": one.n_together, "notes": one.notes, "why": one.why,
        "table": one.table and _table(one.table), "beside": one.beside and _table(one.beside),
    }  # fmt: skip
    if one.picture:
        told |= {"svg": one.picture.svg, "alt": one.picture.alt, "width": one.picture.width}
    return told


def _table(one: Table) -> dict[str, Any]:
    return {"header": one.header, "rows": one.rows, "right": one.numbers, "widths": one.widths()}
