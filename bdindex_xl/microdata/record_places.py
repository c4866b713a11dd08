"""Records with the cell of their place: which units of the rankings they count for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ..model.collecting import Moved
from .credit_codes import LISTED, MOST_RECORDS, CreditCodes, CreditField, ListedCode
from .engine import FILE_AT, ROW_AT, Engine
from .prepared import Dated, Prepared
from .wanted import Elsewhere, RuleGroup

_ALWAYS = 9999  # a year after all
_DIVISION = 6  # digits of the code of one


class Located(Protocol):
    """What is known of a place: its unit in each ranking, blank for none, and what there is to say."""

    @property
    def codes(self) -> tuple[str, ...]: ...

    @property
    def note(self) -> str: ...


class Locator(Protocol):
    """What finds the units of places, or of the authorities that gave out credit codes."""

    def lookup(
        self, values: Iterable[str | None], credit_codes: Iterable[str | None] | None = None
    ) -> Iterator[Located]: ...


@dataclass
class CellNumbers:
    """Which units of the rankings go together, numbered: a place is in one cell."""

    numbers: dict[tuple[str, ...], int] = field(default_factory=dict)

    def number(self, codes: tuple[str, ...]) -> int | None:
        """The cell of these units; None where there is no unit at all."""
        return self.numbers.setdefault(codes, len(self.numbers)) if any(codes) else None

    @property
    def units(self) -> Mapping[int, tuple[str, ...]]:
        """The units of each cell, blank where a ranking has none."""
        return {number: codes for codes, number in self.numbers.items()}


@dataclass(frozen=True)
class Opinion(ListedCode):
    """A credit code of records that are in these units, and the code of the other division that gave it out."""

    units: tuple[str, ...]
    division: str


@dataclass(frozen=True)
class PlacedRecords:
    """A view of records with their year `y`, their `cell`, and `v`, what told the place or did not.

    Parameters
    ----------
    name
        The view's.
    dated
        The records.
    notes
        What there is to say of values, by the value; `doubtful` are those of them that have a unit in each ranking.
    credit
        The credit code, a second opinion on the place; None where there is none.
    """

    name: str
    dated: Dated
    notes: Mapping[str, str]
    doubtful: Sequence[str]
    credit: CreditField | None = None


@dataclass
class _Lookup:
    """Small tables of values and their cells, one for each field, and what there is to say of the values."""

    names: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    doubtful: list[str] = field(default_factory=list)


class RecordPlaces:
    """Views of records with their places, each made once."""

    def __init__(self, engine: Engine, prepared: Prepared, locator: Locator) -> None:
        self._engine, self.prepared, self._locator = engine, prepared, locator
        self.codes, self.cells = CreditCodes(prepared), CellNumbers()
        self._lookups: dict[tuple[str, tuple[str, ...]], _Lookup] = {}
        self._own: dict[tuple[str, str, tuple[str, ...]], PlacedRecords] = {}
        self._residences: dict[tuple[Elsewhere, tuple[str, ...]], str] = {}
        self._made = 0
        self.made: set[str] = set()  # small tables of others' making

    def records(self, group: RuleGroup) -> PlacedRecords:
        """The records of a group of rules."""
        if group.elsewhere is None:
            return self.by_fields(group.table, group.year, group.fields)
        dated = self.prepared.dated(group.table, group.year)
        places = self._residence(group.elsewhere, group.fields)
        other = self.prepared.columns(group.elsewhere.table)
        keys = [dated.columns.column(key).name for key in other.table.key]
        same = " AND ".join(f"d.{key} = p.k{n}" for n, key in enumerate(keys))
        text = dated.columns.text(other.table.key[0]).sql("duckdb")
        name = self._name("e")
        own = ", ".join(f"d.{one}" for one in dated.all)
        self.prepared.define(
            name,
            f"SELECT {own}, p.cell AS cell, d.v AS v FROM (SELECT *, {text} AS v FROM {dated.name}) AS d "
            f"LEFT JOIN {places} AS p ON {same} AND d.y >= p.since AND d.y < p.until",
        )
        return PlacedRecords(name, dated, {}, ())

    def _name(self, kind: str) -> str:
        self._made += 1
        return f"{kind}{self._made}"

    def by_fields(self, table: str, year: str, fields: tuple[str, ...]) -> PlacedRecords:
        """Records with the cell that the first of their fields tells that tells any."""
        given = table, year, fields
        if given not in self._own:
            dated, looked, name = self.prepared.dated(table, year), self._looked_up(table, fields), self._name("p")
            texts = [dated.columns.text(one).sql("duckdb") for one in fields]
            own = ", ".join(f"d.{one}" for one in (*dated.all, FILE_AT, ROW_AT))
            values = ", ".join(f"{text} AS v{n}" for n, text in enumerate(texts))
            joins = " ".join(f"LEFT JOIN {look} AS l{n} ON d.v{n} = l{n}.v" for n, look in enumerate(looked.names))
            cells = ", ".join(f"l{n}.cell" for n in range(len(fields)))
            told = " ".join(f"WHEN l{n}.cell IS NOT NULL THEN d.v{n}" for n in range(len(fields)))
            untold = ", ".join(f"d.v{n}" for n in range(len(fields)))
            self.prepared.define(
                name,
                f"SELECT {own}, COALESCE({cells}) AS cell, CASE {told} ELSE COALESCE({untold}) END AS v "
                f"FROM (SELECT *, {values} FROM {dated.name}) AS d {joins}",
            )
            self._own[given] = PlacedRecords(name, dated, looked.notes, looked.doubtful, self._opinion(table, fields))
        return self._own[given]

    def _looked_up(self, table: str, fields: tuple[str, ...]) -> _Lookup:
        """The values of fields with the cell that each is in; of a further field, those that are needed."""
        if (table, fields) in self._lookups:
            return self._lookups[table, fields]
        made = self._lookups[table, fields] = _Lookup()
        columns, joined = self.prepared.columns(table), ""
        for n, name in enumerate(fields):
            text = columns.text(name).sql("duckdb")
            untold = "".join(f" AND l{k}.cell IS NULL" for k in range(n))
            source = f"{self.prepared.view(table)} AS t{joined}"
            found = self.prepared.rows(f"SELECT DISTINCT {text} AS v FROM {source} WHERE {text} IS NOT NULL{untold}")
            values = sorted(row[0] for row in found)
            is_credit = any(name == one.name for one in self.codes.fields(table))
            located = list(self._located(values, is_credit=is_credit))
            made.names.append(self._put(values, located))
            notes = {value: one.note for value, one in zip(values, located, strict=True) if one.note}
            made.notes |= notes
            made.doubtful += [v for v, one in zip(values, located, strict=True) if v in notes and all(one.codes)]
            joined += f" LEFT JOIN {made.names[-1]} AS l{n} ON {text} = l{n}.v"
        return made

    def _located(self, values: Sequence[str], *, is_credit: bool) -> Iterator[Located]:
        if is_credit:
            return self._locator.lookup([""] * len(values), values)
        return self._locator.lookup(values)

    def _opinion(self, table: str, fields: tuple[str, ...]) -> CreditField | None:
        """The credit code that a place is held against: one of the fields of places, else another of the table."""
        codes = self.codes.fields(table)
        return next((one for one in codes if one.name in fields), codes[0] if codes else None)

    def _put(self, values: Sequence[str], located: Sequence[Located]) -> str:
        cells = [self.cells.number(one.codes) for one in located]
        there = [(value, cell) for value, cell in zip(values, cells, strict=True) if cell is not None]
        name = self._name("look")
        self._engine.put(name, {"v": [v for v, _ in there], "cell": [c for _, c in there]}, ["VARCHAR", "INT"])
        return name

    def opinions(self, records: PlacedRecords) -> tuple[int, list[Opinion]]:
        """How many records are in units that their credit code is not from, and the first of these codes, each once.

        Both are to be known; of a wrong code nothing is.
        """
        if records.credit is None:
            return 0, []
        code, wrong = records.credit.column, records.credit.wrong
        of_right = f"LEFT JOIN {wrong} AS w ON r.{code} = w.raw WHERE w.raw IS NULL AND" if wrong else "WHERE"
        told = self._name("told")
        self.prepared.define(
            told,
            f"SELECT r.{code} AS code, SUBSTRING(TRIM(r.{code}), 3, 6) AS division, r.cell AS cell, "
            f"r.{FILE_AT} * {MOST_RECORDS} + r.{ROW_AT} AS place "
            f"FROM {records.name} AS r {of_right} r.cell IS NOT NULL AND r.{code} IS NOT NULL",
        )
        found = self.prepared.rows(f"SELECT cell, division, COUNT(*) AS n FROM {told} GROUP BY cell, division")
        divisions = sorted({row[1] for row in found if len(row[1]) == _DIVISION and row[1].isdigit()})
        known = {code: one.codes for code, one in zip(divisions, self._locator.lookup(divisions), strict=True)}
        units = self.cells.units
        apart = [row for row in found if _differ(units[row[0]], known.get(row[1], ()))]
        if not apart:
            return 0, []
        cells, others, numbers = zip(*apart, strict=True)
        pairs = self._name("apart")
        self._engine.put(pairs, {"cell": cells, "division": others}, ["INT", "VARCHAR"])
        first = self.prepared.rows(
            f"SELECT t.code, t.division, t.cell, COUNT(*) AS n, MIN(t.place) AS place FROM {told} AS t "
            f"JOIN {pairs} AS a ON t.cell = a.cell AND t.division = a.division "
            f"GROUP BY t.code, t.division, t.cell ORDER BY place LIMIT {LISTED}"
        )
        return sum(numbers), [
            Opinion(code, n, *divmod(int(place), MOST_RECORDS), units[cell], division)
            for code, division, cell, n, place in first
        ]

    def _residence(self, elsewhere: Elsewhere, fields: tuple[str, ...]) -> str:
        """The name of a table of the keys `k0`… of another table, from what year to what year each is in what cell.

        Most never move: only those that do are put in order by year.
        """
        given = elsewhere, fields
        if given in self._residences:
            return self._residences[given]
        records, name = self.by_fields(elsewhere.table, elsewhere.year, fields), self._name("place")
        columns = records.dated.columns
        keys = [columns.column(key).name for key in columns.table.key]
        listed = ", ".join(f"k{n}" for n in range(len(keys)))
        own = ", ".join(f"{key} AS k{n}" for n, key in enumerate(keys))
        there = " AND ".join(f"{key} IS NOT NULL" for key in (*keys, "cell", "y"))
        self.prepared.define(f"{name}_all", f"SELECT {own}, y, cell FROM {records.name} WHERE {there}")
        if elsewhere.moved is Moved.LATEST:
            self.prepared.define(
                name,
                f"SELECT {listed}, 0 AS since, {_ALWAYS} AS until, MAX_BY(cell, y) AS cell FROM {name}_all "
                f"GROUP BY {listed}",
                keep=True,
            )
        else:
            self._moving(name, listed)
        self._residences[given] = name
        return name

    def _moving(self, name: str, listed: str) -> None:
        keys = listed.split(", ")
        self.prepared.define(
            f"{name}_one",
            f"SELECT {listed}, MIN(cell) AS cell, MAX(cell) AS other FROM {name}_all GROUP BY {listed}",
            keep=True,
        )
        same = " AND ".join(f"a.{key} = o.{key}" for key in keys)
        own = ", ".join(f"a.{key}" for key in keys)
        self.prepared.define(
            name,
            f"SELECT {listed}, 0 AS since, {_ALWAYS} AS until, cell FROM {name}_one WHERE cell = other UNION ALL "
            f"SELECT {listed}, CASE WHEN nth = 1 THEN 0 ELSE y END AS since, COALESCE(later, {_ALWAYS}) AS until, cell "
            f"FROM (SELECT {own}, a.y, a.cell, LEAD(a.y) OVER (PARTITION BY {own} ORDER BY a.y) AS later, "
            f"ROW_NUMBER() OVER (PARTITION BY {own} ORDER BY a.y) AS nth FROM {name}_all AS a JOIN {name}_one AS o "
            f"ON {same} WHERE o.cell <> o.other) AS moved",
            keep=True,
        )


def _differ(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether a ranking has one place in one unit, and another in another."""
    return any(one and other and one != other for one, other in zip(some, others, strict=bool(others)))
