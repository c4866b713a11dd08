"""The fields of a key, as a user lists them."""

from __future__ import annotations

import re

from ..model.collecting import RecordSource


def keys_of(source: RecordSource) -> tuple[str, ...]:
    """Fields that tell records of one year apart.

    >>> from ..model.collecting import SourceKind
    >>> keys_of(RecordSource("deals", SourceKind.CSV, "deals.csv", "code， round"))
    ('code', 'round')
    """
    return tuple(filter(None, (part.strip() for part in re.split("[,，、;；]", source.key))))
