"""What a workbook to be shared must not carry, one thing at a time: each puts a mark of its own into a workbook.

Shapes of the parts follow [MS-XLSX], [MS-OE376] and ECMA-376, part 1.
"""

from __future__ import annotations

import re

from tests.hosts.files.lading import (
    COMPATIBILITY,
    DRAWING,
    DRAWING_OF_RANKING,
    PACKAGING,
    VML_OF_RANKING,
    Lading,
    binary,
    cell,
    external,
    name,
    rows,
    sheet,
)
from tests.support.excel_parts import BOOK, HEAD, MAIN, MICROSOFT, OFFICE, OWN, RANKING, SHEETML
from tests.support.rich import Zip


def _vba(package: Zip, mark: str) -> None:
    package["xl/vbaProject.bin"] = package["xl/vbaProject.bin"] + mark.encode("utf-16-le")


def _signature(package: Zip, mark: str) -> None:
    kind = "application/vnd.ms-office.vbaProjectSignature"
    package.add(
        "xl/vbaProjectSignature.bin",
        mark.encode(),
        kind,
        "xl/vbaProject.bin",
        f"{MICROSOFT}/2006/relationships/vbaProjectSignature",
    )


def _ribbon(package: Zip, mark: str) -> None:
    package.change("customUI/customUI14.xml", 'label="计算"', f'label="{mark}"')


def _old_ribbon(package: Zip, mark: str) -> None:
    package.change("customUI/customUI.xml", 'label="计算"', f'label="{mark}"')


def _our_button(package: Zip, mark: str) -> None:
    """A second button, beside the user's."""
    text = package[VML_OF_RANKING].decode()
    start = text.rindex("<v:shape ", 0, text.index('ObjectType="Button"'))
    shape = text[start : text.index("</v:shape>", start) + len("</v:shape>")]
    shape = re.sub("_x0000_s[0-9]+", "_x0000_s1999", shape).replace("[0]!Recalculate", "[0]!BdxRecalculate")
    package.change(VML_OF_RANKING, "</xml>", f"{shape.replace('重算', mark)}</xml>")


def _macro_of_shape(package: Zip, mark: str) -> None:
    package.change(VML_OF_RANKING, "[0]!Recalculate", f"[0]!{mark}")


def _macro_of_drawing(package: Zip, mark: str) -> None:
    package.change(DRAWING_OF_RANKING, 'macro=""', f'macro="[0]!{mark}"', 1)


def _form_control(package: Zip, mark: str) -> None:
    prop = package.add(
        "xl/ctrlProps/ctrlProp1.xml",
        f'{HEAD}<formControlPr xmlns="{MICROSOFT}/spreadsheetml/2009/9/main" objectType="Button" lockText="1"/>',
        "application/vnd.ms-excel.controlproperties+xml",
        OWN,
        f"{OFFICE}/ctrlProp",
    )
    _control(package, prop, f'<controlPr defaultSize="0" macro="[0]!{mark}"', "controls")


def _control(package: Zip, relation: str, properties: str, kind: str, more: str = "") -> None:
    spot = (
        f'<anchor xmlns:xdr="{DRAWING}/spreadsheetDrawing"><from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row>'
        "<xdr:rowOff>0</xdr:rowOff></from><to><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row>"
        "<xdr:rowOff>0</xdr:rowOff></to></anchor>"
    )
    if kind == "controls":
        item = f'<control shapeId="4097" r:id="{relation}" name="c">{properties}>{spot}</controlPr></control>'
    else:
        item = f'<oleObject progId="Package" shapeId="4098" r:id="{relation}"{more}/>'
    package.change(OWN, "</worksheet>", f"<{kind}>{item}</{kind}></worksheet>")


def _active_x(package: Zip, mark: str) -> None:
    part, base = "xl/activeX/activeX1.xml", f"{MICROSOFT}/2006/activeX"
    control = package.add(
        part,
        f'{HEAD}<ax:ocx ax:classid="{{D7053240-CE69-11CD-A777-00DD01143C57}}" ax:persistence="persistStreamInit" r:id="rId901" xmlns:ax="{base}" xmlns:r="{OFFICE}"/>',
        "application/vnd.ms-office.activeX+xml",
        OWN,
        f"{OFFICE}/control",
    )
    package.add(
        "xl/activeX/activeX1.bin",
        mark.encode("utf-16-le"),
        "application/vnd.ms-office.activeX",
        part,
        f"{MICROSOFT}/2006/relationships/activeXControlBinary",
    )
    _control(package, control, '<controlPr defaultSize="0"', "controls")


