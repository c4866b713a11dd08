"""The command `report`: reads, computes, draws, writes each form, and tells."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from ...copies.last_run import recorded
from ...errors import FileRefused, Severity
from ...figures import outline, proposed
from ...figures.content import LeftOut
from ...figures.source import FigureSource
from ...hosts import files
from ...hosts.files import FileBook
from ...language import Lang, Text, joined, same
from ...model.figure import Figure, FigureKind
from ...report.caption import caption
from ...report.document import Document, document
from ...report.forms import FORMS, write
from ...report.profiles import each as each_profile
from ...report.profiles import write as write_profiles
from ...sheets import digest, schema
from ...sheets.cells import heading
from ...sheets.faults import Report
from ...sheets.figures import read_figures
from ...sheets.inputs import Inputs
from ...sheets.words_table import read_hot_words, read_origin
from ...tasks.recalculate import Outcome, check
from . import envelope
from .envelope import Remark
from .summary import BACKUP, ProgressLine, written

_SUFFIX = Text("_报告", "_report")
_PROFILES = Text("_画像", "_profiles")
_NUMBER = re.compile(r"(表|图|table|figure)?\s*(\S.*)", re.IGNORECASE)
_IS_TABLE = {"表": True, "table": True, "图": False, "figure": False}
_SEPARATOR = re.compile(r"\s*[,，、]\s*")


def report(options: argparse.Namespace, lang: Lang) -> int:
    """Make the report, and tell.

    Raises FileRefused and SheetErrors, before anything is written.
    """
    _none_of(options, ("ranking",), _FOR_PROFILES)
    with ProgressLine(lang) as progress:
        book = progress.open(options.file)
        lang = progress.lang
        targets = targets_of(options.file, options.output, options.to, lang)
        if options.template and not any(FORMS[path.suffix.lower()].takes_template for path in targets):
            raise FileRefused(_NO_WORD.format(found=targets[0].name), rule="form")
        for path in targets:
            FORMS[path.suffix.lower()].needed()
            files.check_replaceable(path, force=options.force)
            files.check_writable(path)
        made, remarks = drawn(book, progress, year=options.year, numbers=options.figures, top=options.top)
        backups = []
        for path in targets:
            progress(WRITING.format(name=path.name))
            data = write(made, path.suffix.lower(), template=options.template)
            backups.append(files.replace(path, data, like=options.file))
    if options.json:
        result = {"files": targets, "figures": _listed(made), "backups": [path for path in backups if path]}
        envelope.show("report", ok=True, lang=lang, file=targets[0], findings=remarks, result=result)
    else:
        print("\n".join(line for pair in zip(targets, backups, strict=True) for line in told(made, *pair, lang)))
        print("\n".join(remark.text[lang] for remark in remarks), end="\n" if remarks else "")
    return 0


def drawn(
    book: FileBook,
    progress: Callable[[Text], None],
    *,
    year: int | None = None,
    numbers: str | None = None,
    top: int | None = None,
) -> tuple[Document, list[Remark]]:
    """The report of a workbook as it stands, and what is to be known of it.

    Raises
    ------
    SheetErrors
        Where its input is at fault.
    FileRefused
        Where it has not that year or those figures.
    """
    outcome = _checked(book, progress)
    inputs = of_year(outcome.inputs, year)
    figures, words = chosen(listed(book, inputs), numbers), read_hot_words(book)
    made = document(inputs, outcome.results, figures, top=top, words=words, words_from=read_origin(book))
    return made, [*_stale(book, outcome.inputs), *_unread(outcome), *_left_out(made)]


def profiles(options: argparse.Namespace, lang: Lang) -> int:
    """Make the profiles of a ranking's units, one PDF or one file each, and tell.

    Raises FileRefused and SheetErrors, before anything is written.
    """
    _none_of(options, ("to", "figures", "top", "template"), _NOT_FOR_PROFILES)
    FORMS[".pdf"].needed()
    with ProgressLine(lang) as progress:
        book = progress.open(options.file)
        lang = progress.lang
        target = options.output or options.file.with_name(options.file.stem + _PROFILES[lang] + ".pdf")
        is_one = target.suffix.lower() == ".pdf" and not target.is_dir()
        if not is_one and ((target.exists() and not target.is_dir()) or target.suffix.lower() in FORMS):
            raise FileRefused(_NO_FOLDER.format(found=target.name), rule="form")
        if is_one:
            files.check_replaceable(target, force=options.force)
            files.check_writable(target)
        outcome = _checked(book, progress)
        inputs = of_year(outcome.inputs, options.year)
        source = FigureSource(inputs, outcome.results)
        ranking = _ranking_of(inputs, options.ranking)
        made = [(target, write_profiles(source, ranking=ranking, progress=progress))] if is_one else ()
        apart = () if is_one else each_profile(source, ranking=ranking, progress=progress)
        paths, backups = [], []
        for path, data in chain(made, ((target / f"{file_name(stem)}.pdf", data) for stem, data in apart)):
            path.parent.mkdir(parents=True, exist_ok=True)
            if not is_one:
                files.check_replaceable(path, force=options.force)
            backups.append(files.replace(path, data, like=options.file))
            paths.append(path)
        remarks = list(_stale(book, outcome.inputs))
    kept = [path for path in backups if path]
    if options.json:
        result = {"files": paths, "figures": [], "backups": kept}
        envelope.show("report", ok=True, lang=lang, file=target, findings=remarks, result=result)
        return 0
    n = len(next(one for one in inputs.rankings if one.key == ranking).panel.units)
    print(_MADE_PROFILES.format(n=n, file=target)[lang])
    print("\n".join([*(BACKUP.format(file=path)[lang] for path in kept), *(one.text[lang] for one in remarks)]), end="")
    return 0


def _none_of(options: argparse.Namespace, names: Sequence[str], why: Text) -> None:
    """Raises FileRefused where one of these is given, which would do nothing."""
    given = [f"--{name}" for name in names if getattr(options, name) is not None]
    if given:
        raise FileRefused(why.format(given=joined([same(one) for one in given])), rule="usage")


def _checked(book: FileBook, progress: Callable[[Text], None]) -> Outcome:
    """The results, computed from what is entered. Raises FileRefused for a copy without it, SheetErrors for faults."""
    if schema.SETTINGS.table in book.tables() and not any(map(schema.is_data, book.tables())):
        raise FileRefused(_NO_RAW, rule="no raw data")
    return check(book, progress)


def _ranking_of(inputs: Inputs, asked: str | None) -> str:
    """The key of the ranking that is asked for, else of the last one. Raises FileRefused."""
    keys = [one.key for one in inputs.rankings]
    key = keys[-1] if asked is None else schema.ranking_key(asked)
    if key not in keys:
        labels = joined([schema.ranking_label(one) for one in keys])
        raise FileRefused(_NO_RANKING.format(known=labels, found=asked), rule="ranking unknown")
    return key


def file_name(stem: str) -> str:
    """A name that every system takes for a file, of 200 bytes at most.

    >>> file_name('001 A/B: "c"?. ')
    '001 A_B_ _c__'
    """
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", stem).strip(" .")[:120]
    return name.encode()[:200].decode(errors="ignore").rstrip(" .")


def told(made: Document, path: Path, backup: Path | None, lang: Lang) -> list[str]:
    """Where a report is, and what was there before."""
    return written(path, backup, lang, _MADE.format(file="{file}", n=len(made.figures)))


def targets_of(file: Path, output: Path | None, forms: str | None, lang: Lang) -> list[Path]:
    """Where each form goes. Raises FileRefused for a form that there is none of."""
    if forms is None:
        target = output or file.with_name(file.stem + _SUFFIX[lang] + ".xlsx")
        suffixes = [target.suffix.lower()]
    else:
        suffixes = ["." + form.strip(" .").lower() for form in _SEPARATOR.split(forms) if form.strip()]
        target = output or file.with_name(file.stem + _SUFFIX[lang])
    unknown = [suffix for suffix in suffixes if suffix not in FORMS]
    if unknown or not suffixes:
        known = ", ".join(form.removeprefix(".") for form in FORMS)
        raise FileRefused(
            _NO_FORM.format(known=known, found=(unknown or ["∅"])[0].removeprefix(".") or "∅"), rule="form"
        )
    stem = target.with_suffix("") if target.suffix.lower() in FORMS else target
    targets = [target] if forms is None else [stem.with_name(stem.name + suffix) for suffix in dict.fromkeys(suffixes)]
    if any(path.resolve() == file.resolve() for path in targets):
        raise FileRefused(_SAME_FILE, rule="same file")
    return targets


def of_year(inputs: Inputs, year: int | None) -> Inputs:
    """The inputs with another year shown. Raises FileRefused where no ranking has it."""
    if year is None:
        return inputs
    if not any(year in ranking.panel.years for ranking in inputs.rankings):
        years = sorted({one for ranking in inputs.rankings for one in ranking.panel.years})
        raise FileRefused(_NO_YEAR.format(years=joined([same(str(one)) for one in years]), found=year), rule="year")
    rankings = (replace(one, year=year) if year in one.panel.years else one for one in inputs.rankings)
    return replace(inputs, rankings=tuple(rankings))


def listed(book: FileBook, inputs: Inputs) -> tuple[Figure, ...]:
    """The figures that a workbook lists; a set that suits its framework where it has no list."""
    found = read_figures(book, inputs, Report())
    return proposed.figures(outline.of_inputs(inputs)) if found is None else found


def chosen(figures: Sequence[Figure], numbers: str | None) -> list[Figure]:
    """Figures of these numbers; all where None; “2-1” is both figure and table. Raises FileRefused for others."""
    if numbers is None:
        return list(figures)
    found: list[Figure] = []
    for text in filter(None, _SEPARATOR.split(numbers.strip())):
        parts = _NUMBER.fullmatch(text)
        is_table = _IS_TABLE.get((parts[1] or "").lower()) if parts else None
        number = parts[2] if parts else text
        those = [
            figure
            for figure in figures
            if _alike(figure.number) == _alike(number) and is_table in (None, figure.kind is FigureKind.RANK_TABLE)
        ]
        if not those:
            known = joined([same(one) for one in dict.fromkeys(figure.number for figure in figures)])
            raise FileRefused(_NO_FIGURE.format(known=known, found=text), rule="figure unknown")
        found += [figure for figure in those if figure not in found]
    if not found:
        raise FileRefused(_NO_NUMBERS, rule="figure unknown")
    return [figure for figure in figures if figure in found]


def _stale(book: FileBook, inputs: Inputs) -> Iterable[Remark]:
    """Where the result sheets are of other data than the report."""
    last = recorded(book)
    if last is not None and last.comparable and not digest.same(last.digest, inputs.digest()):
        yield Remark(Severity.WARNING, "results older", _STALE)


def _alike(number: str) -> str:
    """A figure's number for comparison: no matter in what width it is typed, and with which dash."""
    return re.sub("[–—−]", "-", heading(number))


