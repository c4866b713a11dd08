"""VBA projects read back: what the writer makes, what others make, and what was damaged."""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import random
import struct
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.errors import FileRefused
from bdindex_xl.workbook.vba import Module, ModuleKind, Project, Reference, documents, module_from_bas, write_project
from bdindex_xl.workbook.vbaproject import streams
from bdindex_xl.workbook.vbaproject.compound import compound_file
from bdindex_xl.workbook.vbaproject.compression import compress, decompress
from bdindex_xl.workbook.vbaproject.parsing import ReadModule, read_project
from tests.support import olevba, ovba
from tests.support.examples import examples

pytestmark = pytest.mark.slow

HELLO = 'Sub helloworld()\nMsgBox "Hello, World"\nEnd Sub'
LONG = "".join(f"' line {i} of a module that takes several chunks\n" for i in range(3000))


def project() -> Project:
    return Project(
        (
            *documents(3, {"ThisWorkbook": HELLO}),
            Module("Main", HELLO),
            Module("Long_one", LONG),
            Module("Thing", HELLO, ModuleKind.CLASS),
            Module("Chart1", "", ModuleKind.CHARTSHEET),
        ),
        name="Mine",
    )


GOOD = write_project(project())


def parts(name: str) -> list[tuple[str, bytes]]:
    """Workbooks that xlwings brings along, with their projects."""
    spec = importlib.util.find_spec("xlwings")
    if spec is None or spec.origin is None:
        pytest.skip("needs xlwings, for the workbooks that it brings along")
    found = []
    for file in sorted(Path(spec.origin).parent.rglob(name)):
        with zipfile.ZipFile(file) as package:
            found.append((file.name, package.read("xl/vbaProject.bin")))
    return found


def test_everything_that_is_written_is_read_back() -> None:
    made, found = project(), read_project(GOOD)
    assert [(m.name, m.kind, m.text) for m in found.modules] == [(m.name, m.kind, m.text) for m in made.modules]
    assert found.references == tuple((r.name, r.library) for r in made.references)
    assert (found.name, found.code_page) == ("Mine", 1252)


@given(st.integers(0, 2**32), st.integers(0, 30))
@examples(30)
def test_any_project_that_is_written_is_read_back(seed: int, n: int) -> None:
    draw = random.Random(seed)
    modules = [Module(f"M{i}", LONG[: draw.choice((0, 40, 5000, 70_000))]) for i in range(n)]
    made = Project((*documents(draw.randrange(9)), *modules), references=())
    found = read_project(write_project(made))
    assert [m.text for m in found.modules] == [m.text for m in made.modules]
    assert found.references == ()


def test_a_module_is_found_in_any_case_and_its_code_has_no_header() -> None:
    module = read_project(GOOD).module("main")
    assert module is not None
    assert module.code == HELLO.replace("\n", "\r\n") + "\r\n"
    assert read_project(GOOD).module("Nobody") is None
    assert ReadModule(
        "M", ModuleKind.STANDARD, "Attribute VB_Name = 1\r\nSub A()\r\nAttribute A.VB_D = 1\r\n"
    ).code == ("Sub A()\r\nAttribute A.VB_D = 1\r\n")


@pytest.mark.parametrize("pattern", ["quickstart*.xls*", "quickstart*.xlam", "xlwings.xlam"])
def test_projects_made_elsewhere_read_as_olevba_reads_them(pattern: str) -> None:
    for name, data in parts(pattern):
        found = {}
        for module in read_project(data).modules:
            extension = "bas" if module.kind is ModuleKind.STANDARD else "cls"
            found[f"{module.name}.{extension}"] = module.text.encode("cp1252")
        assert found == olevba.modules(data), name


def test_the_dictionary_of_xlwings_can_be_taken_over() -> None:
    (data,) = (data for name, data in parts("quickstart_standalone.xlsm"))
    module = read_project(data).module("Dictionary")
    assert module is not None and module.kind is ModuleKind.CLASS
    assert module_from_bas(module.text).text == module.text


def test_a_performance_cache_before_the_source_is_passed_over() -> None:
    assert [m.text for m in read_project(remade(cache=b"cache" * 999)).modules] == [m.text for m in project().modules]


compressed = functools.cache(compress)  # the project's modules are, again and again


