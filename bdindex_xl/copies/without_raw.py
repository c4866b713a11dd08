"""What can be told of a file without raw data: what its reader sees, whether its results agree among themselves, and
whether they are those of a fingerprint. Whether they follow from the raw data cannot.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..errors import FrameworkError
from ..hosts.files import FileBook
from ..hosts.files.values import to_serial
from ..language import same
from ..model.panel import Panel
from ..sheets import entered, layout, options, schema
from ..sheets.book import Block, Book, ResultColumn, ResultTable
from ..sheets.cells import read_number, read_text, read_year
from ..sheets.faults import Report
from ..sheets.fingerprint import Fingerprint, of_blocks
from ..sheets.inputs import Inputs, Ranking
from ..sheets.layout import Spec
from ..sheets.read_framework import read_framework
from ..sheets.read_settings import read_settings
from ..sheets.read_units import Units, read_units
from ..sheets.write import headings
from . import copies_texts as texts
from . import last_run
from .appearance import look
from .appearance.scene import HasSightings, Sighting
from .compare import columns_of, headings_that_differ
from .last_run import ChangedSetting
from .verify import written_in

_CLOSE = 1e-9  # of scores 0-100 that may share a place


@dataclass(frozen=True, eq=False)
class VerdictWithoutRaw(HasSightings):
    """What was found. `looked_at` tells whether the file holds what it takes to know how its results should look."""

    fingerprint: Fingerprint
    expected: Fingerprint | None
    looked_at: bool = False
    sightings: tuple[Sighting, ...] = ()
    settings: tuple[ChangedSetting, ...] = ()
    deleted: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()

    @property
    def as_expected(self) -> bool | None:
        """Whether the rankings are those of the expected fingerprint; None where none was given."""
        return None if self.expected is None else self.expected.results == self.fingerprint.results

    @property
    def sound(self) -> bool:
        """Whether nothing was found, as far as that can be told."""
        return not (self.deceiving or self.settings or self.deleted)

    @property
    def ok(self) -> bool:
        return bool(self.as_expected) and self.sound


def verify(book: FileBook, expected: Fingerprint | None) -> VerdictWithoutRaw:
    """Look at a file that holds results and no raw data."""
    mark = Fingerprint("", of_blocks(_plain(book.read(name)) for name in book.tables()))
    inputs = _inputs(book)
    if inputs is None:
        return VerdictWithoutRaw(mark, expected)
    last = last_run.recorded(book)
    specs = _specs(inputs)
    there = {name: _plain(book.read(name)) for name in specs if name in book.tables()}
    should = tuple(_as_it_stands(block, specs[name]) for name, block in there.items())
    of_now = last is None or last.of_this_version
    new = entered.since(entered.formulas(book, inputs), last.formulas) if last else ()
    seen = look(book, inputs, {}, should, None, {}, notes=not of_now, new_formulas=new, as_should=True)
    told = [*seen.sightings, *_of_headings(book, inputs, there, notes=of_now)]
    for name, block in there.items():
        told += [*_without_columns(block, specs[name]), *_out_of_order(block, specs[name])]
    if schema.HISTORY.table in there:
        told += _over_years(there[schema.HISTORY.table], specs[schema.HISTORY.table])
    gone = {*seen.left_out, *(last.without if last else ())}
    missing = last_run.missed((name for name in specs if name not in there), last)
    return VerdictWithoutRaw(
        mark,
        expected,
        True,
        tuple(told),
        last_run.changed_settings(book, inputs, last) if last else (),
        tuple(name for name in missing if name not in gone),
        seen.unverified,
    )


def _inputs(book: Book) -> Inputs | None:
    """Inputs but for the raw data; None where they are not whole, or results do not tell their years."""
    report = Report(book.tables().values())
    settings, table = read_settings(book, report)
    framework, _ = read_framework(book, settings, report)
    units = read_units(book, report)
    try:
        method = options.method_of(settings.by_key())
    except FrameworkError:
        return None
    if table is None or framework is None or units is None:  # goalposts are gone with the raw data: no matter here
        return None
    lang = next(lang for lang in schema.LANGS if lang == settings.language)
    made = Inputs(lang, settings, method, framework, (), (), report.findings)
    made = replace(made, lang=written_in(book, made))
    rankings = _rankings(book, units, made)
    return replace(made, rankings=rankings) if rankings else None


def _rankings(book: Book, units: Units, inputs: Inputs) -> tuple[Ranking, ...]:
    """Rankings with the years that the results are of."""
    years = _years(book, inputs)
    every = sorted({year for own in years.values() for year in own})
    asked = inputs.settings.year if isinstance(inputs.settings.year, int) else every[-1] if every else 0
    found = []
    for key, names in units.rankings.items():
        if years.get(key):
            own = tuple(sorted(years[key]))
            panel = Panel(own, tuple(names), (), np.empty((len(own), len(names), 0)))
            found.append(Ranking(key, panel, tuple(names.values()), last_run.shown(panel, asked)))
    return tuple(found)


def _years(book: Book, inputs: Inputs) -> Mapping[str, set[int]]:
    """Years by ranking, as the weights or the normalised scores have them."""
    years: dict[str, set[int]] = defaultdict(set)
    for name in (schema.WEIGHTS.table, schema.NORMALISED.table):
        if name not in book.tables():
            continue
        block = book.read(name)
        at = columns_of([c.header[inputs.lang] for c in schema.WEIGHTS.columns[:2]], block.header)
        if len(at) == 2:
            for value, label in zip(block.columns[at[0]], block.columns[at[1]], strict=True):
                year, _ = read_year(value)
                if year is not None:
                    years[schema.ranking_key(read_text(label))].add(year)
    return years


def _specs(inputs: Inputs) -> dict[str, tuple[Spec, ...]]:
    """Columns of the result tables that the file should have."""
    of_ranking = layout.specs(schema.RANKING, inputs.framework, inputs.lang)
    rankings = {schema.table_of(schema.RANKING.table, ranking.key): of_ranking for ranking in inputs.rankings}
    others = (sheet for sheet in schema.COMPUTED if not sheet.quotes_raw)
    return rankings | {
        sheet.table: layout.specs(sheet, inputs.framework, inputs.lang, inputs.years) for sheet in others
    }


def _plain(block: Block) -> Block:
    """A block of texts and numbers, even where a number is shown as a date; of a formula without a value, nothing."""
    columns = tuple([_value(value) for value in column] for column in block.columns)
    return replace(block, columns=columns)


def _value(value: Any) -> str | float | None:
    if isinstance(value, dt.datetime):
        return to_serial(value, since_1904=False)
    return value if isinstance(value, str | float) else None


def _as_it_stands(block: Block, specs: Sequence[Spec]) -> ResultTable:
    """A result table with what the file holds as its values."""
    at = columns_of([spec.header for spec in specs], block.header)
    columns = tuple(ResultColumn(specs[k].header, specs[k].role, block.columns[j]) for k, j in at.items())
    band = tuple(specs[k].band for k in at) if any(spec.level for spec in specs) else None
    return ResultTable(block.table, columns, band)


def _of_headings(book: Book, inputs: Inputs, there: Mapping[str, Block], *, notes: bool) -> Iterator[Sighting]:
    told = headings(inputs)
    names = {t.format(table=name) for name in there for t in (schema.CELL_TITLE, schema.CELL_NOTE)}
    expected = {name: read_text(text) for name, text in told.items() if name in names}
    for name, cell, text in headings_that_differ(book, expected, notes=notes):
        yield Sighting("heading", True, cell.sheet, cell.cell, same(f"“{expected[name]}”"), same(f"“{text}”"))


def _without_columns(block: Block, specs: Sequence[Spec]) -> Iterator[Sighting]:
    at = columns_of([spec.header for spec in specs], block.header)
    for k, spec in enumerate(specs):
        if k not in at:
            yield Sighting("column", True, block.sheet, "", texts.HEADER.format(what=spec.header), texts.NO_COLUMN)


def _out_of_order(block: Block, specs: Sequence[Spec]) -> Iterator[Sighting]:
    """Ranks that the scores beside them do not give, and changes that are not the difference of the ranks."""
    at = columns_of([spec.header for spec in specs], block.header)
    places = {(spec.key, spec.node): at[k] for k, spec in enumerate(specs) if k in at}
    sheet = schema.sheet_of(block.table)
    by = sheet.key[:-1] if sheet else ()  # what keeps apart what is ranked apart
    apart = [block.columns[places[key, None]] for key in by if (key, None) in places]
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(block.n_rows):
        groups[tuple(read_text(column[i]) for column in apart)].append(i)
    for node in dict.fromkeys(spec.node for spec in specs if spec.key == "score"):
        columns = {key: places.get((key, node)) for key in ("rank", "score", "previous_rank", "rank_change")}
        for rows in groups.values():
            yield from _of_node(block, rows, columns)


def _over_years(block: Block, specs: Sequence[Spec]) -> Iterator[Sighting]:
    """Changes that are not the difference to the rank in the year before, which stands in a row of its own."""
    at = columns_of([spec.header for spec in specs], block.header)
    places = {(spec.key, spec.node): at[k] for k, spec in enumerate(specs) if k in at}
    keys = [places.get((key, None)) for key in ("ranking", "unit", "year")]
    if None in keys:
        return
    ranking, unit, year = (block.columns[j] for j in keys if j is not None)
    rows = {
        (read_text(r), read_text(u), read_year(y)[0]): i
        for i, (r, u, y) in enumerate(zip(ranking, unit, year, strict=True))
    }
    years: dict[str, set[int]] = defaultdict(set)
    for own, _, of_row in rows:
        years[own] |= {of_row} if of_row is not None else set()
    for node in dict.fromkeys(spec.node for spec in specs if spec.key == "rank"):
        rank, change = places.get(("rank", node)), places.get(("rank_change", node))
        if rank is None or change is None:
            continue
        for (own, code, of_row), i in rows.items():
            before = rows.get((own, code, max((y for y in years[own] if of_row and y < of_row), default=None)))
            if before is None:
                continue
            now, then, found = (_number(block.columns[j][k]) for j, k in ((rank, i), (rank, before), (change, i)))
            if now == now and then == then and found != then - now:
                yield _told(block, i, change, int(then - now))


def _of_node(block: Block, rows: Sequence[int], columns: Mapping[str, int | None]) -> Iterator[Sighting]:
    rank, score, previous, change = (columns[key] for key in ("rank", "score", "previous_rank", "rank_change"))
    if rank is not None and score is not None:
        scores = np.array([_number(block.columns[score][i]) for i in rows])
        for i, own in zip(rows, scores.tolist(), strict=True):
            # With scores as a program saves them, units close by may or may not share a place.
            least, most = int(np.sum(scores > own + _CLOSE)) + 1, int(np.sum(scores >= own - _CLOSE))
            found = _number(block.columns[rank][i])
            if (found == found) != (own == own) or not (own != own or least <= found <= most):
                yield _told(block, i, rank, least if own == own else None)
    if rank is not None and previous is not None and change is not None:
        for i in rows:
            now, before, found = (_number(block.columns[j][i]) for j in (rank, previous, change))
            if now == now and before == before and found != before - now:
                yield _told(block, i, change, int(before - now))


def _number(value: Any) -> float:
    return read_number(value).number


def _told(block: Block, i: int, j: int, expected: int | None) -> Sighting:
    shown = read_text(block.columns[j][i])
    found = same(shown) if shown else texts.BLANK
    return Sighting("contradiction", True, block.sheet, block.cell(i, j),
                    texts.BLANK if expected is None else same(expected), found)  # fmt: skip
