"""What rankings are called: by the code, by readers, and in the names of their tables."""

from __future__ import annotations

import hashlib
import re

from ...language import Text

RANKING_LABELS = {"province": Text("省份", "Province"), "city": Text("城市", "City")}


def ranking_label(ranking: str) -> Text:
    """A ranking's name for readers; one the schema does not know keeps the name its user gave it."""
    return RANKING_LABELS.get(ranking, Text(ranking, ranking))


def ranking_key(label: str) -> str:
    """What the code calls a ranking that a reader names, in whichever language.

    >>> ranking_key("省份"), ranking_key("County")
    ('province', 'County')
    """
    return _KEYS.get(label.casefold(), label)


_KEYS = {name.casefold(): key for key, text in RANKING_LABELS.items() for name in (key, *text.both())}


def table_of(template: str, ranking: str) -> str:
    """Name of a ranking's table: the ranking's own name where that makes a name, else a likeness of it with a hash.

    Letters, digits and underscores stay, whatever the script. The hash keeps two rankings apart that differ
    only in what a name cannot hold.

    >>> table_of("bdx_data_{ranking}", "city"), table_of("bdx_ranking_{ranking}", "算力 集群")
    ('bdx_data_city', 'bdx_ranking_算力_集群_c89d71')
    """
    kept = re.sub(r"[^\w]", "_", ranking)[:_RANKING_LENGTH]
    if kept != ranking or not kept:
        kept += "_" + hashlib.sha256(ranking.encode()).hexdigest()[:6]
    return template.format(ranking=kept)


_RANKING_LENGTH = 60  # a defined name holds 255 characters; this leaves room for what goes before and after
