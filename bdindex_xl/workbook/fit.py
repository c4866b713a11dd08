"""How much room a text takes, reckoned without a font: a Chinese character is as wide as two digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_BOLD = 1.08  # how much wider bold text is
_BUTTON = 3.0  # what a filter button takes [characters]
_WIDEST_HEADER = 40.0
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"  # scripts that break between any two characters
_FEWEST, _MOST = 4, 6  # characters of a name to which a column's width is cut
_CHINESE = 1.9  # width of a Chinese character of the Chinese workbook's face, in digits of it
_NARROW = frozenset(" .,;:'!|()[]ijlft")


@lru_cache(maxsize=4096)  # headers are measured again at every width that is tried
def text_width(text: str) -> float:
    """Width of the longest line [characters of the default font]."""
    return max((sum(map(_character_width, line)) for line in text.split("\n")), default=0.0)


def n_lines(text: str, width: float) -> int:
    """Lines that a text takes in a column of that width when it wraps at spaces and between Chinese characters."""
    return sum(_wrapped(line, max(width - 0.5, 2.0)) for line in text.split("\n"))


def header_lines(header: str, width: float) -> int:
    """Lines that a header takes, which is bold."""
    return n_lines(header, width / _BOLD)


def header_width(header: str, at_least: float, lines: int = 3) -> float:
    """Width at which a header takes no more than so many lines, and no word is broken or under the filter button."""
    longest = max(map(text_width, _pieces(header)), default=0.0)
    width = max(at_least, longest * _BOLD + 1.5)
    while header_lines(header, width - (_BUTTON if lines == 1 else 0.0)) > lines and width < _WIDEST_HEADER:
        width += 0.5
    return round(width, 1)


def breaks_after(header: str, name: str) -> bool:
    """Whether a header begins with a short Chinese name and has as much after it, at most, so that a column may be as
    wide as the name: programs break Chinese lines between any two characters, within a word too."""
    rest = header.removeprefix(name)
    few = _FEWEST <= len(name) <= _MOST and 0 < len(rest) <= len(name)
    return few and re.fullmatch(f"[{_WIDE}]+", header) is not None


def width_to_break(name: str) -> float:
    """Width at which a line holds that Chinese name and no character more."""
    return round(_CHINESE * len(name) + 0.6, 1)


def column_width(texts: Iterable[str], at_least: float, at_most: float = 40.0) -> float:
    """Width that shows the longest of the texts, within limits."""
    longest = max(map(text_width, texts), default=0.0)
    return round(min(max(at_least, longest + 3.5), at_most), 1)


def _wrapped(line: str, width: float) -> int:
    lines, used = 1, 0.0
    for piece in _pieces(line):
        room = text_width(piece)
        if used and used + text_width(piece.rstrip()) > width:
            lines, used = lines + 1, 0.0
        broken = int(text_width(piece.rstrip()) // (width + 0.01))
        lines, used = lines + broken, used + room - broken * width
    return lines


def _pieces(line: str) -> list[str]:
    # Words with the space after them; each Chinese character stands alone.
    return re.findall(rf"[{_WIDE}]|[^\s{_WIDE}]+\s*|\s+", line)


def _character_width(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 2.0
    if character in _NARROW:
        return 0.6
    return 1.25 if character.isupper() or character in "mw%@—" else 1.0