def remade(cache: bytes = b"", dir_stream: bytes | None = None, text: bytes | None = None) -> bytes:
    """The project with something else in it."""
    made = project()
    told = streams.dir_stream(made) if dir_stream is None else dir_stream
    told = told.replace(struct.pack("<HII", 0x31, 4, 0), struct.pack("<HII", 0x31, 4, len(cache)))
    storage = {m.name: cache + compressed(m.text.encode() if text is None else text) for m in made.modules}
    return compound_file({"VBA": {**storage, "dir": compress(told), "_VBA_PROJECT": b""}})


def record(code: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", code, len(data)) + data


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (936, "' 中国大数据"),
        (65001, "' 中国大数据"),
        (10008, "' 中国"),
        (932, "' 東京"),
        (10000, "' é"),
        (1251, "' Да"),
    ],
)
def test_the_code_page_is_the_projects_own(page: int, text: str) -> None:
    codec = {65001: "utf-8", 10008: "gb2312", 10000: "mac-roman"}.get(page, f"cp{page}")
    told = streams.dir_stream(project()).replace(record(3, b"\xe4\x04"), record(3, page.to_bytes(2, "little")))
    found = read_project(remade(dir_stream=told, text=(text * 50).encode(codec)))
    assert found.code_page == page
    assert found.modules[0].text == text * 50


def test_what_the_code_page_does_not_know_stops_nothing() -> None:
    assert read_project(remade(text=b"' \x81" * 50)).modules[0].text == "' \ufffd" * 50


def test_references_of_every_kind_are_read() -> None:
    twiddled = struct.pack("<I", 3) + b"TWD" + bytes(6)
    extended = struct.pack("<I", 3) + b"EXT" + bytes(26)
    added = (
        record(0x16, b"MSForms") + record(0x3E, "MSForms".encode("utf-16-le")) + record(0x33, b"ORIGINAL")
        + record(0x2F, twiddled) + record(0x16, b"MSForms") + record(0x3E, b"M\0") + record(0x30, extended)
        + record(0x16, b"Other") + record(0x0E, struct.pack("<I", 6) + b"*\\CABC" + bytes(10))
    )  # fmt: skip
    told = streams.dir_stream(project())
    place = told.index(record(0x0F, struct.pack("<H", 8)))
    found = read_project(remade(dir_stream=told[:place] + added + told[place:]))
    assert found.references[2:] == (("MSForms", "ORIGINAL"), ("Other", "*\\CABC"))


def test_a_form_is_of_no_kind_that_is_known() -> None:
    text = 'Attribute VB_Name = "F"\r\nAttribute VB_Base = "0{1}{2}"\r\n' * 9
    assert {m.kind for m in read_project(remade(text=text.encode())).modules} == {None, ModuleKind.STANDARD}


