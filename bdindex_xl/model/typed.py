"""What people type: characters that look alike or cannot be seen, and words that are nearly right.

The one place that decides it for sheets, CSV files, worksheet functions and Python alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Dashes of every kind that Chinese and English typists use.
_DASH = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))
# Decompositions that change how a character looks, not what it says: a raised or circled digit is a footnote's.
_SAME = ("<wide>", "<narrow>", "<noBreak>", "<small>", "<font>")
# Joiners are part of words in the scripts of Persia and India, and only there.
_JOINERS = "[\u200c\u200d]"
_JOINING = "[\u0600-\u0fff]"
# Patterns that few texts need are left for `re` to compile: all of these characters are such as nobody would print.
_HIDDEN = (
    f"(?<!{_JOINING}){_JOINERS}|{_JOINERS}(?!{_JOINING})"
    "|[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"


def plain_number(text: str) -> str:
    """A number's text in plain characters: digits and signs of any width, dashes and spaces of any kind.

    Raised, lowered, circled and bracketed digits stay what they are, since they mark footnotes.

    >>> plain_number(" −１，２３４.5 "), plain_number("381²")
    ('-1,234.5', '381²')
    """
    if not text.isascii():
        text = "".join(map(_plain, visible(text))).translate(_DASH)
    return text.strip()


@lru_cache(maxsize=1024)
def _plain(char: str) -> str:
    if unicodedata.category(char) == "Zs":
        return " "
    return unicodedata.normalize("NFKC", char) if unicodedata.decomposition(char).startswith(_SAME) else char


def visible(text: str) -> str:
    """A text without the characters that cannot be seen: zero-width ones, soft hyphens, marks of byte order.

    >>> visible("北京\\u200b"), visible("\\ufeffyear")
    ('北京', 'year')
    """
    return text if text.isascii() or text.isprintable() else re.sub(_HIDDEN, "", text)


def hidden(text: str) -> str:
    """The characters of a text that cannot be seen, by number: ``U+200B``; empty where there are none.

    >>> hidden("北京\\u200b")
    'U+200B'
    """
    if text.isascii() or text.isprintable():
        return ""
    return ", ".join(dict.fromkeys(f"U+{ord(char):04X}" for char in re.findall(_HIDDEN, text)))


def control(text: str) -> str:
    """The first control character of a text, by number, which no cell can hold; empty where there is none.

    >>> control("a\\x0bb"), control("a\\nb")
    ('U+000B', '')
    """
    found = None if text.isprintable() else re.search(_CONTROL, text)
    return f"U+{ord(found[0]):04X}" if found else ""


def without_control(text: str) -> str:
    """A text with a space in place of each control character."""
    return text if text.isprintable() else re.sub(_CONTROL, " ", text)


@lru_cache(maxsize=2048)  # a workbook names few things, each many times
def alike(text: str) -> str:
    """A name for comparison: width, case, spaces, line breaks and what cannot be seen do not count.

    >>> alike("大数据企业\\n数量（家）") == alike("大数据企业数量(家)")
    True
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", without_control(visible(text)))).casefold()


def nearest(word: str, known: Iterable[str], n: int = 3) -> tuple[str, ...]:
    """Known words that may be meant by one that is none of them, the likeliest first.

    >>> nearest("dir", ["code", "direction"]), nearest("Beijng", ["Beijing", "Tianjin"]), nearest("北京", ["北京市"])
    (('direction',), ('Beijing',), ('北京市',))
    >>> nearest("remarks", ["code", "direction"])
    ()
    """
    typed = alike(word)
    by_form: dict[str, str] = {}
    for one in known:
        by_form.setdefault(alike(one), one)
    if not typed or not by_form:
        return ()
    if typed in by_form:
        return (by_form[typed],)
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, b=typed)
    likeness: dict[str, tuple[float, int]] = {}
    for form in filter(None, by_form):
        shorter = min(len(form), len(typed))
        begun = next((k for k in range(shorter) if form[k] != typed[k]), shorter)
        if begun == shorter and shorter >= (2 if typed.isascii() else 1):
            likeness[form] = 1.0, begun
            continue
        matcher.set_seq1(form)
        if matcher.real_quick_ratio() >= _LIKE and matcher.quick_ratio() >= _LIKE and matcher.ratio() >= _LIKE:
            likeness[form] = matcher.ratio(), begun
    best = max((ratio for ratio, _ in likeness.values()), default=0.0)
    close = [form for form, (ratio, _) in likeness.items() if ratio >= best - _CLOSE]
    return tuple(by_form[form] for form in sorted(close, key=likeness.__getitem__, reverse=True)[:n])


_LIKE = 0.6  # least likeness of two words, of 1
_CLOSE = 0.1  # words as like as the likeliest but for this are told too
