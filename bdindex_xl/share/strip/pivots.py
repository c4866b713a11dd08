"""Pivot tables and slicers of what goes: the cells keep what they show, unless that must not be seen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from ...hosts.files.markup import Element
from ...language import Text
from ...sheets import areas
from ...sheets.areas import Area
from .charts import local, remove_frame
from .draft import Draft, Xml
from .references import Fate, Gone
from .reports import Removals

_PIVOTS = Text("数据透视表 {n} 个", "{n} pivot {n:table|tables}")
_CACHES = Text("数据透视缓存 {n} 份", "{n} pivot {n:cache|caches}")
_SLICERS = Text("切片器和日程表 {n} 个", "{n} {n:slicer or timeline|slicers and timelines}")
_SLICER_CACHES = ("slicerCache", "timelineCache")


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """A sheet that stays: its part, its id in the workbook."""

    part: str
    id: str
    xml: Xml


@dataclass(frozen=True, slots=True)
class Pivots:
    """What has become of pivot tables: areas of cells by sheet part, and names of the tables by sheet id."""

    areas: dict[str, list[tuple[Area, Fate]]]
    left: set[tuple[str, str]]


def remove(draft: Draft, pages: list[KeptSheet], gone: Gone, report: Removals) -> Pivots:
    """Take out pivot tables whose source goes, then caches that no table uses any more."""
    result = Pivots({}, set())
    kept: set[str] = set()
    for page in pages:
        for link in draft.links(page.part, "pivotTable"):
            caches = [inner.target for inner in draft.links(link.target, "pivotCacheDefinition")]
            what = max((_fate(draft.xml(cache).root, gone) for cache in caches), default=Fate.STAYS)
            table = draft.xml(link.target).root
            if what is Fate.STAYS:
                kept.update(caches)
                result.left.add((page.id, table.attributes.get("name", "")))
                continue
            draft.cut(page.part, [link])
            report.count(_PIVOTS, 1)
            area = _area(table)
            if area is not None:
                result.areas.setdefault(page.part, []).append((area, what))
    links = [link for link in draft.links(draft.main, "pivotCacheDefinition") if link.target not in kept]
    report.count(_CACHES, draft.cut(draft.main, links, draft.xml(draft.main)))
    return result


def _fate(cache: Element, gone: Gone) -> Fate:
    """What becomes of a pivot table by where its numbers come from."""
    found = Fate.STAYS
    for element in cache.within():
        if element.tag in ("worksheetSource", "rangeSet"):
            name = element.attributes.get("name", "").casefold()
            named = max(gone.names.get((name, None), Fate.STAYS), gone.of_table(name))
            found = max(found, named, gone.of_sheet(element.attributes.get("sheet", "")))
    # Without a source of rows there is only a data model to ask.
    return max(found, Fate.VALUE if cache.find("cacheHierarchies") is not None and gone.cubes else found)


def _area(table: Element) -> Area | None:
    """The cells of a pivot table, with its page fields above it."""
    location = table.find("location")
    area = areas.parse(location.attributes.get("ref", "")) if location is not None else None
    pages = table.find("pageFields")
    if area is None or pages is None:
        return area
    return Area(max(area.top - len(pages.children) - 1, 1), area.left, area.bottom, max(area.right, area.left + 1))


def slicers(
    draft: Draft, pages: list[KeptSheet], table_ids: set[str], pivots: Pivots, gone: Gone, report: Removals
) -> None:
    """Take out slicers and timelines of tables and pivot tables that go, wherever they are mentioned."""
    names: set[str] = set()
    for link in list(draft.links(draft.main, *_SLICER_CACHES)):
        root = draft.xml(link.target).root
        if _is_lost(root, table_ids, pivots):
            names.add(root.attributes.get("name", ""))
            draft.cut(draft.main, [link], draft.xml(draft.main))
    for name in names:
        gone.names[name.casefold(), None] = Fate.VALUE
    book = draft.xml(draft.main)
    for element in book.root.within() if names else ():
        if element.tag == "definedName" and element.attributes.get("name") in names:
            book.remove(element)
    for page in pages if names else ():
        _of_page(draft, page, names, report)


def _is_lost(cache: Element, table_ids: set[str], pivots: Pivots) -> bool:
    tables = [e.attributes.get("tableId", "") for e in cache.within() if local(e) == "tableSlicerCache"]
    used = [
        (e.attributes.get("tabId", ""), e.attributes.get("name", ""))
        for listed in cache.within()
        if local(listed) == "pivotTables"
        for e in listed.children
    ]
    lost_tables = bool(tables) and all(table in table_ids for table in tables)
    return lost_tables or (bool(used) and not any(one in pivots.left for one in used))


def _of_page(draft: Draft, page: KeptSheet, caches: set[str], report: Removals) -> None:
    gone: set[str] = set()
    for link in list(draft.links(page.part, "slicer", "timeline")):
        listed = draft.xml(link.target)
        for element in listed.root.children:
            if element.attributes.get("cache") in caches:
                listed.remove(element)
                gone.add(element.attributes.get("name", ""))
        if all(listed.gone(element) for element in listed.root.children):
            draft.cut(page.part, [link], page.xml)
    report.count(_SLICERS, len(gone))
    for link in draft.links(page.part, "drawing"):
        for name in gone:
            remove_frame(draft.xml(link.target), partial(_shows, name))


def _shows(slicer: str, element: Element) -> bool:
    return local(element) in ("slicer", "timeslicer") and element.attributes.get("name") == slicer
