"""CSV files: what is taken, what is refused, and that every fault is told by file and line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bdindex_xl.errors import BdIndexError, FileRefused, SheetErrors
from bdindex_xl.language import Lang
from bdindex_xl.sheets.contents import Contents
from bdindex_xl.sheets.folder import from_folder, parse_setting
from tests.support.books import DATA, FRAMEWORK, UNITS, contents
from tests.support.rich import Zip

GOOD = {"framework": FRAMEWORK, "units": UNITS, "data": DATA}


def refused(folder: Path, files: Mapping[str, str], lang: Lang = "en") -> list[str]:
    with pytest.raises(SheetErrors) as caught:
        contents(folder, "zh", None, **files)
    return caught.value.text(lang).splitlines()


def noted(made: Contents, lang: Lang = "en") -> list[str]:
    return [finding.text(lang) for finding in made.findings]


@pytest.mark.parametrize(
    ("files", "messages"),
    [
        (
            {"data": DATA.replace("2023,120000,20,", "2023,120000,1,020,")},
            [
                "data.csv, line 3: expected 6 values, found 7; put numbers with commas in quotation marks, "
                "or leave the commas out"
            ],
        ),
        ({"data": DATA.replace("a1,a2", "a1,a1")}, [
            "data.csv, line 1: expected one column “a1”, found 2 columns",
            "data.csv, line 1: expected a column “专利” / “a2”, found none",
        ]),
        ({"data": "\n\n" + DATA.replace("2023,120000", "\n \n2023,12000X")}, [
            "data.csv, line 7, column “unit”: expected a code of “units.csv”, found “12000X” (did you mean “120000” / “120100”?)"
        ]),
        ({"data": DATA.replace("2023,120000", "20x3,999999").replace("2024,110000", "24,110000")}, [
            "data.csv, line 3, column “year”: expected a year, a whole number from 1900 to 2200, found 20x3",
            "data.csv, line 3, column “unit”: expected a code of “units.csv”, found “999999”",
            "data.csv, line 5, column “year”: expected a year, a whole number from 1900 to 2200, found 24",
        ]),
        ({"data": DATA.replace("2023,120000", '2023,"120000')}, [
            "data.csv, line 3: expected quotation marks (\") in pairs, found one without its other from this line on"
        ]),
        ({"data": DATA + "year,unit,a1,a2,b1,b2\n"}, ["data.csv, line 15, column “year”: expected a row of data, found the header once more"]),
        ({"framework": FRAMEWORK.replace("direction", "dir")}, [
            "framework.csv, line 1: expected the name of a known column, found “dir” (did you mean “direction”?)"
        ]),
        ({"framework": FRAMEWORK.replace("direction", "polarity")}, [
            "framework.csv, line 1: expected the name of a known column, found “polarity” (known columns: code, name, "
            "parent, direction, weight, lower, upper, measure, denominator, treatment, normalisation, target, weighting, "
            "aggregation, transformation, best_lower, best_upper, exponent, min_available, factor, decimals)"
        ]),
        ({"framework": FRAMEWORK.replace("a1,企业,A", "a1,企业,B1")}, [
            "framework.csv, line 5, column “parent”: expected a code of this table, or a blank, found B1 (did you mean “b1”?)"
        ]),
        ({"framework": FRAMEWORK.replace("0,100,家", '"0,5",100,家')}, [
            "framework.csv, line 5, column “lower”: expected a number with a decimal point, found “0,5”; write 0.5",
        ]),
        ({"units": UNITS.replace("ranking", "rankng")}, [
            "units.csv, line 1: expected a column “Ranking”, found none (did you mean “rankng”?)"
        ]),
        ({"units": UNITS.replace("甲省,province", "甲\x0b省,Province ")}, [
            "units.csv, line 2, column “name”: expected a text that can be shown, found the control character U+000B"
        ]),
        ({"units": UNITS.replace("130100,丙市,city", "130100,丙市,Ｃity")}, [
            "units.csv, line 7, column “ranking”: expected a ranking that has data, found “Ｃity” (did you mean “city”?)"
        ]),
        ({"units": UNITS.replace("区域", "区" * 256)}, ["units.csv, line 1: expected 255 characters at most, found 256"]),
        ({"framework": FRAMEWORK.replace("a2,", "A1,")}, [
            "framework.csv, line 6, column “code”: expected an indicator's code that differs from others in more than "
            "case or width, found A1, also in line 5"
        ]),
        ({"comparisons": "first,second,ratio\na1,a2,x\na1,b3,2\n"}, [
            "comparisons.csv, line 2, column “ratio”: expected a number above 0, such as 3 or 1/3, found x",
            "comparisons.csv, line 3, column “first”: expected the codes of two children of one parent, found a1 and b3 (did you mean “B”?)",
        ]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_file_and_line(files: dict[str, str], messages: list[str], tmp_path: Path) -> None:
    found = refused(tmp_path, files)
    assert [line for line in found if line in messages] == messages, found


def test_faults_are_told_in_both_languages(tmp_path: Path) -> None:
    found = refused(tmp_path, {"data": DATA.replace("2023,120000", "2023,12000X")}, "zh")
    assert found == ["data.csv 第 3 行“unit”列：应为“units.csv”中的代码，实为“12000X”（是否为“120000”、“120100”？）"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_usual_encoding_and_separator_gives_the_same(encoding: str, separator: str, tmp_path: Path) -> None:
    expected = contents(tmp_path)
    for name, text in GOOD.items():
        (tmp_path / f"{name}.csv").write_bytes(text.replace(",", separator).encode(encoding))
    made = from_folder(tmp_path, "zh", {}, year=2024)
    assert (made.framework, made.units, made.data) == (expected.framework, expected.units, expected.data)


def test_a_line_that_names_the_separator_is_not_a_header(tmp_path: Path) -> None:
    made = contents(tmp_path, data="sep=;\r\n" + DATA.replace(",", ";").replace("120000;20", "120000;x"))
    assert made.data["province"].rows[1][3] == "x"


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-7"])
def test_a_file_in_another_encoding_is_refused_and_those_tried_are_named(encoding: str, tmp_path: Path) -> None:
    contents(tmp_path)
    units = UNITS.replace("甲省", "São Paulo").replace("乙省", "Ceará").replace("丙省", "Goiás")
    western = "".join(char for char in units if ord(char) < 256)
    raw = b"\xff\xfe\x00" if encoding == "utf-7" else western.encode(encoding)
    (tmp_path / "units.csv").write_bytes(raw)
    with pytest.raises(FileRefused) as caught:
        from_folder(tmp_path, "zh", {}, year=2024)
    assert caught.value.text("en") == (
        f"{tmp_path / 'units.csv'}: expected a CSV file in UTF-8, GB18030 or UTF-16, found none of these; "
        "save it as “CSV UTF-8”"
    )


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_an_empty_file_is_called_empty(text: str, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as caught:
        contents(tmp_path, data=text)
    assert caught.value.text("en") == f"{tmp_path / 'data.csv'}: expected a header and rows, found an empty file"


def test_a_decimal_comma_is_told_where_semicolons_separate(tmp_path: Path) -> None:
    data = DATA.replace(",", ";").replace("2023;120000;20", "2023;120000;1,234")
    assert refused(tmp_path, {"data": data}) == [
        "data.csv, line 3, column “a1”: expected a number with a decimal point, found “1,234”; write 1.234"
    ]


def test_what_is_taken_all_the_same_is_noted(tmp_path: Path) -> None:
    data = DATA.replace("b2\n", "b2,能耗 \n", 1).replace("2023,110000,10", '2023,110000\u200b,"1,010"')
    made = contents(
        tmp_path, data=data.replace("能耗 ", "能源"), framework=FRAMEWORK.replace("a2,专利,A,1", "a2,专利,A,−1")
    )
    assert noted(made)[:3] == [
        "data.csv, line 1: expected the name or code of an indicator, found 能源; left out",
        "data.csv, line 2: expected 7 values, found 6; the others taken as blank",
        "data.csv, line 2, column “unit”: expected a text that can be seen in full, found “110000” with what cannot be "
        "seen (U+200B); taken as “110000”",
    ]
    assert "data.csv, line 2, column “a1”: expected a number, found the text “1,010”; taken as 1010" in noted(made)
    assert made.data["province"].rows[0] == (2023.0, "110000", "甲省", 1010.0, 5.0, 3.0, 8.0)
    assert [indicator.direction for indicator in made.framework.indicators] == [1, -1, 1, -1]


def test_footnote_marks_stay_for_the_data_check(tmp_path: Path) -> None:
    made = contents(tmp_path, data=DATA.replace("2023,110000,10,5", "2023,110000,10²,5①"))
    assert made.data["province"].rows[0][3:5] == ("10²", "5①")


def test_comparisons_may_be_fractions(tmp_path: Path) -> None:
    made = contents(tmp_path, comparisons="first,second,ratio\na1,a2,1/4\nb1,b2,1∶2\nA,B,3\n")
    assert [one.ratio for one in made.framework.comparisons] == [0.25, 0.5, 3.0]


def test_names_longer_than_a_header_are_found_again(tmp_path: Path) -> None:
    from bdindex_xl.hosts.files import FileBook
    from bdindex_xl.tasks.recalculate import check
    from bdindex_xl.workbook import make

    long = (
        FRAMEWORK.replace("企业", "企业数量" * 60)
        .replace("专利", "企业数量" * 60 + "之二")
        .replace("政策", "_x000A_策")
    )
    made = make(contents(tmp_path, framework=long))
    book = FileBook.from_bytes(made)
    assert check(book).findings == ()
    data = next(part for part in Zip(made).parts.values() if b'"bdx_data_province"' in part)
    assert b'name="_x005F_x000A_' in data


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("weighting", "expected KEY=VALUE, found “weighting”"),
        ("weihting=equal", "(did you mean “weighting”?)"),
        ("weighting=equl", "found equl (did you mean “equal”?)"),
        ("title=a\x0bb", "title: expected a text that can be shown, found the control character U+000B"),
    ],
)
def test_a_setting_that_is_none_is_named_with_the_nearest(setting: str, message: str) -> None:
    with pytest.raises(BdIndexError) as caught:
        parse_setting(setting)
    assert caught.value.text("en").endswith(message)


# --- the folder itself ------------------------------------------------------------------------------------------------

NAMES = (
    "framework.csv, goalposts.csv, comparisons.csv, units.csv, unit_weights.csv, figures.csv, scenarios.csv, rules.csv, sources.csv, words.csv, "
    "data.csv"
)


def folder_of(home: Path, **renamed: str) -> Path:
    home.mkdir()
    for name, text in GOOD.items():
        (home / renamed.get(name, f"{name}.csv")).write_text(text, encoding="utf-8")
    return home


@pytest.mark.parametrize("name", ["datas.csv", "Data_2024.csv", "data.csv.txt", "data.xlsx"])
def test_a_file_that_may_be_meant_for_one_that_is_not_there_is_warned_of(name: str, tmp_path: Path) -> None:
    """Else every unit would get an empty row, and whoever misspelt the name would look in vain for the data."""
    made = from_folder(folder_of(tmp_path / "in", data=name), "en", {}, year=2024)
    assert noted(made) == [
        f"expected a file named data.csv, found “{name}”; not read; if it is the one, save it under that name as CSV"
    ]


def test_other_csv_files_are_noted_and_other_files_are_not(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "in")
    for name in ("data_old.csv", "notes.csv", "data_old.xlsx", "README.txt", "map.png"):
        (source / name).touch()
    assert noted(from_folder(source, "en", {}, year=2024)) == [
        f"expected files named {NAMES}, found “{name}” beside them; not read" for name in ("data_old.csv", "notes.csv")
    ]


def test_names_of_files_are_taken_in_any_case(tmp_path: Path) -> None:
    usual = from_folder(folder_of(tmp_path / "a"), "en", {}, year=2024)
    other = from_folder(folder_of(tmp_path / "b", data="DATA.CSV", units="Units.csv"), "en", {}, year=2024)
    assert (other.data, other.findings) == (usual.data, ())


def test_what_is_no_folder_or_lacks_a_file_is_refused(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "in", framework="frameworks.csv")
    odd = folder_of(tmp_path / "odd", data="other.txt")
    (odd / "data.csv").mkdir()
    for folder, said in (
        (tmp_path / "nowhere", f"{tmp_path / 'nowhere'}: there is no such folder. Check the path and the name."),
        (source / "data.csv", f"{source / 'data.csv'}: this is a file, not a folder. Name the folder that holds the CSV files."),
        (source, f"expected the file {source / 'framework.csv'}, found none (did you mean “frameworks.csv”?); put it into the folder"),
        (odd, f"{odd / 'data.csv'}: expected a file, found a folder"),
    ):  # fmt: skip
        with pytest.raises(FileRefused) as refused_:
            from_folder(folder, "en", {}, year=2024)
        assert refused_.value.text("en") == said
