"""How a command is parsed, in the reader's language; what is typed wrongly is an error of ours."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from ..errors import BdIndexError
from ..language import Lang, Text, same
from .argparse_texts import ChineseHelp, in_chinese

_FAULT = Text("命令有误：{message}。运行 {prog} --help 查看用法。", "{message}. Run {prog} --help for usage.")
_SUGGESTED = Text("；相近的是 {suggestion}", "; the nearest is {suggestion}")
_TWICE = Text("只能给出一次，实有两次", "expected once, found twice")
_HELP = Text("显示帮助并退出", "show this help and exit")
_FILE = Text("工作簿（.xlsm 或 .xlsx）", "the workbook (.xlsm or .xlsx)")
_OUTPUT = Text("结果写入该文件，原文件不变", "write to this file and leave the original as it is")
_FORCE = Text(
    "输出文件已存在且不是同类文件时仍覆盖（保留备份）", "replace an output file of another kind, too (a backup is kept)"
)


class UsageFault(BdIndexError):
    """A command that is typed wrongly."""

    rule = "usage"


class _Once(argparse.Action):
    """An option with a value that is given once: of two the last would stand, and the first be passed over."""

    def __call__(self, parser: Any, namespace: argparse.Namespace, values: Any, option: str | None = None) -> None:
        given = namespace.__dict__.setdefault("_given", set())
        if option is not None and self.dest in given:
            raise argparse.ArgumentError(self, _TWICE[parser.lang])
        given.add(self.dest)
        setattr(namespace, self.dest, values)


class Parser(argparse.ArgumentParser):
    """argparse in one language. `more` makes what --help says below the options, when it is asked for."""

    def __init__(self, *, lang: Lang, more: Callable[[Lang], str] | None = None, **options: Any) -> None:
        self.lang, self._more = lang, more
        help_of = {"zh": ChineseHelp, "en": argparse.RawDescriptionHelpFormatter}
        super().__init__(add_help=False, formatter_class=help_of[lang], **options)
        for group in self._action_groups:
            group.title = self._spoken(group.title or "")
        self.register("action", None, _Once)
        self.option("-h", "--help", words=_HELP, action="help")

    def option(self, *names: str, words: Text, **given: Any) -> None:
        """An argument of that name, or an option, with what --help says of it."""
        self.add_argument(*names, help=words[self.lang], **given)

    def flag(self, *names: str, words: Text) -> None:
        """An option without a value."""
        self.option(*names, words=words, action="store_true")

    def file(self, words: Text = _FILE, **given: Any) -> None:
        """The workbook that a command is about."""
        self.option("file", words=words, metavar="FILE", type=Path, **given)

    def output(self, words: Text = _OUTPUT) -> None:
        """Where a command writes to, and whether it may replace what is there."""
        self.option("-o", "--output", words=words, metavar="OUT", type=Path)
        self.flag("--force", words=_FORCE)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        found, rest = self.parse_known_args(args, namespace)
        if rest:
            self._unknown(found, rest)
        return found

    def format_help(self) -> str:
        self.epilog = self._more(self.lang) if self._more else None
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        raise UsageFault(_FAULT.format(message=same(self._spoken(message)), prog=self.prog))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        try:
            super()._check_value(action, value)
        except argparse.ArgumentError as fault:
            fault.message = self._spoken(fault.message) + self._suggestion(str(value), map(str, action.choices or ()))
            raise

    def _unknown(self, found: argparse.Namespace, rest: Sequence[str]) -> NoReturn:
        command = subparsers(self).get(getattr(found, "command", None) or "", self)
        known = [option for action in command._actions for option in action.option_strings]
        message = self._spoken(f"unrecognized arguments: {' '.join(rest)}")
        command.error(message + self._suggestion(rest[0].partition("=")[0], known))

    def _spoken(self, message: str) -> str:
        """What argparse says, in the reader's language."""
        return in_chinese(message) if self.lang == "zh" else message

    def _suggestion(self, typed: str, known: Iterable[str]) -> str:
        from ..model.typed import nearest

        near = nearest(typed, known, 1)
        return _SUGGESTED.format(suggestion=near[0])[self.lang] if near else ""


def subparsers(parser: argparse.ArgumentParser) -> dict[str, Parser]:
    """The parser of each command."""
    found = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return next((dict(action.choices) for action in found), {})
