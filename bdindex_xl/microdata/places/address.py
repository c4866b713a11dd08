"""From an address to the divisions it begins with: the longest name first, the next inside the one before."""

from __future__ import annotations

import re

from .known_names import Names, Reached, first, within
from .traditional import simplified

_BEFORE = re.compile(
    r"(?:(?:注册|住所|经营|办公|通讯|联系)?(?:地址|住所|所在地|地)?[:：]|邮编|\d{6}(?!\d)|中华人民共和国|中国|[^\w])+"
)
_BETWEEN = re.compile(
    r"(?:[^\w]|(?:省|自治区)?直辖(?:县级)?行政(?:区划|单位)|市辖区|自由贸易试验区|自贸试验区|自贸区|县(?=.{1,8}?[县区市]))+"
)
_OTHER_WORD = re.compile(
    r"[东南西北中大新老环一二三四五六七八九十]{0,3}(?:路|街|道|巷|弄|胡同|里(?!\w*[县区市旗]))|[区县旗乡镇村屯]|大学|社区|公路|高速|银行"
)
_LATER = 14  # characters after a province in which a city's full name is still taken for part of the same address
_NOWHERE = Reached(())


def read(text: str) -> tuple[Reached, str]:
    """The place an address begins with, and the district named after it that the place does not have.

    Parameters
    ----------
    text
        The address without blanks, with letters and digits of half width.
    """
    start = 0
    place, elsewhere = _walk(text, start)
    if place is _NOWHERE:
        start = _after(_BEFORE, text, 0)
        place, elsewhere = _walk(text, start)
    if place is not _NOWHERE and not place.in_doubt:
        return place, elsewhere
    simple = simplified(text)
    if place is _NOWHERE:
        place, elsewhere = _walk(simple, start)
    return (_narrowed(simple, start, place), elsewhere) if place is _NOWHERE or place.in_doubt else (place, elsewhere)


def _walk(text: str, i: int) -> tuple[Reached, str]:
    names, place = first(), _NOWHERE
    while True:
        length, hit = _longest(names, text, i)
        if hit is None and place is not _NOWHERE:
            i = _after(_BETWEEN, text, i)
            length, hit = _longest(names, text, i)
            if hit is None and place.candidates[0].level == 1:
                length, hit = _later(names, text, i)
        if hit is None:
            return place, "" if place is _NOWHERE else _of_elsewhere(text, i)
        i += length
        place = hit
        if not place.codes:
            return place, ""
        names = place.following


def _longest(names: Names, text: str, i: int) -> tuple[int, Reached | None]:
    for n in names.lengths.get(text[i : i + 2], ()):
        name = text[i : i + n]
        if name in names.full:
            if name[-1] == "市" and text.startswith("中区", i + n) and name[:-1] in names.short:
                return n - 1, names.short[name[:-1]]  # 济南市中区 is 济南 and 市中区
            return n, names.full[name]
        if name in names.short and _is_place(names.short[name], text, i + n):
            return n, names.short[name]
    return 0, None


def _is_place(place: Reached, text: str, end: int) -> bool:
    """Whether a short name stands for itself: neither 南京路 nor 朝阳区 nor 山西大学 is the place it begins with."""
    if _OTHER_WORD.match(text, end) is None:
        return True
    return bool(place.codes) and _longest(place.following, text, end)[1] is not None


def _later(names: Names, text: str, i: int) -> tuple[int, Reached | None]:
    """A division named in full a few characters on, with what to skip counted in."""
    for j in range(i + 1, min(i + _LATER, len(text))):
        if text[j].isdigit():
            break
        for n in names.lengths.get(text[j : j + 2], ()):
            if n > 2 and text[j : j + n] in names.full:
                return j + n - i, names.full[text[j : j + n]]
    return 0, None


def _of_elsewhere(text: str, i: int) -> str:
    """The district named here, which must be one of another place."""
    names = first()
    for n in names.lengths.get(text[i : i + 2], ()):
        found = names.full.get(text[i : i + n])
        if n > 2 and found and any(d.level == 3 and d.until is None for d in found.candidates):
            return text[i : i + n]
    return ""


def _narrowed(text: str, start: int, place: Reached) -> Reached:
    """Of the candidates, those in a province or city named in full anywhere; where there are none, what is named."""
    names, named = first(), []
    for i in range(start, len(text) - 2):
        for n in names.lengths.get(text[i : i + 2], ()):
            found = names.full.get(text[i : i + n])
            if found and min(d.level for d in found.candidates) < 3:
                named.append(found)
                break
    if not named:
        return place
    if place is _NOWHERE:
        return place if Reached(tuple(d for found in named for d in found.candidates)).in_doubt else named[0]
    codes = frozenset().union(*(found.codes for found in named))
    fit = tuple(division for division in place.candidates if within(division) & codes)
    return Reached(fit) if fit else place


def _after(pattern: re.Pattern[str], text: str, i: int) -> int:
    match = pattern.match(text, i)
    return match.end() if match else i
