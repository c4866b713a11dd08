"""How wide texts are. Estimated from the widths of Arial, wider than most: pictures are then laid out alike wherever
they are made and whatever faces the reader's device has."""

from __future__ import annotations

import unicodedata
from functools import cache

_NARROW = {  # advance widths of Arial by the em, the others of Latin script being 0.556
    0.222: "ijl'|", 0.278: " !,./:;I[]\\ft", 0.333: "-()`r", 0.389: "*", 0.5: "ckszvxyJ", 0.584: "+<=>~",
    0.611: "FTZ", 0.667: "&ABEKPSVXY", 0.722: "wCDHNRU", 0.778: "GOQ", 0.833: "mM", 0.889: "%", 0.944: "W",
    1.0: "—…→", 0.99: "▲▼",
}  # fmt: skip
_OF = {character: width for width, those in _NARROW.items() for character in those}
_BOLD = 1.07
_SMALLEST = 6.6


@cache
def _advance(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    return _OF.get(character, 0.556 if character.isascii() else 0.6)


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width of a text in one line.

    >>> text_width("北京市", 12), text_width("0", 10)
    (36.0, 5.56)
    """
    return round(sum(map(_advance, text)) * size * (_BOLD if bold else 1.0), 2)


def widest(texts: list[str], size: float) -> float:
    """Width of the widest of texts; 0 of none."""
    return max((text_width(text, size) for text in texts), default=0.0)


def fitting(text: str, size: float, width: float, *, whole: bool = False) -> float:
    """The size, or the greatest less than it, at which no word of Latin script is wider than the room; or all of it.

    None is smaller than can be read.
    """
    room = 0.99 * width  # widths are rounded
    needed = text_width(text, size) if whole else longest_word(text, size)
    return max(min(size, size * room / needed) if needed else size, min(_SMALLEST, size))


def longest_word(text: str, size: float) -> float:
    """Width of the widest word of Latin script, which is not to be broken."""
    return widest([word for word in text.split() if word.isascii()], size)


def wrapped(text: str, size: float, width: float, lines: int = 2) -> list[str]:
    """A text in at most so many lines, broken at spaces or between Chinese characters; what is left over is elided."""
    found: list[str] = []
    rest = text
    while rest and text_width(rest, size) > width and len(found) < lines - 1:
        at = _break(rest, size, width)
        found.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    if text_width(rest, size) > width:
        while rest and text_width(rest + "…", size) > width:
            rest = rest[:-1]
        rest = rest.rstrip() + "…"
    return [*found, rest] if rest or not found else found


def _break(text: str, size: float, width: float) -> int:
    """Where the first line ends: after the last place that fits; within a word where there is none."""
    fits = 1
    while fits < len(text) and text_width(text[: fits + 1], size) <= width:
        fits += 1
    places = (
        at for at in range(fits, 0, -1) if text[at : at + 1] == " " or _may_break(text[at - 1], text[at : at + 1])
    )
    return next(places, fits)


def _may_break(before: str, after: str) -> bool:
    if after and after in "，。、；：）》”%":
        return False
    return before not in "（《“" and (unicodedata.east_asian_width(before) in "WF" or before in "-–/")
