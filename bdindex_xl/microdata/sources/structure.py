"""What the bytes of a CSV file in UTF-8 tell of its records: how many there are, how lines end, what is unusual."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_Places = NDArray[np.intp]
_Bytes = NDArray[np.uint8]
_FEED, _RETURN, _QUOTE, _SPACE, _TAB = b'\n\r" \t'
_BLANK = np.zeros(256, bool)  # how a record that may be all blank begins
_BLANK[list(b",;|\t\r\n ")] = True
_BESIDE = _BLANK.copy()  # what stands before a field or after it
_BESIDE[0] = True  # the end of the file
_IS_QUOTE = np.zeros(256, bool)
_BESIDE[_QUOTE] = _IS_QUOTE[_QUOTE] = True
# The first bytes, the second and the range of the third of no-break and wide spaces, of zero-width characters and marks
# of direction and of byte order.
_ODD = (
    (0xC2, 0xA0, 0, 255), (0xC2, 0xAD, 0, 255), (0xD8, 0x9C, 0, 255), (0xE1, 0xA0, 0x8E, 0x8E),
    (0xE2, 0x80, 0x8B, 0x8F), (0xE2, 0x80, 0xAA, 0xAE), (0xE2, 0x81, 0xA0, 0xAF), (0xE3, 0x80, 0x80, 0x80),
    (0xEF, 0xBB, 0xBF, 0xBF), (0xEF, 0xBF, 0xB9, 0xBB),
)  # fmt: skip
_AHEAD = 3  # bytes after a place by which it is judged


@dataclass(slots=True)
class Structure:
    """Told from the bytes block by block. Ends of lines within quotation marks do not count.

    `odd` tells that there may be characters that cannot be seen, or wide spaces; `padded` that a field may begin or end
    with a blank; `blank` that a record may be all blank.
    """

    lines: int = 0
    returns: int = 0
    both: int = 0
    odd: bool = False
    padded: bool = False
    blank: bool = False
    _open: bool = False
    _last: bytes = b"\n"
    _held: bytes = b""

    def add(self, block: bytes) -> None:
        """The next bytes."""
        block = self._held + block
        cut = max(len(block) - _AHEAD, 0)
        self._held = block[cut:]
        if cut:
            self._count(block, cut)

    def close(self) -> None:
        """The end of the file."""
        self._last = self._held[-1:] or self._last
        self._count(self._held + bytes(_AHEAD), len(self._held))

    @property
    def ends(self) -> int:
        """How many lines have ended outside quotation marks."""
        return self.lines + self.returns + self.both

    @property
    def records(self) -> int:
        """How many there are, the header and blank ones too."""
        return self.ends + (self._last not in b"\r\n")

    @property
    def is_plain(self) -> bool:
        """Whether all lines end alike, and no quotation is left open."""
        return sum(map(bool, (self.lines, self.returns, self.both))) <= 1 and not self._open

    def _count(self, block: bytes, n: int) -> None:
        """The first `n` bytes of a block, in the light of those after them."""
        data = np.frombuffer(block, np.uint8)
        quotes, feeds, returns = (np.flatnonzero(data[:n] == mark) for mark in (_QUOTE, _FEED, _RETURN))
        fed, returned = self._within(quotes, feeds), self._within(quotes, returns)
        self._ends(data, feeds[~fed], returns[~returned])
        if not self.padded:
            self.padded = self._is_padded(data, n, quotes, np.concatenate((feeds[fed], returns[returned])))
        self.odd = self.odd or (not block.isascii() and _is_odd(data))
        self.blank = self.blank or self.odd  # of characters that cannot be seen
        self._open = bool((len(quotes) + self._open) % 2)

    def _is_padded(self, data: _Bytes, n: int, quotes: _Places, ends: _Places) -> bool:
        """Whether a blank is beside a separator or a quotation mark, or a line within the latter ends beside one."""
        blanks = np.flatnonzero((data[:n] == _SPACE) | (data[:n] == _TAB))
        within = self._within(quotes, blanks)
        bare, quoted = blanks[~within], np.concatenate((blanks[within], ends))
        return any(
            bool((known[data[at - 1]] | known[data[at + 1]]).any())
            for at, known in ((bare, _BESIDE), (quoted, _IS_QUOTE))
        )

    def _within(self, quotes: _Places, places: _Places) -> NDArray[np.bool_]:
        """Which places are within quotation marks."""
        within: NDArray[np.bool_] = (np.searchsorted(quotes, places) + self._open) % 2 == 1
        return within

    def _ends(self, data: _Bytes, feeds: _Places, returns: _Places) -> None:
        both = int((data[returns + 1] == _FEED).sum())
        self.both += both
        self.lines += len(feeds) - both
        self.returns += len(returns) - both
        begins = np.concatenate((feeds, returns)) + 1
        first = data[begins]
        self.blank = self.blank or bool((_BLANK[first] | (first == _QUOTE) & _BESIDE[data[begins + 1]]).any())


def _is_odd(data: _Bytes) -> bool:
    for lead in {lead for lead, *_ in _ODD}:
        at = np.flatnonzero(data[:-2] == lead)
        second, third = data[at + 1], data[at + 2]
        for first, after, low, high in _ODD:
            if first == lead and bool(((second == after) & (third >= low) & (third <= high)).any()):
                return True
    return False


def first_utf8(block: bytes) -> int | None:
    """Where the first four Chinese characters in UTF-8 begin, with nothing beside them that is not ASCII.

    No text in GB18030 looks like that by chance.

    >>> first_utf8("a,".encode() + "企业名称".encode()), first_utf8("企业名称".encode("gb18030"))
    (2, None)
    """
    data = np.frombuffer(block + bytes(3 * _RUN), np.uint8)
    at = np.flatnonzero(_LEAD[data[: len(block)]])
    for k in range(0, 3 * _RUN, 3):
        at = at[_LEAD[data[at + k]] & (data[at + k + 1] & 0xC0 == 0x80) & (data[at + k + 2] & 0xC0 == 0x80)]
    for begin in at.tolist():
        if (found := _UTF8.match(block, begin)) and (begin == 0 or block[begin - 1] < 0x80):
            return found.start()
    return None


_RUN = 4  # characters
_LEAD = np.zeros(256, bool)
_LEAD[[*range(0xE3, 0xEA), 0xEF]] = True
_UTF8 = re.compile(rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){4,}(?![\x80-\xff])")
