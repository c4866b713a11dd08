"""The VBA project: read back by olevba and by a reader of our own, and what is refused."""

from __future__ import annotations

import importlib.util
import random
import re
from itertools import product
from pathlib import Path

import pytest

from bdindex_xl.workbook.vba import (
    OFFICE,
    STDOLE,
    Module,
    ModuleKind,
    Project,
    Reference,
    documents,
    module_from_bas,
    write_project,
)
from bdindex_xl.workbook.vbaproject import streams
from bdindex_xl.workbook.vbaproject.encryption import encrypt
from tests.support import compound, olevba, ovba

pytestmark = pytest.mark.slow

EXAMPLE_ID = "{917DED54-440B-4FD1-A5C1-74ACF261E600}"  # [MS-OVBA] 3.1.6
# [MS-OVBA] 3.1.3, the stream of ThisWorkbook.
THIS_WORKBOOK = (
    'Attribute VB_Name = "ThisWorkbook"\r\nAttribute VB_Base = "0{00020819-0000-0000-C000-000000000046}"\r\n'
    "Attribute VB_GlobalNameSpace = False\r\nAttribute VB_Creatable = False\r\nAttribute VB_PredeclaredId = True\r\n"
    "Attribute VB_Exposed = True\r\nAttribute VB_TemplateDerived = False\r\nAttribute VB_Customizable = True\r\n"
    'Sub helloworld()\r\nMsgBox "Hello, World"\r\nEnd Sub\r\n'
)
HELLO = 'Sub helloworld()\nMsgBox "Hello, World"\nEnd Sub'


def project(*modules: Module, n_sheets: int = 2) -> Project:
    return Project((*documents(n_sheets), *modules))


def code(n_bytes: int, seed: int = 1) -> str:
    """Code of about this size, as varied as that of a person."""
    draw = random.Random(seed)
    lines: list[str] = []
    size = 0
    while size < n_bytes:
        n = len(lines)
        head = f"Public Function F{n}(ByVal a As Double) As Double"
        lines += [head, f"    F{n} = a * {draw.random()} ' {draw.random()}", "End Function", ""]
        size += sum(map(len, lines[-4:])) + 8
    return "\n".join(lines)


def read(made: bytes) -> compound.CompoundFile:
    file = compound.read(made)
    assert file.faults == []
    return file


def test_olevba_reads_back_the_workbook_module_of_the_specification() -> None:
    made = write_project(Project((Module("ThisWorkbook", HELLO, ModuleKind.WORKBOOK),)))
    assert olevba.modules(made) == {"ThisWorkbook.cls": THIS_WORKBOOK.encode()}


@pytest.mark.parametrize("n_modules", range(1, 41))
def test_olevba_reads_back_1_to_40_modules_byte_for_byte(n_modules: int) -> None:
    draw = random.Random(n_modules)
    sheets = n_modules // 3
    names = [f"{draw.choice(['M', 'module', 'ZZ_'])}{i}" for i in range(n_modules - sheets - 1)]
    added = [Module(name, code(draw.choice((0, 100, 3000, 9000)), i)) for i, name in enumerate(names)]
    made = write_project(project(*added, n_sheets=sheets))
    texts = {module.name: module.text.encode() for module in project(*added, n_sheets=sheets).modules}
    found = olevba.modules(made)
    assert {name.split(".")[0]: text for name, text in found.items()} == texts
    assert [name for name in found if name.endswith(".bas")] == [f"{name}.bas" for name in names]
    file = read(made)
    assert set(file.streams) == {"PROJECT", "PROJECTwm", "VBA/dir", "VBA/_VBA_PROJECT", *(f"VBA/{n}" for n in texts)}
    assert {name: ovba.decompress(file.streams[f"VBA/{name}"]) for name in texts} == texts


@pytest.mark.parametrize("n_bytes", [65_535, 65_536, 200_000, 1_000_000])
def test_long_sources_are_read_back_byte_for_byte(n_bytes: int) -> None:
    module = Module("Long_one", code(n_bytes))
    made = write_project(project(module))
    assert len(module.text) >= n_bytes
    assert len(read(made).streams["VBA/Long_one"]) > 4096
    assert olevba.modules(made)["Long_one.bas"] == module.text.encode()


def test_the_dir_stream_keeps_every_rule_of_its_records() -> None:
    file = read(write_project(project(Module("M", HELLO), Module("C", "", ModuleKind.CLASS))))
    told = ovba.read_dir(ovba.decompress(file.streams["VBA/dir"]))
    assert (told.name, told.code_page) == ("VBAProject", 1252)
    assert told.references == {"stdole": STDOLE.library, "Office": OFFICE.library}
    assert [(module.name, module.stream, module.offset) for module in told.modules] == [
        (name, name, 0) for name in ("ThisWorkbook", "Sheet1", "Sheet2", "M", "C")
    ]
    assert [module.kind for module in told.modules] == [0x22, 0x22, 0x22, 0x21, 0x22]


def test_no_performance_cache_is_written_and_the_version_says_so() -> None:
    assert read(write_project(project())).streams["VBA/_VBA_PROJECT"] == bytes.fromhex("CC61FFFF000100")  # 3.1.1


