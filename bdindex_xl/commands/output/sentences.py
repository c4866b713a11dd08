"""Parts of sentences that a verification, a comparison and a merge share: lists, values, settings."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ...copies import copies_texts as texts
from ...language import Lang, Text, same
from ...sheets import options

TOP = 10  # of a list, where not all is asked for
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lists:
    """How lists are told: in which language, how many of each (None: all), and what is said of the others."""

    lang: Lang
    top: int | None = TOP
    more: Text = texts.MORE

    def of(self, items: Sequence[T], sentence: Callable[[T], Text]) -> Iterable[str]:
        """A line an item, indented."""
        yield from ("  " + sentence(item)[self.lang] for item in items[: self.top])
        if self.top is not None and len(items) > self.top:
            yield "  " + self.more.format(n=len(items) - self.top)[self.lang]


def shown(value: object) -> Text:
    """A value as a sentence has it."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return texts.BLANK
    if isinstance(value, float):
        return same(f"{value:.15g}")
    return same(f"“{value}”" if isinstance(value, str) else value)


def setting_of(key: str, value: object) -> Text:
    return (options.SETTING[key].choices or {}).get(str(value), same(value))
