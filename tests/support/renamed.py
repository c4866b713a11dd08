"""Workbooks whose sheets a user renamed or deleted, as Excel leaves them. Independent of the code under test."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from tests.support.edit import packed, sheet_parts


def renamed(book: bytes, names: Mapping[str, str]) -> bytes:
    """The workbook with sheets under new names, in formulas and defined names too; links keep the old ones."""
    parts = _parts(book)
    for part, data in parts.items():
        if not part.endswith(".xml") or part.startswith(("customUI", "docProps")):
            continue
        parts[part] = _with_names(data.decode(), names, is_book=part == "xl/workbook.xml").encode()
    return packed(parts)


def _with_names(text: str, names: Mapping[str, str], *, is_book: bool) -> str:
    names = {escape(old): escape(new) for old, new in names.items()}
    if is_book:
        text = re.sub(r'(?<=<sheet name=")[^"]*', lambda found: names.get(found[0], found[0]), text)
    old = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    refers = re.compile(rf"(?<![\w'])(?:'({old})'|({old}))!")

    def quoted(found: re.Match[str]) -> str:
        return "'" + names[found[1] or found[2]].replace("'", "''") + "'!"

    return re.sub(
        r"<(f|c:f|xm:f|formula\d?|definedName)\b[^>]*>[^<]*", lambda found: refers.sub(quoted, found[0]), text
    )


def without(book: bytes, sheet: str) -> bytes:
    """The workbook without a sheet; names that pointed there lead nowhere, as Excel leaves them."""
    parts = _parts(book)
    path = sheet_parts(parts)[sheet]
    text = parts["xl/workbook.xml"].decode()
    index = re.findall(r'<sheet name="([^"]*)"', text).index(escape(sheet))
    relation = re.findall(r'<sheet [^>]*r:id="([^"]*)"', text)[index]
    text = re.sub(rf'<sheet name="{re.escape(escape(sheet))}"[^>]*/>', "", text)
    text = re.sub(rf"(<definedName\b[^>]*>)'?{re.escape(escape(sheet))}'?![^<]*", r"\1#REF!", text)
    text = re.sub(rf'<definedName [^>]*localSheetId="{index}"[^>]*>[^<]*</definedName>', "", text)
    text = re.sub(r'localSheetId="(\d+)"', lambda n: f'localSheetId="{int(n[1]) - (int(n[1]) > index)}"', text)
    parts["xl/workbook.xml"] = text.encode()
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = re.sub(rf'<Relationship Id="{relation}"[^>]*/>', "", parts[rels].decode()).encode()
    own = path.replace("worksheets/", "worksheets/_rels/") + ".rels"
    gone = [
        path,
        own,
        *(f"xl/tables/{name}" for name in re.findall(r"tables/(table\d+\.xml)", parts.get(own, b"").decode())),
    ]
    types = parts["[Content_Types].xml"].decode()
    for part in gone:
        parts.pop(part, None)
        types = re.sub(rf'<Override PartName="/{re.escape(part)}"[^>]*/>', "", types)
    parts["[Content_Types].xml"] = types.encode()
    return packed(parts)


def _parts(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        return {name: package.read(name) for name in package.namelist()}
