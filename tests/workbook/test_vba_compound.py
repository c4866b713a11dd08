"""Compound files, judged sector by sector; and the judge itself, by files that were damaged."""

from __future__ import annotations

import importlib.util
import io
import random
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.workbook.vbaproject.compound import Tree, compound_file
from tests.support import compound
from tests.support.examples import examples

pytestmark = pytest.mark.slow

olefile = pytest.importorskip("olefile", reason="needs olefile")

NAMES = st.text("abcXYZ_09é", min_size=1, max_size=31)
SIZES = st.sampled_from([0, 1, 63, 64, 65, 512, 4095, 4096, 4097, 20_000])


def streams(tree: Tree, folder: str = "") -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name, content in tree.items():
        found |= {folder + name: content} if isinstance(content, bytes) else streams(content, f"{folder}{name}/")
    return found


def check(tree: Tree) -> compound.CompoundFile:
    made = compound_file(tree)
    file = compound.read(made)
    assert file.faults == []
    assert file.n_free == 0
    assert file.streams == streams(tree)
    with olefile.OleFileIO(io.BytesIO(made), raise_defects=olefile.DEFECT_UNSURE) as other:
        assert {"/".join(path): other.openstream(path).read() for path in other.listdir()} == streams(tree)
        assert other.parsing_issues == []
    return file


@given(st.dictionaries(NAMES, SIZES, max_size=45), st.dictionaries(NAMES, SIZES, max_size=9), st.integers(0, 2**32))
@examples(60)
def test_any_streams_come_back_from_a_file_without_fault(top: dict[str, int], inner: dict[str, int], seed: int) -> None:
    draw = random.Random(seed)
    tree: dict[str, bytes | Tree] = {name.upper(): draw.randbytes(size) for name, size in top.items()}
    check(tree | {"storage": {name.upper(): draw.randbytes(size) for name, size in inner.items()}})


@pytest.mark.parametrize("n", range(66))
def test_the_tree_of_any_number_of_streams_is_valid(n: int) -> None:
    check({f"{'m' * (i % 7)}{i}": bytes(i) for i in range(n)})


def test_short_names_come_before_long_ones_and_case_does_not_count() -> None:
    check(dict.fromkeys(("b", "A", "aa", "C", "Z_", "_a", "Ab"), b"x"))


