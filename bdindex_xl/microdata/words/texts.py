"""Texts and their years from a file of records: columns of any names, told from what they hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...core.arrays import Counts
from ...errors import FileRefused, Finding
from ...language import Text, joined, same
from ...model.collecting import RecordSource, SourceKind
from ...model.records import suggested
from ..sources.opening import opened
from ..sources.queries import connected, files_of, name_of
from ..sources.source_files import SUFFIXES
from ..tables import FieldKind, RecordTable
from ..temporary import temporary_folder

_DATES = ("date", "year", "日期", "发布日期", "印发日期", "成文日期", "发文日期", "时间", "年份")
_TEXTS = ("title", "text", "content", "标题", "题名", "名称", "正文", "内容", "文本")
_YEAR = r"^\D*((?:19|20)[0-9]{2})"  # of a date that is a text, such as 2023年下半年
_TABLE = "texts"  # what the one table is called


@dataclass(frozen=True, eq=False)
class YearlyTexts:
    """Texts with the year of each.

    Parameters
    ----------
    texts, years
        As many of the one as of the other.
    without_year, blank
        How many records were passed over: those without a year, and others without a text.
    fields
        The column of dates, then those of texts.
    """

    texts: tuple[str, ...]
    years: Counts
    without_year: int
    blank: int
    fields: tuple[str, ...]


def read_texts(
    path: Path, *, date: str | None = None, columns: Sequence[str] = (), tell: Callable[[Finding], object] | None = None
) -> YearlyTexts:
    """The texts of a file or a folder of files.

    Parameters
    ----------
    path
        CSV, Excel, Parquet, or a folder of them.
    date
        The column of dates or years; None for one that is called so.
    columns
        Columns of texts; none for all that are called so.
    tell
        Told of warnings and notes about the files.

    Raises
    ------
    FileRefused
        Where such a column is not there, or no record has both.
    SheetErrors
        Faults of a file, each with its line or cell.
    """
    with temporary_folder() as folder:
        source = RecordSource(_TABLE, _kind_of(path), str(path.absolute()))
        table = opened([source], path.absolute().parent, folder, tell=tell)[_TABLE]
        dates = _date_of(table.fields, date)
        texts = _texts_of(table.fields, columns, dates)
        rows = _rows(table, dates, texts, folder)
    dated = [(year, text) for year, text in rows if year is not None]
    found = [(year, text) for year, text in dated if text.strip()]
    if not found:
        raise FileRefused(_NONE.format(date=dates, texts=_listed(texts)), rule="no texts")
    years = np.array([year for year, _ in found], dtype=np.int64)
    return YearlyTexts(
        tuple(text for _, text in found), years, len(rows) - len(dated), len(dated) - len(found), (dates, *texts)
    )


def _kind_of(path: Path) -> SourceKind:
    """By the suffix; of a folder, that of the first file in it which is known."""
    inside = sorted(path.iterdir()) if path.is_dir() else []
    names = [one.name.casefold() for one in (inside or [path])]
    kinds = (kind for name in names for kind, suffixes in SUFFIXES.items() if name.endswith(suffixes))
    return next(kinds, SourceKind.CSV)


def _date_of(fields: Mapping[str, FieldKind], asked: str | None) -> str:
    if asked is not None:
        return _known(fields, asked)
    dates = [field for field, kind in fields.items() if kind is FieldKind.DATE]
    named = [field for field in fields if field.casefold() in _DATES]
    found = [*(field for field in dates if field in named), *named, *(dates if len(dates) == 1 else ())]
    if found:
        return str(found[0])
    raise FileRefused(_NO_DATE.format(found=_listed(fields)), rule="no dates")


def _texts_of(fields: Mapping[str, FieldKind], asked: Sequence[str], dates: str) -> tuple[str, ...]:
    if asked:
        return tuple(dict.fromkeys(_known(fields, one) for one in asked))
    found = tuple(field for field in fields if field.casefold() in _TEXTS and field != dates)
    if not found:
        raise FileRefused(_NO_TEXT.format(found=_listed(fields)), rule="no texts")
    return found


def _known(fields: Mapping[str, FieldKind], asked: str) -> str:
    found = [field for field in fields if field.casefold() == asked.casefold()]
    if not found:
        raise FileRefused(
            _NO_FIELD.format(field=asked, found=_listed(fields), meant=suggested(asked, fields)), rule="no such column"
        )
    return asked if asked in fields else found[0]


def _rows(table: RecordTable, date: str, texts: Sequence[str], temporary: Path) -> list[tuple[int | None, str]]:
    """Year and text of every record, in the order of the files; texts of one record a line each."""
    year, kind = name_of(date), table.fields[date]
    if kind is FieldKind.DATE:
        year = f"year({year})"
    elif kind is FieldKind.TEXT:
        year = f"CAST(nullif(regexp_extract({year}, '{_YEAR}', 1), '') AS INTEGER)"
    else:
        year = f"CASE WHEN {year} BETWEEN 1000 AND 9999 THEN CAST(floor({year}) AS INTEGER) END"
    text = "concat_ws(chr(10), " + ", ".join(f"CAST({name_of(one)} AS VARCHAR)" for one in texts) + ")"
    files = files_of(map(Path, table.files))
    with connected(temporary) as connection:
        return connection.execute(f"SELECT {year}, {text} FROM read_parquet({files})").fetchall()


def _listed(fields: Sequence[str] | Mapping[str, FieldKind]) -> Text:
    return joined([same(field) for field in fields])


_NO_DATE = Text(
    "应有日期或年份列，实有的列是：{found}。请用 --date 指明",
    "expected a column of dates or years, found the columns {found}; name it with --date",
)
_NO_TEXT = Text(
    "应有标题或正文列，实有的列是：{found}。请用 --text 指明",
    "expected a column of titles or texts, found the columns {found}; name it with --text",
)
_NO_FIELD = Text("应有“{field}”列，实有的列是：{found}{meant}", "expected a column “{field}”, found {found}{meant}")
_NONE = Text(
    "没有一条记录同时有年份（{date}）和文本（{texts}）", "no record has both a year ({date}) and a text ({texts})"
)
