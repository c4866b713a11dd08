"""A file without raw data as its reader is told of it: the lines of the terminal, and findings for programs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ...copies import copies_texts as texts
from ...copies.without_raw import VerdictWithoutRaw
from ...errors import Severity
from ...language import Text, same
from .envelope import Remark
from .sentences import Lists
from .verdicts import changed_setting, of_sightings, seen

_HELD = {None: texts.NO_RAW, True: texts.NO_RAW_EXPECTED, False: texts.NO_RAW_UNEXPECTED}


def remarks(found: VerdictWithoutRaw, file: Path) -> Iterable[Remark]:
    """What is not as it should be, as findings."""
    if not found.as_expected:
        rule = "no raw data" if found.expected is None else "other fingerprint"
        yield Remark(Severity.FAULT, rule, _held(found, file))
    for one in found.settings:
        yield Remark(Severity.FAULT, "setting changed", changed_setting(one), one.sheet, one.cell)
    if found.deleted:
        yield Remark(Severity.FAULT, "result table deleted", texts.DELETED.format(tables=", ".join(found.deleted)))
    yield from of_sightings(found.sightings)


def lines(found: VerdictWithoutRaw, file: Path, lists: Lists) -> Iterable[str]:
    lang = lists.lang
    if not found.sound:
        yield texts.UNTRUE.format(file=file)[lang]
    yield _held(found, file)[lang]
    told = texts.LOOKED_AT.format(found=texts.ALL_SOUND if found.sound else same(""))
    yield (told if found.looked_at else texts.NOT_LOOKED_AT)[lang]
    if found.settings:
        yield texts.SETTINGS[lang]
        yield from ("  " + changed_setting(one)[lang] for one in found.settings)
    if found.deleted:
        yield texts.DELETED.format(tables=", ".join(found.deleted))[lang]
    yield from seen(found.deceiving, found.shown_differently, found.unverified, lists)
    yield texts.FINGERPRINT_RANKINGS.format(fingerprint=found.fingerprint)[lang]


def _held(found: VerdictWithoutRaw, file: Path) -> Text:
    return _HELD[found.as_expected].format(file=file)
