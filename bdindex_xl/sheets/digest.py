"""The digest of a workbook's input: a hash of named fields, the same whatever program has saved the file.

Every field of every value goes in, found by walking the values, so that none is forgotten. Lines of what is hashed read
``framework.nodes[3].weight=0.25``; what is blank has none, so that a new field leaves older digests as they are.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from ..core.digits import saved

VERSION = "2"  # of what is hashed; digests without any are older, and of other lines
_SEPARATOR, _OR = ":", "/"
_SHORT = 12  # digits that are enough where no one forges

DigestLine = tuple[str, str]  # with numbers as `digits.saved` has them, at once and by way of 16 digits


# Metadata of fields that results do not follow from. A function in place of False makes what is hashed of a field.
BESIDE: Mapping[str, bool] = {"digest": False}


def digest_of(value: Any) -> str:
    """``2:`` and the SHA-256 [hex] of a dataclass, field by field.

    Two of them, with a ``/`` between, where some number has a 5 for its 16th digit: a program that keeps 15 digits
    rounds it otherwise after one that keeps 16, and the file may go either way.
    """
    lines = _lines("", value)
    ways = ("".join(f"{line[way]}\n" for line in lines).encode("utf-8", "surrogatepass") for way in (0, 1))
    return VERSION + _SEPARATOR + _OR.join(dict.fromkeys(hashlib.sha256(way).hexdigest() for way in ways))


def short(digest: str) -> str:
    """The beginning of a digest, as analyses note it.

    >>> short("2:0123456789abcdef"), short("2:0123456789abcdef/f123456789abcdef")
    ('2:0123456789ab', '2:0123456789ab/f123456789ab')
    """
    version, hashes = _parts(digest)
    return version + _SEPARATOR + _OR.join(one[:_SHORT] for one in hashes)


def same(one: str, other: str) -> bool:
    """Whether two digests, both whole or both short, are of the same input.

    >>> same("2:ab/cd", "2:cd"), same("2:ab", "ab")
    (True, False)
    """
    (a, mine), (b, theirs) = _parts(one), _parts(other)
    return a == b and bool(mine.keys() & theirs.keys())


def comparable(digest: str) -> bool:
    """Whether a digest is of this version's kind; another one tells nothing of whether the input has changed."""
    return _parts(digest)[0] == VERSION


def _parts(digest: str) -> tuple[str, dict[str, None]]:
    version, _, hashes = digest.rpartition(_SEPARATOR)
    return version, dict.fromkeys(hashes.split(_OR))


def _lines(name: str, value: Any) -> list[DigestLine]:
    if value is None:
        return []
    if isinstance(value, str):
        line = f"{name}={_text(value)}"
        return [(line, line)] if value else []
    if dataclasses.is_dataclass(value):
        parts = []
        for field in fields_of(value):
            made_of, content = field.metadata.get("digest"), getattr(value, field.name)
            parts.append((f"{name}.{field.name}".lstrip("."), made_of(content) if callable(made_of) else content))
    elif isinstance(value, Mapping):
        parts = [(f"{name}[{_text(str(key))}]", value[key]) for key in sorted(value, key=str)]
    elif isinstance(value, tuple | list):
        parts = [(f"{name}[{i}]", item) for i, item in enumerate(value)]
    else:
        at_once, by_way = _written(value)
        return [(f"{name}={at_once}", f"{name}={by_way}")]
    return [line for part in parts for line in _lines(*part)]


def fields_of(value: Any) -> list[dataclasses.Field[Any]]:
    """Fields of a dataclass that results follow from, by name."""
    fields = (field for field in dataclasses.fields(value) if field.metadata.get("digest", True))
    return sorted(fields, key=lambda field: field.name)


def _written(value: Any) -> tuple[str, str]:
    if isinstance(value, np.ndarray):
        made = [f"{value.shape} {hashlib.sha256(_bytes(numbers)).hexdigest()}" for numbers in saved(value)]
        return made[0], made[1]
    at_once, by_way = (f"{float(number):.15g}" for number in saved(float(value)))
    return at_once, by_way


def _bytes(numbers: np.ndarray[Any, Any]) -> bytes:
    return np.where(np.isnan(numbers), np.nan, numbers).astype("<f8").tobytes()  # one bit pattern for all missing


def _text(text: str) -> str:
    """A text in quotes, on one line; programs end the lines of a cell in different ways."""
    return _QUOTED(text.replace("\r\n", "\n").replace("\r", "\n"))


_QUOTED = json.JSONEncoder(ensure_ascii=False).encode
