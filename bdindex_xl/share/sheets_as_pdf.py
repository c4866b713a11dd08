"""The ranking sheets as a PDF, made by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ..errors import FileRefused
from ..hosts.files.visible import showing_only
from ..language import Text
from ..sheets import schema
from ..sheets.inputs import Inputs

_PATIENCE = 300.0  # [s]

_NONE = Text(
    "没有找到 LibreOffice，无法生成 PDF。请安装 LibreOffice，或去掉 --pdf。",
    "--pdf needs LibreOffice, and none was found. Install it, or leave --pdf out.",
)
_FAILED = Text(
    "LibreOffice 没有生成 PDF（{reason}）。请关闭已打开的 LibreOffice 再试，或去掉 --pdf。",
    "LibreOffice made no PDF ({reason}). Close the LibreOffice that is open and try again, or leave --pdf out.",
)


def libreoffice() -> str:
    """Where LibreOffice is. Raises FileRefused where it is not."""
    on_path = shutil.which("soffice") or shutil.which("libreoffice")
    usual = [Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")] if sys.platform == "darwin" else []
    homes = filter(None, (os.environ.get(variable) for variable in ("ProgramFiles", "ProgramFiles(x86)")))
    usual += [Path(home) / "LibreOffice" / "program" / "soffice.exe" for home in homes]
    found = on_path or next((str(path) for path in usual if path.exists()), None)
    if found is None:
        raise FileRefused(_NONE)
    return found


def rankings(data: bytes, inputs: Inputs, tables: dict[str, str], program: str) -> bytes:
    """The ranking sheets and that of group rankings on paper, as their print settings have it.

    `tables` are the workbook's tables with their sheets; `program` is LibreOffice. Raises FileRefused where it fails.
    """
    names = [schema.table_of(schema.RANKING.table, ranking.key) for ranking in inputs.rankings]
    shown = dict.fromkeys(tables[name] for name in (*names, schema.GROUPS.table) if name in tables)
    with tempfile.TemporaryDirectory(prefix="bdindex-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, "rankings.xlsx")
        source.write_bytes(showing_only(data, tuple(shown)))
        # A profile of its own: a LibreOffice that the user has open would take the order and answer nothing.
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        order = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        try:
            done = subprocess.run(order, capture_output=True, timeout=_PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            raise FileRefused(_FAILED.format(reason=f"> {_PATIENCE:.0f} s")) from None
        made = source.with_suffix(".pdf")
        if not made.exists():
            words = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise FileRefused(_FAILED.format(reason=words[-1] if words else done.returncode))
        return made.read_bytes()
