"""What leads out of the workbook: other workbooks, databases, the data model, files on somebody's computer."""

from __future__ import annotations

import re

from ...hosts.files.markup import prefix
from ...language import Text
from .draft import Draft, Link, Xml
from .references import Fate, Gone, fate, is_local_path
from .reports import Removals

_DATA = ("connections", "xmlMaps", "powerPivotData", "customData", "customDataProps", "customXml")
_PIVOT_SOURCE = "bdx_source_removed"  # a name that leads nowhere: the pivot table shows what it holds

_BOOKS = Text("到其他工作簿的链接 {n} 个", "{n} {n:link|links} to other workbooks")
_SOURCES = Text(
    "外部数据连接、查询、数据模型和附加的 XML 数据", "connections, queries, the data model and custom XML data"
)
_FILES = Text(
    "指向本机文件的链接 {n} 个（文字保留）", "{n} {n:link|links} to local files, whose {n:text stays|texts stay}"
)
_SHEET_LINKS = Text(
    "指向已移除工作表的链接 {n} 个（文字保留）", "{n} {n:link|links} to removed sheets, whose {n:text stays|texts stay}"
)


def of_package(draft: Draft, gone: Gone, report: Removals) -> None:
    """Other workbooks, connections, the data model, custom XML."""
    book = draft.xml(draft.main)
    report.count(_BOOKS, draft.cut(draft.main, draft.links(draft.main, "externalLink"), book))
    cut = draft.cut(draft.main, draft.links(draft.main, *_DATA), book)
    cut += draft.cut("", draft.links("", "customXml"))
    for element in book.root.within():
        if element.tag.endswith("}dataModel"):
            book.remove(element)
            cut += 1
    draft.cut(draft.main, draft.links(draft.main, "volatileDependencies"))
    gone.cubes = gone.cubes or bool(cut)
    if cut:
        report.add(_SOURCES)
    for link in draft.links(draft.main, "pivotCacheDefinition"):
        _of_pivot_cache(draft, link.target, report)


def _of_pivot_cache(draft: Draft, part: str, report: Removals) -> None:
    """A cache keeps what it holds, and has no source outside any more."""
    cache = draft.xml(part)
    source = cache.root.find("cacheSource")
    if source is None:
        return
    outside = source.attributes.get("type") in ("external", "scenario") and source.attributes.get("connectionId")
    carried = [element for element in source.within() if "{r}id" in element.attributes]
    if outside or carried:
        p = prefix(cache.data, source)
        inner = f'<{p}worksheetSource name="{_PIVOT_SOURCE}"/>'
        cache.replace(source, f'<{p}cacheSource type="worksheet">{inner}</{p}cacheSource>'.encode())
        cache.drop(cache.root, "refreshOnLoad", "backgroundQuery")
        draft.cut(part, [link for link in draft.links(part) if link.external])
        report.add(_SOURCES)


def of_sheet(draft: Draft, part: str, page: Xml, gone: Gone, report: Removals) -> None:
    """Query tables, XML cells, links to files and to sheets that go."""
    if draft.cut(part, draft.links(part, "queryTable", "tableSingleCells", "customProperty"), page):
        report.add(_SOURCES)
    for link in draft.links(part, "table"):
        _of_table(draft, link.target, report)
    _local_links(draft, part, page, gone, report)
    for element in page.root.within():
        target = element.attributes.get("location", "") if element.tag == "hyperlink" else ""
        if target and "{r}id" not in element.attributes and _leads_to_gone(target, gone):
            page.remove(element)
            report.count(_SHEET_LINKS, 1)
    for link in draft.links(part, "drawing"):
        _local_links(draft, link.target, draft.xml(link.target), gone, report)


def _of_table(draft: Draft, part: str, report: Removals) -> None:
    table = draft.xml(part)
    outside = table.drop(table.root, "tableType", "connectionId")
    for element in table.root.within():
        table.drop(element, "queryTableFieldId")
        if element.tag == "xmlColumnPr":
            table.remove(element)
    if draft.cut(part, draft.links(part, "queryTable")) or outside:
        report.add(_SOURCES)


def _leads_to_gone(target: str, gone: Gone) -> bool:
    """Whether the place inside this workbook that a link names goes; it may be a name, too."""
    return fate(target.removeprefix("#"), gone) is not Fate.STAYS


def _local_links(draft: Draft, part: str, page: Xml, gone: Gone, report: Removals) -> None:
    """Relations that lead to a local file, or inside this file to a sheet that goes."""
    files = [link for link in draft.links(part) if link.external and is_local_path(link.target)]
    inside = [link for link in draft.links(part) if link.external and link.target.startswith("#")]
    inside = [link for link in inside if _leads_to_gone(_with_bang(link), gone)]
    report.count(_FILES, len(files))
    report.count(_SHEET_LINKS, len(inside))
    draft.cut(part, [*files, *inside], page)


def _with_bang(link: Link) -> str:
    """The place a link names, with a sheet's name as formulas have it: LibreOffice puts a point after it."""
    return re.sub(r"^#(\$?'[^']*'|[^.!']+)\.(?=\$?[A-Za-z]+\$?[0-9])", r"#\1!", link.target).replace("#$", "#")
