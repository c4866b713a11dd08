"""What no cell of a workbook asks for any more: texts that cells share, and the marks of arrays that spill."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .limits import MAX_DIGITS
from .markup import Edit, edited, has_asides, prefix_of_root, utf8, without_asides
from .package import Package, Packed, packed
from .relations import without_part
from .sheet_xml import SheetXml, patterns
from .workbook import Workbook


@dataclass(frozen=True, slots=True)
class _Attribute:
    """What an attribute of cells looks like, after any white space and after a blank.

    Most sheets have no other white space, and a search from one blank to the next takes a tenth of the time.
    """

    anyhow: re.Pattern[bytes]
    usual: re.Pattern[bytes]

    @classmethod
    def of(cls, pattern: bytes) -> _Attribute:
        return cls(re.compile(rb"\s" + pattern), re.compile(b" " + pattern))

    def within(self, rows: bytes) -> re.Pattern[bytes]:
        """The pattern to look for it by in rows, or in a whole sheet."""
        start = max(rows.find(b"sheetData"), 0)  # no cell stands before
        return self.anyhow if any(rows.find(white, start) >= 0 for white in (b"\n", b"\r", b"\t")) else self.usual


# The types of cells that show a shared text, usually with its index behind.
_SHOWN = _Attribute.of(rb"""t\s*=\s*["']s["'](?:><v>([0-9]{1,%d})</v>)?""" % MAX_DIGITS)
_MARKED = _Attribute.of(rb"""[cv]m\s*=\s*["']""")
_TYPE = re.compile(rb"""(?:^|\s)t\s*=\s*["']s["']""")
_INDEX = re.compile(rb"""(\st\s*=\s*["']s["']><v>)([0-9]+)""")
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?sst(?:\s[^>]*)?>")
_COUNTS = re.compile(rb"""\s+(?:count|uniqueCount)\s*=\s*(?:"[^"]*"|'[^']*')""")
_OTHER_SHEETS = ("xlMacrosheet", "xlIntlMacrosheet", "dialogsheet")  # their cells show shared texts, too


def shown(sheet: SheetXml, rows: bytes) -> Iterator[bytes]:
    """Indexes of the shared texts that cells show, as they stand in these rows of the sheet."""
    found = _SHOWN.within(rows).findall(rows)
    if b"" not in found:  # all written as usual: then there is no need to go through every cell
        yield from found
        return
    for _, _, _, _, kind, rest, value, content in sheet.patterns.cell.findall(rows):
        if kind == b"s" or (rest and _TYPE.search(rest)):
            if not value and content and (inner := sheet.patterns.value.search(content)):
                value = inner[2] or b""
            yield value


def without_unused(data: bytes) -> bytes:
    """The workbook file without either. Texts that stand last take the places of those that go.

    Raises FileRefused where the file cannot be read.
    """
    package = Package(data)
    workbook = Workbook(package)
    sheets = {sheet.part: utf8(package.read(sheet.part), sheet.part) for sheet in workbook.sheets}
    package.replace(_without_unused_texts(package, workbook, sheets))
    package.replace(_without_unused_marks(package, workbook, sheets))
    return package.to_bytes()


def _without_unused_marks(
    package: Package, workbook: Workbook, sheets: Mapping[str, bytes]
) -> dict[str, Packed | None]:
    part = workbook.related("sheetMetadata")
    if part is None or b"valueMetadata" in package.read(part):  # of values that are more than their text
        return {}
    if any(_MARKED.within(data).search(data) for data in sheets.values()):
        return {}
    return without_part(package, part, workbook.part)


def _without_unused_texts(
    package: Package, workbook: Workbook, sheets: Mapping[str, bytes]
) -> dict[str, Packed | None]:
    part = workbook.related("sharedStrings")
    if part is None or any(workbook.related(kind) for kind in _OTHER_SHEETS):
        return {}
    counts = [Counter(_SHOWN.within(data).findall(data)) for data in sheets.values()]
    if any(b"" in count for count in counts) or any(has_asides(d, d.find(b"?>") + 2) for d in sheets.values()):
        return {}  # written in a way that patterns do not take
    used = {int(index) for count in counts for index in count}
    if not used:
        return without_part(package, part, workbook.part)
    data = without_asides(utf8(package.read(part), part))
    items = list(patterns(prefix_of_root(data, part, "sst") or "").item.finditer(data))
    if max(used) >= len(items):  # damaged, which is not for us to mend
        return {}
    moved = _moves(used)
    new = _kept(data, items, moved, len(used), sum(map(Counter.total, counts)))
    parts: dict[str, Packed | None] = {part: packed(_DECLARATION + new.lstrip())} if new != data else {}
    indexes = {b"%d" % old: b"%d" % new for old, new in moved.items()}
    for (name, sheet), count in zip(sheets.items(), counts, strict=True):
        if not indexes.keys().isdisjoint(count):
            parts[name] = packed(_INDEX.sub(lambda found: found[1] + indexes.get(found[2], found[2]), sheet))
    return parts


def _kept(data: bytes, items: list[re.Match[bytes]], moved: Mapping[int, int], n_used: int, n_shown: int) -> bytes:
    """The part with the texts in use, and how many there are, and how many cells show one."""
    edits = [Edit(items[new].start(), items[new].end(), items[old][0]) for old, new in moved.items()]
    edits += [Edit(item.start(), item.end(), b"") for item in items[n_used:]]
    if (root := _ROOT.search(data)) is not None:
        counted = b'%b count="%d" uniqueCount="%d">' % (_COUNTS.sub(b"", root[0])[:-1], n_shown, n_used)
        edits.append(Edit(root.start(), root.end(), counted))
    return edited(data, edits)


def _moves(used: set[int]) -> dict[int, int]:
    """Where the last texts go, so that those in use stand together; most stay where they are.

    >>> _moves({0, 3, 4})
    {3: 1, 4: 2}
    """
    free = [index for index in range(len(used)) if index not in used]
    return dict(zip(sorted(index for index in used if index >= len(used)), free, strict=True))