def _embedded(package: Zip, mark: str) -> None:
    part = "xl/embeddings/oleObject1.bin"
    kind = "application/vnd.openxmlformats-officedocument.oleObject"
    _control(package, package.add(part, mark.encode(), kind, OWN, f"{OFFICE}/oleObject"), "", "oleObjects")


def _macro_sheet(package: Zip, mark: str) -> None:
    sheet(package, "宏1", rows(("A1", mark)), "hidden", "xlMacrosheet")
    name(package, "宏1!$A$1", 'name="Auto_Open"')


def _dialog_sheet(package: Zip, mark: str) -> None:
    sheet(package, mark, '<sheetFormatPr defaultRowHeight="15"/>', "", "dialogsheet")


def _macro_name(package: Zip, mark: str) -> None:
    name(package, f"GET.WORKBOOK(1)&amp;&quot;{mark}&quot;", 'name="all_sheets"')
    cell(package, "A30", "INDEX(all_sheets,1)", "表")


def _configuration(package: Zip, mark: str) -> None:
    sheet(package, "XLWINGS.conf", rows(("A1", "INTERPRETER"), ("B2", mark)), "hidden")
    name(package, "XLWINGS.conf!$B$2", 'name="bdx_message_title"')


def _configuration_name(package: Zip, mark: str) -> None:
    sheet(package, "xlwings.conf", rows(("A1", "INTERPRETER")), "hidden")
    name(package, "'xlwings.conf'!$B$2", f'name="bdx_message_{mark}"')
    cell(package, "A31", f"bdx_message_{mark}", "提示")


def _other_book(package: Zip, mark: str) -> None:
    package.change("xl/externalLinks/externalLink1.xml", 'val="表"', f'val="{mark}"')


def _other_book_path(package: Zip, mark: str) -> None:
    package.change("xl/externalLinks/_rels/externalLink1.xml.rels", "other.xlsx", f"file:///C:/{mark}/other.xlsx")


def _other_book_formula(package: Zip, mark: str) -> None:
    cell(package, "A32", f"[1]表!$A$1&amp;&quot;{mark}&quot;", "值")


def _connection(package: Zip, mark: str) -> None:
    item = f'<connection id="1" name="{mark}" type="1" refreshedVersion="6"><dbPr connection="DSN={mark}" command="select"/></connection>'
    package.add(
        "xl/connections.xml",
        f'{HEAD}<connections xmlns="{MAIN}">{item}</connections>',
        f"{SHEETML}.connections+xml",
        BOOK,
        f"{OFFICE}/connections",
    )


def _query_table(package: Zip, mark: str) -> None:
    content = f'{HEAD}<queryTable xmlns="{MAIN}" name="{mark}" connectionId="1" autoFormatId="16"/>'
    package.add("xl/queryTables/queryTable1.xml", content, f"{SHEETML}.queryTable+xml", OWN, f"{OFFICE}/queryTable")


def _pivot_source(package: Zip, mark: str) -> None:
    cache = "xl/pivotCache/pivotCacheDefinition1.xml"
    link = external(package, cache, f"{OFFICE}/externalLinkPath", f"file:///D:/{mark}.xlsx")
    package.change(
        cache, '<worksheetSource name="bdx_data_province"/>', f'<worksheetSource ref="A1:B2" sheet="表" r:id="{link}"/>'
    )


def _pivot_connection(package: Zip, mark: str) -> None:
    cache = "xl/pivotCache/pivotCacheDefinition1.xml"
    package.change(cache, 'type="worksheet"', 'type="external" connectionId="1"')
    package.change(cache, '<worksheetSource name="bdx_data_province"/>', "")
    package.change(cache, ' refreshOnLoad="1"', "")
    package.change(cache, "</cacheSource>", f"<extLst><ext uri='{{{mark}}}'/></extLst></cacheSource>")


