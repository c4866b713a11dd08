"""Texts in two languages: numbers and the words beside them, in every text of the package."""

from __future__ import annotations

import ctypes
import importlib
import locale
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from string import Formatter
from types import SimpleNamespace

import pytest

import bdindex_xl
from bdindex_xl.language import Text, of_environment

# Modules that need another program to be imported.
_ELSEWHERE = {"bdindex_xl.__main__"}
_COUNTS = {"n", "rows", "columns", "units", "years", "faults", "warnings", "notes", "seconds"}
_PLURAL = re.compile(r"\b1 (?:(?!of|in|for)\w+ )?(\w+[^s\W]s)\b")
_NO_PLURAL = {"is", "was", "has", "needs", "differs", "contradicts", "series", "takes"}


def texts() -> Iterator[tuple[str, Text]]:
    """Every text that a module holds, with where it stands."""
    for module in pkgutil.walk_packages(bdindex_xl.__path__, "bdindex_xl."):
        if module.name in _ELSEWHERE:
            continue
        try:
            held = vars(importlib.import_module(module.name))
        except ImportError:
            continue
        for name, value in held.items():
            values = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
            yield from ((f"{module.name}.{name}", one) for one in values if isinstance(one, Text))


def of_one(text: Text) -> str:
    """The English text where there is one of all that it counts."""
    blanks = {field for _, field, _, _ in Formatter().parse(text.en) if field}
    return text.format(**{blank: "1" if blank in _COUNTS else "…" for blank in blanks}).en


def test_the_word_beside_one_is_no_plural() -> None:
    found = {}
    for where, text in texts():
        try:
            told = of_one(text)
        except (ValueError, KeyError, IndexError, AttributeError):  # no template, or one with a format of numbers
            continue
        wrong = [word for word in _PLURAL.findall(told) if word not in _NO_PLURAL]
        if wrong:
            found[where] = told
    assert found == {}


@pytest.mark.parametrize(
    ("variables", "lang"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "de_DE.UTF-8"}, "zh"),
        ({"BDINDEX_LANG": "zh", "LANG": "de_DE.UTF-8"}, "zh"),
        ({"BDINDEX_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_a_system_that_speaks_neither_language_gets_english(
    variables: dict[str, str], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BDINDEX_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert of_environment() == lang


@pytest.mark.parametrize(
    ("number", "name", "lang"),
    [
        (0x0804, "Chinese (Simplified)_China", "zh"),
        (0x0404, "zh_TW", "zh"),
        (0x0407, "German_Germany", "en"),
        (0x0407, "de_DE", "en"),
        (0x0411, "ja_JP", "en"),
        (0x0407, "Chinese (Simplified)_China", "en"),  # a German Windows with the dates of China
        (0x0804, "German_Germany", "zh"),
        (0xFFFF, "zh_CN", "zh"),  # a language that Python does not know: then the locale decides
    ],
)
def test_a_windows_gets_the_language_that_it_speaks(
    number: int, name: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("BDINDEX_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    windows = SimpleNamespace(kernel32=SimpleNamespace(GetUserDefaultUILanguage=lambda: number))
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", windows, raising=False)
    monkeypatch.setattr(locale, "getlocale", lambda: (name, "936"))
    assert of_environment() == lang


@pytest.mark.parametrize(("system", "words"), [("de_DE.UTF-8", "no such file"), ("zh_CN.UTF-8", "找不到该文件")])
def test_the_command_line_speaks_chinese_to_chinese_systems_alone(system: str, words: str) -> None:
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "BDINDEX_"))}
    command = [sys.executable, "-m", "bdindex_xl", "recalculate", "nowhere.xlsm"]
    done = subprocess.run(command, env={**variables, "LANG": system}, capture_output=True, encoding="utf-8")
    assert (done.returncode, words in done.stderr) == (1, True), done.stderr


def test_a_number_decides_its_word() -> None:
    text = Text("{n} 个公式，{m} 行", "{n} {n:formula|formulas} on {m} {m:row|rows}")
    assert text.format(n=1, m=0).en == "1 formula on 0 rows"
    assert text.format(n="1,001", m=1).en == "1,001 formulas on 1 row"
    assert text.format(n=1, m=2).zh == "1 个公式，2 行"
