"""Records made ready to be counted: with their year, without what is repeated, with the units of their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlglot import exp

from ..model.collecting import Moved
from .engine import FILE_AT, ROW_AT, Engine
from .tables import RecordTable
from .typed_columns import Columns, tree

LISTED = 1000  # repeated records of a table that are listed
_ALWAYS = 9999  # a year after all


class Located(Protocol):
    """What is known of a place: its unit in each ranking, blank for none, and what there is to say."""

    @property
    def codes(self) -> tuple[str, ...]: ...

    @property
    def note(self) -> str: ...


class Locator(Protocol):
    """What finds the units of places."""

    def lookup(self, values: Iterable[str | None]) -> Iterator[Located]: ...


@dataclass(frozen=True)
class Repeated:
    """Records that are left out because a later one has the same key and year."""

    n: int
    rows: Sequence[tuple[Any, ...]] = ()  # of the first: the key, the year, the file's number and the row's


@dataclass(frozen=True)
class Dated:
    """The name of a view of records with their year `y`, none repeated."""

    name: str
    columns: Columns
    repeated: Repeated


@dataclass
class Cells:
    """Which units of the rankings go together, numbered: a place is in one cell."""

    units: dict[tuple[str, ...], int] = field(default_factory=dict)

    def number(self, codes: tuple[str, ...]) -> int | None:
        """The cell of these units; None where there is no unit at all."""
        return self.units.setdefault(codes, len(self.units)) if any(codes) else None


class Prepared:
    """Views and small tables that counting is made of, each made once."""

    def __init__(
        self,
        engine: Engine,
        tables: Mapping[str, RecordTable],
        needed: Mapping[str, Sequence[str]],
        locator: Locator,
    ) -> None:
        self._engine, self._tables, self._needed, self._locator = engine, tables, needed, locator
        self._columns: dict[str, Columns] = {}
        self._dated: dict[tuple[str, str], Dated] = {}
        self._looked_up: dict[tuple[str, str], str] = {}
        self._placed: dict[tuple[str, str, str, Moved], str] = {}
        self.notes: dict[tuple[str, str], dict[str, str]] = {}  # what there is to say of values
        self.found: dict[tuple[str, str], set[str]] = {}  # of those, the ones that have a unit
        self.cells = Cells()
        self.made: set[str] = set()  # small tables of others' making

    def columns(self, table: str) -> Columns:
        """The fields of a table."""
        if table not in self._columns:
            k = len(self._columns)
            forms = self._engine.register(f"raw{k}", self._tables[table])
            names = [name for name in self._needed[table] if name in forms]
            self._columns[table] = Columns(self._tables[table], forms, names)
            self._engine.define(f"t{k}", self._columns[table].view(f"raw{k}"))
        return self._columns[table]

    def view(self, table: str) -> str:
        """The name of the view of a table's records with these columns."""
        self.columns(table)
        return f"t{list(self._columns).index(table)}"

    def dated(self, table: str, year: str) -> Dated:
        """The records of a table with the year of a field; without one, of all years."""
        if (table, year) not in self._dated:
            columns, k = self.columns(table), len(self._dated)
            own = [columns.column(name) for name in columns.names]
            y = columns.year(year) if year else exp.cast(exp.Literal.number(0), "INT")
            places = exp.column(FILE_AT), exp.column(ROW_AT)
            records = exp.select(*own, y.as_("y"), *places).from_(self.view(table))
            self._engine.define(f"y{k}", records)
            repeated = self._without_repeated(f"y{k}", f"d{k}", columns)
            name = f"d{k}" if repeated.n else f"y{k}"
            self._dated[table, year] = Dated(name, columns, repeated)
        return self._dated[table, year]

    def _without_repeated(self, source: str, name: str, columns: Columns) -> Repeated:
        """Define the records but those that a later one of the same key and year replaces.

        Only keys that occur twice are looked at one by one: a table has few of them.
        """
        if not columns.table.key:
            return Repeated(0)
        keys = [*(columns.column(key).name for key in columns.table.key), "y"]
        twice = f"{name}_twice"
        given = " AND ".join(f"{key} IS NOT NULL" for key in keys)
        self._define(
            twice,
            f"SELECT {', '.join(keys)} FROM {source} WHERE {given} GROUP BY {', '.join(keys)} HAVING COUNT(*) > 1",
            keep=True,
        )
        if not self._one(f"SELECT COUNT(*) FROM {twice}"):
            return Repeated(0)
        own = [*(columns.column(one).name for one in columns.names), "y", FILE_AT, ROW_AT]
        latest = [columns.column(columns.table.latest).name] if columns.table.latest else []
        order = ", ".join(f"s.{key} DESC NULLS LAST" for key in (*latest, FILE_AT, ROW_AT))
        same = " AND ".join(f"s.{key} = w.{key}" for key in keys)
        self._define(
            f"{name}_nth",
            f"SELECT {', '.join(f's.{one}' for one in own)}, ROW_NUMBER() OVER (PARTITION BY "
            f"{', '.join(f's.{key}' for key in keys)} ORDER BY {order}) AS nth FROM {source} AS s "
            f"JOIN {twice} AS w ON {same}",
            keep=True,
        )
        self._define(
            name,
            f"SELECT {', '.join(f's.{one}' for one in own)} FROM {source} AS s LEFT JOIN {twice} AS w ON {same} "
            f"WHERE w.y IS NULL UNION ALL SELECT {', '.join(own)} FROM {name}_nth WHERE nth = 1",
        )
        n = self._one(f"SELECT COUNT(*) FROM {name}_nth WHERE nth > 1")
        listed = ", ".join([*keys, FILE_AT, ROW_AT])
        return Repeated(n, self._rows(
            f"SELECT {listed} FROM {name}_nth WHERE nth > 1 ORDER BY {listed} LIMIT {LISTED}"
        ))  # fmt: skip

    def looked_up(self, table: str, unit: str) -> str:
        """The name of a table of the values `v` of a field and the cell that each is in, for those that are in any."""
        if (table, unit) not in self._looked_up:
            columns, name = self.columns(table), f"look{len(self._looked_up)}"
            source = self.view(table)
            text = columns.text(unit).sql("duckdb")
            found = self._rows(f"SELECT DISTINCT {text} AS v FROM {source} WHERE {text} IS NOT NULL")
            values = sorted(row[0] for row in found)
            located = list(self._locator.lookup(values))
            cells = [self.cells.number(one.codes) for one in located]
            there = [(value, cell) for value, cell in zip(values, cells, strict=True) if cell is not None]
            self._engine.put(name, {"v": [v for v, _ in there], "cell": [c for _, c in there]}, ["VARCHAR", "INT"])
            self.notes[table, unit] = {v: one.note for v, one in zip(values, located, strict=True) if one.note}
            self.found[table, unit] = {v for v, one in zip(values, located, strict=True) if one.note and all(one.codes)}
            self._looked_up[table, unit] = name
        return self._looked_up[table, unit]

    def placed(self, table: str, unit: str, year: str, moved: Moved) -> str:
        """The name of a table of the keys `k0`… of another table, from what year to what year each is in what cell.

        Most never move: only those that do are put in order by year.
        """
        given = table, unit, year, moved
        if given in self._placed:
            return self._placed[given]
        dated, look, name = self.dated(table, year), self.looked_up(table, unit), f"place{len(self._placed)}"
        columns = dated.columns
        keys = [columns.column(key).name for key in columns.table.key]
        text, listed = columns.text(unit).sql("duckdb"), ", ".join(f"k{n}" for n in range(len(keys)))
        own = ", ".join(f"d.{key} AS k{n}" for n, key in enumerate(keys))
        self._define(
            f"{name}_all",
            f"SELECT {own}, d.y AS y, l.cell AS cell FROM (SELECT *, {text} AS v FROM {dated.name}) AS d "
            f"JOIN {look} AS l ON d.v = l.v WHERE d.y IS NOT NULL AND "
            f"{' AND '.join(f'd.{key} IS NOT NULL' for key in keys)}",
        )
        if moved is Moved.LATEST:
            self._define(
                name,
                f"SELECT {listed}, 0 AS since, {_ALWAYS} AS until, MAX_BY(cell, y) AS cell FROM {name}_all "
                f"GROUP BY {listed}",
                keep=True,
            )
        else:
            self._moving(name, listed)
        self._placed[given] = name
        return name

    def _moving(self, name: str, listed: str) -> None:
        keys = listed.split(", ")
        self._define(
            f"{name}_one",
            f"SELECT {listed}, MIN(cell) AS cell, MAX(cell) AS other FROM {name}_all GROUP BY {listed}",
            keep=True,
        )
        same = " AND ".join(f"a.{key} = o.{key}" for key in keys)
        own = ", ".join(f"a.{key}" for key in keys)
        self._define(
            name,
            f"SELECT {listed}, 0 AS since, {_ALWAYS} AS until, cell FROM {name}_one WHERE cell = other UNION ALL "
            f"SELECT {listed}, CASE WHEN nth = 1 THEN 0 ELSE y END AS since, COALESCE(later, {_ALWAYS}) AS until, cell "
            f"FROM (SELECT {own}, a.y, a.cell, LEAD(a.y) OVER (PARTITION BY {own} ORDER BY a.y) AS later, "
            f"ROW_NUMBER() OVER (PARTITION BY {own} ORDER BY a.y) AS nth FROM {name}_all AS a JOIN {name}_one AS o "
            f"ON {same} WHERE o.cell <> o.other) AS moved",
            keep=True,
        )

    def _define(self, name: str, text: str, *, keep: bool = False) -> None:
        query = tree(text)
        assert isinstance(query, exp.Query)
        self._engine.define(name, query, keep=keep)

    def _rows(self, text: str) -> list[tuple[Any, ...]]:
        query = tree(text)
        assert isinstance(query, exp.Query)
        return self._engine.rows(query)

    def _one(self, text: str) -> int:
        return int(self._rows(text)[0][0])
