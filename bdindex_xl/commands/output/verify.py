"""What `verify` does, and what is read of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ...copies import without_raw
from ...copies.appearance.live import Remake
from ...copies.verify import Verdict
from ...copies.verify import verify as verdict_on
from ...copies.without_raw import VerdictWithoutRaw
from ...hosts.files import FileBook
from ...language import Lang, Progress
from ...sheets import schema
from ...sheets.fingerprint import Fingerprint, parse
from ...tasks import recalculate
from . import copies_json, envelope, standings, summary, verdicts
from .sentences import Lists


def verify(
    file: Path,
    *,
    remake: Remake | None = None,
    expect: str | None = None,
    all_analyses: bool = False,
    as_json: bool,
    lang: Lang,
) -> int:
    """Tell whether a workbook's results are what its raw data give: 0 where they are, 1 where not.

    Raises FileRefused, and SheetErrors where its input has faults.
    """
    expected = parse(expect) if expect is not None else None
    with summary.ProgressLine(lang) as progress:
        book = progress.open(file)
        lang = progress.lang
        found = verified(book, progress, remake=remake, expected=expected, all_analyses=all_analyses)
    if as_json:
        if isinstance(found, Verdict):
            remarks, result = verdicts.remarks(found), copies_json.of_verdict(found)
        else:
            remarks, result = standings.remarks(found, file), copies_json.of_standing(found)
        envelope.show("verify", ok=found.ok, lang=lang, file=file, findings=remarks, result=result)
    else:
        print("\n".join(told(found, file, Lists(lang))))
    return 0 if found.ok else 1


def verified(
    book: FileBook,
    progress: Progress,
    *,
    remake: Remake | None,
    expected: Fingerprint | None = None,
    all_analyses: bool = False,
) -> Verdict | VerdictWithoutRaw:
    """What is found of a workbook; of one without raw data, what can be told of it."""
    if any(map(schema.is_result, book.tables())) and not any(map(schema.is_data, book.tables())):
        return without_raw.verify(book, expected)
    progress(recalculate.COMPUTING)
    return verdict_on(book, remake=remake, expected=expected, all_analyses=all_analyses)


def told(found: Verdict | VerdictWithoutRaw, file: Path, lists: Lists) -> Iterable[str]:
    """What was found, a line each."""
    return verdicts.lines(found, file, lists) if isinstance(found, Verdict) else standings.lines(found, file, lists)
