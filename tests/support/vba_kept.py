"""What the grammars read in macros, kept by the macros' hash in `tests/workbook/macros_read.json`.

One grammar takes ten seconds to read them, the other four to be compiled; and they seldom change. What is not kept is
read. `pytest tests/workbook/test_macros_read.py --read-macros` reads all of them anew, and keeps what it read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[1] / "workbook" / "macros_read.json"


def key(grammar: str, text: str) -> str:
    """By the grammar, with its version, and by the text."""
    return hashlib.sha256(f"{grammar}\0{text}".encode()).hexdigest()[:32]


def reading(grammar: str, text: str, read: Callable[[], Any]) -> Any:
    """What was read in the text, in terms of JSON; read now unless it is kept."""
    kept = held()
    place = key(grammar, text)
    return kept[place] if place in kept else read()


@cache
def held() -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    return found


def keep(found: Mapping[str, Any]) -> None:
    """Have the file hold this and nothing else."""
    lines = [f"{json.dumps(place)}: {json.dumps(found[place], separators=(',', ':'))}" for place in sorted(found)]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")
    held.cache_clear()