def _refreshed_by(package: Zip, mark: str) -> None:
    package.change("xl/pivotCache/pivotCacheDefinition1.xml", " recordCount=", f' refreshedBy="{mark}" recordCount=')


def _custom_xml(package: Zip, mark: str) -> None:
    package.change("customXml/item1.xml", "甲", mark)


def _properties(package: Zip, mark: str) -> None:
    package.change("docProps/custom.xml", "内部", mark)


def _author(package: Zip, mark: str) -> None:
    package.change("docProps/core.xml", "<dc:creator></dc:creator>", f"<dc:creator>{mark}</dc:creator>")


def _last_author(package: Zip, mark: str) -> None:
    old = "<cp:lastModifiedBy></cp:lastModifiedBy>"
    package.change("docProps/core.xml", old, f"<cp:lastModifiedBy>{mark}</cp:lastModifiedBy>")


def _company(package: Zip, mark: str) -> None:
    package.change("docProps/app.xml", "<Company></Company>", f"<Manager>{mark}</Manager><Company>{mark}</Company>")


def _template(package: Zip, mark: str) -> None:
    package.change("docProps/app.xml", "<Application>", f"<Template>{mark}.xltx</Template><Application>")


def _in_book(before: str, text: str) -> Lading:
    def load(package: Zip, mark: str) -> None:
        package.change(BOOK, before, text.replace("MARK", mark) + before)

    return load


def _path(package: Zip, mark: str) -> None:
    ac = f"{MICROSOFT}/spreadsheetml/2010/11/ac"
    inner = f'<mc:Choice Requires="x15"><x15ac:absPath url="D:\\{mark}\\" xmlns:x15ac="{ac}"/></mc:Choice>'
    names = f'xmlns:mc="{COMPATIBILITY}" xmlns:x15="{MICROSOFT}/spreadsheetml/2010/11/main"'
    package.change(BOOK, "<bookViews>", f"<mc:AlternateContent {names}>{inner}</mc:AlternateContent><bookViews>")


def _revisions(package: Zip, mark: str) -> None:
    kind = f"{SHEETML}.userNames+xml"
    users = f'{HEAD}<users xmlns="{MAIN}" count="1"><userInfo guid="{{11111111-2222-3333-4444-555555555555}}" name="{mark}" id="-1" dateTime="2024-01-01T00:00:00"/></users>'
    package.add("xl/revisions/userNames.xml", users, kind, BOOK, f"{OFFICE}/usernames")


def _personal_view(package: Zip, mark: str) -> None:
    view = f'<customWorkbookView name="{mark} - 个人视图" guid="{{AAAAAAAA-2222-3333-4444-555555555555}}" personalView="1" windowWidth="9" windowHeight="9" activeSheetId="1"/>'
    package.change(BOOK, "<pivotCaches>", f"<customWorkbookViews>{view}</customWorkbookViews><pivotCaches>")


def _model(package: Zip, mark: str) -> None:
    binary(
        "xl/model/item.data",
        "application/vnd.openxmlformats-officedocument.model+data",
        f"{MICROSOFT}/2011/relationships/powerPivotData",
    )(package, mark)


def _volatile(package: Zip, mark: str) -> None:
    topic = f'<volType type="realTimeData"><main first="{mark}"><tp t="s"><v>1</v><stp>{mark}</stp><tr r="A1" s="1"/></tp></main></volType>'
    package.add(
        "xl/volatileDependencies.xml",
        f'{HEAD}<volTypes xmlns="{MAIN}">{topic}</volTypes>',
        f"{SHEETML}.volatileDependencies+xml",
        BOOK,
        f"{OFFICE}/volatileDependencies",
    )


def _printer(package: Zip, mark: str) -> None:
    package["xl/printerSettings/printerSettings1.bin"] = mark.encode("utf-16-le")


def _scenario(package: Zip, mark: str) -> None:
    item = f'<scenario name="s" user="{mark}" comment="{mark} 创建"><inputCells r="J2" val="1"/></scenario>'
    package.change(OWN, "<autoFilter ", f"<scenarios>{item}</scenarios><autoFilter ")


def _protected_range(package: Zip, mark: str) -> None:
    item = f'<protectedRange sqref="J2" name="r" securityDescriptor="O:{mark}"/>'
    package.change(OWN, "<autoFilter ", f"<protectedRanges>{item}</protectedRanges><autoFilter ")


