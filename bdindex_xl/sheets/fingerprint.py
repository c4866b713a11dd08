"""A short mark of a workbook's inputs and rankings, to be published elsewhere and held against a file.

Two parts, so that a copy without raw data can still be held against its rankings. What is consistent inside a file can
still be another file: only a mark kept outside tells.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ..errors import BdIndexError
from ..language import Text
from . import schema
from .book import Block, ResultTable
from .cells import read_number, read_text
from .inputs import Inputs
from .matching import own_columns

_VERSION = "bdx1"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no letter that reads like a digit
_READ_AS = str.maketrans("OIL", "011")
_LENGTH = 15  # signs of 5 bits, then one to check them
_DECIMALS = 6  # of scores 0-100, so that machines that add up in another order agree
_TEXTS, _COUNTS = {"name"}, {"rank", "previous rank", "count"}

_MALFORMED = Text(
    "应为 bdindex share 或 verify 显示的指纹（如 bdx1-…/…），实为“{found}”{why}",
    "expected a fingerprint as bdindex share and verify show it (bdx1-…/…), found “{found}”{why}",
)
_MISTYPED = Text("，其中有误录的字符", ": a sign of it is mistyped")


class Fingerprint(NamedTuple):
    """The marks of inputs and of rankings; `inputs` is empty where a file holds none."""

    inputs: str
    results: str

    def __str__(self) -> str:
        return f"{_VERSION}-{_grouped(self.inputs) or '…'}/{_grouped(self.results)}"


def fingerprint(inputs: Inputs, tables: Iterable[ResultTable]) -> Fingerprint:
    """The fingerprint of inputs and of the results that follow from them; of the tables, rankings count."""
    told = (inputs.digest(), inputs.settings.title, inputs.source)
    rankings = {table.table: [(c.role, c.values) for c in table.columns] for table in tables if _counts(table.table)}
    return Fingerprint(_mark(told), _of_rankings(rankings))


def of_blocks(blocks: Iterable[Block]) -> str:
    """The mark of rankings as they stand on the sheets."""
    rankings = {}
    for block in blocks:
        if _counts(block.table):
            roles = own_columns(block.table, block.header)
            rankings[block.table] = [(role, block.columns[j]) for j, role in roles.items()]
    return _of_rankings(rankings)


def parse(text: str) -> Fingerprint:
    """A fingerprint as it was copied or typed: case, spaces and dashes do not count. Raises BdIndexError."""
    plain = re.sub(r"[^0-9A-Za-z]", "", text).upper().removeprefix(_VERSION.upper()).translate(_READ_AS)
    parts = plain[: _LENGTH + 1], plain[_LENGTH + 1 :]
    if not all(len(part) == _LENGTH + 1 and set(part) <= set(_ALPHABET) for part in parts):
        raise BdIndexError(_MALFORMED.format(found=text, why=""))
    if not all(_check(part[:-1]) == part[-1] for part in parts):
        raise BdIndexError(_MALFORMED.format(found=text, why=_MISTYPED))
    return Fingerprint(*parts)


def _counts(table: str) -> bool:
    return schema.sheet_of(table) in (schema.RANKING, schema.GROUPS)


def _of_rankings(rankings: dict[str, list[tuple[str, Sequence[Any]]]]) -> str:
    """Rows in the order of their texts: a reader may sort a table, and name what it is in another language."""
    told: list[str] = []
    for name in sorted(rankings):
        columns = [[_spelt(value, role) for value in values] for role, values in rankings[name] if _is_told(role)]
        told += [name, *sorted("\t".join(row) for row in zip(*columns, strict=True) if any(row))]
    return _mark(told)


def _is_told(role: str) -> bool:
    return role in _TEXTS or role in _COUNTS or role == "score"


def _spelt(value: Any, role: str) -> str:
    if role in _TEXTS:
        return read_text(value)
    number = read_number(value if value is None or isinstance(value, str) else float(value)).number
    if number != number:
        return ""
    return f"{number:.0f}" if role in _COUNTS else f"{number + 0.0:.{_DECIMALS}f}"


def _mark(told: Iterable[str]) -> str:
    sha = hashlib.sha256()
    for text in told:
        sha.update(text.encode("utf-8", "surrogatepass") + b"\0")
    number = int.from_bytes(sha.digest()[:10], "big")
    signs = "".join(_ALPHABET[number >> 5 * k & 31] for k in range(_LENGTH))
    return signs + _check(signs)


def _check(signs: str) -> str:
    """A sign that tells one mistyped sign, and most neighbours changed about: Luhn's, to the base of 32."""
    total = sum(_weighed(_ALPHABET.index(sign), k) for k, sign in enumerate(reversed(signs)))
    return _ALPHABET[-total % 32]


def _weighed(value: int, place: int) -> int:
    return value if place % 2 else sum(divmod(2 * value, 32))


def _grouped(signs: str) -> str:
    return "-".join(_groups(signs))


def _groups(signs: str) -> Iterator[str]:
    return (signs[k : k + 4] for k in range(0, len(signs), 4))
