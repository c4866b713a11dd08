"""Parts as Excel itself writes them, added to a finished workbook: what no library here makes.

Shapes of the parts follow files saved by Excel 365 and [MS-XLSX]; the Open XML SDK finds nothing wrong with them.
"""

from __future__ import annotations

from .rich import Zip

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
BOOK = "xl/workbook.xml"
RANKING = "xl/worksheets/sheet5.xml"
OWN = "xl/worksheets/sheet11.xml"


def with_excel_parts(book: bytes) -> bytes:
    """The rich workbook as an .xlsm with a pivot table, a slicer, threaded comments, macros, ribbons and more."""
    package = Zip(book)
    package.change(
        "[Content_Types].xml", f"{SHEETML}.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    _macros(package)
    _documents(package)
    _pivot(package)
    _slicer(package)
    _threaded_comments(package)
    _external_link(package)
    _chain(package)
    _dialect(package)
    return package.to_bytes()


def _macros(package: Zip) -> None:
    package.add(
        "xl/vbaProject.bin",
        b"\xd0\xcf\x11\xe0" + bytes(range(256)) * 8,
        "application/vnd.ms-office.vbaProject",
        BOOK,
        f"{MICROSOFT}/2006/relationships/vbaProject",
    )
    for name, year in (("customUI", "2006"), ("customUI14", "2007")):
        namespace = f"{MICROSOFT}/{'2006/01' if year == '2006' else '2009/07'}/customui"
        button = '<button id="b" label="重新计算" onAction="Recalculate"/>'
        ui = f'<ribbon><tabs><tab id="t" label="指数"><group id="g" label="计算">{button}</group></tab></tabs></ribbon>'
        package.add(
            f"customUI/{name}.xml",
            f'<customUI xmlns="{namespace}">{ui}</customUI>',
            "application/xml",
            "",
            f"{MICROSOFT}/{year}/relationships/ui/extensibility",
        )


def _documents(package: Zip) -> None:
    types = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    custom = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    item = '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="密级"><vt:lpwstr>内部</vt:lpwstr></property>'
    package.add(
        "docProps/custom.xml",
        f'{HEAD}<Properties xmlns="{custom}" xmlns:vt="{types}">{item}</Properties>',
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        "",
        f"{OFFICE}/custom-properties",
    )
    package.add("customXml/item1.xml", '<a xmlns="urn:a">甲</a>', "application/xml", BOOK, f"{OFFICE}/customXml")
    data = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    package.add(
        "customXml/itemProps1.xml",
        f'<ds:datastoreItem ds:itemID="{{11111111-2222-3333-4444-555555555555}}" xmlns:ds="{data}"/>',
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        "customXml/item1.xml",
        f"{OFFICE}/customXmlProps",
    )
    settings = package.add(
        "xl/printerSettings/printerSettings1.bin",
        b"H\0P\0" * 40,
        f"{SHEETML}.printerSettings",
        RANKING,
        f"{OFFICE}/printerSettings",
    )
    package.change(RANKING, "<pageSetup ", f'<pageSetup r:id="{settings}" ', 1)


def _pivot(package: Zip) -> None:
    source = '<cacheSource type="worksheet"><worksheetSource name="bdx_data_province"/></cacheSource>'
    fields = "".join(
        f'<cacheField name="{name}" numFmtId="0"><sharedItems/></cacheField>' for name in ("年份", "地区代码")
    )
    cache = "xl/pivotCache/pivotCacheDefinition1.xml"
    head = f'{HEAD}<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="rId901" refreshOnLoad="1" recordCount="1">'
    book_id = package.add(
        cache,
        f'{head}{source}<cacheFields count="2">{fields}</cacheFields></pivotCacheDefinition>',
        f"{SHEETML}.pivotCacheDefinition+xml",
        BOOK,
        f"{OFFICE}/pivotCacheDefinition",
    )
    package.add(
        "xl/pivotCache/pivotCacheRecords1.xml",
        f'{HEAD}<pivotCacheRecords xmlns="{MAIN}" count="1"><r><n v="2024"/><s v="110000"/></r></pivotCacheRecords>',
        f"{SHEETML}.pivotCacheRecords+xml",
        cache,
        f"{OFFICE}/pivotCacheRecords",
    )
    table = "xl/pivotTables/pivotTable1.xml"
    package.add(
        table,
        f'{HEAD}<pivotTableDefinition xmlns="{MAIN}" name="透视表1" cacheId="7" dataCaption="值">'
        '<location ref="P5:Q8" firstHeaderRow="1" firstDataRow="1" firstDataCol="0"/>'
        '<pivotFields count="2"><pivotField showAll="0"/><pivotField showAll="0"/></pivotFields></pivotTableDefinition>',
        f"{SHEETML}.pivotTable+xml",
        OWN,
        f"{OFFICE}/pivotTable",
    )
    package.relate(table, f"{OFFICE}/pivotCacheDefinition", f"/{cache}")
    pivots = f'<pivotCaches><pivotCache cacheId="7" r:id="{book_id}"/></pivotCaches></workbook>'
    package.change(BOOK, "</workbook>", pivots)


def _slicer(package: Zip) -> None:
    x14, x15 = f"{MICROSOFT}/spreadsheetml/2009/9/main", f"{MICROSOFT}/spreadsheetml/2010/11/main"
    table = f'<x15:tableSlicerCache xmlns:x15="{x15}" tableId="5" column="2"/>'
    ext = f'<extLst><x:ext xmlns:x="{MAIN}" uri="{{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}}">{table}</x:ext></extLst>'
    cache = package.add(
        "xl/slicerCaches/slicerCache1.xml",
        f'{HEAD}<slicerCacheDefinition xmlns="{x14}" name="切片器_地区" sourceName="地区">{ext}</slicerCacheDefinition>',
        "application/vnd.ms-excel.slicerCache+xml",
        BOOK,
        f"{MICROSOFT}/2007/relationships/slicerCache",
    )
    inner = f'<x15:slicerCaches xmlns:x14="{x14}"><x14:slicerCache r:id="{cache}"/></x15:slicerCaches>'
    list_ = f'<extLst><ext xmlns:x15="{x15}" uri="{{46BE6895-7355-4a93-B00E-2C351335B9C9}}">{inner}</ext></extLst>'
    package.change(BOOK, "</workbook>", f"{list_}</workbook>")
    slicer = package.add(
        "xl/slicers/slicer1.xml",
        f'{HEAD}<slicers xmlns="{x14}"><slicer name="地区" cache="切片器_地区" caption="地区" rowHeight="241300"/></slicers>',
        "application/vnd.ms-excel.slicer+xml",
        RANKING,
        f"{MICROSOFT}/2007/relationships/slicer",
    )
    inner = f'<x14:slicerList xmlns:x14="{x14}"><x14:slicer r:id="{slicer}"/></x14:slicerList>'
    ext = f'<ext xmlns:x15="{x15}" uri="{{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}}">{inner}</ext></extLst></worksheet>'
    package.change(RANKING, "</extLst></worksheet>", ext)
    package.change(BOOK, "</definedNames>", '<definedName name="切片器_地区">#N/A</definedName></definedNames>')


def _threaded_comments(package: Zip) -> None:
    namespace = f"{MICROSOFT}/spreadsheetml/2018/threadedcomments"
    person, comment = "{AAAAAAAA-0000-0000-0000-000000000001}", "{AAAAAAAA-0000-0000-0000-000000000002}"
    package.add(
        "xl/persons/person.xml",
        f'{HEAD}<personList xmlns="{namespace}"><person displayName="王" id="{person}" userId="w" providerId="None"/></personList>',
        "application/vnd.ms-excel.person+xml",
        BOOK,
        f"{MICROSOFT}/2017/10/relationships/person",
    )
    text = f'<threadedComment ref="A1" dT="2024-01-01T00:00:00.00" personId="{person}" id="{comment}"><text>为何下降？</text></threadedComment>'
    package.add(
        "xl/threadedComments/threadedComment1.xml",
        f'{HEAD}<ThreadedComments xmlns="{namespace}">{text}</ThreadedComments>',
        "application/vnd.ms-excel.threadedcomments+xml",
        RANKING,
        f"{MICROSOFT}/2017/10/relationships/threadedComment",
    )


def _external_link(package: Zip) -> None:
    part = "xl/externalLinks/externalLink1.xml"
    sheets = '<externalBook r:id="rId1"><sheetNames><sheetName val="表"/></sheetNames></externalBook>'
    link = package.add(
        part,
        f'{HEAD}<externalLink xmlns="{MAIN}" xmlns:r="{OFFICE}">{sheets}</externalLink>',
        f"{SHEETML}.externalLink+xml",
        BOOK,
        f"{OFFICE}/externalLink",
    )
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/externalLinkPath" Target="other.xlsx" TargetMode="External"/>'
    package["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    )
    package.change(
        BOOK, "</sheets>", f'</sheets><externalReferences><externalReference r:id="{link}"/></externalReferences>'
    )


def _chain(package: Zip) -> None:
    entries = '<c r="A1" i="11"/><c r="A2"/><c r="A3"/><c r="C1" a="1"/><c r="E1" a="1"/>'
    chain = f'{HEAD}<calcChain xmlns="{MAIN}">{entries}</calcChain>'
    package.add("xl/calcChain.xml", chain, f"{SHEETML}.calcChain+xml", BOOK, f"{OFFICE}/calcChain")
    package.change(BOOK, ' fullCalcOnLoad="1"', "")


def _dialect(package: Zip) -> None:
    """Attributes that Excel puts everywhere and that are no part of the standard."""
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    revision = f"{MICROSOFT}/spreadsheetml/2014/revision"
    ac = f"{MICROSOFT}/spreadsheetml/2009/9/ac"
    for number in range(5, 11):
        sheet, table = f"xl/worksheets/sheet{number}.xml", f"xl/tables/table{number}.xml"
        uid = f'xmlns:xr="{revision}" xr:uid="{{00000000-0001-0000-0000-0000000000{number:02}}}"'
        if b"xmlns:mc" in package[sheet]:
            package.change(sheet, ' mc:Ignorable="x14ac"', f' mc:Ignorable="x14ac xr" {uid}', 1)
        else:
            extra = f'xmlns:mc="{mc}" mc:Ignorable="x14ac xr" xmlns:x14ac="{ac}" {uid}'
            package.change(sheet, "<worksheet ", f"<worksheet {extra} ", 1)
            package.change(sheet, "<row ", '<row x14ac:dyDescent="0.2" ')
        package.change(table, "<table ", f'<table xmlns:mc="{mc}" mc:Ignorable="xr" {uid} ', 1)
