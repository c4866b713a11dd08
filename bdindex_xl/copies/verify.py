"""Whether a workbook's results are what the engine obtains from its raw data; and if not, what changed since they were.

Needs nothing but the file, and trusts nothing in it: the run log and the results on the sheets serve only to tell a
changed input, a changed setting and a changed result apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..core.arrays import Array
from ..engine.compute import Result, compute
from ..engine.prepare import normalisation_of
from ..engine.year_ends import ends_by_year
from ..errors import FrameworkError
from ..hosts.files import FileBook
from ..language import Lang
from ..model.framework import Goalposts, Indicator
from ..model.method import Normalisation, Scope
from ..sheets import digest, entered, layout, schema
from ..sheets.book import Book, ResultTable
from ..sheets.cells import heading, read_text
from ..sheets.fingerprint import Fingerprint, fingerprint
from ..sheets.inputs import Inputs, Ranking
from ..sheets.read import read_inputs
from ..sheets.write import headings, result_tables
from . import analyses, consistent, last_run
from .analyses import NotRemade
from .appearance import look
from .appearance.live import Remake
from .appearance.scene import HasSightings, Sighting
from .changed_values import former_values
from .compare import Difference, compare, headings_that_differ
from .data_tables import data_table
from .last_run import ChangedSetting, Recorded


@dataclass(frozen=True, slots=True)
class ChangedInput:
    """A raw value that is not what the results were computed from, as the scores on the sheet tell; NaN is blank."""

    ranking: str
    year: int
    unit: str
    indicator: str
    sheet: str
    cell: str
    before: float
    now: float

    @property
    def place(self) -> str:
        """``sheet!cell``."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


@dataclass(frozen=True, eq=False)
class Verdict(HasSightings):
    """What was found.

    `differences` are cells that are not what the engine obtains now; `tampered` those that cannot be what it obtained
    then. `inputs_changed` and `results_changed` are None where that cannot be told: without a run log, or with that of
    an older version, whose digest is of another kind.
    """

    inputs: Inputs
    recorded: Recorded | None
    inputs_changed: bool | None
    settings: tuple[ChangedSetting, ...]
    results_changed: bool | None
    differences: tuple[Difference, ...]
    tampered: tuple[Difference, ...]
    changed_inputs: tuple[ChangedInput, ...]
    missing: tuple[str, ...]
    n_cells: int
    left_out: frozenset[str]
    sightings: tuple[Sighting, ...]
    unverified: tuple[str, ...]
    left: tuple[NotRemade, ...]
    fingerprint: Fingerprint
    expected: Fingerprint | None

    @property
    def deleted(self) -> tuple[str, ...]:
        """Result tables that were there when the results were computed, or when the copy was made."""
        return tuple(name for name in self.missing if name not in self.left_out)

    @property
    def left_out_here(self) -> frozenset[str]:
        """Result tables that are not there, and were not then."""
        return frozenset(self.missing) & self.left_out

    @property
    def as_expected(self) -> bool | None:
        """Whether the file is that of the expected fingerprint; None where none was given."""
        return None if self.expected is None else self.expected == self.fingerprint

    @property
    def ok(self) -> bool:
        """Whether everything is as it should be: with no record to hold it against, that cannot be said."""
        wrong = self.differences or self.settings or self.inputs_changed or self.deceiving or self.deleted
        held = self.as_expected if self.expected is not None else self.recorded is not None
        return not wrong and bool(held) and self.n_cells > 0


