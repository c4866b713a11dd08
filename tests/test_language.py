"""Texts in two languages: numbers and the words beside them, in every text of the package."""

from __future__ import annotations

import importlib
import locale
import pkgutil
import re
from collections.abc import Iterator
from string import Formatter

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


def test_what_windows_calls_chinese_is_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BDINDEX_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(locale, "getlocale", lambda: ("Chinese (Simplified)_China", "936"))
    assert of_environment() == "zh"


def test_a_number_decides_its_word() -> None:
    text = Text("{n} 个公式，{m} 行", "{n} {n:formula|formulas} on {m} {m:row|rows}")
    assert text.format(n=1, m=0).en == "1 formula on 0 rows"
    assert text.format(n="1,001", m=1).en == "1,001 formulas on 1 row"
    assert text.format(n=1, m=2).zh == "1 个公式，2 行"
