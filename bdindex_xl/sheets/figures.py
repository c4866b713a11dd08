"""The table of figures: what a report is to draw, as users list it; read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..language import Text
from ..model.figure import Figure, FigureKind
from ..model.records import suggested
from . import schema
from .book import Readable
from .cells import choice_of, heading, read_number, read_text
from .choices import Choices
from .faults import Report
from .inputs import Inputs
from .keyed_table import KeyedTable, filled_rows, is_blank, read_table
from .schema import Column

TABLE_FIGURES = "bdx_figures"
FIGURES = Text("图表", "Figures")
FIGURES_COLUMNS = (
    Column("number", Text("编号", "Number"), "text"),
    Column("title", Text("标题", "Title"), "long text"),
    Column("kind", Text("类型", "Kind"), "name"),
    Column("chapter", Text("章节", "Chapter"), "name"),
    Column("ranking", Text("榜单", "Ranking"), "text"),
    Column("nodes", Text("指标", "Indicators"), "text"),
    Column("grouping", Text("分组", "Grouping"), "text"),
    Column("group", Text("组别", "Group"), "text"),
    Column("top", Text("前几名", "Top"), "count"),
    Column("years", Text("年数", "Years"), "count"),
    Column("order", Text("排序指标", "Ordered by"), "text"),
)
_NEEDED = {"number", "title", "kind"}
KINDS: Choices = {
    FigureKind.RANK_TABLE: Text("排名表", "rank table"),
    FigureKind.RANKED_BARS: Text("得分条形图", "ranked bars"),
    FigureKind.CHANGE: Text("两年排名变动", "change"),
    FigureKind.RANKS_OVER_YEARS: Text("历年排名变动", "ranks over years"),
    FigureKind.SCORES_BY_RANK: Text("得分分布散点图", "scores by rank"),
    FigureKind.TWO_INDICATORS: Text("两指标散点图", "two indicators"),
    FigureKind.RADAR: Text("雷达图", "radar"),
    FigureKind.STACKED_BARS: Text("堆积条形图", "stacked bars"),
    FigureKind.CONTRIBUTIONS: Text("得分构成", "contributions"),
    FigureKind.COLUMNS_AND_LINE: Text("柱线组合图", "columns and line"),
    FigureKind.SHARES: Text("占比图", "shares"),
    FigureKind.TILE_MAP: Text("方格图", "tile map"),
    FigureKind.HEAT: Text("分组热力图", "heat"),
    FigureKind.BY_GROUP: Text("分组数量与比例", "by group"),
    FigureKind.WORD_CLOUD: Text("词云", "word cloud"),
    FigureKind.WORD_TREND: Text("热词变化趋势", "word trend"),
    FigureKind.DISTRIBUTION: Text("得分分布", "distribution"),
    FigureKind.FRAMEWORK: Text("指标体系图", "framework"),
}
ABOUT_KINDS: Choices = {
    FigureKind.RANK_TABLE: Text(
        "前几名的总指数和各维度排名；填分组时为各组排名",
        "ranks of the first units, or of groups, in the index and its dimensions",
    ),
    FigureKind.RANKED_BARS: Text(
        "前几名的得分或数值，附名次升降", "scores or values of the first units, with rank changes"
    ),
    FigureKind.CHANGE: Text("上年与当年的名次", "ranks of the year before and of the year shown"),
    FigureKind.RANKS_OVER_YEARS: Text("各年名次，两端标名称", "ranks in every year, named at both ends"),
    FigureKind.SCORES_BY_RANK: Text(
        "全部地区按名次的得分，分梯队，名次为对数轴",
        "scores of all units by rank on a logarithmic axis, tiers in colour",
    ),
    FigureKind.TWO_INDICATORS: Text("一个指标对另一个指标", "one indicator by another"),
    FigureKind.RADAR: Text(
        "一个梯队或一组地区在各维度的得分", "scores of a tier's or a group's units in each dimension"
    ),
    FigureKind.STACKED_BARS: Text("前几名的几个指标相叠", "several indicators of the first units, one upon the other"),
    FigureKind.CONTRIBUTIONS: Text(
        "前几名的得分由各下级的贡献叠成", "what each child adds to the score of the first units"
    ),
    FigureKind.COLUMNS_AND_LINE: Text(
        "两个指标，柱为第一个，线为第二个（次坐标轴）", "two indicators: columns, and a line on a second axis"
    ),
    FigureKind.SHARES: Text("前几名在全部中所占比重", "shares of the first units in the whole"),
    FigureKind.TILE_MAP: Text(
        "各地区为一方格，按大致方位排列，以颜色示高低", "a square a unit, placed by direction, coloured by value"
    ),
    FigureKind.HEAT: Text("各组的地区，以颜色示高低", "the units of each group, coloured by value"),
    FigureKind.BY_GROUP: Text("指标在各组的合计和比重", "sums of an indicator by group, and their shares"),
    FigureKind.WORD_CLOUD: Text("当年新增热词", "words that are new in the year"),
    FigureKind.WORD_TREND: Text("热词历年的占比", "shares of words over the years"),
    FigureKind.DISTRIBUTION: Text("各维度得分的箱线和散点", "a box and a strip of points for each dimension"),
    FigureKind.FRAMEWORK: Text("指标体系的树形图，附权重", "the framework as a tree, with weights"),
}
_SEPARATORS = re.compile(r"\s*[,，、;；]\s*")
MOST = 400  # units or years that a figure can be asked for


def read_figures(book: Readable, inputs: Inputs, report: Report) -> tuple[Figure, ...] | None:
    """All figures that are without fault, in their order; None where the workbook has no table of them."""
    if TABLE_FIGURES not in book.tables():
        return None
    optional = {column.key for column in FIGURES_COLUMNS} - _NEEDED
    table = read_table(book, TABLE_FIGURES, FIGURES_COLUMNS, report, optional)
    return figures_of(table, inputs, report) if table is not None and set(table.places) >= _NEEDED else ()


def figures_of(table: KeyedTable, inputs: Inputs, report: Report) -> tuple[Figure, ...]:
    """The figures of a table, each row that is without fault."""
    found: dict[str, Figure] = {}
    for i in filled_rows(table):
        figure = _figure(table, i, inputs, report)
        if figure is None:
            continue
        if figure.number in found:
            report.add("figure twice", table.block.sheet, table.cell(i, "number"), found=figure.number)
        else:
            found[figure.number] = figure
    return tuple(found.values())


def _figure(table: KeyedTable, i: int, inputs: Inputs, report: Report) -> Figure | None:
    row = _Row(table, i, inputs, report)
    kind = row.kind()
    number = row.text("number")
    if not number:
        row.add("figure number blank", "number")
    groupings = {heading(one.name): one.name for one in inputs.groupings}
    figure = Figure(
        number,
        row.text("title"),
        kind or FigureKind.RANK_TABLE,
        row.text("chapter"),
        row.known("ranking", _rankings(inputs)),
        row.codes("nodes"),
        row.known("grouping", groupings),
        row.text("group"),
        row.count("top"),
        row.count("years"),
        next(iter(row.codes("order")), ""),
    )
    return None if row.is_faulty else figure


class _Row:
    """A row of the table, read cell by cell; what cannot be taken is reported at its cell."""

    def __init__(self, table: KeyedTable, i: int, inputs: Inputs, report: Report) -> None:
        self._table, self._i, self._report = table, i, report
        self._codes = {heading(name): node.code for node in inputs.framework.nodes for name in (node.name, node.code)}
        self.is_faulty = False

    def add(self, rule: str, key: str, **parts: object) -> None:
        """Report a cell at fault."""
        self.is_faulty = True
        self._report.add(rule, self._table.block.sheet, self._table.cell(self._i, key), **parts)

    def text(self, key: str) -> str:
        return self._table.text(self._i, key, self._report)

    def kind(self) -> FigureKind | None:
        """The kind, in either language."""
        text = self.text("kind")
        found = choice_of(KINDS, text)
        if found is None:
            names = [name for code, words in KINDS.items() for name in (code, *words.both())]
            self.add("figure kind", "kind", found=text or "∅", meant=suggested(text, names))
        return FigureKind(found) if found else None

    def known(self, key: str, names: Mapping[str, str]) -> str:
        """One of these names, by how they read; "" where the cell is blank."""
        text = self.text(key)
        if text and heading(text) not in names:
            self.add("figure unknown", key, found=text, meant=suggested(text, names.values()))
        return names.get(heading(text), "")

    def codes(self, key: str) -> tuple[str, ...]:
        """Codes of the framework, typed as codes or names."""
        text = self.text(key)
        if heading(text) in self._codes:  # a name may hold a comma
            return (self._codes[heading(text)],)
        found = [part for part in _SEPARATORS.split(text) if part]
        for part in found:
            if heading(part) not in self._codes:
                self.add("figure unknown", key, found=part, meant=suggested(part, self._codes.values()))
        return tuple(self._codes.get(heading(part), "") for part in found)

    def count(self, key: str) -> int | None:
        """A whole number above 0; None where the cell is blank."""
        value = self._table.column(key)[self._i]
        if is_blank(value):
            return None
        number = read_number(value).number
        if not 1 <= number <= MOST or number != int(number):
            self.add("figure count", key, found=read_text(value), most=MOST)
            return None
        return int(number)


def _rankings(inputs: Inputs) -> dict[str, str]:
    """Keys of the rankings, by all that a reader may call them."""
    return {
        heading(name): ranking.key
        for ranking in inputs.rankings
        for name in (ranking.key, *schema.ranking_label(ranking.key).both())
    }
