"""The command `audit`: looks over, saves, and tells a person or a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ...analysis.audited import Audit, Flag, Rule
from ...errors import Severity
from ...hosts.files import FileBook
from ...language import Lang, Text
from ...sheets import schema
from ...sheets.inputs import Ranking
from ...tasks import audit as audits
from ...tasks.audit import Audits
from .analysis import analysed, recorded, told
from .envelope import Remark
from .summary import ProgressLine

_LISTED = 6

_HEADING = Text("{ranking}（{year} 年）：{n} 条提示", "{ranking}, {year}: {n} {n:thing|things} to look at")
_CLEAN = Text("{ranking}（{year} 年）：没有需要注意的情况", "{ranking}, {year}: nothing to look at")
_FLAG = Text("{name}：{what}（{found}）", "{name}: {what} ({found})")
_ABOVE = Text("{value}，高于 {limit}", "{value}, above {limit}")
_BELOW = Text("{value}，低于 {limit}", "{value}, below {limit}")
_OWN = Text("{value}，与自身上级为 {limit}", "{value}; with its own parent {limit}")
_TIMES = Text("{value} 倍，应在 {least} 至 {limit} 倍之间", "{value} times it, expected {least} to {limit}")
_FLAGGED = Text("{ranking}（{year} 年）：{said}", "{ranking}, {year}: {said}")
_MORE = Text("  ……同类还有 {n} 条", "  … and {n} more of the kind")


def audit(file: Path, output: Path | None, *, force: bool = False, as_json: bool, lang: Lang) -> int:
    """Audit a workbook and write its sheets. Raises FileRefused and SheetErrors."""

    def work(book: FileBook, progress: ProgressLine) -> Audits:
        return audits.audit_workbook(book, progress=progress)

    done = analysed(file, output, work, force=force, lang=lang)
    if as_json:
        recorded("audit", done, _record(done.found), done.found.missing, _remarks(done.found))
    else:
        told(done, _told(done.found, done.lang), done.found.missing)
    return 0


def _told(found: Audits, lang: Lang) -> Iterable[str]:
    for ranking, one in found.audits:
        yield from _ranking(ranking, one, lang)


def _ranking(ranking: Ranking, one: Audit, lang: Lang) -> Iterable[str]:
    """What is flagged in the year shown, a few of each kind."""
    flags = [flag for flag in one.flags if flag.year == ranking.year]
    heading = {"ranking": schema.ranking_label(ranking.key), "year": ranking.year, "n": len(flags)}
    yield (_HEADING if flags else _CLEAN).format(**heading)[lang]
    names, seen = audits.names_of(ranking, one), Counter[Rule]()
    for flag in flags:
        seen[flag.rule] += 1
        if seen[flag.rule] <= _LISTED:
            yield "  " + _said(flag, names)[lang]
        elif seen[flag.rule] == sum(other.rule is flag.rule for other in flags):
            yield _MORE.format(n=seen[flag.rule] - _LISTED)[lang]
    yield ""


def _said(flag: Flag, names: dict[str, str]) -> Text:
    numbers = {"value": f"{flag.value:.2f}", "limit": f"{flag.limit:.3g}"}
    if flag.rule is Rule.IMPORTANCE:
        found = _TIMES.format(**numbers, least=f"{1 / flag.limit:.3g}")
    elif flag.rule is Rule.ELSEWHERE:
        found = _OWN.format(**numbers)
    else:
        found = (_ABOVE if flag.value > flag.limit else _BELOW).format(**numbers)
    return _FLAG.format(name=names[flag.code], what=audits.said(flag, names), found=found)


def _remarks(found: Audits) -> Iterable[Remark]:
    for ranking, one in found.audits:
        names = audits.names_of(ranking, one)
        for flag in one.flags:
            where = {"ranking": schema.ranking_label(ranking.key), "year": flag.year}
            yield Remark(Severity.NOTE, str(flag.rule), _FLAGGED.format(said=_said(flag, names), **where))


def _record(found: Audits) -> dict[str, Any]:
    return {"rankings": [{"ranking": ranking.key, "flags": list(one.flags)} for ranking, one in found.audits]}
