"""Cells of a closed workbook set as a user's program would leave them. Independent of the code under test."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Raw:
    """A cell's own XML: its type, and what stands in it."""

    kind: str
    inner: str
    date: bool = False


ERROR = Raw("e", "<v>#N/A</v>")
TRUE = Raw("b", "<v>1</v>")
UNCALCULATED = Raw("n", "<f>SUM(1,2)</f>")
CALCULATED = Raw("n", "<f>SUM(1,2)</f><v>3</v>")
DATE = Raw("n", "<v>45292</v>", date=True)  # 2024-01-01

Value = None | float | str | dt.date | Raw


def edited(book: bytes, cells: Mapping[tuple[str, str], Value]) -> bytes:
    """A workbook with cells (sheet name, address) set."""
    source = zipfile.ZipFile(io.BytesIO(book))
    parts = {name: source.read(name) for name in source.namelist()}
    date_style = _with_date_style(parts) if any(isinstance(v, Raw) and v.date for v in cells.values()) else 0
    paths = sheet_parts(parts)
    for sheet in {sheet for sheet, _ in cells}:
        root = etree.fromstring(parts[paths[sheet]])
        for (name, address), value in cells.items():
            if name == sheet:
                _set(root, address, value, date_style)
        parts[paths[sheet]] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(parts)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip file of parts, as they stand: it is read at once, and to compress them takes longer than all else."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Part of each sheet, by name."""
    relations = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {relation.get("Id"): "xl/" + relation.get("Target").removeprefix("/xl/") for relation in relations}
    workbook = etree.fromstring(parts["xl/workbook.xml"])
    return {sheet.get("name"): targets[sheet.get(_RELATION)] for sheet in workbook.find(_MAIN + "sheets")}


def _with_date_style(parts: dict[str, bytes]) -> int:
    """Adds a cell format with Excel's short date; returns its index."""
    styles = etree.fromstring(parts["xl/styles.xml"])
    formats = styles.find(_MAIN + "cellXfs")
    etree.SubElement(formats, _MAIN + "xf", numFmtId="14", fontId="0", fillId="0", borderId="0", xfId="0")
    formats.set("count", str(len(formats)))
    parts["xl/styles.xml"] = etree.tostring(styles, xml_declaration=True, encoding="UTF-8", standalone=True)
    return len(formats) - 1


def _set(root: etree._Element, address: str, value: Value, date_style: int) -> None:
    cell = _cell(root, address)
    style = cell.get("s")
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if value is None:
        return
    raw = value if isinstance(value, Raw) else _raw(value)
    cell.set("t", raw.kind)
    if raw.date:
        cell.set("s", str(date_style))
    elif style is not None:
        cell.set("s", style)
    for child in etree.fromstring(f'<c xmlns="{_MAIN[1:-1]}">{raw.inner}</c>'):
        cell.append(child)


def _raw(value: float | str | dt.date) -> Raw:
    if isinstance(value, str):
        text = value.replace("&", "&amp;").replace("<", "&lt;")
        return Raw("inlineStr", f'<is><t xml:space="preserve">{text}</t></is>')
    return Raw("n", f"<v>{value!r}</v>")


def _column(address: str) -> int:
    number = 0
    for letter in re.match(r"[A-Z]+", address)[0]:
        number = number * 26 + ord(letter) - 64
    return number


def _cell(root: etree._Element, address: str) -> etree._Element:
    """The cell of that address, made in its place where there is none."""
    number = int(re.search(r"\d+", address)[0])
    data = root.find(_MAIN + "sheetData")
    row = next((row for row in data if int(row.get("r")) == number), None)
    if row is None:
        row = etree.Element(_MAIN + "row", r=str(number))
        later = [other for other in data if int(other.get("r")) > number]
        later[0].addprevious(row) if later else data.append(row)
    for cell in row:
        if cell.get("r") == address:
            return cell
        if _column(cell.get("r")) > _column(address):
            made = etree.Element(_MAIN + "c", r=address)
            cell.addprevious(made)
            return made
    return etree.SubElement(row, _MAIN + "c", r=address)
