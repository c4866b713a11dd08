"""Builds the site of these pages, with the Python reference made from docstrings; every warning is an error.

python docs/build.py          into build/site; open build/site/index.html
python docs/build.py FOLDER   into that folder
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
LANGUAGES = {"en": "en", "zh": "zh_CN"}  # the folder of the pages, and what Sphinx calls the language


def main(arguments: Sequence[str]) -> int:
    """Build each language's pages, and the page that leads to them."""
    site = Path(arguments[0]) if arguments else HERE.parent / "build" / "site"
    for folder, language in LANGUAGES.items():
        order = ["-q", "-E", "-W", "--keep-going", "-b", "html", "-c", str(HERE), "-D", f"language={language}"]
        cache = ["-d", str(site.with_name(f"{site.name}-doctrees") / folder)]
        command = [sys.executable, "-m", "sphinx", *order, *cache, str(HERE / folder), str(site / folder)]
        if done := subprocess.run(command).returncode:
            return done
    shutil.copy(HERE / "index.html", site)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
