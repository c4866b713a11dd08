"""Tiers of a ranking: by natural breaks of the scores, or by the ranks at which they end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .schema import ranking_label

CLASSES = 4
_PART = re.compile(
    r"(.*?)\s*[:：]?\s*(?:(?:自然断点|natural breaks)\s*(\d+)|(\d+(?:\s*[,，、]\s*\d+)*))", re.IGNORECASE
)


class Tiers(NamedTuple):
    """`bounds` are the last ranks of the tiers, ascending; what comes after them is one more. Without, `classes` of
    natural breaks."""

    classes: int = CLASSES
    bounds: tuple[int, ...] = ()


def read_tiers(text: str, labels: Mapping[str, str]) -> dict[str, Tiers] | None:
    """The setting by ranking; None where the text is none.

    A text names last ranks, ``5, 15, 25``, or a number of natural breaks, ``natural breaks 4``, for all rankings or,
    after its label, for one; parts go between semicolons. `labels` are keys of rankings by what a reader calls them.

    >>> read_tiers("省份 6；城市 5, 15, 25", {"省份": "province", "城市": "city"})["city"].bounds
    (5, 15, 25)
    >>> read_tiers("自然断点 5", {"City": "city"})["city"]
    Tiers(classes=5, bounds=())
    """
    keys = {label.casefold(): key for label, key in labels.items()}
    found: dict[str, Tiers] = {}
    for part in filter(None, (one.strip() for one in re.split("[;；]", text))):
        parsed = _PART.fullmatch(part)
        name = parsed[1].casefold() if parsed else ""
        if parsed is None or (name and name not in keys):
            return None
        tiers = (
            Tiers(classes=int(parsed[2])) if parsed[2] else Tiers(bounds=tuple(map(int, _NUMBER.findall(parsed[3]))))
        )
        if not _sensible(tiers):
            return None
        found |= dict.fromkeys((keys[name],) if name else keys.values(), tiers)
    return found


def labels_of(rankings: Iterable[str]) -> dict[str, str]:
    """Keys of rankings by all that a reader may call them."""
    return {name: key for key in rankings for name in (key, *ranking_label(key).both())}


_NUMBER = re.compile(r"\d+")
_MOST = 20


def _sensible(tiers: Tiers) -> bool:
    bounds = tiers.bounds
    return 0 < tiers.classes <= _MOST and list(bounds) == sorted(set(bounds)) and (not bounds or bounds[0] > 0)
