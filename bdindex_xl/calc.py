"""What the add-in of LibreOffice Calc starts: a process that takes a line of JSON and answers by one.

Its first line says that it is ready, or why it cannot be. It ends when the office does.
"""

from __future__ import annotations

import json
import math
import os
import sys
import traceback
from collections.abc import Iterator
from typing import Any, TextIO

from . import __version__
from .language import as_lang, of_environment
from .system import logs


def main() -> int:
    """Answer until there is nobody to ask."""
    out = _own_output()
    try:
        from .functions import GivenCells, answer  # numpy with it, which may be missing or broken
    except Exception as error:
        _say(out, {"failed": f"{type(error).__name__}: {error}"})
        return 1
    _say(out, {"ready": __version__})
    for message in _messages():
        lang = as_lang(message.get("lang")) or of_environment()
        try:
            given = (
                GivenCells(one["rows"], None, one["of"]) if isinstance(one, dict) else one
                for one in message["arguments"]
            )
            found: Any = answer(message["function"], lang, *given)
        except Exception:
            heading = f"bdindex {__version__}, LibreOffice, {message.get('function')}"
            found = logs.told(heading, traceback.format_exc())[lang]
        _say(out, {"answer": found if isinstance(found, str) else [[_plain(cell) for cell in row] for row in found]})
    return 0


def _own_output() -> TextIO:
    """The stream that the office reads. Whatever else is printed goes the way of errors."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return out


def _messages() -> Iterator[dict[str, Any]]:
    for line in sys.stdin.buffer:
        yield json.loads(line)


def _say(out: TextIO, message: dict[str, Any]) -> None:
    out.write(json.dumps(message, separators=(",", ":")) + "\n")
    out.flush()


def _plain(cell: Any) -> Any:
    """A cell as JSON has it; a number that is none is blank."""
    cell = cell.item() if hasattr(cell, "item") else cell
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


if __name__ == "__main__":
    sys.exit(main())
