"""Make bdindex_xl/sheets/sample/hot_words.csv: the hot words of the invented policies, as `bdindex words` finds them.

python sample/hot_words.py              write the file

It needs the extra `collect`; what reads the file does not.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from records import make  # noqa: E402

from bdindex_xl.microdata.words.finding import WorkbookWords, find  # noqa: E402
from bdindex_xl.microdata.words.texts import read_texts  # noqa: E402
from bdindex_xl.sheets.word_list import START  # noqa: E402

TARGET = HERE.parent / "bdindex_xl" / "sheets" / "sample" / "hot_words.csv"
HEADER = ("year", "word", "documents", "texts", "z")


def rows(policies: Path) -> Iterator[tuple[int, str, int, int, str]]:
    """Rows of the file: `texts` are all of the year, `z` is blank in the first year."""
    found = read_texts(policies)
    texts = Counter(found.years.tolist())
    # Names of the sample's units are among those of provinces and cities, which are no words in any case.
    for one in find(found, WorkbookWords(START, frozenset())):
        yield one.year, one.word, one.documents, texts[one.year], "" if one.z is None else repr(one.z)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder))
        listed = list(rows(Path(folder) / "policies.csv"))
    with TARGET.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows([HEADER, *listed])
    return 0


if __name__ == "__main__":
    sys.exit(main())
