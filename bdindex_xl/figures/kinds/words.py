"""Words of policy texts: drawn where a workbook has them."""

from __future__ import annotations

from typing import NoReturn

from ...language import Text
from ...model.figure import Figure
from ..source import FigureSource, Lacking


def words(source: FigureSource, figure: Figure) -> NoReturn:
    """Hot words, and their trend. Raises Lacking: no workbook has a table of words yet."""
    raise Lacking(_WORDS)


_WORDS = Text("热词表", "a table of hot words")
