"""Makes the pictures of the ranking sheet anew, in both languages: needs LibreOffice, and poppler's `pdftoppm`.

In place of the faces of the workbooks, LibreOffice has Carlito and Noto Sans CJK.

python docs/pictures.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bdindex_xl.language import LANGUAGES

IMAGES = Path(__file__).resolve().parent / "images"
DENSITY = 110  # [dots an inch]
WIDTH = 1205  # of the table on an A4 page, from the left margin on [dots]
HEIGHT = {"zh": 790, "en": 615}  # of its 31 rows in each language's font [dots]


FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<match target="pattern"><test name="family"><string>Microsoft YaHei</string></test>
<edit name="family" mode="assign" binding="strong"><string>Noto Sans CJK SC</string></edit></match></fontconfig>"""


def main() -> None:
    """A workbook of the sample, its ranking of provinces printed, the table cut out of the page."""
    for lang in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            fonts = Path(folder, "fonts.conf")
            fonts.write_text(FONTS, encoding="utf-8")
            faces = os.environ | {"FONTCONFIG_FILE": str(fonts)}
            book, copy = Path(folder, "index.xlsm"), Path(folder, "copy.xlsx")
            commands: list[list[str | Path]] = [
                ["new", book, "--lang", lang],
                ["recalculate", book],
                ["share", book, "-o", copy, "--only", "province", "--values", "--pdf"],
            ]
            for command in commands:
                program = [sys.executable, "-m", "bdindex_xl", *command]
                subprocess.run(program, check=True, capture_output=True, env=faces)
            area = ["-x", "40", "-y", "48", "-W", str(WIDTH), "-H", str(HEIGHT[lang])]
            page = ["-png", "-singlefile", "-r", str(DENSITY), *area]
            subprocess.run(["pdftoppm", *page, copy.with_suffix(".pdf"), IMAGES / f"ranking.{lang}"], check=True)


if __name__ == "__main__":
    main()