def test_the_project_stream_lists_modules_by_kind_and_follows_its_grammar() -> None:
    made = project(Module("M", HELLO), Module("C", "", ModuleKind.CLASS), n_sheets=1)
    text = read(write_project(made)).streams["PROJECT"].decode("ascii")
    fields = dict(re.findall('^(ID|CMG|DPB|GC)="(.*)"\r$', text, re.MULTILINE))
    masked = re.sub('^(ID|CMG|DPB|GC)=".*"', r"\1", text, flags=re.MULTILINE)
    assert masked.split("\r\n") == [
        "ID", "Document=ThisWorkbook/&H00000000", "Document=Sheet1/&H00000000", "Module=M", "Class=C",
        'Name="VBAProject"', 'HelpContextID="0"', 'VersionCompatible32="393222000"', "CMG", "DPB", "GC", "",
        "[Host Extender Info]", "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000", "",
        "[Workspace]", "ThisWorkbook=0, 0, 0, 0, C", "Sheet1=0, 0, 0, 0, C", "M=0, 0, 0, 0, C", "C=0, 0, 0, 0, C", "",
    ]  # fmt: skip
    assert re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", fields["ID"])
    assert fields["ID"] == made.identifier
    assert 22 <= len(fields["CMG"]) <= 28  # 2.3.1.15 to 2.3.1.17
    assert len(fields["DPB"]) >= 16
    assert 16 <= len(fields["GC"]) <= 22
    told = [ovba.decrypt(fields[name], made.identifier) for name in ("CMG", "DPB", "GC")]
    assert told == [bytes(4), b"\0", b"\xff"]  # not protected, no password, visible


def test_protection_fields_of_the_specification_decrypt_as_it_says() -> None:
    fields = ("0705D8E3D8EDDBF1DBF1DBF1DBF1", "0E0CD1ECDFF4E7F5E7F5E7", "1517CAF1D6F9D7F9D706")  # 3.1.6
    assert [ovba.decrypt(field, EXAMPLE_ID) for field in fields] == [bytes(4), b"\0", b"\xff"]
    assert encrypt(bytes(4), EXAMPLE_ID, 0x07) == fields[0]  # the others differ in the bytes that mean nothing


def test_any_seed_encrypts_what_can_be_decrypted() -> None:
    for seed, data in product(range(256), (bytes(4), b"\0", b"\xff", bytes(range(29)))):
        assert ovba.decrypt(encrypt(data, EXAMPLE_ID, seed), EXAMPLE_ID) == data


def test_projectwm_maps_every_name_to_unicode() -> None:
    made = read(write_project(project(n_sheets=1))).streams["PROJECTwm"]
    names = b"".join(n.encode() + b"\0" + n.encode("utf-16-le") + b"\0\0" for n in ("ThisWorkbook", "Sheet1"))
    assert made == names + b"\0\0"


def test_the_same_project_gives_the_same_bytes() -> None:
    one, other = (write_project(project(Module("M", code(9000)), n_sheets=5)) for _ in range(2))
    assert one == other
    assert write_project(project(Module("M", code(9000) + "'"), n_sheets=5)) != one


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Main", "expected names that differ, found module 'Main' and module 'MAIN'"),
        ("sheet1", "expected names that differ, found module 'sheet1' and module 'Sheet1'"),
        ("VBAproject", "expected names that differ, found module 'VBAproject' and project 'VBAProject'"),
        ("office", "expected names that differ, found module 'office' and reference 'Office'"),
        ("Excel", "expected names that differ, found module 'Excel' and library 'Excel'"),
        ("Dir", "expected names that differ, found module 'Dir' and stream 'dir'"),
    ],
)
def test_a_name_that_is_taken_is_refused(name: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        project(Module("MAIN"), Module(name))


def test_a_project_has_one_workbook_module() -> None:
    with pytest.raises(ValueError, match=r"^expected one module of the workbook, found none$"):
        Project((Module("M"),))
    with pytest.raises(ValueError, match=r"^expected one module of the workbook, found ThisWorkbook, Other$"):
        project(Module("Other", "", ModuleKind.WORKBOOK))


def test_a_reference_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^Word: expected \*\\G\{identifier\}#version#.*, found 'C:\\\\word.tlb'$"):
        Reference("Word", r"C:\word.tlb")


def test_code_that_cannot_be_compressed_is_refused_by_name() -> None:
    draw = random.Random(3)
    characters = "".join(map(chr, range(33, 127)))
    source = "\n".join("'" + "".join(draw.choices(characters, k=1000)) for _ in range(4))[:3900]
    with pytest.raises(ValueError, match=r"^Noise: expected text that repeats itself, found \d+ bytes"):
        write_project(project(Module("Noise", source)))


def xlwings_sources() -> list[Path]:
    spec = importlib.util.find_spec("xlwings")
    folder = Path(spec.origin).parent if spec and spec.origin else Path("nowhere")
    return sorted([*folder.rglob("*.bas"), *folder.rglob("*.cls")])


def test_modules_that_the_editor_exported_are_read_back_byte_for_byte() -> None:
    files = {module_from_bas(f.read_bytes().decode("ascii")).name: f for f in xlwings_sources()}
    if not files:
        pytest.skip("needs xlwings, whose modules Excel's editor exported")
    modules = [module_from_bas(f.read_bytes().decode("ascii")) for f in files.values()]
    found = olevba.modules(write_project(Project((*documents(1), *modules), name="XL")))
    for name, file in files.items():
        text = re.sub(r"\r?\n", "\r\n", file.read_bytes().decode("ascii"))
        if file.suffix == ".bas":
            assert found[f"{name}.bas"].decode() == text
        else:
            assert found[f"{name}.cls"].decode().endswith(text.split("\r\nOption Explicit", 1)[1])


def test_the_code_page_that_is_stated_agrees_with_the_encoding() -> None:
    every = bytes(range(128))
    assert every.decode("cp1252") == every.decode(streams.ENCODING)
