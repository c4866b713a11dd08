"""Small workbooks written out part by part, as other programs write them: what XlsxWriter never does, and why tests can."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .rich import Zip, packed

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = {
    TRANSITIONAL: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = (
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="164"/><xf numFmtId="2"/><xf numFmtId="9"/><xf numFmtId="49"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
)


def book(
    rows: str,
    ref: str = "A1:B3",
    header: Sequence[str] = ("甲", "乙"),
    *,
    strings: str = "",
    sheet: str = "{rows}",
    namespace: str = TRANSITIONAL,
    prefix: str = "",
    table: str = "",
    workbook: str = "",
    names: str = "",
    calculation: str = "",
    parts: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook of one sheet `表` with one table `bdx_data`; `rows` is the content of sheetData.

    Elements in the texts are written without a prefix; `prefix` gives them one. `sheet` is what the worksheet holds.
    """
    office = _OFFICE[namespace]

    def part(root: str, content: str) -> str:
        text = f'<{root} xmlns="{namespace}" xmlns:r="{office}">{content}</{root}>'
        return text if not prefix else prefixed(text, prefix)

    def relations(*items: tuple[str, str]) -> str:
        made = "".join(
            f'<Relationship Id="rId{k}" Type="{office}/{kind}" Target="{target}"/>'
            for k, (kind, target) in enumerate(items, 1)
        )
        return f'<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'

    columns = "".join(f'<tableColumn id="{k}" name="{name}"/>' for k, name in enumerate(header, 1))
    defined = f"<definedNames>{names}</definedNames>" if names else ""
    content = sheet.format(
        rows=f"<sheetData>{rows}</sheetData><tableParts count='1'><tablePart r:id='rId1'/></tableParts>"
    )
    made = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/tables/table1.xml" ContentType="{_TYPE}.table+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/></Types>',
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": part(
            "workbook", f"{workbook}<sheets><sheet name='表' sheetId='3' r:id='rId1'/></sheets>{defined}{calculation}"
        ),
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "/xl/styles.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": part("worksheet", content),
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("table", "../tables/table1.xml")),
        "xl/tables/table1.xml": part(
            "table", f'{table}<tableColumns count="{len(header)}">{columns}</tableColumns>'
        ).replace("table ", f'table id="1" name="bdx_data" displayName="bdx_data" ref="{ref}" ', 1),
        "xl/styles.xml": part("styleSheet", STYLES),
        "xl/sharedStrings.xml": part("sst", strings),
        **(parts or {}),
    }
    return packed(
        {
            name: f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()
            for name, text in made.items()
        }
    )


def prefixed(text: str, prefix: str) -> str:
    """All elements with a namespace prefix, as some programs of .NET write them."""
    text = text.replace(" xmlns=", f" xmlns:{prefix}=", 1).replace("</", "\0")
    return text.replace("<", f"<{prefix}:").replace("\0", f"</{prefix}:")


def header_row(*texts: str) -> str:
    """The first row, its texts inline."""
    cells = "".join(f'<c r="{chr(65 + j)}1" t="inlineStr"><is><t>{text}</t></is></c>' for j, text in enumerate(texts))
    return f'<row r="1">{cells}</row>'


def sheet_of(data: bytes) -> str:
    """The sheet's XML."""
    return Zip(data)["xl/worksheets/sheet1.xml"].decode()