@pytest.mark.parametrize("n_fat", [1, 2, 3, 109, 110, 236, 237, 364])
def test_files_of_many_sectors_list_their_fat_in_full(n_fat: int, pytestconfig: pytest.Config) -> None:
    """Just below, at and just above a full one; in the long run further below, too."""
    n_sectors = 128 * n_fat
    for spare in (-4, -2, -1, 0, 1) if pytestconfig.getoption("--long") else (-1, 0, 1):
        size = 512 * (n_sectors - n_fat - max(0, -(-(n_fat - 109) // 127)) - 3 + spare)
        file = check({"long": bytes(size), "short": b"x"})
        assert len(file.entries) == 4
    assert (len(file.data) // 512 - 1) > n_sectors  # the last one needed a FAT sector more


def test_streams_from_4096_bytes_stand_in_sectors_of_their_own() -> None:
    file = check({"below": bytes(4095), "at": bytes(4096)})
    assert set(file.owners.values()) == {"FAT", "directory", "mini FAT", "mini stream", "at"}
    assert set(file.mini_owners.values()) == {"below"}


def test_an_empty_file_has_a_root_and_nothing_else() -> None:
    assert len(check({}).data) == 3 * 512


@pytest.mark.parametrize("name", ["", "x" * 32, "\U0001f600" * 16, "a/b", "a:b"])
def test_a_name_that_a_directory_cannot_hold_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"^expected a name of 1 to 31 characters without / \\ : !, found"):
        compound_file({name: b""})


def test_names_that_differ_in_case_only_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^expected names that differ, found 'dir' and 'DIR'$"):
        compound_file({"dir": b"", "a": b"", "DIR": b""})


GOOD = compound_file({"VBA": {f"M{i}": bytes([i]) * 5000 for i in range(3)}, **{f"s{i}": b"x" * 100 for i in range(4)}})
N_SECTORS = len(GOOD) // 512 - 1


def changed(place: int, number: int, form: str = "<I") -> bytes:
    damaged = bytearray(GOOD)
    struct.pack_into(form, damaged, place, number)
    return bytes(damaged)


def entry(name: str) -> int:
    """Where a directory entry begins."""
    return GOOD.index(name.encode("utf-16-le") + b"\0\0")


def fat(sector: int) -> int:
    """Where the FAT speaks of a sector."""
    return 512 + 512 * int.from_bytes(GOOD[76:80], "little") + 4 * sector


def mini_fat(sector: int) -> int:
    return 512 + 512 * int.from_bytes(GOOD[60:64], "little") + 4 * sector


@pytest.mark.parametrize(
    ("damaged", "fault"),
    [
        (GOOD[:-1], "are not whole sectors"),
        (b"\0" + GOOD[1:], "no signature"),
        (changed(44, 2), "1 FAT sectors, where the header counts 2"),
        (changed(64, 2), "the header counts other mini FAT sectors than there are"),
        (changed(68, 0), "sector 0 is of both"),
        (changed(fat(N_SECTORS), 0xFFFFFFFE), "the FAT speaks of sectors beyond the file"),
        (changed(fat(N_SECTORS), 0xFFFFFFFE) + bytes(512), f"sector {N_SECTORS}, marked 0xfffffffe, is lost"),
        (GOOD + bytes(512 * 127), "the FAT does not reach to the file's end"),
        (changed(fat(0), 0), "the chain breaks"),
        (changed(fat(0), 0xFFFFFFFE), "VBA/M0: 5000 bytes in sectors of 512"),
        (changed(fat(0), 2), "sector 1, marked 0x2, is lost"),
        (changed(fat(9), 10), "sector 10 is of both VBA/M1 and VBA/M0"),
        (changed(mini_fat(0), 0xFFFFFFFE), "s0: 100 bytes in sectors of 64"),
        (changed(mini_fat(1), 2), "mini sector 2 is of both"),
        (changed(entry("s0") + 66, 7, "<B"), "'s0' is of kind 7"),
        (changed(entry("s0") + 67, 1, "<B"), "'s1' has 1 black entries to its left and 0 to its right"),
        (changed(entry("s1") + 67, 0, "<B"), "'s0' is red under red"),
        (changed(entry("s2") + 67, 0, "<B"), "'s2' is red under red"),
        (changed(entry("s0"), ord("t"), "<H"), "not in order"),
        (changed(entry("s0") + 64, 8, "<H"), "'s0\\x00' is no name"),
        (changed(entry("s0") + 68, 1), "entry 1 twice or missing"),
        (changed(entry("M1") + 76, 1), "the stream 'VBA/M1' has a child"),
        (changed(entry("VBA") + 120, 9), "the storage 'VBA' has a start or a size"),
        (changed(entry("VBA") + 76, 0xFFFFFFFF), "entry 2 'M0' is in no storage, and not blank"),
        (changed(entry("Root Entry") + 68, 1), "the root has siblings"),
    ],
)
def test_the_judge_finds_the_fault(damaged: bytes, fault: str) -> None:
    assert any(fault in found for found in compound.read(damaged).faults), compound.read(damaged).faults


def test_the_judge_survives_any_damage() -> None:
    draw = random.Random(1)
    for _ in range(500):
        place = draw.choice((draw.randrange(512), draw.randrange(len(GOOD) - 4))) & ~3
        compound.read(changed(place, draw.choice((0, 1, 7, 2**32 - 1))))


def test_the_judge_reads_a_project_made_elsewhere() -> None:
    spec = importlib.util.find_spec("xlwings")
    if spec is None or spec.origin is None:
        pytest.skip("needs xlwings, for a workbook that it brings along")
    with zipfile.ZipFile(Path(spec.origin).with_name("quickstart_standalone.xlsm")) as package:
        file = compound.read(package.read("xl/vbaProject.bin"))
    # Its writer makes lists of trees, and gives no free mark to mini sectors beyond the stream; Excel reads it.
    kinds = ("minor version", "black entries", "is lost")
    assert [fault for fault in file.faults if not any(kind in fault for kind in kinds)] == []
    with olefile.OleFileIO(io.BytesIO(file.data)) as other:
        assert {"/".join(path): other.openstream(path).read() for path in other.listdir()} == file.streams
