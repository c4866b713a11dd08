"""Records made ready to be counted: with their year, and without what is repeated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from .engine import FILE_AT, ROW_AT, Engine
from .tables import RecordTable
from .typed_columns import FieldColumns, tree

LISTED = 1000  # repeated records of a table that are listed


@dataclass(frozen=True)
class Repeated:
    """Records that are left out because a later one has the same key and year."""

    n: int
    rows: Sequence[tuple[Any, ...]] = ()  # of the first: the key, the year, the file's number and the row's


@dataclass(frozen=True)
class Dated:
    """The name of a view of records with their year `y`, none repeated."""

    name: str
    columns: FieldColumns
    repeated: Repeated

    @property
    def all(self) -> list[str]:
        """The columns of the view, but for those that tell where a record stands."""
        return [*(self.columns.column(name).name for name in self.columns.names), "y"]


class Prepared:
    """Views of records that counting is made of, each made once."""

    def __init__(
        self,
        engine: Engine,
        tables: Mapping[str, RecordTable],
        needed: Mapping[str, Sequence[str]],
    ) -> None:
        self._engine, self._tables, self._needed = engine, tables, needed
        self._columns: dict[str, FieldColumns] = {}
        self._dated: dict[tuple[str, str], Dated] = {}

    def columns(self, table: str) -> FieldColumns:
        """The fields of a table."""
        if table not in self._columns:
            k = len(self._columns)
            forms = self._engine.register(f"raw{k}", self._tables[table])
            names = [name for name in self._needed[table] if name in forms]
            self._columns[table] = FieldColumns(self._tables[table], forms, names)
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

    def _without_repeated(self, source: str, name: str, columns: FieldColumns) -> Repeated:
        """Define the records but those that a later one of the same key and year replaces.

        Only keys that occur twice are looked at one by one: a table has few of them.
        """
        if not columns.table.key:
            return Repeated(0)
        keys = [*(columns.column(key).name for key in columns.table.key), "y"]
        twice = f"{name}_twice"
        given = " AND ".join(f"{key} IS NOT NULL" for key in keys)
        self.define(
            twice,
            f"SELECT {', '.join(keys)} FROM {source} WHERE {given} GROUP BY {', '.join(keys)} HAVING COUNT(*) > 1",
            keep=True,
        )
        if not self.one(f"SELECT COUNT(*) FROM {twice}"):
            return Repeated(0)
        own = [*(columns.column(one).name for one in columns.names), "y", FILE_AT, ROW_AT]
        latest = [columns.column(columns.table.latest).name] if columns.table.latest else []
        order = ", ".join(f"s.{key} DESC NULLS LAST" for key in (*latest, FILE_AT, ROW_AT))
        same = " AND ".join(f"s.{key} = w.{key}" for key in keys)
        self.define(
            f"{name}_nth",
            f"SELECT {', '.join(f's.{one}' for one in own)}, ROW_NUMBER() OVER (PARTITION BY "
            f"{', '.join(f's.{key}' for key in keys)} ORDER BY {order}) AS nth FROM {source} AS s "
            f"JOIN {twice} AS w ON {same}",
            keep=True,
        )
        self.define(
            name,
            f"SELECT {', '.join(f's.{one}' for one in own)} FROM {source} AS s LEFT JOIN {twice} AS w ON {same} "
            f"WHERE w.y IS NULL UNION ALL SELECT {', '.join(own)} FROM {name}_nth WHERE nth = 1",
        )
        n = self.one(f"SELECT COUNT(*) FROM {name}_nth WHERE nth > 1")
        listed = ", ".join([*keys, FILE_AT, ROW_AT])
        return Repeated(n, self.rows(
            f"SELECT {listed} FROM {name}_nth WHERE nth > 1 ORDER BY {listed} LIMIT {LISTED}"
        ))  # fmt: skip

    def define(self, name: str, text: str, *, keep: bool = False) -> None:
        query = tree(text)
        assert isinstance(query, exp.Query)
        self._engine.define(name, query, keep=keep)

    def rows(self, text: str) -> list[tuple[Any, ...]]:
        query = tree(text)
        assert isinstance(query, exp.Query)
        return self._engine.rows(query)

    def one(self, text: str) -> int:
        return int(self.rows(text)[0][0])
