"""What a number format makes of a value: the text that a cell shows, and whether that text still says the value.

A reader may choose decimals, separators, signs and units; a format may not show another number or sign, or nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_(.)|\*(.)|\[([^\]]*)\]|(General|G/通用格式)|(E[+-])|(AM/PM|A/P|上午/下午)|(.)', re.S | re.I
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_ELAPSED = re.compile(r"[hms]+", re.I)
_PLAIN = re.compile(r"General|[#,]*0(?:\.[0#?]+)?%?")  # what nearly every cell has, and says any number as it is
_UP = re.compile(r"[▲△↑⬆⇧↗⏶🔺+]|[升涨]|\b(?:up|rise[sn]?|higher)\b", re.I)
_DOWN = re.compile(r"[▼▽↓⬇⇩↘⏷🔻(-]|[降跌退负]|\b(?:down|falls?|fell|lower|minus)\b", re.I)
_DASHES = str.maketrans(dict.fromkeys("−﹣－‐‑‒–—―", "-"))
_POWERS = "十百千万亿"  # measures as well as numbers


@dataclass(frozen=True, slots=True)
class FormatSection:
    """One part of a format: text before and after the digits, and how these are made."""

    before: str
    after: str
    whole: str  # placeholders before the point
    decimals: int
    optional: int  # decimals that show only where they say something
    grouped: bool
    percents: int
    thousands: int
    scientific: bool
    fraction: bool
    general: bool
    text: bool
    date: bool
    broken: bool  # text between the digits
    condition: tuple[str, float] | None

    @property
    def digits(self) -> bool:
        """Whether the number itself shows."""
        return bool(self.whole) or self.decimals > 0 or self.general

    @property
    def own(self) -> str:
        """The text that the format adds."""
        return self.before + self.after


def displayed(code: str, value: float | str) -> str:
    """The text that a cell shows.

    >>> displayed('"▲"0;"▼"0;"—";@', 4.0), displayed("0.0%", 0.2534), displayed(";;;", 4.0)
    ('▲4', '25.3%', '')
    """
    section, minus = _chosen(code, value)
    return _text(section, value, minus)


def is_plain(code: str) -> bool:
    """Whether a format is one that says any number and any text as it is."""
    return _PLAIN.fullmatch(code) is not None


def faithful(code: str, value: float | str, *, scaled: bool = False) -> bool:
    """Whether what a cell shows says its value; with `scaled`, thousands and ten thousands are a measure as any other.

    >>> faithful('"▼"0;"▲"0', 4.0), faithful('"1"', 4.0), faithful("+0;-0;0", 4.0), faithful("0", 57.1)
    (False, False, True, True)
    """
    if isinstance(value, float) and is_plain(code):
        return True
    section, minus = _chosen(code, value)
    shown = _text(section, value, minus)
    if isinstance(value, str):
        return shown.split() == value.split()
    own = unicodedata.normalize("NFKC", section.own).translate(_DASHES)
    numerals = [c for c in own if unicodedata.numeric(c, None) is not None and not (scaled and c in _POWERS)]
    if section.date or section.broken or numerals:
        return False
    up, down = bool(_UP.search(own)), bool(_DOWN.search(own)) or minus
    if value == 0:
        return bool(shown.strip()) and not (up or (down and own.strip() != "-"))
    if not section.digits or (up if value < 0 else down) or (value < 0) != down:
        return False
    return scaled or not section.thousands


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[FormatSection, ...]:
    parts: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code or "General"):
        if token[9] == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(map(_section, parts))


def _chosen(code: str, value: float | str) -> tuple[FormatSection, bool]:
    """The section that a value takes, and whether a minus is put before it."""
    sections = list(_sections(code))
    of_text = sections.pop() if len(sections) > 3 or sections[-1].text else None
    if isinstance(value, str):
        return of_text or _sections("@")[0], False
    if not sections:
        return _sections("General")[0], value < 0
    if any(section.condition for section in sections):
        for section in sections:
            if section.condition is None or _holds(*section.condition, value):
                return section, value < 0
        return _sections("General")[0], value < 0
    if len(sections) == 1 or value > 0:
        return sections[0], value < 0
    if value < 0:
        return sections[1], False
    return sections[2 if len(sections) > 2 else 0], False


def _holds(sign: str, limit: float, value: float) -> bool:
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit, "=": value == limit,
        "<>": value != limit,
    }[sign]  # fmt: skip


def _text(section: FormatSection, value: float | str, minus: bool) -> str:
    if isinstance(value, str):
        return f"{section.before}{value}{section.after}" if section.text else section.own
    number = _number(section, abs(value)) if section.digits and not section.date else ""
    return f"{'-' if minus and (number or section.own) else ''}{section.before}{number}{section.after}"


def _number(section: FormatSection, value: float) -> str:
    if section.general or section.fraction:
        return f"{value:.11g}"
    value *= 100.0**section.percents / 1000.0**section.thousands
    if section.scientific:
        return f"{value:.{section.decimals}E}"
    text = f"{value:{',' if section.grouped else ''}.{section.decimals}f}"
    whole, point, rest = text.partition(".")
    kept = section.decimals - section.optional
    rest = rest[:kept] + rest[kept:].rstrip("0")
    if whole == "0" and "0" not in section.whole:
        whole = ""
    elif not section.grouped:
        whole = whole.zfill(section.whole.count("0"))
    return whole + (point if section.decimals else "") + rest


def _section(tokens: list[re.Match[str]]) -> FormatSection:
    marks = list(_marks(tokens))
    kinds = [kind for kind, _ in marks]
    at = [k for k, kind in enumerate(kinds) if kind in ("digit", "point", "general", "text")]
    first, last = (at[0], at[-1]) if at else (len(marks), len(marks))
    mantissa = kinds.index("scientific") if "scientific" in kinds else len(kinds)
    placed = "".join(text for kind, text in marks[:mantissa] if kind in ("digit", "point"))
    whole, _, decimals = placed.partition(".")
    commas = [k for k, kind in enumerate(kinds) if kind == "comma"]
    inside = "".join(text for kind, text in marks[first:last] if kind in ("literal", "space"))
    exotic = {"scientific", "fraction"} & set(kinds)
    return FormatSection(
        before="".join(text for kind, text in marks[:first] if kind in ("literal", "space")),
        after="".join(text for kind, text in marks[last:] if kind in ("literal", "space")),
        whole=whole,
        decimals=len(decimals),
        optional=len(decimals) - len(decimals.rstrip("#?")),
        grouped=any(first < k < last for k in commas),
        percents=kinds.count("percent"),
        thousands=sum(k > last for k in commas),
        scientific="scientific" in exotic,
        fraction="fraction" in exotic,
        general="general" in kinds,
        text="text" in kinds,
        date="date" in kinds,
        broken=bool(inside.strip()) and not exotic,
        condition=next((_limit(text) for kind, text in marks if kind == "condition"), None),
    )


def _limit(text: str) -> tuple[str, float]:
    found = _CONDITION.fullmatch(text)
    assert found is not None
    return found[1], float(found[2])


def _marks(tokens: list[re.Match[str]]) -> Iterator[tuple[str, str]]:
    """What each sign of a section means."""
    for quoted, escaped, space, fill, bracket, general, exponent, noon, plain in (token.groups() for token in tokens):
        if quoted is not None or escaped is not None:
            yield "literal", quoted or escaped or ""
        elif space is not None:
            yield "space", " "
        elif fill is not None:
            continue
        elif bracket is not None:
            yield from _bracketed(bracket)
        elif general:
            yield "general", ""
        elif exponent:
            yield "scientific", ""
        elif noon or plain in "dmyhseDMYHSEgGbB":
            yield "date", ""
        elif plain == "%":
            yield from (("percent", ""), ("literal", "%"))
        else:
            kind = {"0": "digit", "#": "digit", "?": "digit", ".": "point", ",": "comma", "/": "fraction", "@": "text"}
            yield kind.get(plain, "literal"), plain


def _bracketed(text: str) -> Iterator[tuple[str, str]]:
    if _CONDITION.fullmatch(text):
        yield "condition", text
    elif _ELAPSED.fullmatch(text):
        yield "date", ""
    elif text.startswith("$"):
        yield "literal", text[1:].partition("-")[0]
