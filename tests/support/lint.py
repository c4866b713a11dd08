"""What the Open XML SDK does not look at: addresses and their order, indexes, formula text, names, tables' headers.

Reads the workbook on its own (zipfile and lxml), so that it shares no mistake with the code under test.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NAME = re.compile(r"[^\W\d][\w.\\?]*|\\[\w.\\?]+")
_CALLED = re.compile(r"(?<![\w.])((?:_xlfn\.)?(?:_xlws\.)?)([A-Z][A-Z0-9.]*)\(")
# Functions younger than the file format: without the prefix Excel shows #NAME?.
_YOUNG = frozenset(
    [
        "ACOT",
        "AGGREGATE",
        "ARABIC",
        "BYCOL",
        "BYROW",
        "CEILING.MATH",
        "CHOOSECOLS",
        "CHOOSEROWS",
        "CONCAT",
        "CONFIDENCE.NORM",
        "COVARIANCE.P",
        "COVARIANCE.S",
        "DROP",
        "EXPAND",
        "FILTER",
        "FILTERXML",
        "FLOOR.MATH",
        "FORECAST.LINEAR",
        "FORMULATEXT",
        "HSTACK",
        "IFNA",
        "IFS",
        "ISFORMULA",
        "ISOWEEKNUM",
        "LAMBDA",
        "LET",
        "MAKEARRAY",
        "MAP",
        "MAXIFS",
        "MINIFS",
        "MODE.SNGL",
        "NUMBERVALUE",
        "PERCENTILE.EXC",
        "PERCENTILE.INC",
        "PERCENTRANK.EXC",
        "PERCENTRANK.INC",
        "QUARTILE.EXC",
        "QUARTILE.INC",
        "RANDARRAY",
        "RANK.AVG",
        "RANK.EQ",
        "REDUCE",
        "SCAN",
        "SEQUENCE",
        "SHEET",
        "SHEETS",
        "SORT",
        "SORTBY",
        "STDEV.P",
        "STDEV.S",
        "SWITCH",
        "TAKE",
        "TEXTAFTER",
        "TEXTBEFORE",
        "TEXTJOIN",
        "TEXTSPLIT",
        "TOCOL",
        "TOROW",
        "UNICHAR",
        "UNICODE",
        "UNIQUE",
        "VAR.P",
        "VAR.S",
        "VSTACK",
        "WRAPCOLS",
        "WRAPROWS",
        "XLOOKUP",
        "XMATCH",
        "XOR",
    ]
)
_WEB = frozenset(("FILTER", "SORT"))  # these two carry a second prefix


def lint(book: bytes) -> list[str]:
    """Everything found wrong, each with its part and cell."""
    return list(_Lint(book).all())


def local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def number(letters: str) -> int:
    total = 0
    for letter in letters:
        total = total * 26 + ord(letter) - 64
    return total


def area(text: str) -> tuple[int, int, int, int] | None:
    """Top, left, bottom, right of an area; None where it is not one."""
    ends = [_CELL.fullmatch(end) for end in text.replace("$", "").split(":")]
    if len(ends) > 2 or not all(ends):
        return None
    (left, top), (right, bottom) = [(number(end[1]), int(end[2])) for end in (ends[0], ends[-1]) if end]
    inside = 1 <= top <= bottom <= 1_048_576 and 1 <= left <= right <= 16_384
    return (top, left, bottom, right) if inside else None


def overlap(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


class _Lint:
    def __init__(self, book: bytes) -> None:
        self.package = zipfile.ZipFile(io.BytesIO(book))
        self.parts = {name: self.package.read(name) for name in self.package.namelist()}
        self.trees = {n: etree.fromstring(d) for n, d in self.parts.items() if n.endswith((".xml", ".rels", ".vml"))}
        self.relations: dict[str, list[tuple[str, str]]] = {}
        self.main = next(target for kind, target in self.related("") if kind == "officeDocument")
        self.ids: set[str] = set()
        self.names: set[str] = set()
        self.formulas: dict[str, set[str]] = {}

    def related(self, part: str) -> list[tuple[str, str]]:
        if part not in self.relations:
            self.relations[part] = list(self._related(part))
        return self.relations[part]

    def _related(self, part: str) -> Iterator[tuple[str, str]]:
        folder, name = posixpath.split(part)
        for relation in self.trees.get(posixpath.join(folder, "_rels", f"{name}.rels"), ()):
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target"))).lstrip("/")
                yield relation.get("Type").rpartition("/")[2], target

    def all(self) -> Iterator[str]:
        yield from self.package_faults()
        book = self.trees[self.main]
        yield from self.sheet_faults(book)
        yield from self.name_faults(book)
        styles = self.of_kind("styles")
        counts = {local(child.tag): len(child) for child in styles} if styles is not None else {}
        strings = self.of_kind("sharedStrings")
        counts["strings"] = len(strings) if strings is not None else 0
        for kind, part in self.related(self.main):
            if kind == "worksheet":
                yield from self.worksheet_faults(part, counts)
        yield from self.chain_faults(book)

    def of_kind(self, kind: str) -> etree._Element | None:
        return next((self.trees[target] for found, target in self.related(self.main) if found == kind), None)

    def package_faults(self) -> Iterator[str]:
        if len(self.parts) != len(self.package.infolist()):
            yield "a part is in the file twice"
        if (bad := self.package.testzip()) is not None:
            yield f"{bad}: checksum"
        types = self.trees["[Content_Types].xml"]
        overrides = {e.get("PartName", "").lower() for e in types if local(e.tag) == "Override"}
        suffixes = {e.get("Extension", "").lower() for e in types if local(e.tag) == "Default"}
        for name in self.parts:
            if f"/{name}".lower() not in overrides and name.rpartition(".")[2].lower() not in suffixes:
                yield f"{name}: no content type"
        for name in overrides - {f"/{part}".lower() for part in self.parts}:
            yield f"{name}: a content type without a part"
        for part in ["", *self.parts]:
            for kind, target in self.related(part):
                if target not in self.parts:
                    yield f"{part}: {kind} leads to {target}, which is missing"

    def sheet_faults(self, book: etree._Element) -> Iterator[str]:
        names = [sheet.get("name") for sheet in book.iter("{*}sheet")]
        for name in names:
            if not 1 <= len(name) <= 31 or re.search(r"[\[\]:*?/\\]", name) or name[0] == "'" or name[-1] == "'":
                yield f"sheet name “{name}”"
        if len({name.casefold() for name in names}) != len(names):
            yield "two sheets of one name"

    def name_faults(self, book: etree._Element) -> Iterator[str]:
        sheets = {sheet.get("name").casefold() for sheet in book.iter("{*}sheet")}
        seen = set()
        for element in book.iter("{*}definedName"):
            name = element.get("name")
            key = (name.casefold(), element.get("localSheetId"))
            if key in seen:
                yield f"defined name {name} twice"
            seen.add(key)
            self.names.add(name.casefold())
            if not _NAME.fullmatch(name) or _CELL.fullmatch(name.upper()) or name.upper() in ("R", "C"):
                yield f"defined name {name}"
            if int(element.get("localSheetId", 0)) >= len(sheets):
                yield f"defined name {name}: no such sheet"
            for quoted, plain in re.findall(r"(?:'((?:[^']|'')+)'|(?<!#)\b([^\W\d][\w.]*))!", element.text or ""):
                sheet = (quoted.replace("''", "'") or plain).casefold()
                if sheet not in sheets and "[" not in sheet:
                    yield f"defined name {name}: no sheet {sheet}"
            yield from formula_faults(element.text or "", f"defined name {name}")

    def worksheet_faults(self, part: str, counts: dict[str, int]) -> Iterator[str]:
        root = self.trees[part]
        cells = yield from self.cell_faults(part, root, counts)  # type: ignore[func-returns-value]
        for rule in root.iter("{*}cfRule"):
            if int(rule.get("dxfId", -1)) >= counts.get("dxfs", 0):
                yield f"{part}: dxfId {rule.get('dxfId')}"
        for element in root.iter():
            text = element.get("sqref") or (element.text if local(element.tag) == "sqref" else None)
            for item in (text or "").split():
                if area(item) is None:
                    yield f"{part}: {local(element.tag)} sqref {item}"
        merged = [area(element.get("ref")) for element in root.iter("{*}mergeCell")]
        tables = []
        for kind, target in self.related(part):
            if kind == "table":
                tables.append(area(self.trees[target].get("ref")))
                yield from self.table_faults(target, cells, counts)  # type: ignore[arg-type]
        areas = [one for one in (*merged, *tables) if one]
        for i, one in enumerate(areas):
            if any(overlap(one, other) for other in areas[:i]):
                yield f"{part}: tables or merged cells overlap at {one}"

    def cell_faults(self, part: str, root: etree._Element, counts: dict[str, int]) -> Iterator[str]:
        cells: dict[str, str] = {}
        self.formulas[part] = set()
        last_row = 0
        for row in root.iterfind("{*}sheetData/{*}row"):
            at = int(row.get("r", last_row + 1))
            if at <= last_row:
                yield f"{part}: row {at} out of order"
            if float(row.get("ht", 0)) > 409.5:
                yield f"{part}: row {at} is {row.get('ht')} points high"
            last_row, last = at, 0
            for cell in row.iterfind("{*}c"):
                found = _CELL.fullmatch(cell.get("r", ""))
                if not found or int(found[2]) != at or number(found[1]) <= last:
                    yield f"{part}: cell {cell.get('r')} in row {at}"
                    continue
                last = number(found[1])
                if int(cell.get("s", 0)) >= counts.get("cellXfs", 1):
                    yield f"{part}: {found[0]} style {cell.get('s')}"
                cells[found[0]] = self.text(cell)
                if units(cells[found[0]]) > 32_767:
                    yield f"{part}: {found[0]} holds {units(cells[found[0]])} characters"
                if cell.get("t") == "s" and int(cell.findtext("{*}v")) >= counts["strings"]:
                    yield f"{part}: {found[0]} string {cell.findtext('{*}v')}"
                formula = cell.find("{*}f")
                if formula is not None:
                    self.formulas[part].add(found[0])
                    yield from formula_faults(formula.text or "", f"{part}: {found[0]}")
        return cells  # type: ignore[return-value]

    def text(self, cell: etree._Element) -> str:
        if cell.get("t") == "inlineStr":
            return unescaped("".join(cell.itertext()))
        if cell.get("t") == "s":
            strings = self.of_kind("sharedStrings")
            item = strings[int(cell.findtext("{*}v"))]
            runs = (t for t in item.iter("{*}t") if local(t.getparent().tag) != "rPh")
            return unescaped("".join(t.text or "" for t in runs))
        return cell.findtext("{*}v") or ""

    def table_faults(self, part: str, cells: dict[str, str], counts: dict[str, int]) -> Iterator[str]:
        root = self.trees[part]
        for kept, text in ((self.ids, root.get("id")), (self.names, root.get("displayName").casefold())):
            if text in kept:
                yield f"{part}: {text} is taken"
            kept.add(text)
        place = area(root.get("ref"))
        columns = root.findall("{*}tableColumns/{*}tableColumn")
        if place is None or place[3] - place[1] + 1 != len(columns):
            yield f"{part}: {len(columns)} columns in {root.get('ref')}"
            return
        top, left, bottom, right = place
        headers, totals = int(root.get("headerRowCount", 1)), int(root.get("totalsRowCount", 0))
        if bottom - top + 1 < headers + totals + 1:
            yield f"{part}: no body row in {root.get('ref')}"
        if root.find("{*}tableColumns").get("count") != str(len(columns)):
            yield f"{part}: wrong count of columns"
        filtered = root.find("{*}autoFilter")
        if filtered is not None and area(filtered.get("ref")) != (top, left, bottom - totals, right):
            yield f"{part}: filter at {filtered.get('ref')}, table at {root.get('ref')}"
        if len({column.get("id") for column in columns}) != len(columns):
            yield f"{part}: two columns of one id"
        names = [unescaped(column.get("name")) for column in columns]
        yield from (
            f"{part}: the column {name[:20]} has {units(name)} characters" for name in names if units(name) > 255
        )
        if len({name.casefold() for name in names}) != len(names):
            yield f"{part}: two columns of one name"
        for j, name in enumerate(names if headers else ()):
            where = f"{letters(left + j)}{top}"
            if cells.get(where) != name:
                yield f"{part}: header {where} is {cells.get(where)!r}, the column is {name!r}"
        for element in root.iter():
            for key, text in element.attrib.items():
                if local(key).lower().endswith("dxfid") and int(text) >= counts.get("dxfs", 0):
                    yield f"{part}: {key} {text}"

    def chain_faults(self, book: etree._Element) -> Iterator[str]:
        chain = self.of_kind("calcChain")
        if chain is None:
            return
        relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
        folder, name = posixpath.split(self.main)
        targets = {r.get("Id"): r.get("Target") for r in self.trees[posixpath.join(folder, "_rels", f"{name}.rels")]}
        parts = {
            sheet.get("sheetId"): posixpath.normpath(posixpath.join("/", folder, targets[sheet.get(relation)])).lstrip(
                "/"
            )
            for sheet in book.iter("{*}sheet")
        }
        sheet = ""
        for entry in chain:
            sheet = entry.get("i", sheet)
            if entry.get("r") not in self.formulas.get(parts.get(sheet, ""), set()):
                yield f"calculation chain: {entry.get('r')} on sheet {sheet} holds no formula"


def letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def units(text: str) -> int:
    """How long Excel takes a text for."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def unescaped(text: str) -> str:
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def formula_faults(formula: str, where: str) -> Iterator[str]:
    """A formula that Excel would not read, as far as a look at its text tells."""
    if formula.startswith("="):
        yield f"{where}: the formula starts with ="
    plain = re.sub(r'"[^"]*"', '""', formula)
    if plain.count('"') % 2:
        yield f"{where}: quotes do not match in {formula}"
    plain = re.sub(r"'[^']*'", "", plain)
    if any(plain.count(a) != plain.count(b) for a, b in ("()", "[]", "{}")):
        yield f"{where}: brackets do not match in {formula}"
    for prefix, name in _CALLED.findall(plain):
        if name in _YOUNG and not prefix.startswith("_xlfn."):
            yield f"{where}: {name} lacks the prefix _xlfn."
        if name in _WEB and prefix and not prefix.endswith("_xlws."):
            yield f"{where}: {name} lacks the prefix _xlws."
