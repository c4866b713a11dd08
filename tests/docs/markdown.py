"""What a page is made of, for comparison with the same page in the other language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
PAGES = sorted(path.name for path in (ROOT / "docs" / "en").glob("*.md"))
PAIRS = [tuple(README.values()), *((ROOT / "docs" / "en" / name, ROOT / "docs" / "zh" / name) for name in PAGES)]
_FENCED = re.compile(r"^```(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_SAME_FOR_ALL = re.compile(r"(?<=--lang )(en|zh)\b")


@dataclass(frozen=True)
class Block:
    """A fenced block: what it is of, and what it holds."""

    kind: str
    text: str

    @property
    def alike(self) -> object:
        """What is the same in both languages: all but comments, the workbook's language, and words in data."""
        if self.kind == "csv":
            return [line.count(",") for line in self.text.splitlines()]
        if self.kind == "text":
            return len(self.text.splitlines())
        lines = (re.sub(r"\s+# .*", "", line) for line in self.text.splitlines())
        return _SAME_FOR_ALL.sub("LANG", "\n".join(lines)).replace("BigDataIndex.en.xlsm", "BigDataIndex.xlsm")


def blocks(page: str, *kinds: str) -> list[Block]:
    """The fenced blocks, of these kinds where any are named."""
    found = [Block(kind, text) for kind, text in _FENCED.findall(page)]
    return [block for block in found if not kinds or block.kind in kinds]


def headings(page: str) -> list[tuple[int, str]]:
    """Level and text of each heading."""
    return [(len(marks), text) for marks, text in re.findall(r"^(#+) (.+)$", _FENCED.sub("", page), re.MULTILINE)]


def anchors(page: str) -> set[str]:
    """The headings as links call them: lower case, hyphens for spaces, no punctuation."""
    return {re.sub(r"[^\w\- ]", "", text.casefold()).replace(" ", "-") for _, text in headings(page)}


def tables(page: str) -> list[tuple[int, ...]]:
    """The number of cells in each row, table by table."""
    found: list[list[int]] = []
    before = ""
    for line in _FENCED.sub("", page).splitlines():
        if line.startswith("|"):
            if not before.startswith("|"):
                found.append([])
            found[-1].append(len(re.findall(r"(?<!\\)\|", line)) - 1)
        before = line
    return [tuple(rows) for rows in found]


def links(page: str) -> list[str]:
    """Where links and pictures lead to, but for other sites."""
    targets = re.findall(r"\]\(([^)\s]+)\)", _FENCED.sub("", page))
    return [target for target in targets if "://" not in target and not target.startswith("mailto:")]
