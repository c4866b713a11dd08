"""Texts in the two languages a user may read. Knows nothing of what the texts say."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from string import Formatter
from typing import Literal

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Chinese and in English; ``text["zh"]`` picks one."""

    zh: str
    en: str

    def __getitem__(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    def __str__(self) -> str:
        return self.en

    def format(self, **parts: object) -> Text:
        """Fill the placeholders of both languages; a part may itself be a `Text`."""
        return Text(*(_fill(self[lang], parts, lang) for lang in LANGUAGES))

    def both(self) -> tuple[str, str]:
        """Both texts, Chinese first: what a reader must recognise whatever the workbook's language."""
        return self.zh, self.en


Progress = Callable[[Text], None]  # told what is being done


def same(text: object) -> Text:
    """A text that reads alike in both languages: a code, a number, what a user typed."""
    return Text(str(text), str(text))


def joined(parts: list[Text] | tuple[Text, ...], zh: str = "、", en: str = ", ") -> Text:
    """An enumeration, with the comma of each language."""
    return Text(zh.join(part.zh for part in parts), en.join(part.en for part in parts))


def _fill(template: str, parts: dict[str, object], lang: Lang) -> str:
    """The template with its parts. In Chinese, a space beside a part stays only where a Latin letter or digit meets it.

    >>> Text("应为 {x} 年", "expected {x}").format(x=2024).zh, Text("应为 {x} 年", "").format(x="今").zh
    ('应为 2024 年', '应为今年')
    >>> Text("{x} {y}", "").format(x="省份", y=31).zh, Text("{x} {y}", "").format(x="省份", y="城市").zh
    ('省份 31', '省份城市')
    >>> Text("在 {x} 至 {y}", "").format(x="−0.5", y="−0.1").zh, Text("均值 {x}方差", "").format(x="−").zh
    ('在 −0.5 至 −0.1', '均值−方差')
    """
    values = {key: part[lang] if isinstance(part, Text) else part for key, part in parts.items()}
    if lang == "en":
        return _PLURAL.sub(lambda found: _numbered(found, values), template).format(**values)
    filled, wide_before = "", False
    for literal, field, spec, conversion in Formatter().parse(template):
        between = literal == " " and field is not None  # then what follows decides too
        filled += literal.removeprefix(" ") if wide_before and not between else literal
        wide_before = wide_before and not literal  # an escaped brace divides a literal in two
        if field is None:
            continue
        part = f"{{{field}{'!' + conversion if conversion else ''}:{spec}}}".format(**values)
        is_negative = part[:1] == _MINUS and part[1:2].isdigit()
        if part and not part[0].isascii() and not is_negative and not filled[-2:-1].isascii():
            filled = filled.removesuffix(" ")
        filled += part
        wide_before = bool(part) and not part[-1].isascii()
    return filled


_MINUS = "−"  # where a digit follows it, part of that number
_PLURAL = re.compile(r"\{(\w+):([^{}|]*)\|([^{}|]*)\}")


def _numbered(found: re.Match[str], values: dict[str, object]) -> str:
    """The word for one, or for any other number.

    >>> cells = Text("{n} 格", "{n} {n:cell|cells}")
    >>> cells.format(n=1).en, cells.format(n="1,204").en
    ('1 cell', '1,204 cells')
    """
    return found[2] if str(values[found[1]]) == "1" else found[3]


def as_lang(text: object) -> Lang | None:
    """The language of that code, if it is one."""
    return next((lang for lang in LANGUAGES if lang == text), None)


def of_environment() -> Lang:
    """The language before a workbook has told its own: ``BDINDEX_LANG``, else the system's, else English."""
    asked = as_lang(os.environ.get("BDINDEX_LANG", ""))
    if asked:
        return asked
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    named = named or _of_system() or ""
    return "zh" if named.lower().startswith(_CHINESE) else "en"


def _of_system() -> str | None:
    """The language that the system speaks. The locale of Windows is that of dates and numbers, which may be another."""
    import locale

    spoken: str | None = None
    if sys.platform == "win32":
        import ctypes

        spoken = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())
    return spoken or locale.getlocale()[0]


_CHINESE = ("zh", "chinese")  # Windows calls the locale Chinese (Simplified)_China
