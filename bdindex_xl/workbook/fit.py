"""How much room a text takes, reckoned without a font: a Chinese character is as wide as two digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_BOLD = 1.08  # how much wider bold text is
_BUTTON = 3.0  # what a filter button takes [characters]
_WIDEST_HEADER = 40.0
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"  # scripts that break between any two characters
_LONGEST_NAME = 8  # that is kept on a line
_WIDEST_BROKEN = 20  # width of a column whose header is broken between words
# Width of a Chinese character in digits: of the Chinese workbook's face, and of the Noto Sans CJK that LibreOffice may
# have in its place; it leaves less room beside the text, too.
_WIDEST_CHARACTER, _NARROWEST_CHARACTER, _LESS_PADDING = 1.91, 1.8, 0.3
_LEAST = 7.0  # width of a column of scores
_WIDER = 1.4  # times a width that may be made wider for the sake of words
_MARGIN = 0.45  # of a width beyond the least that will do
# What our headings are made of.
_WORD = re.compile(
    "相关系数|特征值|中位数|主成分|前一名|下一名|重要性|总指数|异常值|标准化|贡献|权重|排名|得分|变化|上年|平均|地区|数据|个数|数量|比例|"
    "解释|概率|区间|位移|最大|最小|所需|其中|其他|自身|方法|赋权|合成|代码|名称|上级|下级|指标|同组|处理|第一|超过|领先|需变动|企业|指纹"
)
_NARROW = frozenset(" .,;:'!|()[]ijlft")


@lru_cache(maxsize=4096)  # headers are measured again at every width that is tried
def text_width(text: str) -> float:
    """Width of the longest line [characters of the default font]."""
    return max((sum(map(_character_width, line)) for line in text.split("\n")), default=0.0)


@lru_cache(maxsize=4096)  # notes and headers are the same in every workbook that is made
def n_lines(text: str, width: float) -> int:
    """Lines that a text takes in a column of that width when it wraps at spaces and between Chinese characters."""
    return sum(_wrapped(line, max(width - 0.5, 2.0)) for line in text.split("\n"))


def header_lines(header: str, width: float) -> int:
    """Lines that a header takes, which is bold."""
    return n_lines(header, width / _BOLD)


@lru_cache(maxsize=1024)  # the same headers stand on many sheets
def header_width(header: str, at_least: float, lines: int = 3, name: str = "") -> float:
    """Width at which a header takes no more than so many lines, and no word is broken or under the filter button;
    see `between_words` for `name`."""
    longest = max(map(text_width, _pieces(header)), default=0.0)
    width = max(at_least, longest * _BOLD + 1.5)
    while header_lines(header, width - (_BUTTON if lines == 1 else 0.0)) > lines and width < _WIDEST_HEADER:
        width += 0.5
    broken = between_words(header, min(at_least, _LEAST) if name else at_least, name) if lines > 1 else None
    return broken if broken is not None and (name or broken <= width * _WIDER) else round(width, 1)


def between_words(header: str, at_least: float, name: str = "") -> float | None:
    """Width at which a Chinese header breaks between words alone; None where no word in it is known or none will do.

    Programs break Chinese lines between any two characters. `name` is a word that the header begins with.

    >>> between_words("产业水平排名", 7, "产业水平"), between_words("对该地区的权重", 9)
    (8.1, 10.0)
    """
    ends = _ends_of_words(header, name)
    if not ends or re.fullmatch(f"[{_WIDE}]+", header) is None:
        return None
    good = [w / 10 for w in range(round(at_least * 10), _WIDEST_BROKEN * 10) if _breaks(header, w / 10) <= ends]
    run = [w for w in good if w - good[0] < _MARGIN] if good else []
    return run[-1] if run else None


def _breaks(header: str, width: float) -> set[int]:
    """Places at which programs may break a header in a column of that width; faces differ in the width of digits."""
    found: set[int] = set()
    for fits in (int(width / _WIDEST_CHARACTER), int((width + _LESS_PADDING) / _NARROWEST_CHARACTER)):
        found |= set(range(fits, len(header), max(fits, 1)))
    return found


def _ends_of_words(header: str, name: str) -> set[int]:
    start = len(name) if name and len(name) <= _LONGEST_NAME and header.startswith(name) else 0
    words = list(_WORD.finditer(header, start))
    edges = {start, *(found.start() for found in words), *(found.end() for found in words)}
    # No line begins with a particle, and none is a single character.
    return {at for at in edges if 1 < at < len(header) - 1 and header[at] not in "的之"} | (
        {at + 1 for at in edges if at < len(header) - 2 and header[at] in "的之"}
    )


def column_width(texts: Iterable[str], at_least: float, at_most: float = 40.0) -> float:
    """Width that shows the longest of the texts, within limits."""
    longest = max(map(text_width, texts), default=0.0)
    return round(min(max(at_least, longest + 3.5), at_most), 1)


def _wrapped(line: str, width: float) -> int:
    lines, used = 1, 0.0
    for piece in _pieces(line):
        room = text_width(piece)
        if used and used + text_width(piece.rstrip()) > width:
            lines, used = lines + 1, 0.0
        broken = int(text_width(piece.rstrip()) // (width + 0.01))
        lines, used = lines + broken, used + room - broken * width
    return lines


def _pieces(line: str) -> list[str]:
    # Words with the space after them; each Chinese character stands alone.
    return re.findall(rf"[{_WIDE}]|[^\s{_WIDE}]+\s*|\s+", line)


def _character_width(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 2.0
    if character in _NARROW:
        return 0.6
    return 1.25 if character.isupper() or character in "mw%@—" else 1.0
