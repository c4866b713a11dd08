"""The zip around a workbook: what is copied as it was packed, and what is no sound package."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bdindex_xl.errors import FileRefused
from bdindex_xl.hosts import files
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.hosts.files.package import Package, _Unpacked, packed
from bdindex_xl.sheets.book import ResultColumn, Results, ResultTable
from tests.support.cells import book, header_row
from tests.support.rich import Zip

RESULTS = Results((ResultTable("bdx_data", (ResultColumn("甲", "score", [1]), ResultColumn("乙", "score", [2]))),))
BOOK = book(header_row("甲", "乙") + '<row r="2"><c r="A2" s="3"/></row>', "A1:B2")


class _Stream(io.RawIOBase):
    """A file that cannot seek: zipfile then puts sizes behind the data, in descriptors."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.data += data
        return len(data)


def zipped(method: int = zipfile.ZIP_DEFLATED, *, wide: bool = False, stream: bool = False) -> bytes:
    file = _Stream() if stream else io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, data in Zip(BOOK).parts.items():
            info = zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6))
            info.compress_type, info.external_attr, info.comment = method, 0o640 << 16, "注".encode()
            with package.open(info, "w", force_zip64=wide) as part:
                part.write(data)
        package.comment = b"a comment"
    return bytes(file.data) if isinstance(file, _Stream) else file.getvalue()


def raw_parts(data: bytes) -> dict[str, tuple[object, ...]]:
    """What the directory says of each part, and its content."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {
            info.filename: (info.date_time, info.compress_type, info.compress_size, info.flag_bits, info.extra,
                            info.external_attr, info.comment, package.read(info))
            for info in package.infolist()
        }  # fmt: skip


@pytest.mark.parametrize(
    "make",
    [
        zipped,
        lambda: zipped(zipfile.ZIP_STORED),
        lambda: zipped(wide=True),
        lambda: zipped(stream=True),
        lambda: zipped(wide=True, stream=True),
    ],
    ids=["deflated", "stored", "zip64", "descriptors", "zip64 with descriptors"],
)
def test_unchanged_parts_are_copied_as_they_were_packed(make: Callable[[], bytes]) -> None:
    before = make()
    opened = FileBook.from_bytes(before)
    opened.write(RESULTS)
    old, new = raw_parts(before), raw_parts(opened.to_bytes())
    assert list(old) == list(new)
    assert [name for name in old if old[name] != new[name]] == ["xl/worksheets/sheet1.xml"]
    sheet = "xl/worksheets/sheet1.xml"
    assert (new[sheet][0], new[sheet][5], new[sheet][6]) == (old[sheet][0], old[sheet][5], old[sheet][6])
    assert [list(column) for column in FileBook.from_bytes(opened.to_bytes()).read("bdx_data").columns] == [
        [1.0],
        [2.0],
    ]


def renamed(old: bytes, new: bytes) -> bytes:
    assert len(old) == len(new)
    return BOOK.replace(old, new)


def of_type(kind: str) -> bytes:
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return Zip(BOOK).change("[Content_Types].xml", main, kind).to_bytes()


def open_document() -> bytes:
    package = Zip(BOOK)
    package.parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}
    return package.to_bytes()


def of_many_parts() -> bytes:
    package = Zip(BOOK)
    package.parts |= {f"a/{k}": b"" for k in range(20_001)}
    return package.to_bytes()


def wrong_checksum() -> bytes:
    data = bytearray(BOOK)
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4) + 16
    data[at] ^= 1
    return bytes(data)


CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a binary workbook": (
        lambda: of_type("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
        "book.xlsx: this is a binary workbook (.xlsb), which cannot be handled. "
        "Open it in Excel or WPS, save it as .xlsx or .xlsm, and try again.",
    ),
    "a document": (
        lambda: of_type("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
        "book.xlsx: this is a file in the format of Word, not an Excel workbook. "
        "Open it in Excel or WPS, save it as .xlsx or .xlsm, and try again.",
    ),
    "an OpenDocument sheet": (
        open_document,
        "book.xlsx: this is a file in the format of OpenDocument, not an Excel workbook. "
        "Open it in Excel or WPS, save it as .xlsx or .xlsm, and try again.",
    ),
    "a name that climbs": (
        lambda: renamed(b"xl/styles.xml", b"../styles.xml"),
        "book.xlsx: the file is damaged: a part has the illegal name “../styles.xml”. "
        "Open it in Excel, let it repair the file and save it again, or go back to a copy.",
    ),
    "a name twice": (
        lambda: renamed(b"xl/sharedStrings.xml", b"XL/tables/table1.xml"),
        "book.xlsx: the file is damaged: part XL/tables/table1.xml is in it twice. "
        "Open it in Excel, let it repair the file and save it again, or go back to a copy.",
    ),
    "many parts": (
        of_many_parts,
        "book.xlsx: the file holds 20,010 parts: no ordinary workbook is like that, so it is not opened. "
        "Ask where the file comes from, and delete rows, columns and objects that nobody needs.",
    ),
    "a wrong checksum": (
        wrong_checksum,
        "book.xlsx: the file is damaged: part _rels/.rels does not match its checksum. "
        "Open it in Excel, let it repair the file and save it again, or go back to a copy.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_no_sound_package_is_refused(case: str, tmp_path: Path) -> None:
    make, message = CASES[case]
    file = tmp_path / "book.xlsx"
    file.write_bytes(make())
    with pytest.raises(FileRefused) as refused:
        files.open_book(file)
    assert refused.value.text("en") == message


def test_a_link_that_leads_to_itself_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "book.xlsx"
    try:
        link.symlink_to(link)
    except OSError:
        pytest.skip("links need a privilege here")
    for attempt in (lambda: files.open_book(link), lambda: files.replace(link, b"")):
        with pytest.raises(FileRefused):
            attempt()


def test_a_part_is_unpacked_once_for_all_files_that_have_it_and_not_for_one_that_says_otherwise() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    first, second = Package(zipped()), Package(zipped())
    assert first.read(sheet) is second.read(sheet) == Zip(BOOK)[sheet]
    assert first.read("xl/workbook.xml") != first.read(sheet)
    lying = zipped()
    record = lying.index(b"PK\1\2", lying.index(b"PK\1\2") + 1)
    length = int.from_bytes(lying[record + 28 : record + 30], "little")
    name = lying[record + 46 : record + 46 + length].decode()
    assert Package(lying).read(name)
    changed = lying[: record + 16] + b"\0\0\0\0" + lying[record + 20 :]  # another checksum for the same bytes
    with pytest.raises(FileRefused):
        Package(changed).read(name)


def test_parts_kept_as_they_were_unpacked_are_bounded_those_read_longest_ago_going_first() -> None:
    kept = _Unpacked(400)
    contents = [bytes([k]) * 100 for k in range(6)]
    parts = [packed(content) for content in contents]
    for part, content in zip(parts[:4], contents, strict=False):
        assert kept.keep(part, content) is content
    assert kept.content(parts[0]) is contents[0]
    for part, content in zip(parts[4:], contents[4:], strict=True):
        kept.keep(part, content)
    assert [kept.content(part) is not None for part in parts] == [True, False, False, True, True, True]
    kept.keep(parts[0], contents[0])
    assert kept.keep(packed(b"x"), b"x" * 401) and kept.content(parts[5]) is contents[5]
