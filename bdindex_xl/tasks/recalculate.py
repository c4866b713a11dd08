"""The recalculation itself, the same behind every host: read, compute, write."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from dataclasses import dataclass, replace

from .. import __version__
from ..engine.compute import Result, compute
from ..errors import Finding, FrameworkError, Severity, SheetErrors, ordered
from ..language import Lang, Progress, Text, joined, same
from ..sheets import digest, entered, guide, phrases, run_log, schema, treated
from ..sheets.book import Book, Results, ResultTable
from ..sheets.carrying import carried
from ..sheets.cells import read_text
from ..sheets.consequences import of_results
from ..sheets.faults import Report
from ..sheets.figures import read_figures
from ..sheets.fingerprint import Fingerprint, fingerprint
from ..sheets.inputs import Inputs
from ..sheets.keyed_table import read_table
from ..sheets.read import read_inputs
from ..sheets.read_scenarios import read_scenarios
from ..sheets.read_settings import language, read_settings, setting_cell
from ..sheets.write import check_table, headings, result_tables


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a recalculation did: input, results by ranking, findings, tables whose filter was cleared."""

    inputs: Inputs
    results: dict[str, Result]
    findings: tuple[Finding, ...]
    unfiltered: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> Fingerprint:
        """The fingerprint of the inputs and of the results."""
        return fingerprint(self.inputs, result_tables(self.inputs, self.results))


READING = Text("读取数据", "reading")
COMPUTING = Text("计算", "computing")
WRITING = Text("写入结果", "writing")


def recalculate(
    book: Book,
    *,
    now: dt.datetime | None,
    progress: Progress = lambda _: None,
    list_findings: bool = True,
    supplied: bool = False,
) -> Outcome:
    """Recalculate a workbook.

    Parameters
    ----------
    book
        Read, and written to where there is no fault.
    now
        When, for the run log; None leaves no trace of the run (for a workbook being made).
    progress
        Told of each step.
    list_findings
        Whether the data check sheet is to list what was found in the data, which it quotes.
    supplied
        Whether the run log is to say, in place of a time, that the results came with the workbook.

    Raises
    ------
    SheetErrors
        With every fault; only the data check sheet is written then.
    """
    start = time.perf_counter()
    try:
        outcome = _computed(book, progress)
    except SheetErrors as errors:
        _write_findings(book, errors.findings, _faulty(book, errors, now) if now else None)
        raise
    progress(WRITING)
    inputs, lang = outcome.inputs, outcome.inputs.lang
    report = Report()
    written = carried(book, result_tables(inputs, outcome.results), report)
    outcome = replace(outcome, findings=_in_order(book, (*outcome.findings, *report.findings)))
    tables = [*written, check_table(outcome.findings if list_findings else (), lang)]
    facts = guide.facts_of(book, inputs)
    cells = headings(inputs) | guide.cells(facts, lang) | analyses_notes(book, inputs, is_copy=facts.is_copy)
    cells |= _check_cells(outcome.findings, lang, _done(outcome, now))
    if now or supplied:
        tables.append(run_log.longer(book, lang, _log_row(book, outcome, now, time.perf_counter() - start)))
    unfiltered = book.write(_present(book, tuple(tables), cells))
    return Outcome(inputs, outcome.results, outcome.findings, tuple(unfiltered))


def check(book: Book, progress: Progress = lambda _: None, *, write: bool = False) -> Outcome:
    """All that `recalculate` would find and compute; with `write`, the findings go to the data check sheet."""
    try:
        outcome = _computed(book, progress)
    except SheetErrors as errors:
        if write:
            _write_findings(book, errors.findings, None)
        raise
    if write:
        _write_findings(book, outcome.findings, None)
    return outcome


def _faulty(book: Book, errors: SheetErrors, now: dt.datetime) -> Text:
    status = phrases.STATUS_FAULTS.format(time=_minute(now), n=len(errors.faults))
    sheet = book.tables().get(schema.CHECK.table)
    return phrases.STATUS_SEE.format(status=status, sheet=sheet) if sheet else status


# Of a copy for others or not; of analyses whose digest can be compared or not.
_STALE = {
    (False, True): phrases.NOTE_STALE,
    (False, False): phrases.NOTE_OLDER,
    (True, True): phrases.COPY_STALE,
    (True, False): phrases.COPY_OLDER,
}


def analyses_notes(book: Book, inputs: Inputs, *, is_copy: bool) -> dict[str, str | float]:
    """Notes over analyses that are of other data than these; in a copy for others, over those not made, too."""
    mark, cells = digest.short(inputs.digest()), dict[str, str | float]()
    for sheet in schema.ANALYSES:
        name = sheet.table
        table = read_table(book, name, sheet.columns, Report(), sheet.keys) if name in book.tables() else None
        found = {read_text(value) for value in table.column("inputs")} - {""} if table is not None else set()
        if any(not digest.same(one, mark) for one in found):
            stale = _STALE[is_copy, all(map(digest.comparable, found))]
            cells[schema.CELL_NOTE.format(table=name)] = stale[inputs.lang]
        elif is_copy and table is not None and not found:
            cells[schema.CELL_NOTE.format(table=name)] = phrases.COPY_NOT_ANALYSED[inputs.lang]
    return cells


