"""What reaches the terminal: no character that would steer it, and no end of the program where nobody reads on.

Names in a workbook, and names of files, may hold escape sequences that recolour or retitle a terminal, or marks that
turn the order of letters round. Each is shown as its number, in the form that JSON has for it too.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator
from typing import Any, TextIO

# Control characters but for line feed and tab; marks of direction and of lines; halves of surrogate pairs; and tags,
# which are never seen.
_STEERING = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]"
)


def harmless(text: str) -> str:
    r"""The text with every character that steers a terminal shown as its number.

    >>> print(harmless("\x1b[31m red \u202e"))
    \u001b[31m red \u202e
    """
    return text if all(map(str.isprintable, text.split("\n"))) else re.sub(_STEERING, _number, text)


def _number(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code > 0xFFFF:  # JSON has the two halves
        return f"\\u{0xD800 + (code - 0x10000 >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
    return f"\\u{code:04x}"


class Harmless:
    """A stream that shows texts harmlessly, and goes on in silence once nobody takes them.

    `lost` is why the stream took no more, None where it took all: a full disk. A reader that has seen enough, such as
    `head`, is no loss.
    """

    def __init__(self, stream: TextIO) -> None:
        self.bare = stream
        self.lost: OSError | None = None
        self._ended = False

    def write(self, text: str) -> int:
        self._attempt(lambda: self.bare.write(harmless(text)))
        return len(text)

    def flush(self) -> None:
        self._attempt(self.bare.flush)

    def _attempt(self, what: Any) -> None:
        if self._ended:
            return
        try:
            what()
        except OSError as error:
            self._ended = True
            self.lost = None if isinstance(error, BrokenPipeError) else error
            with contextlib.suppress(OSError, ValueError):  # what is left in the buffer goes nowhere, without a word
                os.dup2(os.open(os.devnull, os.O_WRONLY), self.bare.fileno())

    def __getattr__(self, name: str) -> Any:
        return getattr(self.bare, name)


@contextlib.contextmanager
def harmless_streams() -> Iterator[Harmless | None]:
    """Have both streams show texts harmlessly; gives that of the output, None where the program has none."""
    before = sys.stdout, sys.stderr
    for stream in before:
        # A Windows console in a code page without Chinese must not stop the program.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    out, err = (Harmless(stream) if stream is not None else None for stream in before)
    sys.stdout, sys.stderr = out, err
    try:
        yield out
    finally:
        for made in (out, err):
            if made is not None:
                made.flush()
        sys.stdout, sys.stderr = before


def bare(stream: TextIO) -> TextIO:
    """The stream itself, for who moves the cursor on purpose."""
    return stream.bare if isinstance(stream, Harmless) else stream
