"""How large and how odd a workbook may be before it is refused: every bound, in one place.

An ordinary sheet shrinks 5 to 60 times when packed; deflate can reach 1,030. A hundred thousand rows of 40 columns stay
below 300 MB. The bounds are far from work that people do, and near enough that no file of a megabyte costs more than
some seconds and a gigabyte.
"""

from __future__ import annotations

from ...language import Text
from . import refusals

MAX_FILE = 1 << 30  # bytes, packed
MAX_PARTS = 20_000
MAX_PART = 1 << 30  # bytes, unpacked
MAX_TOTAL = 4 << 30
# How often a part may be larger than its packed bytes: small parts may be as empty as they like.
RATIO_FREE = 16 << 20
TOTAL_FREE = 64 << 20
MAX_RATIO = 250
RATIO_LARGE = 128 << 20
MAX_RATIO_LARGE = 100
# XML. A token is a tag, a comment or an instruction; text comes in pieces.
MAX_DEPTH = 100
MAX_TOKEN = 4 << 20
MAX_TREE = 64 << 20  # bytes of a part of which every element is looked at: all but sheets and shared strings
MAX_ELEMENTS = 400_000  # the same part's elements
# Shared strings: Excel itself keeps no more different texts than a sheet has rows, many times over.
MAX_STRINGS = 4_000_000
# A table whose range says a million rows is cut after its last cell; one that really has this many is past our means.
MAX_VALUES = 40_000_000
MAX_DIGITS = 9  # of an index or identifier


def check_tree(part: str, size: int, elements: int = 0) -> None:
    """Refuse a part too large for each of its elements to be looked at."""
    if size > MAX_TREE:
        raise refusals.too_large(_SIZE.format(part=part, size=size >> 20))
    if elements > MAX_ELEMENTS:
        raise refusals.too_large(_ELEMENTS.format(part=part, n=MAX_ELEMENTS))


def check_strings(part: str, n: int) -> None:
    """Refuse more texts than cells can want."""
    if n > MAX_STRINGS:
        raise refusals.too_large(_STRINGS.format(part=part, n=n))


def check_values(n: int) -> None:
    """Refuse a table of more cells than can be held."""
    if n > MAX_VALUES:
        raise refusals.too_large(_VALUES.format(n=MAX_VALUES))


def check_token(part: str, size: int) -> None:
    """Refuse a tag or comment that goes on and on."""
    if size > MAX_TOKEN:
        raise refusals.too_large(_TOKEN.format(part=part, size=MAX_TOKEN >> 20))


def check_packing(part: str, packed: int, size: int) -> None:
    """Refuse a part that unpacks to far more than it is."""
    limit = MAX_RATIO_LARGE if size > RATIO_LARGE else MAX_RATIO
    if size > MAX_PART or (size > RATIO_FREE and size > limit * max(packed, 1)):
        raise refusals.too_large(_SIZE.format(part=part, size=size >> 20))


def check_total(packed: int, size: int) -> None:
    """Refuse a file that unpacks to far more than it is, however its parts share that out."""
    if size > MAX_TOTAL or (size > TOTAL_FREE and size > MAX_RATIO * max(packed, 1)):
        raise refusals.too_large(_TOTAL.format(size=size >> 20))


_TOTAL = Text("文件解压后有 {size:,} MB", "the file unpacks to {size:,} MB")
_SIZE = Text("部件 {part} 解压后有 {size:,} MB", "part {part} unpacks to {size:,} MB")
_ELEMENTS = Text("部件 {part} 含有超过 {n:,} 个元素", "part {part} holds more than {n:,} elements")
_STRINGS = Text("部件 {part} 含有 {n:,} 条文本", "part {part} holds {n:,} texts")
_VALUES = Text("一个表格超过 {n:,} 个单元格", "a table has more than {n:,} cells")
_TOKEN = Text(
    "部件 {part} 中有一个标记或注释超过 {size} MB", "part {part} holds a tag or comment of more than {size} MB"
)
