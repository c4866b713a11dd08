"""Shapes in the old drawing language, which carries comments and form controls. What Excel writes there is not always
well-formed, so it is searched, never parsed."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass

_SHAPE = re.compile(
    rb"<((?:[\w.-]+:)?)(shape|rect|oval|line|roundrect|group)(?=[\s>])([^>]*)(?<!/)>.*?</\1\2\s*>", re.S
)
_ID = re.compile(rb"""\sid\s*=\s*["']([^"']*)["']""")
_KIND = re.compile(rb"""\bObjectType\s*=\s*["']([^"']*)["']""")
_MACRO = re.compile(rb"<((?:[\w.-]+:)?)FmlaMacro(?:\s[^>]*)?(?:/>|>(.*?)</\1FmlaMacro\s*>)", re.S)


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape: its id, what it is (``Note``, ``Button``, …), the macro it calls."""

    id: str
    kind: str
    macro: str


def shapes(data: bytes) -> Iterator[Shape]:
    """All shapes of a drawing."""
    return (_shape(found) for found in _SHAPE.finditer(data))


def without(data: bytes, goes: Callable[[Shape], bool]) -> bytes:
    """The drawing without some of its shapes."""
    return _SHAPE.sub(lambda found: b"" if goes(_shape(found)) else found[0], data)


def without_ids(data: bytes, ids: Container[str]) -> bytes:
    """The drawing without the shapes of these ids."""
    return without(data, lambda shape: shape.id in ids)


def without_macros(data: bytes) -> tuple[bytes, int]:
    """The drawing with shapes that call nothing, and how many called something."""
    return _MACRO.subn(b"", data)


def _shape(found: re.Match[bytes]) -> Shape:
    def first(pattern: re.Pattern[bytes], data: bytes, group: int = 1) -> str:
        match = pattern.search(data)
        return (match[group] or b"").decode("utf-8", "replace") if match else ""

    return Shape(first(_ID, found[3]), first(_KIND, found[0]), first(_MACRO, found[0], 2))