def _unread(outcome: Outcome) -> Iterable[Remark]:
    """Rows of the list of figures that tell of no figure that there could be a note in the place of."""
    for one in outcome.findings:
        if one.kind in ("figure kind", "figure number blank", "figure twice", "figure count"):
            yield Remark(one.severity, one.kind, Text(one.text("zh"), one.text("en")), one.sheet, one.cell)


def _left_out(made: Document) -> Iterable[Remark]:
    for figure in made.figures:
        if isinstance(figure, LeftOut):
            named = Text(caption(figure, "zh"), caption(figure, "en"))
            yield Remark(Severity.NOTE, "figure left out", _LEFT_OUT.format(caption=named, why=figure.why))


def _listed(made: Document) -> list[dict[str, object]]:
    return [
        {
            "number": one.figure.number,
            "kind": str(one.figure.kind),
            "title": one.title,
            "facts": () if isinstance(one, LeftOut) else one.facts,
            "left_out": one.why if isinstance(one, LeftOut) else None,
        }
        for one in made.figures
    ]


WRITING = Text("生成 {name}", "writing {name}")
_MADE = Text("已生成报告（图表 {n} 个）：{file}", "Report with {n} {n:figure|figures}: {file}")
_NO_FOLDER = Text(
    "画像应存为 .pdf 文件或存入文件夹，实为“{found}”", "profiles: expected a .pdf file or a folder, found “{found}”"
)
_MADE_PROFILES = Text("已生成 {n} 个地区的画像：{file}", "Profiles of {n} {n:unit|units}: {file}")
_NO_RANKING = Text("榜单应为 {known} 之一，实为“{found}”", "expected a ranking, one of {known}, found “{found}”")
_FOR_PROFILES = Text("{given} 只用于画像（--profiles）", "{given} is for profiles (--profiles) alone")
_NOT_FOR_PROFILES = Text("画像（--profiles）不用 {given}", "profiles (--profiles) take no {given}")
_NO_FORM = Text("报告的形式应为 {known} 之一，实为“{found}”", "expected a report as one of {known}, found “{found}”")
_SAME_FILE = Text(
    "报告不能写在工作簿自身上，请换一个名称", "a report cannot replace its own workbook: choose another name"
)
_NO_WORD = Text("模板用于 .docx 的报告，实为“{found}”", "a template is for a report as .docx, found “{found}”")
_NO_NUMBERS = Text("应为图表的编号，如 2-1,3-4，实为空白", "expected numbers of figures, such as 2-1,3-4, found none")
_NO_RAW = Text(
    "这个副本不含原始数据，而报告由原始数据算出；请用含原始数据的工作簿或副本。",
    "this copy has no raw data, from which a report is computed: use a workbook or a copy that has them.",
)
_NO_YEAR = Text("年份应为数据中的年份（{years}），实为 {found}", "expected a year of the data ({years}), found {found}")
_NO_FIGURE = Text(
    "图表应为工作簿所列的编号（{known}），实为“{found}”",
    "expected the number of a listed figure ({known}), found “{found}”",
)
_STALE = Text(
    "注意：结果表是按另外的数据或设置计算的；报告按现有数据重新计算，两者不同。请先重新计算。",
    "Note: the result sheets are of other data or settings than the report, which was computed from what is entered "
    "now. Recalculate first.",
)
_LEFT_OUT = Text("{caption}：{why}", "{caption}: {why}")