def verify(
    book: FileBook,
    *,
    remake: Remake | None = None,
    expected: Fingerprint | None = None,
    all_analyses: bool = False,
) -> Verdict:
    """Verify a workbook. Raises SheetErrors where its input has faults, so that nothing can be computed from it.

    `remake` makes its copy for others anew; without it the formulas of such a copy are not verified. `expected` is a
    fingerprint that was published elsewhere. With `all_analyses`, those that take long are made again, too.
    """
    inputs = read_inputs(book)
    written = replace(inputs, lang=written_in(book, inputs))
    last = last_run.recorded(book)
    of_now = last is None or last.of_this_version
    results = _computed(written)
    should = result_tables(written, results)
    differences, missing, n_cells = _differences(book, written, should, notes=of_now)
    missing = last_run.missed(missing, last)
    analysed = analyses.made_anew(book, written, however_long=all_analyses)
    new = entered.since(entered.formulas(book, inputs), last.formulas) if last else ()
    tables = (*should, *analysed.tables)
    seen = look(
        book, written, results, tables, remake, analysed.cells,
        notes=not of_now, new_formulas=new, as_should=not differences,
    )  # fmt: skip
    if seen.awaiting:  # formulas that are right say what their values will be
        differences = tuple(one for one in differences if not one.table)
    settings = last_run.changed_settings(book, inputs, last) if last else ()
    before = _before(written, last)
    then = differences  # what was not as it should be under the settings of the last run
    if settings and before is not None:
        then, _, _ = _differences(book, before, result_tables(before, _computed(before)), notes=of_now)
    changed = _inputs_changed(before, last)
    tampered = then if changed is False else _contradicting(book, before, then)
    traced: tuple[ChangedInput, ...] = ()
    if then and changed is not False and before is not None:
        traced = _traced(book, before)
    return Verdict(
        inputs, last, changed, settings, None if tampered is None else bool(tampered),
        differences, tampered or (), traced, missing, n_cells, seen.left_out | frozenset(last.without if last else ()),
        (*seen.sightings, *analyses.sightings(book, analysed, notes=of_now)), seen.unverified, analysed.left,
        fingerprint(written, should), expected,
    )  # fmt: skip


def _inputs_changed(before: Inputs | None, last: Recorded | None) -> bool | None:
    if last is None or not last.comparable:
        return None
    return before is None or not digest.same(before.digest(), last.digest)


def _computed(inputs: Inputs) -> dict[str, Result]:
    return {ranking.key: compute(inputs.framework, ranking.panel, inputs.method) for ranking in inputs.rankings}


def _before(inputs: Inputs, last: Recorded | None) -> Inputs | None:
    """The input under the settings of the last run; None where the log's are no settings."""
    try:
        return last_run.under(inputs, last.settings if last else {})
    except FrameworkError:
        return None


def written_in(book: Book, inputs: Inputs) -> Lang:
    """The language that the results are in: that of the last run, which a setting may have left behind."""
    if schema.WEIGHTS.table not in book.tables():
        return inputs.lang
    header = {heading(text) for text in book.read(schema.WEIGHTS.table).header}
    order: Sequence[Lang] = sorted(schema.LANGS, key=lambda lang: lang != inputs.lang)
    return max(
        order,
        key=lambda lang: sum(
            heading(spec.header) in header for spec in layout.specs(schema.WEIGHTS, inputs.framework, lang)
        ),
    )


def _differences(
    book: Book, inputs: Inputs, should: Iterable[ResultTable], *, notes: bool
) -> tuple[tuple[Difference, ...], tuple[str, ...], int]:
    """Cells that are not as computed, result tables that are not there, and how many cells were compared.

    Notes are compared where this version wrote them: every version words them in its own way.
    """
    differences, missing, n_cells = _of_tables(book, should)
    return (*_of_headings(book, inputs, missing, notes=notes), *differences), missing, n_cells


def _of_tables(book: Book, tables: Iterable[ResultTable]) -> tuple[tuple[Difference, ...], tuple[str, ...], int]:
    differences: list[Difference] = []
    missing: list[str] = []
    n_cells = 0
    for table in tables:
        if table.table not in book.tables():
            missing += [table.table] if table.n_rows else []  # nothing is lost with a table that would be empty
            continue
        compared = compare(table, book.read(table.table))
        differences += compared.differences
        n_cells += compared.n_cells
    return tuple(differences), tuple(missing), n_cells


