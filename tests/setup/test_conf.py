"""The configuration file: what VBA reads from it, and that nothing else in it changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.errors import FileRefused
from bdindex_xl.setup.conf import Conf

LINES = '"PYTHONPATH","C:\\数据"\r\n"INTERPRETER_WIN","C:\\old\\pythonw.exe"\r\n"LICENSE_KEY","a,b"\r\n'
CONF = Conf(LINES.encode("cp936"), "cp936")


def test_keys_are_found_in_any_case_and_values_may_hold_commas() -> None:
    assert CONF.get("interpreter_win") == r"C:\old\pythonw.exe"
    assert (CONF.get("License_Key"), CONF.get("PYTHONPATH"), CONF.get("X")) == ("a,b", r"C:\数据", None)
    assert Conf(b"KEY , value\n", "utf-8").get("key") == "value"
    assert CONF.misread() == []


def test_a_key_is_set_in_its_line_and_every_other_byte_stays() -> None:
    new = CONF.with_value("INTERPRETER_WIN", r"D:\新\pythonw.exe")
    assert new.data.decode("cp936") == LINES.replace(r"C:\old", r"D:\新")
    assert new.with_value("INTERPRETER_WIN", r"C:\old\pythonw.exe") == CONF


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"", b'"K","v"\r\n'),
        (b'"A","1"', b'"A","1"\r\n"K","v"\r\n'),
        (b'"A","1"\n', b'"A","1"\n"K","v"\n'),
        (b'"A","1"\r\n"B","2"', b'"A","1"\r\n"B","2"\r\n"K","v"\r\n'),
    ],
)
def test_a_new_key_comes_last_with_the_line_end_of_the_file(old: bytes, new: bytes) -> None:
    made = Conf(old, "cp936").with_value("K", "v")
    assert made.data == new
    assert made.get("k") == "v"


def test_a_key_goes_with_its_line() -> None:
    assert CONF.without("interpreter_win").data.decode("cp936") == "".join(LINES.splitlines(keepends=True)[::2])
    assert CONF.without("X") == CONF


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b'# comment\r\n"A","1"\r\n', [1]),
        (b'"A","1"\r\n\r\n"B","2"\r\n', [2]),
        (b'"A","1","2"\r\n"B"\r\n', [1, 2]),
        (b'"A","1"\n"B",\n', []),
    ],
)
def test_lines_that_excel_would_misread_are_told(data: bytes, lines: list[int]) -> None:
    assert Conf(data, "cp936").misread() == lines


def test_the_mark_of_utf_8_is_seen_and_can_be_taken_off() -> None:
    marked = Conf('"A","数"\r\n'.encode("utf-8-sig"), "cp936")
    assert marked.has_mark and not CONF.has_mark
    assert marked.without_mark().data == '"A","数"\r\n'.encode("cp936")


@pytest.mark.parametrize("value", ["C:\\Ünï\\py.exe", 'C:\\"py.exe', "C:\\a\nb"])
def test_a_path_that_cannot_be_written_is_refused(value: str) -> None:
    with pytest.raises(FileRefused) as refused:
        CONF.with_value("INTERPRETER_WIN", value)
    assert f"the path “{value}” has a quotation mark, or characters that the system's encoding (cp936) lacks" in (
        refused.value.text("en")
    )
    with pytest.raises(FileRefused):
        Conf('\ufeff"A","ï"'.encode(), "cp936").without_mark()


@given(st.binary(max_size=200))
def test_setting_and_removing_a_key_gives_any_file_back(data: bytes) -> None:
    conf = Conf(data + b"\n" if data and not data.endswith((b"\r", b"\n")) else data, "cp936")
    if conf.get("NEW_KEY") is None:
        assert conf.with_value("NEW_KEY", "v").without("NEW_KEY") == conf


@given(st.text('ab",\r\n \\', max_size=60))
def test_a_key_that_is_set_is_read_back_whatever_stands_around_it(text: str) -> None:
    assert Conf(text.encode(), "utf-8").with_value("KEY", r"C:\p, q\py.exe").get("KEY") == r"C:\p, q\py.exe"
