"""Which sheets go, and the workbook without them: its list of sheets, its names, the sheet that opens first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...errors import FileRefused
from ...hosts.files.markup import Element
from ...hosts.files.workbook import FileTable
from ...language import Text
from ...sheets import schema
from .draft import Draft, Link, Xml
from .references import Fate, Gone, calls_macro_function, fate
from .reports import Removals

CONFIGURATION = "xlwings.conf"
_MACRO_SHEETS = ("xlMacrosheet", "xlIntlMacrosheet", "dialogsheet")
_FUNCTION = re.compile(r"\bLAMBDA\s*\(", re.I)
_AUTOMATIC = ("auto_open", "auto_close", "auto_activate", "auto_deactivate")
_SHARED = frozenset(sheet.table for sheet in (schema.UNITS, *schema.RESULTS, *schema.ANALYSES))
_QUOTING = frozenset(sheet.table for sheet in (*schema.RESULTS, schema.COLLECTION) if sheet.quotes_raw)
_OF_RECORDS = frozenset(sheet.table for sheet in (schema.SOURCES, schema.COLLECTION))  # addresses, keys of companies

_CONFIGURATION = Text("宏所用的配置工作表", "the sheet of settings for macros")
_MACRO = Text("宏表和对话框工作表：{names}", "macro and dialog sheets: {names}")
_HIDDEN = Text("隐藏的工作表：{names}", "hidden sheets: {names}")
_RECORDS = Text("记录的来源和归集报告：{names}", "where records are, and what became of them: {names}")
_OTHERS = Text("其他榜单的工作表：{names}", "sheets of other rankings: {names}")
_RAW = Text("原始数据工作表：{names}", "sheets of raw data: {names}")
CHART_SHEETS = Text("只显示已移除数据的图表工作表：{names}", "chart sheets of removed data alone: {names}")
_NAMES = Text("定义的名称 {n} 个", "{n} defined {n:name|names}")


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet of any kind as the workbook lists it; `place` counts from 0."""

    name: str
    place: int
    id: str
    hidden: bool
    link: Link
    element: Element

    @property
    def part(self) -> str:
        return self.link.target


def tabs(draft: Draft) -> list[Tab]:
    """All sheets in order."""
    links = {link.id: link for link in draft.links(draft.main)}
    listed = draft.xml(draft.main).root.find("sheets")
    found = []
    for place, element in enumerate(listed.all("sheet") if listed else ()):
        link = links.get(element.attributes.get("{r}id", ""))
        if link is not None:
            hidden = element.attributes.get("state", "visible") != "visible"
            name = element.attributes.get("name", "")
            found.append(Tab(name, place, element.attributes.get("sheetId", ""), hidden, link, element))
    return found


def of_other_rankings(table: str, only: str) -> bool:
    """Whether a table is one ranking's, and not that one's.

    >>> [of_other_rankings(name, "city") for name in ("bdx_data_province", "bdx_ranking_city", "bdx_units")]
    [True, False, False]
    """
    templates = (schema.DATA.table, schema.RANKING.table)
    ours = {schema.table_of(template, schema.ranking_key(only)).casefold() for template in templates}
    return any(_is_of(table, template) for template in templates) and table.casefold() not in ours


def is_raw(table: str) -> bool:
    """Whether a table holds raw data, or quotes it."""
    return schema.is_data(table) or table.casefold() in _QUOTING


def _is_of(table: str, template: str) -> bool:
    return table.casefold().startswith(template.format(ranking="").casefold())


def is_shared(table: str) -> bool:
    """Whether a table has rows of every ranking."""
    return table.casefold() in _SHARED


@dataclass(frozen=True, slots=True)
class SheetsWanted:
    """What is asked for, as far as sheets are concerned."""

    keep_hidden: bool
    only: str | None
    no_raw: bool
    without: frozenset[str] = frozenset()


def chosen(found: list[Tab], tables: list[FileTable], wanted: SheetsWanted, report: Removals) -> dict[int, Fate]:
    """Places of the sheets that go, and what becomes of formulas elsewhere that point there."""
    fates: dict[int, Fate] = {}
    for tab in found:
        if tab.name.casefold() in wanted.without:
            fates[tab.place] = Fate.VALUE
            continue
        own = [table.name for table in tables if table.sheet.index == tab.place]
        kind, what = _reason(tab, own, wanted)
        if kind is not None:
            fates[tab.place] = what
            report.name(kind, tab.name)
    if all(tab.place in fates or tab.hidden for tab in found):
        raise FileRefused(
            Text(
                "按所选条件移除后，工作簿中没有可见的工作表了。请保留更多内容，或先取消隐藏需要的工作表。",
                "with these choices the workbook would have no visible sheet left. Keep more, or unhide what you need.",
            )
        )
    return fates


