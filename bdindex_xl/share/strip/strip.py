"""A workbook without what must not travel: macros, links, people's names; by choice comments, hidden sheets, raw data.

What stays, stays to the byte. The order of the steps matters: first which sheets go, then which names, then what
points at either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ...errors import FileRefused
from ...hosts.files.book import FileBook
from ...hosts.files.directory import key
from ...hosts.files.markup import Element, edited, utf8
from ...hosts.files.package import Package
from ...hosts.files.settling import CellPlace
from ...hosts.files.workbook import Workbook
from ...language import Text, joined, same
from ...sheets import schema
from ...sheets.areas import Area
from . import charts, formulas, links, macros, privacy, strings
from . import pivots as removing_pivots
from . import sheets as removing_sheets
from .charts import shows_nothing_else
from .draft import Draft, SheetDraft, Xml
from .formulas import Losses
from .pivots import KeptSheet
from .references import Fate, Gone
from .reports import Removals
from .sheets import SheetsWanted, Tab

_NO_RANKING = Text(
    "工作簿中没有榜单“{only}”，现有：{known}。", "the workbook has no ranking “{only}”; it has: {known}."
)
_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


@dataclass(frozen=True, slots=True)
class StripChoices:
    """What a workbook to be shared keeps; `only` is the key of the one ranking that it is to hold.

    `values` leaves no formula in any cell, `values_on` none on these sheets; `functions` are names of functions whose
    formulas alone become values; `without` are sheets that go without a word, being ours. `stale` are cells with
    formulas whose values are not to be trusted: where such a formula becomes a value, the cell is left blank.
    """

    keep_comments: bool = True
    keep_hidden_sheets: bool = False
    only: str | None = None
    no_raw: bool = False
    values: bool = False
    values_on: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    stale: frozenset[CellPlace] = frozenset()


@dataclass(frozen=True, slots=True)
class Stripped:
    """The file, what was taken out of it, one entry a kind, and the cells that were left blank for want of a value."""

    data: bytes
    removed: tuple[Text, ...]
    blanked: tuple[CellPlace, ...] = ()


def strip(data: bytes, choices: StripChoices | None = None) -> Stripped:
    """The workbook without macros and whatever else must not travel; see `StripChoices`.

    Raises
    ------
    FileRefused
        Where the file is no workbook, holds no table of the ranking asked for, or no visible sheet would be left.
    """
    stripping = _Stripping(data, choices or StripChoices())
    return Stripped(stripping.run(), stripping.report.texts(), tuple(stripping.blanked))


class _Stripping:
    """One stripping: the draft, what goes, and the steps."""

    def __init__(self, data: bytes, choices: StripChoices) -> None:
        package = Package(data)
        workbook = Workbook(package)
        self._data = data
        self._choices = choices
        self._tables = list(workbook.tables())
        self._draft = Draft(package, workbook.part)
        self._tabs = removing_sheets.tabs(self._draft)
        self._gone = Gone(tuple(tab.name for tab in self._tabs))
        self._gone.names.update({(name.casefold(), None): Fate.VALUE for name in choices.functions})
        self._fates: dict[int, Fate] = {}
        self._formulas_went = False
        self.blanked: list[CellPlace] = []
        self.report = Removals()

    def run(self) -> bytes:
        draft, gone, report = self._draft, self._gone, self.report
        macros.of_package(draft, report)
        self._choose_sheets()
        links.of_package(draft, gone, report)
        names_went = removing_sheets.names_of(draft, gone, report, values=self._choices.values)
        self._choose_chart_sheets()
        removing_sheets.remove(draft, self._tabs, self._fates)
        kept = [
            (tab, KeptSheet(tab.part, tab.id, self._page(tab))) for tab in self._tabs if tab.place not in self._fates
        ]
        pages = [page for _, page in kept]
        pivots = removing_pivots.remove(draft, pages, self._pivot_sources(), report)
        removing_pivots.slicers(draft, pages, self._table_ids(), pivots, gone, report)
        views = privacy.personal_views(draft)
        for tab, page in kept:
            self._of_page(tab, page, views, pivots.areas.get(page.part, []))
        self._comments(pages)
        privacy.of_package(draft, report, titles=bool(self._fates) or names_went)
        if self._fates or self._formulas_went:
            draft.cut(draft.main, draft.links(draft.main, "calcChain"))
        self._strings()
        return draft.finish(lambda types, alive: _plain_types(types, alive, draft.main))

    def _choose_sheets(self) -> None:
        choices, gone = self._choices, self._gone
        if choices.only is not None:
            self._check_ranking(choices.only)
        without = frozenset(name.casefold() for name in choices.without)
        wanted = SheetsWanted(choices.keep_hidden_sheets, choices.only, choices.no_raw, without)
        self._fates = removing_sheets.chosen(self._tabs, self._tables, wanted, self.report)
        for tab in self._tabs:
            if tab.place in self._fates:
                gone.sheets[tab.name.casefold()] = self._fates[tab.place]
        for table in self._tables:
            if table.sheet.index in self._fates:
                gone.tables[table.name.casefold()] = self._fates[table.sheet.index]

    def _check_ranking(self, only: str) -> None:
        names = {table.name.casefold() for table in self._tables}
        wanted = schema.table_of(schema.DATA.table, schema.ranking_key(only))
        wanted_result = schema.table_of(schema.RANKING.table, schema.ranking_key(only))
        if not names & {wanted.casefold(), wanted_result.casefold()}:
            prefixes = [template.format(ranking="") for template in (schema.DATA.table, schema.RANKING.table)]
            tables = [table.name for table in self._tables]
            keys = [name.removeprefix(p) for p in prefixes for name in tables if name.startswith(p)]
            known = joined([schema.ranking_label(key) for key in dict.fromkeys(keys)])
            raise FileRefused(_NO_RANKING.format(only=same(only), known=known), rule="ranking unknown")

    def _choose_chart_sheets(self) -> None:
        for tab in self._tabs:
            stays = tab.place not in self._fates
            if tab.link.type == "chartsheet" and stays and shows_nothing_else(self._draft, tab.part, self._gone):
                self._fates[tab.place] = Fate.NOTHING
                self._gone.sheets[tab.name.casefold()] = Fate.NOTHING
                self.report.name(removing_sheets.CHART_SHEETS, tab.name)

    def _page(self, tab: Tab) -> Xml:
        return self._draft.sheet(tab.part) if tab.link.type == "worksheet" else self._draft.xml(tab.part)

    def _stale(self) -> frozenset[str]:
        """Sheets with rows of every ranking, which are to be written anew for the one that stays."""
        if self._choices.only is None:
            return frozenset()
        shared = (table.sheet.name for table in self._tables if removing_sheets.is_shared(table.name))
        return frozenset(name.casefold() for name in shared)

    def _stale_sources(self) -> Gone:
        """Sheets and tables with rows of every ranking: what formulas show of them may be of those that go."""
        stale = self._stale()
        tables = {t.name.casefold(): Fate.VALUE for t in self._tables if t.sheet.name.casefold() in stale}
        return Gone(self._gone.order, dict.fromkeys(stale, Fate.VALUE), tables)

    def _pivot_sources(self) -> Gone:
        """What goes, as pivot tables see it: their caches hold rows of every ranking where their source does."""
        gone, stale = self._gone, self._stale()
        tables = {t.name.casefold(): Fate.NOTHING for t in self._tables if t.sheet.name.casefold() in stale}
        sheets = dict.fromkeys(stale, Fate.NOTHING)
        return Gone(gone.order, sheets | gone.sheets, tables | gone.tables, gone.names, gone.cubes)

    def _table_ids(self) -> set[str]:
        gone = (table for table in self._tables if table.sheet.index in self._fates)
        return {self._draft.xml(table.part).root.attributes.get("id", "") for table in gone}

    @cached_property
    def _numbers(self) -> frozenset[float]:
        """Raw numbers that go: no formula elsewhere may show one of them."""
        return frozenset(self._read_numbers())

    def _read_numbers(self) -> Iterator[float]:
        if Fate.DERIVED not in self._fates.values():
            return
        book = FileBook(self._data)
        fixed = {name for column in schema.DATA.columns for name in column.header.both()}
        for table in self._tables:
            if self._fates.get(table.sheet.index) is Fate.DERIVED and removing_sheets.is_raw(table.name):
                block = book.read(table.name)
                for header, values in zip(block.header, block.columns, strict=True):
                    if header not in fixed:
                        yield from (value for value in values if isinstance(value, float))

    def _of_page(self, tab: Tab, page: KeptSheet, views: set[str], areas: list[tuple[Area, Fate]]) -> None:
        draft, gone, report = self._draft, self._gone, self.report
        macros.of_sheet(draft, page.part, page.xml, report)
        links.of_sheet(draft, page.part, page.xml, gone, report)
        privacy.of_sheet(draft, page.part, page.xml, views, report)
        formulas.of_frame(page.xml, gone, tab.place, report)
        for link in draft.links(page.part, "table"):
            formulas.of_table(draft.xml(link.target), gone, tab.place, values=self._choices.values)
        if isinstance(page.xml, SheetDraft):
            stale = {(row, column) for sheet, row, column in self._choices.stale if sheet == tab.name}
            values = self._choices.values or tab.name in self._choices.values_on
            losses = Losses(gone, tab.place, self._numbers, areas, values, self._stale_sources(), stale)
            self._formulas_went |= formulas.of_cells(page.xml, losses, report)
            self.blanked += [(tab.name, *place) for place in losses.blanked]
        for link in draft.links(page.part, "drawing"):
            charts.of_drawing(draft, link.target, gone, self._stale(), report)

    def _comments(self, pages: list[KeptSheet]) -> None:
        parts = [page.part for page in pages]
        if not self._choices.keep_comments:
            privacy.comments(self._draft, parts, self.report)
        privacy.people(self._draft, parts)
        for page in pages:
            macros.without_empty_drawings(self._draft, page.part, page.xml)

    def _strings(self) -> None:
        draft = self._draft
        link = next(draft.links(draft.main, "sharedStrings"), None)
        if link is None:
            return
        left = (tab for tab in self._tabs if tab.place not in self._fates and tab.link.type == "worksheet")
        sheets = [draft.sheet(tab.part) for tab in left]
        changed = {s.part: edited(s.cells.data, s.row_edits) for s in sheets if s.row_edits}
        used = strings.used((sheet.cells for sheet in sheets), changed)
        new = strings.emptied(utf8(draft.raw(link.target), link.target), used)
        if new is not None:
            draft.write(link.target, new)


def _plain_types(types: Xml, alive: set[str], main: str) -> None:
    """Content types of what is left; the workbook's is the plain one."""
    suffixes = {part.rpartition(".")[2] for part in alive} | {"xml", "rels"}
    for element in types.root.children:
        part = key(element.attributes.get("PartName", ""))
        if part == key(main):
            if element.attributes.get("ContentType") != _PLAIN:
                types.set(element, "ContentType", _PLAIN)
        elif _is_for_macros(element) or (part not in alive and _extension(element) not in suffixes):
            types.remove(element)


def _extension(element: Element) -> str:
    return element.attributes.get("Extension", "").lower()


def _is_for_macros(element: Element) -> bool:
    """Whether all binary parts are declared to be VBA projects, as XlsxWriter does it."""
    return element.tag == "Default" and "vbaproject" in element.attributes.get("ContentType", "").lower()
