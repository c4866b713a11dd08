"""What the sheet Profile picks for its unit: years, dimensions, indicators, as addresses of cells out of view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..figures.amounts import may_add_up
from ..model.framework import Indicator, Node
from ..sheets import options, schema
from .build import Build
from .profile_formulas import ProfilePad, TableColumns, blank_or, body, is_last, mean, rank, shown, text

NAMED = 5  # strengths, and weaknesses
_LATEST = 9999
_LISTED = 30  # years that are found, the latest ones


@dataclass(frozen=True, slots=True)
class PickedRow:
    """Cells of a node or a year: by what they hold."""

    cells: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.cells[key]


class PickedUnit:
    """The pad of one sheet. `ranking` and `unit` are the cells in which a reader chooses."""

    def __init__(self, build: Build, pad: ProfilePad, ranking: str, unit: str) -> None:
        self._build, self._pad = build, pad
        self._next = 2  # column of the pad
        self._ranking, self._unit = ranking, unit
        self.history = self._source(schema.HISTORY)
        self.normalised = self._source(schema.NORMALISED)
        self.weights = self._source(schema.WEIGHTS)
        self.framework = self._source(schema.FRAMEWORK)
        keys = tuple(build.contents.data)
        self.rankings = [self._source(schema.RANKING, schema.table_of(schema.RANKING.table, key)) for key in keys]
        self.data = [self._source(schema.DATA, schema.table_of(schema.DATA.table, key)) for key in keys]
        self.labels = pad.column(self._column(), 1, [text(schema.ranking_label(key)[build.lang]) for key in keys])
        self._scalars()
        self._names: dict[str, str] = {}
        self._names_column = self._column()

    def _column(self) -> int:
        self._next += 1
        return self._next - 1

    def _source(self, sheet: schema.TableSheet, table: str = "") -> TableColumns:
        return TableColumns(self._pad, self._column(), sheet, table)

    def _scalars(self) -> None:
        pad, h = self._pad, self.history
        year, ranking = h.all(h.place("year")), h.all(h.place("ranking"))
        self.kind = pad.put(1, 1, f"IFERROR(MATCH({self._ranking},{self.labels[0]}:{self.labels[-1]},0),0)")
        given = pad.put(1, 2, _setting("year"))
        asked = pad.put(1, 3, f"IF(ISNUMBER({given}),{given},{_LATEST})")
        own = f"({ranking}={self._ranking})"
        at = self._years_with_results(own, year, asked)
        self.year = pad.put(1, 5, f"IF({at}=0,0,INDEX({self._span(self._known_years)},{at}))")
        self.row = pad.put(1, 6, self._row(self.year))
        self.code = pad.put(1, 7, blank_or(f"{self.row}=0", h.cell(self.row, h.place("unit"))))
        begins = f"IFERROR(MATCH({self._ranking},{ranking},0),0)"
        self.first = pad.put(1, 8, f"{begins}+SUMPRODUCT({own}*({year}>{self.year}))")
        self.n_listed = pad.put(1, 9, f"SUMPRODUCT({own}*({year}={self.year}))")
        ranks = h.all(h.place("rank"))
        self.n_ranked = pad.put(1, 10, f'SUMPRODUCT({own}*({year}={self.year})*({ranks}<>""))')
        self.score = pad.put(1, 11, self._of_history(self.row, "score"))
        self.rank = pad.put(1, 12, self._of_history(self.row, "rank"))
        self.change = pad.put(1, 13, self._of_history(self.row, "rank_change"))
        n = self.normalised
        conditions = [f"{n.all(n.place('year'))}={self.year}", f"{n.all(n.place('ranking'))}={self._ranking}"]
        self.listed = "*".join(f"({one})" for one in conditions)
        self.scored = pad.put(1, 14, n.row_of(*conditions, f"{n.all(n.place('unit'))}={self.code}"))
        self.note = pad.put(1, 15, shown(_setting("source")))

    def _row(self, year: str) -> str:
        h = self.history
        return h.row_of(
            f"{h.all(h.place('year'))}={year}",
            f"{h.all(h.place('ranking'))}={self._ranking}",
            f"{h.all(h.place('name'))}={self._unit}",
        )

    def _of_history(self, row: str, key: str) -> str:
        return blank_or(f"{row}=0", shown(self.history.cell(row, self.history.place(key))))

    def changed(self) -> str:
        """A formula that tells whether the framework is another than the one that the sheet was made for."""
        f, n = self.framework, len(self._build.contents.framework.nodes)
        return f'SUMPRODUCT(({f.all(f.place("code"))}<>"")*1)<>{n}'

    def name(self, node: Node) -> str:
        """The cell with a node's name, as the framework sheet has it now."""
        if node.code not in self._names:
            f = self.framework
            found = f"MATCH({text(node.code)},{f.all(f.place('code'))},0)"
            formula = f'IFERROR({f.cell(found, f.place("name"))},"")'
            self._names[node.code] = self._pad.put(self._names_column, len(self._names) + 1, formula)
        return self._names[node.code]

    def measure(self, node: Node) -> str:
        """A formula for an indicator's measure."""
        f = self.framework
        found = f.cell(f"MATCH({text(node.code)},{f.all(f.place('code'))},0)", f.place("measure"))
        return f'IFERROR({shown(found)},"")'

    def _years_with_results(self, own: str, year: str, asked: str) -> str:
        """The cell with the place of the year shown among all years, which are listed from the latest back."""
        pad, column = self._pad, self._column()
        self._next += 2
        years = [pad.put(column, 1, f"MAX({year})")]
        for k in range(2, _LISTED + 1):
            before = f"LARGE({year},1+SUMPRODUCT(({year}>={years[-1]})*1))"
            years.append(pad.put(column, k, f'IF({years[-1]}="","",IFERROR({before},""))'))
        there = [
            pad.put(column + 1, k, f'IF({one}="",0,IF(SUMPRODUCT({own}*({year}={one}))=0,0,1))')
            for k, one in enumerate(years, 1)
        ]
        given = [
            pad.put(column + 2, k, f"IF({has}=0,0,IF({one}<={asked},1,0))")
            for k, (one, has) in enumerate(zip(years, there, strict=True), 1)
        ]
        self._known_years = years
        latest = f"IFERROR(MATCH(1,{self._span(there)},0),0)"
        self._at = pad.put(1, 4, f"IFERROR(MATCH(1,{self._span(given)},0),{latest})")
        return self._at

    @staticmethod
    def _span(cells: Sequence[str]) -> str:
        return f"{cells[0]}:{cells[-1]}"

    def years(self, n: int) -> list[PickedRow]:
        """The last `n` years, oldest first."""
        pad, first, at = self._pad, self._next, self._at
        self._next += 6
        known = self._span(self._known_years)
        there = pad.put(first + 5, n + 1, f"IF({at}=0,0,MIN({n},COUNT({known})-{at}+1))")
        rows = []
        for k in range(1, n + 1):
            year = pad.put(first, k, f'IF({k}>{there},"",INDEX({known},{at}+{there}-{k}))')
            row = pad.put(first + 1, k, f'IF({year}="",0,{self._row(year)})')
            cells = {"year": year}
            for j, key in enumerate(("score", "rank", "rank_change"), 2):
                cells[key] = pad.put(first + j, k, self._of_history(row, key))
            cells["drawn"] = pad.put(first + 5, k, f'IF({cells["rank"]}="",NA(),{cells["rank"]})')
            rows.append(PickedRow(cells))
        return rows

    def indicators(self, wholes: Sequence[int]) -> list[PickedRow]:
        """Every indicator; `wholes` tells for each ranking in which the values add up to the whole."""
        pad, n, nodes = self._pad, self.normalised, self._build.contents.framework.indicators
        first = self._next
        self._next += 9 + 2 * len(self.data)
        in_data = [self._rows_of_data(source) for source in self.data]
        totals = [self.data[k] for k in wholes]
        rows: list[PickedRow] = []
        for i, node in enumerate(nodes, 1):
            name = self.name(node)
            place = f"IFERROR({n.of_indicator(node, name)},0)"
            at = pad.put(first, i, place)
            score = pad.put(first + 1, i, f'IF(OR({at}=0,{self.scored}=0),"",{shown(n.cell(self.scored, at))})')
            column = n.all(at)
            average = pad.put(first + 2, i, f'IF({at}=0,"",{mean(self.listed, column)})')
            cells = {"name": name, "score": score, "mean": average}
            cells["rank"] = pad.put(first + 3, i, rank(score, self.listed, column))
            cells["last"] = pad.put(first + 4, i, is_last(score, self.listed, column))
            cells["gap"] = pad.put(first + 5, i, f'IF(OR({score}="",{average}=""),0,{score}-{average})')
            raw, sums = self._raw(first + 9, i, node, name, in_data, totals)
            value = f"CHOOSE({self.kind},{','.join(raw)})"
            cells["value"] = f'IF({self.kind}=0,"",{shown(value)})'
            cells["total"] = f"CHOOSE({self.kind},{','.join(sums)})"
            cells["measure"] = self.measure(node)
            rows.append(PickedRow(cells))
        return self._placed(rows, first + 6)

    def _rows_of_data(self, source: TableColumns) -> str:
        """The cell with the unit's row of the year in a data sheet."""
        self._data_rows = getattr(self, "_data_rows", 15) + 1
        year, unit = source.all(source.place("year")), source.all(source.place("unit"))
        found = source.row_of(f"{year}={self.year}", f'{unit}&""={self.code}')
        return self._pad.put(1, self._data_rows, f"IFERROR({found},0)")

    def _raw(
        self, column: int, i: int, node: Indicator, name: str, in_data: Sequence[str], totals: Sequence[TableColumns]
    ) -> tuple[list[str], list[str]]:
        """Cells with the raw value and with the whole, for each ranking: a copy may hold one ranking alone."""
        pad, raw, sums = self._pad, [], []
        adds_up = may_add_up(node)
        for k, (source, row, whole) in enumerate(zip(self.data, in_data, totals, strict=True)):
            at = source.of_indicator(node, name)
            value = shown(source.cell(row, at))
            if node.denominator:
                below = source.cell(row, self._denominator(source, node.denominator))
                value = f'IF(ISNUMBER({below}),IF({below}>0,IF({value}="","",{value}/{below}),""),"")'
            found = f'IF({row}=0,"",{value})'
            raw.append(pad.put(column + 2 * k, i, f'IFERROR({found},"")'))
            years = whole.all(whole.place("year"))
            total = f"SUMPRODUCT(({years}={self.year})*1,{whole.all(whole.of_indicator(node, name))})"
            sums.append(pad.put(column + 2 * k + 1, i, f"IFERROR({total},0)" if adds_up else "0"))
        return raw, sums

    def _denominator(self, source: TableColumns, code: str) -> str:
        """The place of the column by which an indicator is divided: an indicator's, or one of the data alone."""
        node = next((one for one in self._build.contents.framework.indicators if one.code == code), None)
        return source.found(f"= {code}", [text(code)]) if node is None else source.of_indicator(node, self.name(node))

    def _placed(self, rows: list[PickedRow], column: int) -> list[PickedRow]:
        """The indicators with their places among the strengths and the weaknesses."""
        pad = self._pad

        def span(key: str) -> str:
            return f"{rows[0][key]}:{rows[-1][key]}"

        made = []
        for i, row in enumerate(rows, 1):
            is_ahead = f"IF(AND({row['rank']}<={self.rank},{row['last']}=0),1,2)"
            side = pad.put(column, i, f'IF(OR({row["rank"]}="",{self.rank}=""),0,{is_ahead})')
            made.append((row, side))
        sides = f"{made[0][1]}:{made[-1][1]}"
        numbers = f"ROW({sides})"
        placed = []
        for i, (row, side) in enumerate(made, 1):
            gap, order = span("gap"), span("rank")
            tied = f"({gap}={row['gap']})*({numbers}<{i})"
            ahead = f"({order}<{row['rank']})+({order}={row['rank']})*(({gap}>{row['gap']})+{tied})"
            behind = f"({gap}<{row['gap']})+{tied}"
            cells = {
                "strength": pad.put(column + 1, i, f"IF({side}=1,1+SUMPRODUCT(({sides}=1)*({ahead})),0)"),
                "weakness": pad.put(column + 2, i, f"IF({side}=2,1+SUMPRODUCT(({sides}=2)*({behind})),0)"),
            }
            placed.append(PickedRow({**row.cells, **cells}))
        return placed

    def dimensions(self, indicators: Mapping[str, PickedRow]) -> list[PickedRow]:
        """The children of the index, with their weights and what they add to the score."""
        framework, pad, h, w = self._build.contents.framework, self._pad, self.history, self.weights
        nodes, first = framework.children(framework.root.code), self._next
        self._next += 6
        listed = f"({h.all(h.place('year'))}={self.year})*({h.all(h.place('ranking'))}={self._ranking})"
        weighed = f"({w.all(w.place('year'))}={self.year})*({w.all(w.place('ranking'))}={self._ranking})"
        rows = []
        for i, node in enumerate(nodes, 1):
            name = self.name(node)
            if node.code in indicators:
                cells = dict(indicators[node.code].cells)
                cells["rank_change"] = pad.put(first + 2, i, '""')
            else:
                cells = {"name": name}
                for j, key in enumerate(("score", "rank", "rank_change")):
                    found = shown(h.cell(self.row, h.of_node(key, node, name)))
                    cells[key] = pad.put(first + j, i, f'IF({self.row}=0,"",IFERROR({found},""))')
                column = h.all(h.of_node("score", node, name))
                cells["mean"] = pad.put(first + 3, i, f'IFERROR({mean(listed, column)},"")')
            child = f"({w.all(w.place('child'))}={text(node.code)})"
            cells["weight"] = pad.put(first + 4, i, f"SUMPRODUCT({weighed}*{child},{w.all(w.place('weight'))})")
            rows.append(PickedRow(cells))
        return self._added(rows, first + 5)

    def _added(self, rows: list[PickedRow], column: int) -> list[PickedRow]:
        """What each adds, where that adds up to the score: for some methods it does not."""
        carried = "+".join(f'({row["score"]}<>"")*{row["weight"]}' for row in rows)
        pad, made = self._pad, []
        share = pad.put(column, len(rows) + 1, carried)
        parts = [
            pad.put(column, i, f'IF(OR({row["score"]}="",{share}=0),"",{row["score"]}*{row["weight"]}/{share})')
            for i, row in enumerate(rows, 1)
        ]
        differs = f"ABS(SUM({parts[0]}:{parts[-1]})-{self.score})"
        is_sum = pad.put(column, len(rows) + 2, f'IF({self.score}="",0,IF({differs}<0.000001,1,0))')
        for row, part in zip(rows, parts, strict=True):
            made.append(PickedRow({**row.cells, "added": f'IF({is_sum}=1,{part},"")'}))
        return made

    def axes(self, nodes: Sequence[Node]) -> list[PickedRow]:
        """What the radar shows, from the ranking sheets: scores of lower levels stand nowhere else."""
        pad, first = self._pad, self._next
        self._next += 4 + 3 * len(self.rankings)
        units = [f"MATCH({self._unit},{s.all(s.place('unit'))},0)" for s in self.rankings]
        rows = []
        for i, node in enumerate(nodes, 1):
            name, made = self.name(node), dict[str, list[str]]()
            for k, (source, unit) in enumerate(zip(self.rankings, units, strict=True)):
                at = source.of_node("score", node, name)
                own = shown(source.cell(unit, at))
                for j, (key, formula) in enumerate(
                    (("score", own), ("mean", f"AVERAGE({source.all(at)})"), ("best", f"MAX({source.all(at)})"))
                ):
                    cell = pad.put(first + 4 + 3 * k + j, i, f'IFERROR({formula},"")')
                    made.setdefault(key, []).append(cell)
            cells = {"name": pad.put(first, i, name)}
            for j, (key, parts) in enumerate(made.items(), 1):
                value = f"CHOOSE({self.kind},{','.join(parts)})"
                cells[key] = pad.put(first + j, i, f'IF({self.kind}=0,0,IF({value}="",0,{value}))')
            rows.append(PickedRow(cells))
        return rows


def _setting(key: str) -> str:
    """The value of a setting, found by its label in either language."""
    labels = next(one for one in options.SETTINGS_ROWS if one.key == key).label
    table = body(schema.SETTINGS.table)
    zh, en = (f"MATCH({text(label)},INDEX({table},0,1),0)" for label in labels.both())
    return f'IFERROR(INDEX({table},IFERROR({zh},{en}),2),"")'
