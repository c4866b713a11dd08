"""Where a workbook may be written: under a name that fits its content, and over nothing that is not one of ours."""

from __future__ import annotations

import io
from pathlib import Path

from ...errors import FileRefused
from ...language import Text
from ...sheets import schema
from . import saving
from .book import FileBook

XLSX, XLSM, XLAM = ".xlsx", ".xlsm", ".xlam"
_EXPECTED = {
    XLSX: Text("文件不含宏，扩展名应为 .xlsx", "the file holds no macros: expected a name that ends in .xlsx"),
    XLSM: Text("文件含宏，扩展名应为 .xlsm", "the file holds macros: expected a name that ends in .xlsm"),
    XLAM: Text("文件是加载项，扩展名应为 .xlam", "the file is an add-in: expected a name that ends in .xlam"),
}
_NAME = Text("{expected}，实为“{name}”。", "{expected}, found “{name}”.")
_TEMPLATE = Text(
    "这是模板或加载项，不能用 -o 另存。请先在 Excel 中另存为 .xlsx 或 .xlsm。",
    "this is a template or an add-in, which -o cannot write. Save it in Excel as .xlsx or .xlsm first.",
)
_FOREIGN = Text(
    "{name} 已存在，且不是{kind}；请移走它，或换一个名称（命令行可加 --force 覆盖，原文件会备份）。",
    "{name} exists and is not {kind}; move it away or choose another name (on the command line, --force replaces it "
    "and keeps a backup).",
)
_WORKBOOK = Text("本程序的工作簿", "a workbook of this program")
_REPORT = Text("本程序的报告", "a report of this program")
# How other files begin that are written beside workbooks, and what those are.
_BEGINNINGS = {
    ".pdf": (b"%PDF-", Text("PDF 文件", "a PDF")),
    ".eml": (b"X-Unsent: 1\r\n", Text("本程序的邮件草稿", "a draft of this program")),
}
_REPORTS = (".html", ".docx")
_TELLS = "docProps/core.xml"  # the part of Office files that says who made them
_LOOKED_AT = 1 << 16  # bytes


def check_name(path: Path, suffix: str) -> None:
    """Refuse a name whose suffix is not that of the content: Excel opens no such file. Raises FileRefused."""
    if path.suffix.lower() != suffix:
        raise FileRefused(_NAME.format(expected=_EXPECTED[suffix], name=path.name), rule="suffix", file=path)


def check_target(book: FileBook, output: Path | None, source: Path, *, force: bool) -> None:
    """Refuse before the work what could not be written after it: over `source`, or to `output`. Raises FileRefused."""
    if output is not None and not book.is_at(output):
        if book.suffix not in (XLSX, XLSM):
            raise FileRefused(_TEMPLATE, rule="template").about(source)
        check_name(output, book.suffix)
        check_replaceable(output, force=force)
    saving.check_writable(output or source)


def check_replaceable(path: Path, *, force: bool) -> None:
    """Refuse to write over a file of another kind than would be written, unless told to. Raises FileRefused."""
    if force or not path.is_file() or path.stat().st_size == 0:
        return
    suffix = path.suffix.lower()
    beginning, kind = _BEGINNINGS.get(suffix, (None, _REPORT if suffix in _REPORTS else _WORKBOOK))
    try:
        data = saving.read(path)
    except FileRefused as refused:
        raise refused.about(path) from None
    if not (data.startswith(beginning) if beginning else _is_report(data) or _is_ours(data)):
        raise FileRefused(_FOREIGN.format(name=path.name, kind=kind), rule="file exists", file=path)


def _is_report(data: bytes) -> bool:
    """Whether a file has the mark of a report."""
    mark = schema.MADE_BY.encode()
    if not data.startswith(b"PK"):
        return mark in data[:_LOOKED_AT]
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _TELLS in package.namelist() and mark in package.open(_TELLS).read(_LOOKED_AT)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        return False


def _is_ours(data: bytes) -> bool:
    try:
        return schema.SETTINGS.table in FileBook.from_bytes(data).tables()
    except FileRefused:
        return False
