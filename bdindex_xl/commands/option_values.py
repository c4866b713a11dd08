"""Values of options: read and held within bounds, each fault in a sentence. They name no option: the parser does."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable

from ..language import Lang, Text

_NO_TEXT = Text("应为文字，实含无法识别的字节", "expected text, found bytes that are none")
_NO_SETTING = Text("应为 KEY=VALUE 的形式，实为“{found}”", "expected KEY=VALUE, found “{found}”")
_WHOLE = Text(
    "应为 {least} 到 {most} 的整数，实为“{found}”", "expected a whole number from {least} to {most}, found “{found}”"
)
_REAL = Text("应为 {least} 到 {most} 的数，实为“{found}”", "expected a number from {least} to {most}, found “{found}”")


def text(lang: Lang) -> Callable[[str], str]:
    """Text; a byte that the terminal's encoding does not have is refused."""

    def read(found: str) -> str:
        if any("\ud800" <= char <= "\udfff" for char in found):
            raise argparse.ArgumentTypeError(_NO_TEXT[lang])
        return found

    return read


def setting(lang: Lang) -> Callable[[str], str]:
    """``KEY=VALUE``."""

    def read(found: str) -> str:
        if "=" not in text(lang)(found):
            raise argparse.ArgumentTypeError(_NO_SETTING.format(found=found)[lang])
        return found

    return read


def whole(lang: Lang, least: int, most: int) -> Callable[[str], int]:
    """A whole number between two bounds, both allowed."""

    def read(found: str) -> int:
        try:
            number = int(found)
        except ValueError:
            number = least - 1
        if not least <= number <= most:
            # four digits may be a year, which no reader groups
            low, high = (f"{bound:,}" if abs(bound) >= 10_000 else str(bound) for bound in (least, most))
            raise argparse.ArgumentTypeError(_WHOLE.format(least=low, most=high, found=found)[lang])
        return number

    return read


def real(lang: Lang, least: float, most: float) -> Callable[[str], float]:
    """A number between two bounds, both allowed."""

    def read(found: str) -> float:
        try:
            number = float(found)
        except ValueError:
            number = math.nan
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(_REAL.format(least=f"{least:,g}", most=f"{most:,g}", found=found)[lang])
        return number

    return read
