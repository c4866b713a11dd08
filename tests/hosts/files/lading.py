"""How things are put into a workbook by its parts: sheets, cells, names, relations to the outside."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.excel_parts import BOOK, HEAD, MAIN, MICROSOFT, OFFICE, OWN, SHEETML
from tests.support.rich import Zip

PACKAGING = "http://schemas.openxmlformats.org/package/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DRAWING_OF_RANKING = "xl/drawings/drawing1.xml"
VML_OF_RANKING = "xl/drawings/vmlDrawing1.vml"
Lading = Callable[[Zip, str], object]


def external(package: Zip, owner: str, kind: str, target: str) -> str:
    """A relation to the outside world."""
    number = package.relate(owner, kind, target)
    folder, _, name = owner.rpartition("/")
    package.change(f"{folder}/_rels/{name}.rels", f'Target="{target}"', f'Target="{target}" TargetMode="External"')
    return number


def cell(package: Zip, address: str, formula: str, value: str) -> None:
    """A row of one formula at the end of the user's own sheet."""
    row = "".join(character for character in address if character.isdigit())
    inner = f'<row r="{row}"><c r="{address}" t="str"><f>{formula}</f><v>{value}</v></c></row>'
    package.change(OWN, "</sheetData>", f"{inner}</sheetData>")


def sheet(package: Zip, name: str, content: str, state: str = "", kind: str = "worksheet") -> str:
    """One more worksheet, or a sheet of another kind, at the end; returns its part."""
    tags = {"worksheet": "worksheet", "xlMacrosheet": "xm:macrosheet", "dialogsheet": "dialogsheet"}
    types = {
        "worksheet": f"{SHEETML}.worksheet+xml",
        "xlMacrosheet": "application/vnd.ms-excel.macrosheet+xml",
        "dialogsheet": f"{SHEETML}.dialogsheet+xml",
    }
    root = f'{tags[kind]} xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:xm="{MICROSOFT}/excel/2006/main"'
    number = package[BOOK].count(b"<sheet ") + 1
    part = f"xl/{kind}s/sheet{number + 50}.xml"
    base = f"{MICROSOFT}/2006/relationships" if kind == "xlMacrosheet" else OFFICE
    related = package.add(part, f"{HEAD}<{root}>{content}</{tags[kind]}>", types[kind], BOOK, f"{base}/{kind}")
    hidden = f' state="{state}"' if state else ""
    item = f'<sheet name="{name}" sheetId="{number + 50}"{hidden} r:id="{related}"/></sheets>'
    package.change(BOOK, "</sheets>", item)
    return part


def rows(*cells: tuple[str, str]) -> str:
    """Rows of one text or formula each."""
    made = "".join(
        f'<row r="{address[1:]}"><c r="{address}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for address, text in cells
    )
    return f"<sheetData>{made}</sheetData>"


def name(package: Zip, text: str, attributes: str) -> None:
    package.change(BOOK, "</definedNames>", f"<definedName {attributes}>{text}</definedName></definedNames>")


def binary(part: str, content_type: str, kind: str, owner: str = BOOK) -> Lading:
    def load(package: Zip, mark: str) -> None:
        package.add(part, b"\0\1" + mark.encode(), content_type, owner, kind)

    return load