def _of_headings(book: Book, inputs: Inputs, missing: Sequence[str], *, notes: bool) -> list[Difference]:
    expected = {name: read_text(text) for name, text in headings(inputs).items()}
    return [
        Difference("value", "", cell.sheet, cell.cell, expected[name], text or None, "")
        for name, cell, text in headings_that_differ(book, expected, notes=notes)
        if not name.endswith(tuple(missing))
    ]


def _contradicting(
    book: Book, before: Inputs | None, differences: tuple[Difference, ...]
) -> tuple[Difference, ...] | None:
    """Result cells that the normalised values beside them contradict; None where that cannot be told."""
    if before is not None and not differences:
        return ()
    tables = consistent.from_scores(book, before) if before is not None else None
    if tables is None:
        return None
    found, _, _ = _of_tables(book, tables)
    # Rows and columns that are too many or too few come with changed units, years and framework.
    return tuple(difference for difference in found if difference.kind == "value")


def _traced(book: Book, inputs: Inputs) -> tuple[ChangedInput, ...]:
    """Raw values that the normalised values on the sheet contradict."""
    found = consistent.found_scores(book, inputs) if consistent.scores_tell_raw_data(inputs) else None
    if found is None:
        return ()
    changed: list[ChangedInput] = []
    for ranking in inputs.rankings:
        former = _former(inputs, ranking, found[0])
        raw = ranking.panel.values
        differ = ~((former == raw) | (np.isnan(former) & np.isnan(raw)))
        places = data_table(book, ranking.key, inputs.framework.indicators)
        for y, u, k in zip(*np.nonzero(differ), strict=True):
            year, unit, indicator = ranking.panel.years[y], ranking.panel.units[u], ranking.panel.indicators[k]
            where = places.cell((year, unit), indicator) if places else ("", "")
            values = float(former[y, u, k]), float(raw[y, u, k])
            changed.append(ChangedInput(ranking.key, year, ranking.label(u), indicator, *where, *values))
    return tuple(changed)


def _former(inputs: Inputs, ranking: Ranking, scores: consistent.Scores) -> Array:
    """Raw values as the scores have them; those that the scores do not tell as they are."""
    panel = ranking.panel
    blank = np.full(len(panel.indicators), np.nan)
    there = np.array([[scores.get((ranking.key, y, u), blank) for u in panel.units] for y in panel.years])
    former = panel.values.copy()
    years = [slice(None)] if inputs.method.scope is Scope.PANEL else [slice(y, y + 1) for y in range(len(panel.years))]
    for k, indicator in enumerate(inputs.framework.indicators):
        if normalisation_of(indicator, inputs.method) is Normalisation.GOALPOSTS:
            assert indicator.goalposts is not None
            former[:, :, k] = _by_goalposts(indicator, indicator.goalposts, panel.values[:, :, k], there[:, :, k])
            continue
        for some in years:
            raw = panel.values[some, :, k]
            made = former_values(raw.ravel(), there[some, :, k].ravel())
            if made is not None:
                former[some, :, k] = made.reshape(raw.shape)
    for y, k, ends, _ in ends_by_year(inputs.framework, panel.years, inputs.method):
        own = inputs.framework.indicators[k]
        former[y, :, k] = _by_goalposts(own, ends, panel.values[y, :, k], there[y, :, k])
    return former


def _by_goalposts(indicator: Indicator, ends: Goalposts, raw: Array, scores: Array) -> Array:
    """Raw values from scores between fixed ends; at an end, a value beyond it is as good as any."""
    lower, upper = ends.lower, ends.upper
    zero, span = (lower, upper - lower) if indicator.direction > 0 else (upper, lower - upper)
    told = zero + span * scores
    same = np.abs(np.clip((raw - zero) / span, 0.0, 1.0) - scores) <= 1e-11
    return np.where(same, raw, told)
