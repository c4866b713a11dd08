"""Texts that cells share: those alone that cells show, counted; and none on sheets that are written anew."""

from __future__ import annotations

import re
from collections.abc import Collection

_STRINGS = "xl/sharedStrings.xml"
_ITEM = re.compile(rb"<si>(.*?)</si>", re.S)
_COUNTS = re.compile(rb' count="[0-9]+" uniqueCount="[0-9]+">.*', re.S)
_SHOWN = re.compile(rb' t="s"><v>([0-9]+)</v></c>')
_SPACE = rb"(?:\s|\xe2\x80[\x80-\x8a])"
_SPACED = re.compile(rb"<v>(%b[^<]*|[^<]*%b)(?=</v>)" % (_SPACE, _SPACE))  # what a formula gives, spaces at its ends
_SHEETS = "xl/worksheets/sheet"


def exact(parts: dict[str, bytes], inline: Collection[str]) -> dict[str, bytes]:
    """The parts that change: XlsxWriter also keeps the texts of cells that were written over, and counts them; and does
    not say that spaces are part of a formula's value.

    What is written into a cell later stands in the cell. On sheets `inline`, which commands write, texts do so from the
    start: else those of before would stay behind among the shared ones.
    """
    if _STRINGS not in parts:
        return {}
    texts = _ITEM.findall(parts[_STRINGS])
    places: dict[bytes, bytes] = {}
    n_shown = 0

    def shared(found: re.Match[bytes]) -> bytes:
        nonlocal n_shown
        n_shown += 1
        place = places.setdefault(found[1], b"%d" % len(places))
        return b' t="s"><v>%b</v></c>' % place

    def within(found: re.Match[bytes]) -> bytes:
        return b' t="inlineStr"><is>%b</is></c>' % texts[int(found[1])]

    made = {
        part: _SPACED.sub(rb'<v xml:space="preserve">\1', _SHOWN.sub(within if part in inline else shared, data))
        for part, data in parts.items()
        if part.startswith(_SHEETS)
    }
    items = b"".join(b"<si>%b</si>" % texts[int(index)] for index in places)
    counted = b' count="%d" uniqueCount="%d">%b</sst>' % (n_shown, len(places), items)
    return made | {_STRINGS: _COUNTS.sub(lambda _: counted, parts[_STRINGS])}
