"""What tells of people and their machines: properties, paths, user names, printers, past changes, comments."""

from __future__ import annotations

from ...hosts.files.markup import Element
from ...language import Text
from . import vml
from .draft import Draft, Xml
from .references import is_local_path
from .reports import Removals

_PEOPLE = frozenset(("creator", "lastModifiedBy"))
_OFFICE = frozenset(("Manager", "Company", "HyperlinkBase", "Template", "HLinks", "DigSig"))
_TITLES = frozenset(("TitlesOfParts", "HeadingPairs"))
_OF_WORKBOOK = frozenset(("fileSharing", "absPath", "revisionPtr", "webPublishObjects"))
_HISTORY = ("revisionHeaders", "usernames")
_SIGNATURES = ("origin",)
_CUSTOM = ("custom-properties", "classificationlabels")
_PICTURES = ("thumbnail",)

_PROPERTIES = Text("文件属性中的人员、单位信息和自定义属性", "people, company and custom properties of the file")
_PATHS = Text("文件路径和用户名等信息", "paths and user names")
_CHANGES = Text("修订记录", "the history of changes")
_SIGNED = Text("数字签名", "the digital signature")
_PRINTERS = Text("打印机设置 {n} 份", "{n} {n:set|sets} of printer settings")
_COMMENTS = Text("批注 {n} 条", "{n} {n:comment|comments}")


def of_package(draft: Draft, report: Removals, *, titles: bool) -> None:
    """File properties and the workbook's own. With `titles`, the list of sheets and names goes from the properties."""
    if draft.cut("", draft.links("", *_CUSTOM)):
        report.add(_PROPERTIES)
    draft.cut("", draft.links("", *_PICTURES))
    if draft.cut("", draft.links("", *_SIGNATURES)):
        report.add(_SIGNED)
    if draft.cut(draft.main, draft.links(draft.main, *_HISTORY), draft.xml(draft.main)):
        report.add(_CHANGES)
    for link in draft.links("", "core-properties", "extended-properties"):
        _of_properties(draft.xml(link.target), report, titles=titles)
    _of_workbook(draft, report)


def _of_properties(properties: Xml, report: Removals, *, titles: bool) -> None:
    for element in properties.root.children:
        name = element.tag.rpartition("}")[2]
        if name in _PEOPLE:
            if properties.empty(element):
                report.add(_PROPERTIES)
        elif name in _OFFICE:
            if element.text.strip() or element.children:
                report.add(_PROPERTIES)
            properties.remove(element)
        elif titles and name in _TITLES:
            properties.remove(element)


def _of_workbook(draft: Draft, report: Removals) -> None:
    book = draft.xml(draft.main)
    for element in book.root.within():
        if element.tag.rpartition("}")[2] in _OF_WORKBOOK:
            book.remove(element)
            report.add(_PATHS)
    for link in draft.links(draft.main, "pivotCacheDefinition"):
        cache = draft.xml(link.target)
        if cache.drop(cache.root, "refreshedBy"):
            report.add(_PATHS)


def personal_views(draft: Draft) -> set[str]:
    """Ids of the views that Excel keeps for each user of a shared workbook; they are taken out."""
    book, found = draft.xml(draft.main), set()
    for element in book.root.within():
        if element.tag == "customWorkbookView" and element.attributes.get("personalView") in ("1", "true"):
            found.add(element.attributes.get("guid", "").upper())
            book.remove(element)
    return found


def of_sheet(draft: Draft, part: str, page: Xml, views: set[str], report: Removals) -> None:
    """Printer settings, and attributes that name people or places."""
    report.count(_PRINTERS, draft.cut(part, draft.links(part, "printerSettings"), page))
    for element in page.root.within():
        if _of_element(page, element, views):
            report.add(_PATHS)
    for link in draft.links(part, "drawing"):
        drawing = draft.xml(link.target)
        for element in drawing.root.within():
            for name in ("descr", "title"):
                if is_local_path(element.attributes.get(name, "")) and drawing.drop(element, name):
                    report.add(_PATHS)


def _of_element(page: Xml, element: Element, views: set[str]) -> bool:
    if element.tag == "scenario":
        return page.drop(element, "user", "comment")
    if element.tag == "protectedRange":
        return page.drop(element, "securityDescriptor")
    mine = element.tag == "customSheetView" and element.attributes.get("guid", "").upper() in views
    if mine or element.tag == "webPublishItem":
        page.remove(element)
        return True
    return False


def comments(draft: Draft, parts: list[str], report: Removals) -> None:
    """Comments of both kinds, with the people who wrote them and the boxes that show them."""
    for part in parts:
        for link in draft.links(part, "comments"):
            report.count(_COMMENTS, sum(element.tag == "comment" for element in draft.xml(link.target).root.within()))
        draft.cut(part, draft.links(part, "comments", "threadedComment"))
        for link in draft.links(part, "vmlDrawing"):
            data = draft.raw(link.target)
            new = vml.without(data, lambda shape: shape.kind == "Note")
            if new != data:
                draft.write(link.target, new)


def people(draft: Draft, parts: list[str]) -> None:
    """The list of people who comment goes with the last discussion."""
    if not any(True for part in parts for _ in draft.links(part, "threadedComment")):
        draft.cut(draft.main, draft.links(draft.main, "person"))
