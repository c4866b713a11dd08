"""The command line. The one place where errors end: 0 done, 1 input or command at fault, 3 a defect of
ours, 130 interrupted.

Imports stay light: `bdindex --help` must not wait for numpy.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from . import __version__
from .commands.catalogue import COMMANDS, parser
from .commands.parser import UsageFault
from .errors import BdIndexError, Severity, SheetErrors, missing_file
from .language import LANGUAGES, Lang, Text, joined, of_environment, same
from .system.terminal import harmless_streams
from .system.written_files import Written, recording


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    # numpy's library starts its threads as it is imported, which takes longer than all that they would do for us; what
    # is worth threads starts its own.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(100_000, 50, 50)  # what a command makes stays to its end: to look it over takes a twentieth more
    atexit.register(gc.freeze)  # and goes with the process: Python would look all of it over once more before that
    with harmless_streams() as out, recording() as written:
        lang = _asked(given) or of_environment()
        code = _run(given, lang, written)
        for remark in written.remarks:
            print(remark[written.lang or lang], file=sys.stderr)
        if out is not None:
            out.flush()
            if out.lost is not None:
                told = _OUTPUT_LOST.format(reason=out.lost.strerror or out.lost, files=_told(written))
                print(told[written.lang or lang], file=sys.stderr)
                return code or 1
        return code


def _asked(given: list[str]) -> Lang | None:
    """The language that `bdindex new` is asked for, which is then the one to answer in, misspelt options or not."""
    if given[:1] != ["new"]:
        return None
    values = [one.partition("=")[2] for one in given if one.startswith("--lang=")]
    values += [value for one, value in pairwise(given) if one == "--lang"]
    return next((lang for lang in LANGUAGES if lang in values), None)


def _run(given: list[str], lang: Lang, written: Written) -> int:
    """The one place where errors end."""
    end = _End(lang, any(one[:3] == "--j" and "--json".startswith(one) for one in given), written)
    end.command = next((one for one in given if one in COMMANDS), None)
    try:
        reader = parser(lang, given)
        options = reader.parse_args(given)
        if options.command is None:
            reader.print_help()
            return 0
        end.command, end.file = options.command, getattr(options, "file", None)
        _look(options)
        return COMMANDS[options.command].run(options, lang)
    except UsageFault as fault:
        raise SystemExit(end.refused(fault)) from None
    except BdIndexError as error:
        return end.refused(error)
    except (Exception, KeyboardInterrupt) as error:
        if _is_interrupt(error):
            return end.told("interrupted", _STOPPED.format(files=_told(written)), code=130)
        return end.told("defect", _DEFECT.format(files=_told(written), log=_write_log(given)), code=3)


def _is_interrupt(error: BaseException | None) -> bool:
    """Whether it all began with an interrupt: Python wraps one that comes while a class is made."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _look(options: argparse.Namespace) -> None:
    """Refuse files that are not there before anything heavy is imported."""
    opened = {"new": (), "diff": ("old", "new")}.get(options.command, ("file", "returned"))
    for name in opened:
        found = getattr(options, name, None) or []
        for file in found if isinstance(found, list) else [found]:
            if not file.exists():
                raise missing_file().about(file)


@dataclass(eq=False)
class _End:
    """How a command ends that does not end well: in words on the standard error stream, or in JSON."""

    given: Lang
    as_json: bool
    written: Written
    command: str | None = None
    file: Path | None = None

    @property
    def lang(self) -> Lang:
        """That of the workbook, where one was opened."""
        return self.written.lang or self.given

    def refused(self, error: BdIndexError) -> int:
        """Tell an error of the input or the command; returns the exit code."""
        lang, file = error.lang or self.lang, error.file or self.file
        before = _BEFORE.format(files=_files(self.written)) if self.written.files else None
        if self.as_json:
            from .commands.output import envelope

            found = envelope.refusal(error)
            found += (envelope.Remark(Severity.NOTE, "written before", before),) if before else ()
            envelope.show(self.command, ok=False, lang=lang, file=file, findings=found)
        elif isinstance(error, SheetErrors):
            from .commands.output import summary

            summary.tell_faults(error, error.file, lang)
        else:
            print(error.text(lang), file=sys.stderr)
            if before:
                print(before[lang], file=sys.stderr)
        return 1

    def told(self, rule: str, text: Text, *, code: int) -> int:
        """Tell an end that no message of the command describes."""
        if self.as_json:
            from .commands.output import envelope

            remark = envelope.Remark(Severity.FAULT, rule, text)
            envelope.show(self.command, ok=False, lang=self.lang, file=self.file, findings=[remark])
        else:
            print(text[self.lang], file=sys.stderr)
        return code


_STOPPED = Text("已中断；{files}。", "Stopped; {files}.")
_DEFECT = Text(
    "程序出错；{files}。详情见 {log}，请把它发给维护者。",
    "This is a defect of the program; {files}. The details are in {log}: please send them to us.",
)
_OUTPUT_LOST = Text(
    "输出未能全部显示（{reason}）；{files}。", "Not all of the output could be shown ({reason}); {files}."
)
_BEFORE = Text("在此之前已写入 {files}。", "Written before that: {files}.")
_NONE_WRITTEN = Text("文件未改动", "no file was changed")
_SOME_WRITTEN = Text("此前已写入 {files}", "written before that: {files}")


def _told(written: Written) -> Text:
    """What has been written, or that nothing has."""
    return _SOME_WRITTEN.format(files=_files(written)) if written.files else _NONE_WRITTEN


def _files(written: Written) -> Text:
    return joined([same(file) for file in written.files])


def _write_log(given: list[str]) -> str:
    """Path of the file with the traceback."""
    import traceback

    from .system import logs

    heading = f"bdindex {__version__}, Python {sys.version}\n{given}"
    try:
        return logs.write(heading, traceback.format_exc())
    except OSError as error:
        return f"— ({error.strerror})"
