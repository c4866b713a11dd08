"""The parser of all commands, in the reader's language; what is typed wrongly is an error of ours."""

from __future__ import annotations

import argparse
import functools
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from .. import __version__
from ..analysis.robustness.uncertain import LEAST_CONCENTRATION, MOST_CONCENTRATION, MOST_DRAWS, MOST_NOISE, MOST_SEED
from ..errors import BdIndexError
from ..language import LANGUAGES, Lang, Text, same
from ..model.typed import nearest
from . import values
from .argparse_texts import spoken
from .words import ABOUT, COMMANDS, WORDS

_FAULT = Text("命令有误：{message}。运行 {prog} --help 查看用法。", "{message}. Run {prog} --help for usage.")
_SUGGESTED = Text("；相近的是 {suggestion}", "; the nearest is {suggestion}")
_TWICE = Text("只能给出一次，实有两次", "expected once, found twice")
_MOST_SPREAD = 0.999  # less than 1


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
        with spoken(lang):
            super().__init__(add_help=False, formatter_class=argparse.RawDescriptionHelpFormatter, **options)
        self.register("action", None, _Once)
        self.add_argument("-h", "--help", action="help", help=WORDS["help"][lang])

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        with spoken(self.lang):
            return super().parse_known_args(args, namespace)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        found, rest = self.parse_known_args(args, namespace)
        if rest:
            self._unknown(found, rest)
        return found

    def format_usage(self) -> str:
        with spoken(self.lang):
            return super().format_usage()

    def format_help(self) -> str:
        self.epilog = self._more(self.lang) if self._more else None
        with spoken(self.lang):
            return super().format_help()

    def error(self, message: str) -> NoReturn:
        raise UsageFault(_FAULT.format(message=same(message), prog=self.prog))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        try:
            super()._check_value(action, value)
        except argparse.ArgumentError as fault:
            fault.message += self._suggestion(str(value), map(str, action.choices or ()))
            raise

    def _unknown(self, found: argparse.Namespace, rest: Sequence[str]) -> NoReturn:
        command = subparsers(self).get(getattr(found, "command", None) or "", self)
        known = [option for action in command._actions for option in action.option_strings]
        with spoken(self.lang):
            message: str = argparse._("unrecognized arguments: %s") % " ".join(rest)  # type: ignore[attr-defined]
        command.error(message + self._suggestion(rest[0].partition("=")[0], known))

    def _suggestion(self, typed: str, known: Iterable[str]) -> str:
        near = nearest(typed, known, 1)
        return _SUGGESTED.format(suggestion=near[0])[self.lang] if near else ""


def subparsers(parser: argparse.ArgumentParser) -> dict[str, Parser]:
    """The parser of each command."""
    found = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return next((dict(action.choices) for action in found), {})


