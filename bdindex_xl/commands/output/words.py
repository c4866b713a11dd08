"""The command `words`: reads texts, finds words, saves, and tells a person or a program."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from ...errors import FileRefused, Finding
from ...hosts.files import FileBook
from ...language import Lang, Text, joined
from ...model.hot_words import HotWord
from ...sheets import schema, words_table
from ...system.packages import is_there
from ...tasks import written
from .analysis import analysed, recorded, told
from .summary import ProgressLine

_NEEDED = ("duckdb", "rjieba")
_TOLD_YEARS, _TOLD_WORDS = 5, 8

_MISSING = Text(
    "寻找热词需要 {packages}，请安装带 collect 选项的本程序：在程序文件夹中运行 pip install '.[collect]'。",
    "finding hot words needs {packages}: install the program with its extra “collect”, by pip install '.[collect]' in "
    "the folder of the program.",
)
_NO_TABLE = Text(
    "应有热词表 {table}，此工作簿中没有：请用含 words.csv（词表）的文件夹运行 bdindex new 新建工作簿",
    "expected a table {table} for hot words, found none: make the workbook by bdindex new, with words.csv, a word "
    "list, in its folder",
)
_READING = Text("读取文本", "reading texts")
_COUNTED = Text(
    "{n} 篇文本（日期列“{date}”，文本列{texts}）", "{n} {n:text|texts} (dates in “{date}”, texts in {texts})"
)
_WITHOUT = Text(
    "未计入：{undated} 条没有年份，{blank} 条没有文本", "passed over: {undated} without a year, {blank} without a text"
)
_QUOTED = Text("“{one}”", "“{one}”")
_LEGEND = Text("各年热词：篇数（突出程度）", "Words of each year: texts (z)")
_YEAR = Text("{year}：{words}", "{year}: {words}")


@dataclass(frozen=True, eq=False)
class _Done:
    """What was found, and in what."""

    words: tuple[HotWord, ...]
    n_texts: int
    without_year: int
    blank: int
    fields: tuple[str, ...]
    findings: tuple[Finding, ...]


def words(options: argparse.Namespace, lang: Lang) -> int:
    """Find the hot words of a file of texts and write them. Raises FileRefused and SheetErrors."""
    missing = [name for name in _NEEDED if not is_there(name)]
    if missing:
        raise FileRefused(_MISSING.format(packages=", ".join(missing)), rule="package missing")

    def work(book: FileBook, progress: ProgressLine) -> _Done:
        return _found(book, options, progress)

    done = analysed(options.file, options.output, work, force=options.force, lang=lang)
    if options.json:
        recorded("words", done, _record(done.found), ())
    else:
        told(done, _lines(done.found, done.lang), ())
    return 0


def _found(book: FileBook, options: argparse.Namespace, progress: ProgressLine) -> _Done:
    from ...microdata.words.finding import find, lists_of
    from ...microdata.words.texts import read_texts

    if schema.WORDS.table not in book.tables():
        raise FileRefused(_NO_TABLE.format(table=schema.WORDS.table), rule="result table missing")
    lists = lists_of(book)
    progress(_READING)
    findings: list[Finding] = []
    columns = [part for part in re.split(r"\s*[,，、]\s*", options.text or "") if part]
    texts = read_texts(options.source, date=options.date, columns=columns, tell=findings.append)
    found = find(texts, lists, progress)
    time, n = f"{dt.datetime.now():%Y-%m-%d %H:%M}", f"{len(texts.texts):,}"
    origin = schema.WORDS_FROM.format(time=time, file=options.source.name, n=n)
    results = words_table.results(found, progress.lang, origin)
    written.write(book, results.tables, results.cells)
    return _Done(found, len(texts.texts), texts.without_year, texts.blank, texts.fields, tuple(findings))


def _lines(done: _Done, lang: Lang) -> Iterator[str]:
    date, *texts = done.fields
    yield _COUNTED.format(n=f"{done.n_texts:,}", date=date, texts=joined([_QUOTED.format(one=one) for one in texts]))[
        lang
    ]
    if done.without_year or done.blank:
        yield _WITHOUT.format(undated=done.without_year, blank=done.blank)[lang]
    yield from (finding.text(lang) for finding in done.findings)
    yield _LEGEND[lang]
    for year in sorted({one.year for one in done.words}, reverse=True)[:_TOLD_YEARS]:
        some = [one for one in done.words if one.year == year][:_TOLD_WORDS]
        yield _YEAR.format(year=year, words=_enumerated(some, lang))[lang]


def _enumerated(words: Iterable[HotWord], lang: Lang) -> str:
    said = (f"{one.word} {one.documents}" + ("" if one.z is None else f" ({one.z:.1f})") for one in words)
    return {"zh": "、", "en": ", "}[lang].join(said)


def _record(done: _Done) -> dict[str, Any]:
    return {
        "texts": done.n_texts,
        "without_year": done.without_year,
        "blank": done.blank,
        "columns": list(done.fields),
        "words": [asdict(one) for one in done.words],
    }
