"""Number formats of a document: Excel's codes for LibreOffice's keys, and what typed text would become."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from .bridge import struct, uno
from .session import Session

DATE, TIME, CURRENCY, TEXT, LOGICAL = 2, 4, 8, 256, 1024  # com.sun.star.util.NumberFormat

_OUTSIDE_OF_TEXT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|AM/PM|A/P|[YMDHS]+', re.IGNORECASE)


class Formats:
    """Number formats of one document."""

    def __init__(self, session: Session, document: Any) -> None:
        self.known = document.NumberFormats
        self._english = struct("lang.Locale", Language="en", Country="US")
        self._formatter = session.service("util.NumberFormatter")
        self._formatter.attachNumberFormatsSupplier(document)
        self._not_numeric = uno().getClass("com.sun.star.util.NotNumericException")
        self.kind = cache(self._kind)
        self.code = cache(self._code)
        self.key = cache(self._key)
        self.typed = cache(self._typed)

    def _kind(self, key: int) -> int:
        """Kind of a format, as a sum of flags."""
        return int(self.known.getByKey(key).Type)

    def _code(self, key: int) -> str:
        """A format as Excel spells it: date codes in lower case, no format for logical values."""
        code = str(self.known.getByKey(key).FormatString)
        if self.kind(key) & LOGICAL:
            return "General"
        if not self.kind(key) & (DATE | TIME):
            return code
        return _OUTSIDE_OF_TEXT.sub(lambda m: m[0].lower() if m[0].upper().strip("YMDHS") == "" else m[0], code)

    def _key(self, code: str) -> int:
        key = self.known.queryKey(code, self._english, False)
        return int(key if key != -1 else self.known.addNew(code, self._english))

    def _typed(self, text: str) -> tuple[float, int] | None:
        """The number that Excel would make of a typed text, and the format it would give it; None for plain text."""
        try:
            key = self._formatter.detectNumberFormat(0, text)
            return float(self._formatter.convertStringToNumber(key, text)), int(key)
        except self._not_numeric:
            return None
