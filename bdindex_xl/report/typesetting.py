"""Pages by Typst: a template of this room and data for it, into a PDF. No network, and the same bytes every time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from ..language import Lang
from .pictures.faces import CHINESE, PREFERRED, require

if TYPE_CHECKING:
    from typst import Fonts

Given = Mapping[str, Any]  # what a template shows: texts, numbers, pictures as SVG. Nothing of it is read as markup

_AT_ONCE = 8  # pictures that are in memory together
_TEMPLATES = Path(__file__).parent / "templates"
_SERIF = (
    "Libertinus Serif",  # comes with Typst
    "Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "Noto Serif SC", "SimSun", "NSimSun",
    "Songti SC", "STSong",
)  # fmt: skip
_REGION: Mapping[Lang, str | None] = {"zh": "cn", "en": None}


def typeset(template: str, lang: Lang, given: Given) -> bytes:
    """The PDF of a template, tagged for those who have it read to them.

    Raises
    ------
    FileRefused
        Where there is Chinese text and no Chinese face is installed.
    """
    import typst

    fonts = _fonts()
    compiler = typst.Compiler(
        _TEMPLATES / template, font_paths=fonts, sys_inputs={"data": _as_data(lang, given, fonts)}
    )
    return _pdf(compiler.compile(format="pdf"))


def typeset_together(template: str, lang: Lang, parts: Iterable[Given]) -> bytes:
    """One PDF of many pages, by parts, so that only one part is in memory at a time.

    The template marks where a bookmark goes by metadata with its name and page, labelled ``<bookmark>``.
    """
    import typst

    fonts = _fonts()
    with TemporaryDirectory() as folder:
        bookmarks: list[dict[str, Any]] = []
        n_pages: list[int] = []
        for given in parts:
            data = _as_data(lang, given, fonts)
            compiler = typst.Compiler(_TEMPLATES / template, font_paths=fonts, sys_inputs={"data": data})
            made = compiler.compile(format="pdf", pdf_tags=False)
            Path(folder, f"{len(n_pages)}.pdf").write_bytes(_pdf(made))
            found = json.loads(compiler.query("<bookmark>", field="value"))
            bookmarks += [one | {"page": one["page"] + sum(n_pages)} for one in found]
            n_pages.append(int(json.loads(compiler.query("<pages>", field="value", one=True))))
            _forget(fonts)
        whole = Path(folder, "whole.typ")
        whole.write_text((_TEMPLATES / "together.typ").read_text("utf-8"), "utf-8")
        told = _as_data(lang, {"title": given["title"], "parts": n_pages, "bookmarks": bookmarks}, fonts)
        return _pdf(typst.compile(whole, font_paths=fonts, sys_inputs={"data": told}, format="pdf", pdf_tags=False))


def painted(svgs: Sequence[str], lang: Lang, dpi: float) -> list[bytes]:
    """Pictures as PNG. Raises FileRefused where one has Chinese text and no Chinese face is installed."""
    import typst

    fonts = _fonts()
    found: list[bytes] = []
    for first in range(0, len(svgs), _AT_ONCE):
        data = _as_data(lang, {"pictures": svgs[first : first + _AT_ONCE]}, fonts)
        compiler = typst.Compiler(_TEMPLATES / "pictures.typ", font_paths=fonts, sys_inputs={"data": data})
        made = compiler.compile(format="png", ppi=dpi)
        found += [made] if isinstance(made, bytes) else made or ()  # one alone comes without a list
        _forget(fonts)
    return found


@cache
def _fonts() -> Fonts:
    """The fonts of this computer, looked for once."""
    import typst

    return typst.Fonts()


def _as_data(lang: Lang, given: Given, fonts: Fonts) -> str:
    installed = set(fonts.families())
    text = json.dumps(given, ensure_ascii=False)
    require(text, installed)
    serif, sans = ([face for face in those if face in installed] for those in ((*_SERIF, *CHINESE), PREFERRED[lang]))
    told = {**given, "lang": lang, "region": _REGION[lang], "serif": serif, "faces": sans or serif}
    return json.dumps(told, ensure_ascii=False, allow_nan=False)


def _pdf(made: bytes | list[bytes] | None) -> bytes:
    assert isinstance(made, bytes)  # a list is of pictures, a page each
    return made


def _forget(fonts: Fonts) -> None:
    """Make Typst drop what it keeps of earlier pages: it does so with what ten compilations have not asked for."""
    import typst

    for _ in range(11):
        typst.compile(b"", font_paths=fonts, format="svg")
