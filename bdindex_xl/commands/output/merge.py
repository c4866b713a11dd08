"""The command `merge`: opens, takes, saves, and tells a person or a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ...copies import copies_texts as texts
from ...copies.merge import Prefer, is_blank
from ...copies.merge import merge as merge_into
from ...copies.merged import Conflict, Merged, NotTaken, Taken
from ...errors import Severity
from ...hosts import files
from ...language import Lang, Text, joined
from . import copies_json, envelope, summary
from .envelope import Remark
from .sentences import Lists, shown


def merge(
    file: Path,
    returned: Sequence[Path],
    *,
    prefer: Prefer,
    target: Path | None,
    force: bool = False,
    as_json: bool,
    lang: Lang,
) -> int:
    """Take what copies have filled in; 0 where nothing is left to decide, else 1 (and the rest is taken all the same).

    Raises FileRefused, and SheetErrors where the units cannot be read or something is in the way of new rows.
    """
    with summary.to_write(file, target, lang, force=force) as (progress, book):
        lang = progress.lang
        copies = []
        for copy in returned:
            progress(texts.READING.format(file=copy.name))
            copies.append((copy.name, files.open_book(copy, ours=False)))
        merged = merge_into(book, file.name, copies, prefer)
        backup = book.save(target or file) if merged.changed or target is not None else None
    where = target or file
    if as_json:
        found, result = _undecided(merged), copies_json.of_merged(merged) | {"backup": backup}
        envelope.show("merge", ok=merged.settled, lang=lang, file=where, findings=found, result=result)
    else:
        print("\n".join(_of_merged(merged, where, backup, lang, prefer=prefer, copied=target is not None)))
    return 0 if merged.settled else 1


def _undecided(merged: Merged) -> Iterable[Remark]:
    """What a reader has still to decide, as findings; and what a preference has decided, as notes."""
    between = _between_copies(merged.conflicts)
    told = {some[0].main.place for some in between}
    for some in between:
        yield Remark(Severity.FAULT, "copies contradict", _contradiction(some), some[0].main.sheet, some[0].main.cell)
    for one in (conflict for conflict in merged.conflicts if conflict.main.place not in told):
        severity = Severity.FAULT if one.taken == "none" or one.formula else Severity.NOTE
        yield Remark(severity, "conflict", _conflict(one), one.main.sheet, one.main.cell)
    for left in merged.left:
        severity = Severity.WARNING if left.kind == "elsewhere" else Severity.FAULT
        yield Remark(severity, f"not taken: {left.kind}", _left(left), left.at.sheet, left.at.cell)


def _of_merged(
    merged: Merged, file: Path, backup: Path | None, lang: Lang, *, prefer: Prefer, copied: bool
) -> Iterable[str]:
    """What was taken and from whom, what contradicts and what can be done about it, and where it all is."""
    lists = Lists(lang)
    if merged.taken:
        yield texts.TAKEN.format(n=len(merged.taken), rows=merged.rows_added)[lang]
        yield "  " + _by_file(merged)[lang]
        yield from lists.of(merged.taken, _taken)
    between, others = _between_copies(merged.conflicts), []
    if merged.conflicts:
        told = {conflict.main.place for some in between for conflict in some}
        others = [conflict for conflict in merged.conflicts if conflict.main.place not in told]
        yield texts.CONFLICTS.format(n=len(between) + len(others))[lang]
        yield from lists.of([*map(_contradiction, between), *map(_conflict, others)], lambda text: text)
    if prefer is None and any(conflict.taken == "none" for conflict in others):
        yield texts.PREFER[lang]
    if between:
        yield texts.PREFER_NEITHER[lang]
    elsewhere = [left for left in merged.left if left.kind == "elsewhere"]
    in_data = [left for left in merged.left if left.kind != "elsewhere"]
    for some, heading in ((in_data, texts.LEFT), (elsewhere, texts.ELSEWHERE)):
        if some:
            yield heading.format(n=len(some))[lang]
            yield from lists.of(some, _left)
    unchanged = texts.NOTHING_COPIED if copied else texts.NOTHING_TAKEN
    yield (texts.WRITTEN if merged.changed else unchanged).format(file=file)[lang]
    if backup:
        yield texts.BACKUP.format(file=backup)[lang]


def _by_file(merged: Merged) -> Text:
    """How many cells each returned copy gave."""
    counts = Counter(done.returned.file for done in merged.taken)
    return joined([texts.FROM.format(file=file, n=n) for file, n in counts.items()], zh="，", en=", ")


def _between_copies(conflicts: Iterable[Conflict]) -> list[list[Conflict]]:
    """Values of several copies for a cell that is blank in the main workbook, cell by cell."""
    cells: dict[str, list[Conflict]] = {}
    for conflict in conflicts:
        if conflict.taken == "none" and not conflict.formula:
            cells.setdefault(conflict.main.place, []).append(conflict)
    return [some for some in cells.values() if len(some) > 1 and is_blank(some[0].main.value)]


def _contradiction(some: Sequence[Conflict]) -> Text:
    values = [texts.IN_COPY.format(value=shown(one.returned.value), file=one.returned.file) for one in some]
    return texts.BETWEEN.format(**_row(some[0]), values=joined(values, zh="，", en=", "))


def _row(done: Taken | Conflict) -> dict[str, Any]:
    return {"place": done.main.place, "unit": done.unit, "year": done.year, "column": done.column}


def _taken(done: Taken) -> Text:
    return texts.TAKEN_CELL.format(**_row(done), value=shown(done.returned.value), file=done.returned.file)


def _conflict(done: Conflict) -> Text:
    values = {"main": shown(done.main.value), "returned": shown(done.returned.value), "file": done.returned.file}
    return texts.CONFLICT.format(**_row(done), **values, done=texts.DONE["formula" if done.formula else done.taken])


def _left(left: NotTaken) -> Text:
    return texts.LEFT_CELL.format(
        file=left.at.file, place=left.at.place, what=left.what, value=shown(left.at.value), why=texts.WHY[left.kind]
    )