def parser(lang: Lang) -> Parser:
    """The parser of all commands, in a language."""
    top = Parser(lang=lang, prog="bdindex", description=ABOUT[lang])
    top.add_argument("--version", action="version", version=f"bdindex {__version__}", help=WORDS["version"][lang])
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title=WORDS["commands"][lang])

    def command(name: str) -> Parser:
        about = COMMANDS[name][lang]
        made: Parser = commands.add_parser(name, help=about, description=about, lang=lang, more=_MORE.get(name))
        made.add_argument("--json", action="store_true", help=WORDS["json"][lang])
        return made

    def file(command: argparse.ArgumentParser, word: str) -> None:
        command.add_argument("file", metavar="FILE", type=Path, help=WORDS[word][lang])

    def output(command: argparse.ArgumentParser, word: str) -> None:
        command.add_argument("-o", "--output", metavar="OUT", type=Path, help=WORDS[word][lang])
        command.add_argument("--force", action="store_true", help=WORDS["force output"][lang])

    text = values.text(lang)
    new = command("new")
    file(new, "new file")
    new.add_argument("--from", dest="folder", metavar="DIR", type=Path, help=WORDS["from"][lang])
    new.add_argument("--lang", choices=LANGUAGES, help=WORDS["lang"][lang])
    new.add_argument(
        "--set", dest="settings", metavar="KEY=VALUE", action="append", default=[], type=values.setting(lang),
        help=WORDS["set"][lang],
    )  # fmt: skip
    new.add_argument("--force", action="store_true", help=WORDS["force"][lang])
    recalculate = command("recalculate")
    file(recalculate, "file")
    output(recalculate, "output")
    file(command("check"), "file")
    share = command("share")
    file(share, "file")
    output(share, "twin")
    _share_options(share, lang)
    verify = command("verify")
    file(verify, "file")
    verify.add_argument("--expect", metavar="FINGERPRINT", help=WORDS["expect"][lang])
    verify.add_argument("--analyses", action="store_true", help=WORDS["analyses"][lang])
    diff = command("diff")
    diff.add_argument("old", metavar="OLD", type=Path, help=WORDS["old"][lang])
    diff.add_argument("new", metavar="NEW", type=Path, help=WORDS["new copy"][lang])
    diff.add_argument("--all", action="store_true", help=WORDS["all"][lang])
    merge = command("merge")
    file(merge, "main")
    merge.add_argument("returned", metavar="RETURNED", type=Path, nargs="+", help=WORDS["returned"][lang])
    merge.add_argument("--prefer", choices=("returned", "main"), help=WORDS["prefer"][lang])
    output(merge, "output")
    robustness = command("robustness")
    file(robustness, "file")
    output(robustness, "output")
    _robustness_options(robustness, lang)
    audit = command("audit")
    file(audit, "file")
    output(audit, "output")
    explain = command("explain")
    file(explain, "file")
    output(explain, "output")
    explain.add_argument("--unit", metavar="UNIT", action="append", required=True, type=text, help=WORDS["unit"][lang])
    explain.add_argument("--year", metavar="YEAR", type=values.whole(lang, 1, 9999), help=WORDS["year"][lang])
    doctor = command("doctor")
    doctor.add_argument("file", metavar="FILE", type=Path, nargs="?", help=WORDS["examined"][lang])
    doctor.add_argument("--fix", action="store_true", help=WORDS["fix"][lang])
    install = command("install")
    install.add_argument("file", metavar="FILE", type=Path, nargs="?", help=WORDS["installed"][lang])
    install.add_argument("--force", action="store_true", help=WORDS["take over"][lang])
    command("uninstall")
    output(command("build"), "build output")
    return top


def _share_options(share: argparse.ArgumentParser, lang: Lang) -> None:
    text = values.text(lang)
    for flag in ("values", "pdf"):
        share.add_argument(f"--{flag}", action="store_true", help=WORDS[flag][lang])
    share.add_argument("--only", metavar="RANKING", type=text, help=WORDS["only"][lang])
    for flag in ("no-raw", "no-comments", "keep-hidden"):
        share.add_argument(f"--{flag}", action="store_true", help=WORDS[flag.replace("-", " ")][lang])
    for name in ("to", "cc"):
        share.add_argument(
            f"--{name}", metavar="ADDRESS", action="append", default=[], type=text, help=WORDS[name][lang]
        )
    for name in ("subject", "body"):
        share.add_argument(f"--{name}", metavar="TEXT", type=text, help=WORDS[name][lang])
    for flag in ("draft", "send"):
        share.add_argument(f"--{flag}", action="store_true", help=WORDS[flag][lang])


def _robustness_options(robustness: argparse.ArgumentParser, lang: Lang) -> None:
    either = robustness.add_mutually_exclusive_group()
    for name, metavar, kind, group in (
        ("draws", "N", values.whole(lang, 1, MOST_DRAWS), robustness),
        ("seed", "SEED", values.whole(lang, 0, MOST_SEED), robustness),
        ("spread", "SHARE", values.real(lang, 0.0, _MOST_SPREAD), either),
        ("concentration", "NUMBER", values.real(lang, LEAST_CONCENTRATION, MOST_CONCENTRATION), either),
        ("noise", "NUMBER", values.real(lang, 0.0, MOST_NOISE), robustness),
    ):
        group.add_argument(f"--{name}", metavar=metavar, type=kind, help=WORDS[name][lang])
    for name in ("weightings", "normalisations", "aggregations", "imputations"):
        robustness.add_argument(f"--{name}", metavar="A,B", type=values.text(lang), help=WORDS[name][lang])


def _listed(name: str, lang: Lang) -> str:
    from . import listed  # the choices of method need not be read by other commands

    made: str = getattr(listed, name)(lang)
    return made


_MORE = {
    name: functools.partial(_listed, what) for name, what in {"new": "settings", "robustness": "alternatives"}.items()
}
