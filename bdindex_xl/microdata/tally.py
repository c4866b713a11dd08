"""What became of the records: how many came, were used, and were not, and why; each reason with examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from ..language import Text, same
from ..sheets import choices, schema
from .credit_codes import CreditField
from .engine import Engine
from .places.credit import LENGTH, plain_code
from .record_places import PlacedRecords, RecordPlaces
from .statements import OUTSIDE, AskedRule, Scan
from .tables import RecordTable, stands
from .typed_columns import tree

LISTED = 200  # values that are listed of each reason

_NOTHING = same("")
_OF = Text("地区：{unit}；年份：{year}；{period}", "place: {unit}; year: {year}; {period}")
RECORDS = Text("记录", "records")
USED = Text("已统计", "counted")
REPEATED = Text("重复（以较新的为准）", "repeated (the latest counts)")
NO_YEAR = Text("没有年份", "without a year")
OTHER_YEARS = Text("其他年份", "of other years")
NO_PLACE = Text("没有地区", "without a place")
NOT_IN = Text("不属于“{ranking}”的地区", "in no unit of “{ranking}”")
DOUBTFUL = Text("地区存疑", "with a place in doubt")
CONFLICT = Text("信用代码登记地不同", "with a credit code of another place")
UNMEASURED = Text("计量单位不明（{indicator}）", "of unknown measure ({indicator})")
UNREAD = Text("不是可用的数（{indicator}）", "of no usable number ({indicator})")
WRONG_CODE = Text("信用代码校验不符", "with a credit code that fails its check")
_FIELD = Text("字段：{field}", "field: {field}")
_LENGTH = Text("{code}（{n} 位，应为 18 位）", "{code} ({n} {n:character|characters}, not 18)")
_BLANK = Text("空白", "blank")
_OPINION = Text("{code}：属 {here}，信用代码登记地为 {division}", "{code}: is {here}, credit code of {division}")
_NOTED = Text("{value}：{note}", "{value}: {note}")


@dataclass(frozen=True)
class TallyLine:
    """A row of the report: of which table, what, how many records; of an example, what it is and where it stands."""

    table: str
    what: Text
    n: int
    detail: Text = _NOTHING
    where: Text = _NOTHING
    example: bool = False


@dataclass(frozen=True)
class Scanned:
    """What a statement gave: its rows, which rule and part each of their columns is, and the units of cells."""

    rows: Sequence[tuple[Any, ...]]
    names: Sequence[tuple[int, str]]
    asked: Sequence[AskedRule]
    units: Mapping[int, tuple[str, ...]]


def lines(
    engine: Engine, places: RecordPlaces, scan: Scan, table: RecordTable, rankings: Sequence[str], found: Scanned
) -> Iterator[TallyLine]:
    """The account of one statement."""
    group, repeated = scan.group, scan.records.dated.repeated
    counts = _counts(found)
    period = choices.OF_RULES["period"][group.period]
    of = _OF.format(unit=group.unit, year=group.year, period=period)
    yield TallyLine(group.table, RECORDS, sum(row[2] for row in found.rows) + repeated.n, of)
    yield TallyLine(group.table, USED, counts["used"])
    if repeated.n:
        yield TallyLine(group.table, REPEATED, repeated.n)
        yield from _repeated(table, repeated.rows)
    teller = _Teller(engine, scan)
    if counts["no year"]:
        yield TallyLine(group.table, NO_YEAR, counts["no year"])
        yield from teller.values(NO_YEAR, teller.text(group.year), tree("d.y IS NULL"))
    if counts["other years"]:
        yield TallyLine(group.table, OTHER_YEARS, counts["other years"])
    if counts["no place"]:
        yield TallyLine(group.table, NO_PLACE, counts["no place"])
        yield from teller.places(NO_PLACE, tree("d.cell IS NULL AND d.y IS NOT NULL"))
    for k, ranking in enumerate(rankings):
        lacking = [cell for cell, codes in found.units.items() if not codes[k]]
        if n := sum(row[2] for row in found.rows if row[1] not in (None, OUTSIDE) and row[0] in lacking):
            what = NOT_IN.format(ranking=schema.ranking_label(ranking))
            yield TallyLine(group.table, what, n)
            yield from teller.places(what, tree(f"d.cell IN ({', '.join(map(str, lacking))})"))
    yield from teller.doubtful()
    yield from conflicts(places, scan.records, table)
    yield from _of_rules(teller, found)


def _counts(found: Scanned) -> dict[str, int]:
    counts = dict.fromkeys(("used", "no year", "other years", "no place"), 0)
    for cell, year, n, *_ in found.rows:
        if year is None:
            counts["no year"] += n
        elif year == OUTSIDE:
            counts["other years"] += n
        else:
            counts["no place" if cell is None else "used"] += n
    return counts


def _repeated(table: RecordTable, rows: Sequence[tuple[Any, ...]]) -> Iterator[TallyLine]:
    """Records that a later one replaces, the first of them."""
    for *key, year, file, row in rows:
        told = same(" ".join(map(str, [*key, year or ""])).strip())
        yield TallyLine(table.name, REPEATED, 1, told, stands(table, file, row), example=True)


def wrong_codes(table: RecordTable, fields: Sequence[CreditField]) -> Iterator[TallyLine]:
    """Credit codes of a table that fail their check, each once, with where the first record stands that has it."""
    for field in fields:
        if field.n:
            yield TallyLine(table.name, WRONG_CODE, field.n, _FIELD.format(field=field.name))
        for one in field.first:
            n = len(plain_code(one.code))
            told = same(one.code) if n == LENGTH else _LENGTH.format(code=one.code, n=n)
            yield TallyLine(table.name, WRONG_CODE, one.n, told, stands(table, one.file, one.row), example=True)


def _of_rules(teller: _Teller, found: Scanned) -> Iterator[TallyLine]:
    """Amounts that could not be added up."""
    for k, asked in enumerate(found.asked):
        rule = asked.row.value
        for name, what in (("unmeasured", UNMEASURED), ("unread", UNREAD)):
            places = [n for n, one in enumerate(found.names, 3) if one == (k, name)]
            n = sum(row[place] for row in found.rows for place in places)
            if not n:
                continue
            told = what.format(indicator=rule.indicator)
            yield TallyLine(rule.table, told, n)
            if name == "unmeasured" and asked.unmeasured is not None:
                yield from teller.values(told, teller.text(rule.measure), asked.unmeasured.copy())


@dataclass(frozen=True)
class _Teller:
    """What lists the values that records of one kind have."""

    engine: Engine
    scan: Scan

    def text(self, name: str) -> exp.Expr:
        return self.scan.records.dated.columns.text(name)

    def values(self, what: Text, value: exp.Expr, where: exp.Expr) -> Iterator[TallyLine]:
        """The most frequent of the values that are so, each with what is known of it."""
        notes = self.scan.records.notes
        for text, n in self.engine.rows(self.scan.values_of(value, where, LISTED)):
            told = _BLANK if text is None else same(text)
            if text in notes:
                told = _NOTED.format(value=told, note=notes[text])
            yield TallyLine(self.scan.group.table, what, n, told, example=True)

    def places(self, what: Text, where: exp.Expr) -> Iterator[TallyLine]:
        """The most frequent places that are so; of another table's, the keys."""
        yield from self.values(what, tree("d.v"), where)

    def doubtful(self) -> Iterator[TallyLine]:
        """Places that have units, and something to say of them all the same."""
        if some := self.scan.records.doubtful[:LISTED]:
            literals = [exp.Literal.string(one) for one in some]
            found = list(self.places(DOUBTFUL, exp.In(this=tree("d.v"), expressions=literals)))
            yield TallyLine(self.scan.group.table, DOUBTFUL, sum(line.n for line in found))
            yield from found


def conflicts(places: RecordPlaces, records: PlacedRecords, table: RecordTable) -> Iterator[TallyLine]:
    """Places that the credit code contradicts."""
    n, told = places.opinions(records)
    if n:
        yield TallyLine(table.name, CONFLICT, n)
    for one in told:
        here = same(" ".join(filter(None, dict.fromkeys(one.units))))
        detail = _OPINION.format(code=one.code, here=here, division=plain_code(one.division))
        yield TallyLine(table.name, CONFLICT, one.n, detail, stands(table, one.file, one.row), example=True)
