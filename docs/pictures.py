"""Makes the pictures of the ranking sheet anew, in both languages: needs LibreOffice, and poppler's `pdftoppm`.

python docs/pictures.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from bdindex_xl.language import LANGUAGES

IMAGES = Path(__file__).resolve().parent / "images"
DENSITY = 110  # [dots an inch]
WIDTH = 1205  # of the table on an A4 page, from the left margin on [dots]
HEIGHT = {"zh": 730, "en": 625}  # of its 31 rows in each language's font [dots]


def main() -> None:
    """A workbook of the sample, its ranking of provinces printed, the table cut out of the page."""
    for lang in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            book, copy = Path(folder, "index.xlsm"), Path(folder, "copy.xlsx")
            commands: list[list[str | Path]] = [
                ["new", book, "--lang", lang],
                ["recalculate", book],
                ["share", book, "-o", copy, "--only", "province", "--values", "--pdf"],
            ]
            for command in commands:
                subprocess.run([sys.executable, "-m", "bdindex_xl", *command], check=True, capture_output=True)
            area = ["-x", "40", "-y", "48", "-W", str(WIDTH), "-H", str(HEIGHT[lang])]
            page = ["-png", "-singlefile", "-r", str(DENSITY), *area]
            subprocess.run(["pdftoppm", *page, copy.with_suffix(".pdf"), IMAGES / f"ranking.{lang}"], check=True)


if __name__ == "__main__":
    main()
