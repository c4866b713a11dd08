"""A verification as its reader is told of it: the lines of the terminal, and findings for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ...copies import copies_texts as texts
from ...copies.analyses import NotRemade
from ...copies.appearance.scene import Sighting
from ...copies.compare import Difference
from ...copies.last_run import ChangedSetting
from ...copies.verify import ChangedInput, Verdict
from ...errors import Severity
from ...language import Text, joined, same
from ...sheets import options
from ...sheets.fingerprint import Fingerprint
from .envelope import Remark
from .sentences import Lists, setting_of, shown


def remarks(verdict: Verdict) -> Iterable[Remark]:
    """What is not as it should be, as findings."""
    for setting in verdict.settings:
        yield Remark(Severity.FAULT, "setting changed", changed_setting(setting), setting.sheet, setting.cell)
    if verdict.inputs_changed and verdict.recorded:
        yield Remark(Severity.FAULT, "input changed", texts.INPUT.format(time=verdict.recorded.time))
    names = {node.code: node.name for node in verdict.inputs.framework.indicators}
    for cell in verdict.changed_inputs:
        text = _changed_input(cell, names[cell.indicator])
        yield Remark(Severity.FAULT, "value changed", text, cell.sheet, cell.cell)
    for one in verdict.tampered:
        yield Remark(Severity.FAULT, "result changed", _difference(one), one.sheet, one.cell)
    for one in verdict.differences if verdict.differences != verdict.tampered else ():
        yield Remark(Severity.FAULT, "result does not follow", _difference(one), one.sheet, one.cell)
    yield from _remarks_on_view(verdict)


def _remarks_on_view(verdict: Verdict) -> Iterable[Remark]:
    """What is not there, what it cannot be held against, and what is seen otherwise."""
    if verdict.deleted:
        yield Remark(Severity.FAULT, "result table deleted", texts.DELETED.format(tables=", ".join(verdict.deleted)))
    if verdict.left_out_here:
        told = texts.MISSING.format(tables=", ".join(sorted(verdict.left_out_here)))
        yield Remark(Severity.WARNING, "not verified", told)
    if verdict.expected is None and verdict.recorded is None:
        yield Remark(Severity.FAULT, "no record", texts.NO_LOG)
    if verdict.expected is not None and not verdict.as_expected:
        yield Remark(Severity.FAULT, "other fingerprint", _unexpected(verdict.expected, verdict.fingerprint))
    for one in verdict.left:
        yield Remark(Severity.WARNING, "not verified", _left(one), one.sheet)
    yield from of_sightings(verdict.sightings)


def of_sightings(sightings: Iterable[Sighting]) -> Iterable[Remark]:
    """What is seen otherwise, as findings."""
    for one in sightings:
        severity = Severity.FAULT if one.deceives else Severity.NOTE
        yield Remark(severity, one.rule, sighting(one), one.sheet, one.cell)


def changed_setting(setting: ChangedSetting) -> Text:
    before, now = (setting_of(setting.key, value) for value in (setting.before, setting.now))
    place, label = f"{setting.sheet}!{setting.cell}", options.SETTING[setting.key].label
    return texts.SETTING.format(place=place, key=label, before=before, now=now)


def lines(verdict: Verdict, file: Path, lists: Lists) -> Iterable[str]:
    lang = lists.lang
    heading = texts.TRUE if verdict.ok else texts.UNTRUE if verdict.n_cells else texts.NOTHING
    yield heading.format(file=file, n=f"{verdict.n_cells:,}")[lang]
    for heading, tables in ((texts.DELETED, verdict.deleted), (texts.MISSING, sorted(verdict.left_out_here))):
        if tables:
            yield heading.format(tables=", ".join(tables))[lang]
    last = verdict.recorded
    if verdict.expected is not None:
        other = _unexpected(verdict.expected, verdict.fingerprint)
        yield (texts.EXPECTED if verdict.as_expected else other)[lang]
    if last is None:
        yield (texts.NO_LOG if verdict.expected is None else texts.NO_LOG_HELD)[lang]
    elif not last.comparable:
        yield texts.OLDER[lang]
    elif not verdict.inputs_changed and not verdict.settings:
        yield texts.LOG_SAME.format(time=last.time, version=last.version)[lang]
    yield from _of_input(verdict, lists)
    if verdict.settings:
        yield texts.SETTINGS[lang]
        yield from ("  " + changed_setting(setting)[lang] for setting in verdict.settings)
    yield from _of_results(verdict, lists)
    yield from _of_sightings(verdict, lists)


def _unexpected(expected: Fingerprint, found: Fingerprint) -> Text:
    """Which parts of two fingerprints differ."""
    parts = [texts.PARTS[key] for key in ("inputs", "results") if getattr(expected, key) != getattr(found, key)]
    return texts.UNEXPECTED.format(what=joined(parts), found=found)


def _of_sightings(verdict: Verdict, lists: Lists) -> Iterable[str]:
    """What is seen otherwise than it is, and what is not looked at."""
    yield from seen(verdict.deceiving, verdict.shown_differently, verdict.unverified, lists)
    for one in verdict.left:
        yield "  " + _left(one)[lists.lang]
    if verdict.expected is None:
        yield texts.FINGERPRINT.format(fingerprint=verdict.fingerprint)[lists.lang]


def seen(
    deceiving: Sequence[Sighting], shown_differently: Sequence[Sighting], unverified: Sequence[str], lists: Lists
) -> Iterable[str]:
    """What deceives, what is a reader's choice, and sheets that were not verified."""
    for heading, some in ((texts.DECEIVING, deceiving), (texts.SHOWN, shown_differently)):
        if some:
            yield heading.format(n=len(some))[lists.lang]
            yield from lists.of(some, sighting)
    if unverified:
        yield texts.UNVERIFIED.format(sheets=joined([same(name) for name in unverified]))[lists.lang]


