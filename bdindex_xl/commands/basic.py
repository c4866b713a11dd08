"""What each command does: opens, calls, saves, tells. Texts for the terminal stand in `summary`."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path

from ..errors import FileRefused, SheetErrors
from ..hosts import files
from ..language import Lang, Text
from ..sheets import folder, schema
from ..sheets.contents import Contents
from ..tasks import recalculate
from . import summary


def _new(options: argparse.Namespace, lang: Lang) -> int:
    settings = dict(folder.parse_setting(text) for text in options.settings)
    files.check_name(options.file, files.XLSM)
    with summary.Progress(options.lang or lang) as progress, files.locked(options.file, progress):
        if options.file.is_file() and not options.force:
            raise FileRefused(_EXISTS.format(file=options.file), rule="file exists", file=options.file)
        files.check_writable(options.file)
        year = dt.date.today().year
        if options.folder is None:
            contents = folder.sample(options.lang or "zh", settings)
        else:
            for file in options.folder.glob("*.*"):
                if file.suffix.casefold() == ".csv":
                    files.refuse_device(file)
            contents = folder.from_folder(options.folder, options.lang or "zh", settings, year=year)
        data, errors = _made(contents, progress, now=dt.datetime.now().replace(microsecond=0))
        backup = files.replace(options.file, data)
    sheet = schema.CHECK[contents.lang]
    summary.tell_made(
        "new", options.file, backup, errors, contents.lang, as_json=options.json, sheet=sheet, read=contents.findings
    )
    return 0


_EXISTS = Text(
    "{file} 已存在；请换一个名称，或加 --force", "{file} exists already; choose another name, or add --force"
)


def _made(
    contents: Contents, progress: recalculate.Progress, now: dt.datetime | None
) -> tuple[bytes, SheetErrors | None]:
    """A new workbook, its results calculated; with the faults of its data, which its data check sheet then lists."""
    from ..workbook import make

    progress(summary.MAKING)
    book = files.FileBook.from_bytes(make(contents))
    try:
        recalculate.recalculate(book, now=now, progress=progress, supplied=now is None)
    except SheetErrors as errors:
        return book.to_bytes(), errors
    book.trust_values()  # the examples' values were computed from these data
    return book.to_bytes(), None


def _recalculate(options: argparse.Namespace, lang: Lang) -> int:
    target = options.output or options.file
    with summary.Progress(lang, options.file) as progress, files.locked(target, progress):
        book = progress.open(options.file)
        files.check_target(book, options.output, options.file, force=options.force)
        sheet = book.tables().get(schema.TABLE_CHECK)
        try:
            outcome = recalculate.recalculate(book, now=dt.datetime.now(), progress=progress)
        except SheetErrors as errors:
            errors.listed_in, errors.sheet = target, sheet
            errors.backup = book.save(target) if sheet else None
            raise
        backup = book.save(target)
    summary.tell_results(outcome, target, backup, progress.lang, as_json=options.json, sheet=sheet)
    return 0


def _check(options: argparse.Namespace, lang: Lang) -> int:
    with summary.Progress(lang) as progress:
        outcome = recalculate.check(progress.open(options.file), progress)
    summary.tell_checked(outcome, options.file, progress.lang, as_json=options.json)
    return 0


def _verify(options: argparse.Namespace, lang: Lang) -> int:
    from ..share.twin import remade
    from . import verify_diff as tell

    return tell.verify(
        options.file,
        remake=remade,
        expect=options.expect,
        all_analyses=options.analyses,
        as_json=options.json,
        lang=lang,
    )


def _diff(options: argparse.Namespace, lang: Lang) -> int:
    from . import verify_diff as tell

    return tell.diff(options.old, options.new, show_all=options.all, as_json=options.json, lang=lang)


def _merge(options: argparse.Namespace, lang: Lang) -> int:
    from . import merge as tell_merge

    return tell_merge.merge(
        options.file,
        options.returned,
        prefer=options.prefer,
        target=options.output,
        force=options.force,
        as_json=options.json,
        lang=lang,
    )


def _share(options: argparse.Namespace, lang: Lang) -> int:
    from ..share.twin import Wanted
    from . import share as command

    wanted = Wanted(
        values=options.values,
        only=schema.ranking_key(options.only) if options.only else None,
        no_raw=options.no_raw,
        keep_comments=not options.no_comments,
        keep_hidden=options.keep_hidden,
    )
    mail = command.Mail(
        tuple(options.to), tuple(options.cc), options.subject, options.body, draft=options.draft, send=options.send
    )
    return command.share(
        options.file,
        options.output,
        wanted,
        mail,
        as_pdf=options.pdf,
        force=options.force,
        as_json=options.json,
        lang=lang,
    )


def _robustness(options: argparse.Namespace, lang: Lang) -> int:
    from . import robustness

    return robustness.robustness(options, lang)


def _audit(options: argparse.Namespace, lang: Lang) -> int:
    from . import audit

    return audit.audit(options.file, options.output, force=options.force, as_json=options.json, lang=lang)


def _explain(options: argparse.Namespace, lang: Lang) -> int:
    from . import explain as explanation

    return explanation.explain(
        options.file,
        options.output,
        options.unit,
        options.year,
        force=options.force,
        as_json=options.json,
        lang=lang,
    )


def _refuse_others(file: Path | None) -> None:
    """Refuse a file that is no workbook of ours, as commands do that read one. Raises FileRefused."""
    if file is not None:
        files.open_book(file)


def _doctor(options: argparse.Namespace, lang: Lang) -> int:
    from ..workbook import macros
    from . import setup as command

    _refuse_others(options.file)
    return command.doctor(
        options.file,
        fix=options.fix,
        as_json=options.json,
        lang=lang,
        fresh_project=lambda names: macros.project_for(names.workbook, names.sheets),
    )


def _install(options: argparse.Namespace, lang: Lang) -> int:
    from . import setup as command

    _refuse_others(options.file)
    return command.install(options.file, force=options.force, as_json=options.json, lang=lang)


def _uninstall(options: argparse.Namespace, lang: Lang) -> int:
    from . import setup as command

    return command.uninstall(as_json=options.json, lang=lang)


def _build(options: argparse.Namespace, lang: Lang) -> int:
    target = options.output or Path("workbook") / "BigDataIndex.xlsm"
    if not target.parent.is_dir():
        text = Text(
            "应在项目文件夹中运行，或用 -o 指定文件；没有文件夹“{folder}”",
            "run it in the project's folder, or name the file with -o; there is no folder “{folder}”",
        )
        raise FileRefused(text.format(folder=target.parent))
    files.check_name(target, files.XLSM)
    if options.output is not None:  # its own place holds nothing but what was made there
        files.check_replaceable(target, force=options.force)
    from ..workbook import macros
    from ..workbook.wrappers import wrappers

    macros.renew(wrappers())
    with summary.Progress(lang) as progress:
        data, errors = _made(folder.sample("zh", {}), progress, now=None)
    if errors:
        raise errors
    backup = files.replace(target, data, backup=options.output is not None)
    summary.tell_made("build", target, backup, None, lang, as_json=options.json)
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace, Lang], int]] = {
    "new": _new,
    "recalculate": _recalculate,
    "check": _check,
    "share": _share,
    "verify": _verify,
    "diff": _diff,
    "merge": _merge,
    "robustness": _robustness,
    "audit": _audit,
    "explain": _explain,
    "doctor": _doctor,
    "install": _install,
    "uninstall": _uninstall,
    "build": _build,
}