TOLD = streams.dir_stream(project())


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "it is no compound file as it should be"),
        (GOOD[:-600], "it is no compound file as it should be"),
        (b"PK\3\4" + GOOD[4:], "it is no compound file as it should be"),
        (compound_file({"VBA": {}}), "there is no stream VBA/dir"),
        (remade(dir_stream=TOLD[:-6]), "dir has no end"),
        (remade(dir_stream=TOLD[:46]), "record 0x4 of dir is cut off"),
        (remade(dir_stream=TOLD[:-4]), "dir is cut off"),
        (remade(dir_stream=TOLD.replace(record(0x0F, b"\x08\0"), record(0x0F, b"\x09\0"))), "it lists 8 modules of 9"),
        (remade(dir_stream=TOLD.replace(record(3, b"\xe4\x04"), record(3, b"\x01\x00"))), "code page 1 is not known"),
        (remade(dir_stream=TOLD.replace(record(3, b"\xe4\x04"), record(3, b"\x01"))), "a number in dir has 1 bytes"),
        (remade(dir_stream=record(0x21)), "dir speaks of a module before naming it"),
        (remade(dir_stream=record(0x0D, b"\xff\0\0\0")), "a reference is cut off"),
        (
            compound_file({"VBA": {"dir": compress(TOLD.replace(record(0x31, bytes(4)), record(0x31, b"\0\1\0\0"))),
                                   "ThisWorkbook": b"x" * 9}}),
            "module ThisWorkbook has no source",
        ),
        (compound_file({"VBA": {"dir": b"\1\0"}}), "dir cannot be decompressed"),
    ],
)  # fmt: skip
def test_a_damaged_project_is_refused_with_what_is_wrong(data: bytes, fault: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_project(data)
    assert refused.value.text("en") == (
        f"the VBA project is damaged: {fault}. Go back to a copy, or make the workbook again with bdindex new."
    )
    assert refused.value.text("zh").startswith("VBA 项目已损坏：")


def read_or_refused(data: bytes) -> None:
    began = time.perf_counter()
    with contextlib.suppress(FileRefused):
        read_project(data)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("length", [1, 76, 512, 1536, 4096, len(GOOD) - 512])
def test_any_truncation_ends_in_the_clear_error(length: int) -> None:
    with pytest.raises(FileRefused):
        read_project(GOOD[:length])


@pytest.mark.parametrize("count", [200, 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_table_longer_than_the_file_is_not_begun(count: int) -> None:
    damaged = bytearray(GOOD)
    n_difat = -(-(count - 109) // 127)
    struct.pack_into("<I", damaged, 44, count)
    struct.pack_into("<II", damaged, 68, 0, n_difat)  # the first, which leads to itself or anywhere
    began = time.perf_counter()
    with pytest.raises(FileRefused, match="it is no compound file as it should be"):
        read_project(bytes(damaged))
    assert time.perf_counter() - began < 1


def test_modules_that_share_a_stream_are_not_read_again_and_again() -> None:
    each = record(0x19, b"M") + record(0x1A, b"Long") + record(0x31, struct.pack("<I", 400_000))
    told = record(0x0F, struct.pack("<H", 60_000)) + each * 60_000 + record(0x10)
    shared = compound_file({"VBA": {"dir": compress(told), "Long": bytes(400_000) + compress(HELLO.encode())}})
    began = time.perf_counter()
    with pytest.raises(FileRefused, match="its streams are longer than the file"):
        read_project(shared)
    assert time.perf_counter() - began < 5


@given(st.integers(0, 2**32), st.integers(1, 20))
@examples(150)
def test_flipped_bytes_are_read_or_refused_quickly(seed: int, n: int) -> None:
    draw = random.Random(seed)
    damaged = bytearray(GOOD)
    for _ in range(n):
        area = draw.choice((512, len(damaged)))
        damaged[draw.randrange(area)] = draw.choice((0, 1, 255, draw.randrange(256)))
    read_or_refused(bytes(damaged))


@given(st.integers(0, 2**32), st.sampled_from([0, 1, 2, 5, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD]))
@examples(150)
def test_numbers_that_point_elsewhere_turn_in_no_circle(seed: int, number: int) -> None:
    draw = random.Random(seed)
    damaged = bytearray(GOOD)
    for _ in range(draw.randint(1, 4)):
        struct.pack_into("<I", damaged, draw.randrange(0, len(damaged) - 4, 4), number)
    read_or_refused(bytes(damaged))


@given(st.binary(max_size=2000))
def test_any_bytes_for_the_list_of_modules_are_read_or_refused(data: bytes) -> None:
    read_or_refused(compound_file({"VBA": {"dir": b"\1" + data}}))


@given(st.binary(max_size=300))
@examples(30)
def test_any_records_are_read_or_refused(data: bytes) -> None:
    read_or_refused(remade(dir_stream=data * 3))


def test_a_project_that_unpacks_to_more_than_a_person_writes_is_refused() -> None:
    bomb = b"\1" + b"\x03\xb0\x02\x61\xff\x0f" * 40_000
    with pytest.raises(FileRefused, match="ThisWorkbook cannot be decompressed"):
        read_project(compound_file({"VBA": {"dir": compress(TOLD), "ThisWorkbook": bomb}}))


@given(st.binary(max_size=3600))
def test_what_is_compressed_comes_back(plain: bytes) -> None:
    assert decompress(compress(plain), 4096) == plain


@given(st.binary(max_size=400))
@examples(300)
def test_decompression_agrees_with_the_specifications_reader(data: bytes) -> None:
    container = b"\1" + (0xB000 | max(0, len(data) - 1)).to_bytes(2, "little") + data
    try:
        found = decompress(container, 10_000)
    except ValueError:
        return
    with contextlib.suppress(AssertionError):  # which finds fault with what is merely odd
        expected = ovba.decompress(container)
        if found != expected:
            raise ValueError(f"{found!r} is not {expected!r}")


def test_a_reference_keeps_its_order() -> None:
    first = Reference("Aaa", r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\a.tlb#A")
    made = Project(documents(1), references=(first, *project().references))
    assert [name for name, _ in read_project(write_project(made)).references] == ["Aaa", "stdole", "Office"]
