"""What --help lists below the options: settings and choices of method, from where the workbook has them."""

from __future__ import annotations

from collections.abc import Iterable

from ..language import Lang, Text
from ..model.typed import alike
from ..sheets import choices, options

_SETTINGS = Text("设置项（--set KEY=VALUE）：", "settings (--set KEY=VALUE):")
_CHOICES = Text("各项可取的值：", "what each list may hold:")
_ANY_TEXT = Text("文字", "any text")
_OR_YEAR = Text(" 或年份", " or a year")
_NAMED = Text("{key}（{label}）", "{key} ({label})")


def settings(lang: Lang) -> str:
    """Every setting with its label and the values it may have."""
    lines = [_SETTINGS[lang]]
    for setting in options.SETTINGS_ROWS:
        if setting.choices:
            named = (_choice(code, setting.choices[code], lang) for code in setting.choices)
            values = ", ".join(named) + (_OR_YEAR[lang] if setting.open_ended else "")
        elif setting.limits:
            values = "{:g} – {:g}".format(*setting.limits)
        else:
            values = _ANY_TEXT[lang]
        lines += _entry(_NAMED.format(key=setting.key, label=setting.label)[lang], values)
    return "\n".join(lines)


def alternatives(lang: Lang) -> str:
    """The choices that each list of `robustness` may hold."""
    lines = [_CHOICES[lang]]
    for name, known in choices.ALTERNATIVES.items():
        lines += _entry(f"--{name}", ", ".join(_choice(code, known[code], lang) for code in known))
    return "\n".join(lines)


def _choice(code: str, label: Text, lang: Lang) -> str:
    """What may be typed for a choice: its code, and its label where that is another word."""
    label_too = alike(label[lang]) != alike(code)
    return _NAMED.format(key=code, label=label)[lang] if label_too else code


def _entry(name: str, values: str) -> Iterable[str]:
    yield f"  {name}"
    line = " " * 6
    for word in values.split(", "):
        if len(line) + len(word) > 98:
            yield line.rstrip()
            line = " " * 6
        line += f"{word}, "
    yield line.rstrip(", ")