def _left(one: NotRemade) -> Text:
    return texts.NOT_REMADE.format(sheet=one.sheet, why=one.why)


def sighting(one: Sighting) -> Text:
    return texts.SIGHTING.format(place=one.place or texts.WORKBOOK, expected=one.expected, found=one.found)


def _of_input(verdict: Verdict, lists: Lists) -> Iterable[str]:
    if verdict.inputs_changed:
        assert verdict.recorded is not None
        yield texts.INPUT.format(time=verdict.recorded.time)[lists.lang]
        if not verdict.differences:
            yield texts.INPUT_UNSEEN[lists.lang]
    elif verdict.recorded is None and verdict.differences and verdict.results_changed is False:
        yield texts.INPUT_SINCE[lists.lang]
    if verdict.changed_inputs:
        yield texts.INPUT_CELLS.format(n=len(verdict.changed_inputs))[lists.lang]
        names = {node.code: node.name for node in verdict.inputs.framework.indicators}
        yield from lists.of(verdict.changed_inputs, lambda cell: _changed_input(cell, names[cell.indicator]))


def _of_results(verdict: Verdict, lists: Lists) -> Iterable[str]:
    if verdict.tampered:
        exactly = verdict.inputs_changed is False
        heading = texts.RESULTS if exactly else texts.RESULTS_CONTRADICT
        yield heading.format(n=len(verdict.tampered))[lists.lang]
        yield from lists.of(verdict.tampered, _difference)
    elif verdict.results_changed is None:
        yield texts.RESULTS_UNSEEN[lists.lang]
    if verdict.differences and verdict.differences != verdict.tampered:
        yield texts.NOT_FOLLOWING.format(n=len(verdict.differences))[lists.lang]
        yield from lists.of(verdict.differences, _difference)
    if verdict.differences:
        yield texts.ADVICE[lists.lang]


def _changed_input(cell: ChangedInput, name: str) -> Text:
    before, now = shown(cell.before), shown(cell.now)
    return texts.INPUT_CELL.format(
        place=cell.place, unit=cell.unit, year=cell.year, indicator=name, before=before, now=now
    )


def _difference(difference: Difference) -> Text:
    expected, found = shown(difference.expected), shown(difference.found)
    if difference.kind == "row missing":
        expected, found = texts.ROW.format(what=difference.what), texts.NO_ROW
    elif difference.kind == "row extra":
        expected, found = texts.NO_ROW, texts.ROW.format(what=difference.what)
    elif difference.kind == "column":
        expected = texts.HEADER.format(what=difference.what)
    bare = difference.kind != "value" or not difference.what
    sentence = texts.DIFFERENCE_BARE if bare else texts.DIFFERENCE
    return sentence.format(place=difference.place, what=difference.what, expected=expected, found=found)