def _link_to_file(package: Zip, mark: str) -> None:
    target = external(package, RANKING, f"{OFFICE}/hyperlink", f"file:///C:\\{mark}\\a.docx")
    package.change(RANKING, "</hyperlinks>", f'<hyperlink ref="AC21" r:id="{target}"/></hyperlinks>')


def _formula_to_file(package: Zip, mark: str) -> None:
    cell(package, "A33", f"HYPERLINK(&quot;D:\\{mark}.docx&quot;,&quot;附件&quot;)", "附件")


def _picture_of_file(package: Zip, mark: str) -> None:
    package.change(DRAWING_OF_RANKING, 'descr="点"', f'descr="C:\\Users\\{mark}\\point.png"')


def _thumbnail(package: Zip, mark: str) -> None:
    package.add(
        "docProps/thumbnail.jpeg", mark.encode(), "image/jpeg", "", f"{PACKAGING}/relationships/metadata/thumbnail"
    )


def _signed(package: Zip, mark: str) -> None:
    part = "_xmlsignatures/origin.sigs"
    base = "application/vnd.openxmlformats-package.digital-signature-origin"
    package.add(part, mark.encode(), base, "", f"{PACKAGING}/relationships/digital-signature/origin")


def _orphan(package: Zip, mark: str) -> None:
    package.add("xl/media/left.xml", f"<a>{mark}</a>")


ALWAYS_OUT: dict[str, Lading] = {
    "VBA project": _vba,
    "signature of the VBA project": _signature,
    "toolbars": binary("xl/attachedToolbars.bin", "application/vnd.ms-excel.attachedToolbars", f"{MICROSOFT}/2006/relationships/attachedToolbars"),
    "ribbon": _ribbon,
    "ribbon of 2007": _old_ribbon,
    "our button": _our_button,
    "macro of a shape": _macro_of_shape,
    "macro of a drawing": _macro_of_drawing,
    "macro of a form control": _form_control,
    "ActiveX": _active_x,
    "embedded object": _embedded,
    "macro sheet": _macro_sheet,
    "dialog sheet": _dialog_sheet,
    "name in the macro language": _macro_name,
    "configuration sheet": _configuration,
    "name of a message": _configuration_name,
    "other workbook": _other_book,
    "path of another workbook": _other_book_path,
    "formula on another workbook": _other_book_formula,
    "connection": _connection,
    "query table": _query_table,
    "pivot table of another workbook": _pivot_source,
    "pivot table of a connection": _pivot_connection,
    "who refreshed": _refreshed_by,
    "data model": _model,
    "custom XML": _custom_xml,
    "custom properties": _properties,
    "custom property of a sheet": binary("xl/customProperty1.bin", f"{SHEETML}.customProperty", f"{OFFICE}/customProperty", OWN),
    "author": _author,
    "last author": _last_author,
    "company": _company,
    "template": _template,
    "path of the workbook": _path,
    "write reservation": _in_book("<workbookPr", '<fileSharing userName="MARK"/>'),
    "document id": _in_book("<bookViews>", f'<xr:revisionPtr xmlns:xr="{MICROSOFT}/spreadsheetml/2014/revision" revIDLastSave="0" documentId="8_MARK"/>'),
    "shared workbook": _revisions,
    "personal view": _personal_view,
    "data of a server": _volatile,
    "printer": _printer,
    "who may edit": _protected_range,
    "who made a scenario": _scenario,
    "link to a file": _link_to_file,
    "formula that links to a file": _formula_to_file,
    "path of a picture": _picture_of_file,
    "thumbnail": _thumbnail,
    "signature": _signed,
    "part that nothing leads to": _orphan,
}  # fmt: skip
# Takes the place of another source of the same pivot table.
_APART = "pivot table of a connection"


def laden(book: bytes, *kinds: str) -> tuple[bytes, list[str]]:
    """A workbook with these things (all that go together where none is named), and the mark of each."""
    package = Zip(book)
    marks = []
    for number, (kind, load) in enumerate(ALWAYS_OUT.items()):
        if kind in kinds or (not kinds and kind != _APART):
            marks.append(f"Zeichen{number}X")
            load(package, marks[-1])
    return package.to_bytes(), marks