def _write_findings(book: Book, findings: tuple[Finding, ...], status: Text | None) -> None:
    lang = language(book)
    cells = _check_cells(findings, lang, status[lang] if status else "")
    book.write(_present(book, (check_table(findings, lang),), cells))


def _computed(book: Book, progress: Progress) -> Outcome:
    progress(READING)
    inputs = read_inputs(book)
    progress(COMPUTING)
    results = {}
    for ranking in inputs.rankings:
        try:
            results[ranking.key] = compute(inputs.framework, ranking.panel, inputs.method)
        except FrameworkError as error:  # what the sheets' own checks did not foresee
            raise SheetErrors((*inputs.findings, _incomputable(book, ranking.key, error))) from error
    report = Report()
    of_results(inputs, results, report)
    _missing_tables(book, inputs, report)
    read_figures(book, inputs, report)
    read_scenarios(book, inputs.settings, report)
    return Outcome(inputs, results, _in_order(book, (*inputs.findings, *report.findings)))


def _in_order(book: Book, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return ordered(findings, tuple(book.tables().values()))


def _incomputable(book: Book, ranking: str, error: FrameworkError) -> Finding:
    """What cannot be computed, at the setting that is at fault, or else at the ranking's data."""
    if error.settings:
        sheet, cell = setting_cell(read_settings(book, Report())[1], error.settings[0])
        expected = Text("相互配合的设置", "settings that go together")
    else:
        sheet, cell = book.tables()[schema.table_of(schema.DATA.table, ranking)], ""
        expected = Text("可计算的数据", "data that can be computed")
    return Finding(Severity.FAULT, sheet, cell, expected, error.message, same(""))


def names_of_results(inputs: Inputs) -> list[str]:
    """Names of all tables that a recalculation of these inputs writes, wherever they are."""
    rankings = (schema.table_of(schema.RANKING.table, ranking.key) for ranking in inputs.rankings)
    return [*rankings, *(sheet.table for sheet in schema.RESULTS)]


def _missing_tables(book: Book, inputs: Inputs, report: Report) -> None:
    for name in names_of_results(inputs):
        sheet = schema.sheet_of(name)
        needless = isinstance(sheet, schema.ResultSheet) and sheet.optional
        if name not in book.tables() and not needless and not (sheet is schema.TREATED and treated.is_empty(inputs)):
            report.add("result table missing", table=name)


def _present(book: Book, tables: tuple[ResultTable, ...], cells: dict[str, str | float]) -> Results:
    return Results(tuple(table for table in tables if table.table in book.tables()), cells)


def _minute(now: dt.datetime) -> str:
    return f"{now:%Y-%m-%d %H:%M}"


def _counts(findings: tuple[Finding, ...]) -> dict[str, int]:
    times = Counter(finding.severity for finding in findings)
    return {f"{severity}s": times[severity] for severity in Severity}


def counted(findings: tuple[Finding, ...]) -> Text:
    """How many faults, warnings and notes there are, in a sentence."""
    return phrases.STATUS_CHECKED.format(**_counts(findings)) if findings else phrases.STATUS_CLEAN


def _check_cells(findings: tuple[Finding, ...], lang: Lang, status: str) -> dict[str, str | float]:
    cells: dict[str, str | float] = {schema.CELL_NOTE.format(table=schema.CHECK.table): counted(findings)[lang]}
    return cells | {schema.CELL_STATUS: status} if status else cells


def _done(outcome: Outcome, now: dt.datetime | None) -> str:
    rankings = [
        phrases.STATUS_RANKING.format(ranking=schema.ranking_label(r.key), units=len(r.panel.units), year=r.year)
        for r in outcome.inputs.rankings
    ]
    counts = _counts(outcome.findings)
    parts = {"rankings": joined(rankings, en="; "), **counts}
    text = phrases.STATUS_DONE.format(time=_minute(now), **parts) if now else phrases.STATUS_MADE.format(**parts)
    return text[outcome.inputs.lang]


def _log_row(book: Book, outcome: Outcome, now: dt.datetime | None, seconds: float) -> dict[str, object]:
    inputs = outcome.inputs
    gone = [name for name in names_of_results(inputs) if name not in book.tables()]
    formulas = entered.spelt(entered.formulas(book, inputs))
    return {
        "time": now.replace(microsecond=0, tzinfo=None) if now else phrases.LOG_SUPPLIED[inputs.lang],
        "version": __version__,
        "settings": run_log.spelt(inputs.settings.by_key(), gone, formulas),
        "inputs": inputs.digest(),
        "units": sum(len(ranking.panel.units) for ranking in inputs.rankings),
        "years": len({year for ranking in inputs.rankings for year in ranking.panel.years}),
        "indicators": len(inputs.framework.indicators),
        "warnings": _counts(outcome.findings)["warnings"],
        "seconds": round(seconds, 2) if now else None,
    }
