"""What a kind of fault, warning or note says, and the words that many of them share."""

from __future__ import annotations

from typing import NamedTuple

from ..errors import Severity
from ..language import Text

FAULT, WARNING, NOTE = Severity.FAULT, Severity.WARNING, Severity.NOTE
MISSING = Text("按缺失处理", "taken as missing")
LEFT_OUT = Text("未使用", "left out")
TAKEN = Text("按 {taken} 处理", "taken as {taken}")
NOTHING = Text("空白", "nothing")
NONE = Text("没有", "none")
FOUND = Text("{found}", "{found}")
MEANT = Text("{found}{meant}", "{found}{meant}")


class Kind(NamedTuple):
    """A kind of finding; placeholders are filled from the case."""

    severity: Severity
    expected: Text
    found: Text = FOUND
    done: Text = Text("", "")
