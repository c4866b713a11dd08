"""What a user reads who types a command wrongly, or asks how to type it: in either language, by the option's name."""

from __future__ import annotations

import argparse
import ast
import gettext
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from bdindex_xl import __version__, cli
from bdindex_xl.commands.argparse_texts import CHINESE, in_chinese
from bdindex_xl.commands.catalogue import COMMANDS, parser
from bdindex_xl.commands.parser import Parser, subparsers
from bdindex_xl.language import LANGUAGES, Lang, Text
from bdindex_xl.sheets import choices, options

CASE = pytest.CaptureFixture[str]
LISTED = ", ".join(map(repr, COMMANDS))


def said(arguments: list[str], lang: Lang, capsys: CASE, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("BDINDEX_LANG", lang)
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 1
    told = capsys.readouterr()
    assert told.out == ""
    return told.err


@pytest.mark.parametrize(
    ("arguments", "of", "zh", "en"),
    [
        (["recalc"], "", f"COMMAND：应为 {LISTED} 之一，实为 'recalc'；相近的是 recalculate",
         f"argument COMMAND: invalid choice: 'recalc' (choose from {LISTED}); the nearest is recalculate"),
        (["xyz"], "", f"COMMAND：应为 {LISTED} 之一，实为 'xyz'", f"argument COMMAND: invalid choice: 'xyz' (choose from {LISTED})"),
        (["check"], "check", "缺少参数 FILE", "the following arguments are required: FILE"),
        (["check", "a", "--jsn"], "check", "不认识的参数 --jsn；相近的是 --json", "unrecognized arguments: --jsn; the nearest is --json"),
        (["check", "a", "--zz=1"], "check", "不认识的参数 --zz=1", "unrecognized arguments: --zz=1"),
        (["recalculate", "a", "-o"], "recalculate", "-o/--output：后面应有一个值", "argument -o/--output: expected one argument"),
        (["share", "a", "--only", "province", "--only", "city"], "share", "--only：只能给出一次，实有两次",
         "argument --only: expected once, found twice"),
        (["merge", "a", "b", "--prefer", "xyz"], "merge", "--prefer：应为 'returned', 'main' 之一，实为 'xyz'",
         "argument --prefer: invalid choice: 'xyz' (choose from 'returned', 'main')"),
        (["robustness", "a", "--draws", "abc"], "robustness", "--draws：应为 1 到 1,000,000 的整数，实为“abc”",
         "argument --draws: expected a whole number from 1 to 1,000,000, found “abc”"),
        (["robustness", "a", "--draws", "0"], "robustness", "--draws：应为 1 到 1,000,000 的整数，实为“0”",
         "argument --draws: expected a whole number from 1 to 1,000,000, found “0”"),
        (["robustness", "a", "--seed", "-1"], "robustness", "--seed：应为 0 到 9,223,372,036,854,775,807 的整数，实为“-1”",
         "argument --seed: expected a whole number from 0 to 9,223,372,036,854,775,807, found “-1”"),
        (["robustness", "a", "--concentration", "1e308"], "robustness", "--concentration：应为 0.001 到 1e+09 的数，实为“1e308”",
         "argument --concentration: expected a number from 0.001 to 1e+09, found “1e308”"),
        (["robustness", "a", "--noise", "nan"], "robustness", "--noise：应为 0 到 1,000 的数，实为“nan”",
         "argument --noise: expected a number from 0 to 1,000, found “nan”"),
        (["robustness", "a", "--spread", ".1", "--concentration", "9"], "robustness", "--concentration：不能与 --spread 同时使用",
         "argument --concentration: not allowed with argument --spread"),
        (["robustness", "a", "--s", "9"], "robustness", "选项 --s 不明确，可能是 --seed, --spread",
         "ambiguous option: --s could match --seed, --spread"),
        (["new", "a.xlsm", "--set", "weighting"], "new", "--set：应为 KEY=VALUE 的形式，实为“weighting”",
         "argument --set: expected KEY=VALUE, found “weighting”"),
        (["new", "a.xlsm", "--set", "title=\udcff"], "new", "--set：应为文字，实含无法识别的字节",
         "argument --set: expected text, found bytes that are none"),
    ],
)  # fmt: skip
def test_a_command_that_is_off_ends_with_1_and_a_sentence(
    arguments: list[str], of: str, zh: str, en: str, capsys: CASE, monkeypatch: pytest.MonkeyPatch
) -> None:
    prog = f"bdindex {of}".strip()
    newer = {f"'{name}'": name for name in (*COMMANDS, "returned", "main")}  # as Python from 3.12.8 on lists choices

    def alike(text: str) -> str:
        for quoted, bare in newer.items():
            text = text.replace(quoted, bare)
        return text

    expected = f"命令有误：{zh}。运行 {prog} --help 查看用法。\n"
    assert alike(said(arguments, "zh", capsys, monkeypatch)) == alike(expected)
    expected = f"{en}. Run {prog} --help for usage.\n"
    assert alike(said(arguments, "en", capsys, monkeypatch)) == alike(expected)


def test_bytes_in_a_path_are_no_defect(capsys: CASE) -> None:
    assert cli.main(["check", "\udcff.xlsm"]) == 1
    assert cli.main(["new", "\udcff.csv"]) == 1


def msgids() -> Iterator[str]:
    """Every text that this Python's argparse has translated."""
    for node in ast.walk(ast.parse(inspect.getsource(argparse))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
            for argument in node.args[: 1 if node.func.id == "_" else 2]:
                if isinstance(argument, ast.Constant):
                    yield argument.value


def test_all_that_argparse_says_has_its_chinese() -> None:
    assert set(msgids()) - set(CHINESE) == set()


@pytest.mark.parametrize(("message", "chinese"), CHINESE.items())
def test_the_chinese_fills_the_same_blanks(message: str, chinese: str) -> None:
    blanks = r"%(?:\((\w+)\))?([sr])"
    assert sorted(re.findall(blanks, message)) == sorted(re.findall(blanks, chinese))


@pytest.mark.parametrize(("message", "chinese"), CHINESE.items())
def test_each_message_is_known_by_its_words(message: str, chinese: str) -> None:
    named = {name: f"<{name}>" for name in re.findall(r"%\((\w+)\)", message)}
    blanks: Any = named or ("--an-option",) * message.count("%")
    assert in_chinese(message % blanks) == chinese % blanks
    if "message" not in named:
        assert in_chinese(f"argument --n: {message % blanks}") == f"--n：{chinese % blanks}"


def test_argparse_itself_stays_as_it_is() -> None:
    seen = []
    spoken = Parser(lang="zh", prog="bdindex")
    spoken.option("number", words=Text("数", "number"), type=lambda typed: seen.append(vars(argparse)["_"]))
    spoken.parse_args(["1"])
    assert seen == [gettext.gettext]


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_the_help_in_chinese_has_no_english_words_of_argparse(command: str | None) -> None:
    top = parser("zh")
    helped = (subparsers(top)[command] if command else top).format_help()
    assert helped.startswith("用法：bdindex")
    for word in ("usage", "options", "positional", "arguments", "show this", "exit", "default", "error"):
        assert word not in helped, word
    helped = (subparsers(parser("en"))[command] if command else parser("en")).format_help()
    assert helped.startswith("usage: bdindex") and not re.search("[一-鿿]", helped.replace("中文", ""))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_help_lists_every_setting_and_every_choice(lang: Lang) -> None:
    commands = subparsers(parser(lang))
    told = " ".join(commands["new"].format_help().split())
    for setting in options.SETTINGS_ROWS:
        assert f" {setting.key}" in told and setting.label[lang] in told
        for code, label in (setting.choices or {}).items():
            assert f" {code}" in told and label[lang].casefold() in told.casefold()
    told = " ".join(commands["robustness"].format_help().split())
    for name, known in choices.ALTERNATIVES.items():
        assert f"--{name} {next(iter(known))}" in told
        for code, label in known.items():
            assert f" {code}" in told and label[lang].casefold() in told.casefold()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_bdindex_alone_shows_the_help(lang: Lang, capsys: CASE, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BDINDEX_LANG", lang)
    assert cli.main([]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == (parser(lang).format_help(), "")


def test_every_word_has_both_languages() -> None:
    both = {lang: [parser(lang), *subparsers(parser(lang)).values()] for lang in LANGUAGES}
    words = {
        lang: [a.help for p in both[lang] for a in p._actions] + [p.description for p in both[lang]] for lang in both
    }
    for zh, en in zip(words["zh"], words["en"], strict=True):
        assert (zh, en) == (None, None) or (zh and re.search("[一-鿿]", zh) and en and not re.search("[一-鿿]", en))
    for command in COMMANDS.values():
        assert isinstance(command.ABOUT, Text)


@pytest.mark.parametrize(("lang", "word"), [("zh", "用法：bdindex"), ("en", "usage: bdindex")])
def test_help_and_version_in_a_process_of_their_own(lang: str, word: str) -> None:
    environment = os.environ | {"BDINDEX_LANG": lang, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "bdindex_xl"]
    run: Any = {"capture_output": True, "text": True, "encoding": "utf-8", "env": environment, "check": True}
    assert subprocess.run([*command, "--help"], **run).stdout.startswith(word)
    assert subprocess.run([*command, "--version"], **run).stdout == f"bdindex {__version__}\n"


def test_what_is_not_there_is_said_before_anything_heavy_is_imported() -> None:
    code = (
        "import sys; from bdindex_xl import cli; code = cli.main(['recalculate', 'nowhere.xlsm']);"
        "sys.exit(9 if {'numpy', 'pandas'} & set(sys.modules) else code)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 1
