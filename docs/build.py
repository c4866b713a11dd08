"""Builds the site of these pages, with the Python reference made from docstrings; every warning is an error.

python docs/build.py          into build/site; open build/site/index.html
python docs/build.py FOLDER   into that folder
"""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from sphinx.application import builtin_extensions
from sphinx.cmd.build import main as sphinx

HERE = Path(__file__).resolve().parent
LANGUAGES = {"en": "en", "zh": "zh_CN"}  # the folder of the pages, and what Sphinx calls the language


def main(arguments: Sequence[str]) -> int:
    """Build each language's pages, and the page that leads to them."""
    site = Path(arguments[0]) if arguments else HERE.parent / "build" / "site"
    for module in (*builtin_extensions, "sphinx.ext.autodoc", "sphinx.ext.napoleon"):
        importlib.import_module(module)  # while no language is chosen: their words would stay in the first one's
    for folder, language in LANGUAGES.items():
        order = ["-q", "-E", "-W", "--keep-going", "-b", "html", "-c", str(HERE), "-D", f"language={language}"]
        cache = ["-d", str(site.with_name(f"{site.name}-doctrees") / folder)]
        done: int = sphinx([*order, *cache, str(HERE / folder), str(site / folder)])
        if done:
            return done
    shutil.copy(HERE / "index.html", site)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