def _reason(tab: Tab, own: list[str], wanted: SheetsWanted) -> tuple[Text | None, Fate]:
    if tab.link.type in _MACRO_SHEETS:
        return _MACRO, Fate.VALUE
    if tab.name.casefold() == CONFIGURATION.casefold():
        return _CONFIGURATION, Fate.VALUE
    if goes_whole(own, [name.casefold() in _OF_RECORDS for name in own]):
        return _RECORDS, Fate.VALUE
    if wanted.only is not None and goes_whole(own, [of_other_rankings(name, wanted.only) for name in own]):
        return _OTHERS, Fate.NOTHING
    if wanted.no_raw and goes_whole(own, [is_raw(name) for name in own]):
        return _RAW, Fate.DERIVED
    return (_HIDDEN, Fate.VALUE) if tab.hidden and not wanted.keep_hidden else (None, Fate.STAYS)


def goes_whole(own: list[str], unwanted: list[bool]) -> bool:
    """Whether a sheet holds unwanted tables and none of ours that stay; a user's own table there goes along."""
    kept = [n for n, bad in zip(own, unwanted, strict=True) if not bad and (is_shared(n) or _ours(n))]
    return any(unwanted) and not kept


def _ours(table: str) -> bool:
    return table.casefold().startswith(schema.PREFIX)


def names_of(draft: Draft, gone: Gone, report: Removals, *, values: bool = False) -> bool:
    """Take out names that point at what goes, until none is left; add them to `gone`. Tells whether any went.

    With `values`, names that are functions go too: no formula is left to call them.
    """
    book = draft.xml(draft.main)
    listed = book.root.find("definedNames")
    waiting = list(listed.all("definedName")) if listed else []
    places = {place for place, name in enumerate(gone.order) if gone.of_sheet(name)}
    taken = 0
    while True:
        rest = []
        for element in waiting:
            local = _place(element)
            goes = local in places or _is_macro(element) or (values and _FUNCTION.search(element.text) is not None)
            what = Fate.VALUE if goes else fate(element.text, gone, local)
            if what is Fate.STAYS:
                rest.append(element)
            else:
                gone.names[element.attributes.get("name", "").casefold(), local] = what
                book.remove(element)
        taken += len(waiting) - len(rest)
        if len(rest) == len(waiting):
            break
        waiting = rest
    report.count(_NAMES, taken)
    return taken > 0


def _place(element: Element) -> int | None:
    local = element.attributes.get("localSheetId", "")
    return int(local) if local.isdigit() and len(local) < 6 else None


def _is_macro(element: Element) -> bool:
    marked = any(element.attributes.get(name) in ("1", "true") for name in ("function", "vbProcedure", "xlm"))
    name = element.attributes.get("name", "").casefold().removeprefix("_xlnm.")
    return marked or name.startswith(_AUTOMATIC) or calls_macro_function(element.text)


def remove(draft: Draft, found: list[Tab], fates: dict[int, Fate]) -> None:
    """The workbook's list without these sheets, and every place of a sheet that it mentions, moved up."""
    if not fates:
        return
    book = draft.xml(draft.main)
    left = [tab for tab in found if tab.place not in fates]
    moved = {tab.place: place for place, tab in enumerate(left)}
    for tab in found:
        if tab.place in fates:
            book.remove(tab.element)
            draft.cut(draft.main, [tab.link])
    for element in book.root.within():
        if element.tag == "definedName" and (local := _place(element)) in moved and not book.gone(element):
            if moved[local] != local:
                book.set(element, "localSheetId", str(moved[local]))
        elif element.tag == "workbookView":
            _of_view(book, element, moved, next(tab.place for tab in left if not tab.hidden))
        elif element.tag == "customWorkbookView" and element.attributes.get("activeSheetId") in _ids(found, fates):
            book.set(element, "activeSheetId", next(tab.id for tab in left if not tab.hidden))


def _ids(found: list[Tab], fates: dict[int, Fate]) -> set[str]:
    return {tab.id for tab in found if tab.place in fates}


def _of_view(book: Xml, view: Element, moved: dict[int, int], first: int) -> None:
    """The sheet that is shown, and the first whose tab is; where that one goes, the first that can be seen."""
    for name in ("activeTab", "firstSheet"):
        old = view.attributes.get(name, "0")
        place = int(old) if old.isdigit() and len(old) < 6 else 0
        new = str(moved.get(place, moved[first]))
        if new != old:
            book.set(view, name, new)
