"""What `verify` does, and what is read of it."""

from __future__ import annotations

from pathlib import Path

from ...copies import without_raw
from ...copies.appearance.live import Remake
from ...copies.verify import verify as verdict_on
from ...hosts.files import FileBook
from ...language import Lang
from ...sheets import schema
from ...sheets.fingerprint import Fingerprint, parse
from ...tasks import recalculate
from . import copies_json, envelope, standings, summary, verdicts


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
        if any(map(schema.is_result, book.tables())) and not any(map(schema.is_data, book.tables())):
            progress.done()
            return _verify_rankings(book, file, expected, as_json=as_json, lang=lang)
        progress(recalculate.COMPUTING)
        verdict = verdict_on(book, remake=remake, expected=expected, all_analyses=all_analyses)
    if as_json:
        found, result = verdicts.remarks(verdict), copies_json.of_verdict(verdict)
        envelope.show("verify", ok=verdict.ok, lang=lang, file=file, findings=found, result=result)
    else:
        print("\n".join(verdicts.lines(verdict, file, lang)))
    return 0 if verdict.ok else 1


def _verify_rankings(book: FileBook, file: Path, expected: Fingerprint | None, *, as_json: bool, lang: Lang) -> int:
    """Tell what can be told of a file without raw data: 0 where it is that of a fingerprint, and nothing was found."""
    found = without_raw.verify(book, expected)
    if as_json:
        remarks, result = standings.remarks(found, file), copies_json.of_standing(found)
        envelope.show("verify", ok=found.ok, lang=lang, file=file, findings=remarks, result=result)
    else:
        print("\n".join(standings.lines(found, file, lang)))
    return 0 if found.ok else 1
