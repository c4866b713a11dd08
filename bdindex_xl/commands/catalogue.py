"""All commands, each a module of that name: what it is for, what may be typed after it, and what it does."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

from .. import __version__
from ..language import Lang, Text
from .parser import Parser


class Command(Protocol):
    """A module of a command. Imports no more than typing it takes: `run` imports what doing it takes."""

    ABOUT: Text

    def add(self, command: Parser) -> None:
        """The arguments that it takes beside --json."""

    def run(self, options: argparse.Namespace, lang: Lang) -> int:
        """Do it and tell; the exit code."""


class _Commands(Mapping[str, Command]):
    """The module of each command, in this order; imported when it is asked for, since a run needs one."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def __getitem__(self, name: str) -> Command:
        if name not in self._names:
            raise KeyError(name)
        return cast(Command, import_module(f".{name.replace('-', '_')}", __package__))

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


COMMANDS = _Commands(
    "new", "recalculate", "check", "new-year", "share", "verify", "diff", "merge", "robustness", "audit", "explain",
    "scenarios", "report", "collect", "words", "doctor", "install", "uninstall", "build",
)  # fmt: skip

_ABOUT = Text(
    "工作簿里的综合指数：填写原始指标，运行一条命令，得到带排名变化的排名表。",
    "Composite indices in a workbook: fill in raw indicators, run one command, read rankings with rank changes.",
)
_VERSION = Text("显示版本并退出", "show the version and exit")
_COMMANDS = Text("命令", "commands")
_JSON = Text("以 JSON 输出结果", "print the result as JSON")


def parser(lang: Lang, given: Sequence[str] = ()) -> Parser:
    """The parser of all commands, in a language; of one alone where what is given begins with its name."""
    top = Parser(lang=lang, prog="bdindex", description=_ABOUT[lang])
    top.option("--version", words=_VERSION, action="version", version=f"bdindex {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title=_COMMANDS[lang])
    for name in given[:1] if given and given[0] in COMMANDS else COMMANDS:
        module = COMMANDS[name]
        about = module.ABOUT[lang]
        made: Parser = commands.add_parser(
            name, help=about, description=about, lang=lang, more=getattr(module, "more", None)
        )
        made.flag("--json", words=_JSON)
        module.add(made)
    return top
