"""A report as a Word document: captions in order, native tables, pictures in two formats, a user's own styles."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt

from bdindex_xl.errors import FileRefused
from bdindex_xl.figures.content import Content, LeftOut
from bdindex_xl.language import Text
from bdindex_xl.report.caption import caption
from bdindex_xl.report.document import Document
from bdindex_xl.report.docx import write
from bdindex_xl.report.shown import shown
from tests.support.office import validation_errors
from tests.support.reported import document_of, source_of, towns

pytestmark = pytest.mark.slow

SOURCE = "示例数据 * 为重构数据 <1>。"


def small() -> Document:
    """A report in Chinese with a note on the data."""
    return document_of(source_of("zh", {"source": SOURCE}))


@cache
def english() -> bytes:
    return write(document_of(towns()))


@cache
def chinese() -> bytes:
    return write(small())


def read(data: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(data))


def captions_of(word: WordDocument) -> list[str]:
    return [one.text for one in word.paragraphs if one.style is not None and one.style.name == "Caption"]


def code_of(word: WordDocument) -> list[str]:
    return [one.text.strip() for one in word.element.body.iter(qn("w:instrText"))]


def test_captions_stand_in_the_order_of_the_report() -> None:
    for report, data in ((small(), chinese()), (document_of(towns()), english())):
        assert captions_of(read(data)) == [caption(one, report.lang) for one in report.figures]


def test_chapters_are_headings_and_contents_list_them_with_their_figures() -> None:
    report = document_of(towns())
    word = read(english())
    chapters = [one.text for one in word.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    assert chapters == ["Framework", "Town", "Size", "<Speed>", "Care & rest"]
    listed = [one for one in word.paragraphs if one.style is not None and one.style.name.startswith("toc ")]
    expected = []
    for chapter in report.chapters:
        expected += [chapter.title, *(caption(one, "en") for one in chapter.figures)]
    assert ["".join(link.text for link in one.hyperlinks) for one in listed] == expected
    anchors = [link.fragment for one in listed for link in one.hyperlinks]
    assert anchors == [one.get(qn("w:name")) for one in word.element.body.iter(qn("w:bookmarkStart"))]
    assert code_of(word)[0] == 'TOC \\o "1-2" \\h \\z \\u'
    asked = word.settings.element.findall(qn("w:updateFields"))  # pages stand there once Word has updated its fields
    assert [one.get(qn("w:val")) for one in asked] == ["true"]


def test_numbers_of_captions_are_fields_that_keep_them() -> None:
    codes = [code for code in code_of(read(english())) if code.startswith("SEQ")]
    assert codes[:4] == [
        "SEQ Figure \\* ARABIC \\r 1",
        "SEQ Figure \\* ARABIC \\r 2",
        "SEQ Table \\* ARABIC \\r 1",
        "SEQ Figure \\* ARABIC \\r 2",
    ]


@pytest.mark.parametrize("number", ["表2-1", "A", "3-10", "12", "附图 1"])
def test_a_number_of_any_form_is_shown_as_it_is(number: str) -> None:
    report = small()
    first = report.figures[0]
    assert isinstance(first, Content)
    named = replace(first, figure=replace(first.figure, number=number))
    alone = replace(report, chapters=(replace(report.chapters[0], figures=(named,)),))
    assert captions_of(read(write(alone))) == [caption(named, "zh")]


def test_a_figure_stays_with_its_first_sentence_and_the_last_two_with_each_other() -> None:
    report = small()
    first = report.figures[0]
    assert isinstance(first, Content) and not first.is_table
    told = replace(first, facts=tuple(Text(word, word) for word in ("一。", "二。", "三。")))
    word = read(write(replace(report, chapters=(replace(report.chapters[0], figures=(told,)),))))
    n = next(
        k for k, one in enumerate(word.paragraphs) if one.text == caption(told, "zh") and one.style.name == "Caption"
    )
    kept = [(one.text, bool(one.paragraph_format.keep_with_next)) for one in word.paragraphs[n:]]
    notes = [f"注：{note.zh}" for note in told.notes]
    expected = [*((text, True) for text in (caption(told, "zh"), *notes, f"数据说明：{SOURCE}")), ("一。", False)]
    assert kept == [*expected, ("二。", True), ("三。", False)]


def test_tables_hold_the_values_of_the_figures() -> None:
    report = document_of(towns())
    tables = iter(read(english()).tables)
    for one in report.figures:
        if isinstance(one, Content) and one.is_table:
            found = [[cell.text for cell in row.cells] for row in next(tables).rows]
            columns = [shown(column, "en") for column in one.columns]
            assert found == [[column.header for column in one.columns], *map(list, zip(*columns, strict=True))]
        elif one.figure.kind == "radar":
            next(tables)
    assert next(tables, None) is None


def test_headers_come_again_and_rows_do_not_split() -> None:
    table = read(english()).tables[0]
    rows = [row._tr.trPr for row in table.rows]
    assert all(row is not None and row.find(qn("w:cantSplit")) is not None for row in rows)
    headers = [row is not None and row.find(qn("w:tblHeader")) is not None for row in rows]
    assert headers == [True, *(False for _ in rows[1:])]


def test_every_picture_is_there_as_svg_and_as_png_with_a_text_instead() -> None:
    report = document_of(towns())
    with zipfile.ZipFile(io.BytesIO(english())) as parts:
        names = [name for name in parts.namelist() if name.startswith("word/media/")]
        xml = parts.read("word/document.xml").decode("utf-8")
        svgs = [parts.read(name) for name in names if name.endswith(".svg")]
    pictures = [one for one in report.figures if isinstance(one, Content) and not one.is_table]
    assert sorted(name[-4:] for name in names) == [".png"] * len(pictures) + [".svg"] * len(pictures)
    assert all(svg.startswith(b"<svg") for svg in svgs)
    assert xml.count("asvg:svgBlip ") == len(pictures)
    told = re.findall('descr="([^"]*)"', xml)
    assert len(told) == len(pictures)
    assert told[0] == "Framework The framework has 2 levels, of 3 and 4 nodes."


def test_sentences_follow_in_their_order_whatever_signs_they_hold() -> None:
    report = document_of(towns())
    texts = [one.text for one in read(english()).paragraphs]
    facts = [fact.en for one in report.figures if isinstance(one, Content) for fact in one.facts]
    at = iter(texts)
    assert all(fact in at for fact in facts) and len(facts) > 10


def test_the_note_on_the_data_is_on_the_cover_and_under_each_figure() -> None:
    report = small()
    texts = [one.text for one in read(chinese()).paragraphs]
    shown_figures = [one for one in report.figures if isinstance(one, Content)]
    assert texts.count(f"数据说明：{SOURCE}") == len(shown_figures) + 1
    assert texts[:3] == ["总指数", "2024 年报告", f"数据说明：{SOURCE}"]


def test_what_is_left_out_says_why() -> None:
    report = small()
    left = LeftOut(report.figures[0].figure, "热词", Text("未作此图：缺少热词表。", "Left out."))
    alone = replace(report, chapters=(replace(report.chapters[0], figures=(left,)),))
    word = read(write(alone))
    assert captions_of(word) == [caption(left, "zh")]
    assert left.why.zh in [one.text for one in word.paragraphs]


def test_chinese_text_has_chinese_faces_and_language() -> None:
    word = read(chinese())
    normal = word.styles["Normal"].element.rPr.find(qn("w:rFonts"))
    assert (normal.get(qn("w:ascii")), normal.get(qn("w:eastAsia"))) == ("Times New Roman", "宋体")
    heading = word.styles["Heading 1"].element.rPr.find(qn("w:rFonts"))
    assert (heading.get(qn("w:eastAsia")), heading.get(qn("w:eastAsiaTheme"))) == ("黑体", None)
    languages = {one.get(qn("w:eastAsia")) for one in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"zh-CN"}


def test_the_same_report_gives_the_same_bytes() -> None:
    assert write(document_of(towns())) == english()


def template(folder: Path, suffix: str) -> Path:
    """A user's template: headings of their own, a header, a text that goes, no style for captions."""
    word = docx.Document()
    word.styles["Heading 1"].font.size = Pt(33)
    word.styles["Body Text"].font.name = "FangSong"
    caption_style = word.styles["Caption"].element
    caption_style.getparent().remove(caption_style)
    for style in word.styles:  # as Word names them where it speaks Chinese
        if style.name == "Normal Table":
            style.element.set(qn("w:styleId"), "a1")
    for one in word.styles.element.iter(qn("w:basedOn")):
        if one.get(qn("w:val")) == "TableNormal":
            one.set(qn("w:val"), "a1")
    word.sections[0].header.paragraphs[0].text = "Bureau of Statistics"
    word.sections[0].page_width = Pt(500)
    word.add_paragraph("sample text")
    path = folder / f"own.{suffix}"
    word.save(str(path))
    if suffix == "dotx":
        parts = {}
        with zipfile.ZipFile(path) as old:
            parts = {name: old.read(name) for name in old.namelist()}
        types = parts["[Content_Types].xml"]
        parts["[Content_Types].xml"] = types.replace(b"document.main+xml", b"template.main+xml")
        with zipfile.ZipFile(path, "w") as new:
            for name, part in parts.items():
                new.writestr(name, part)
    return path


@pytest.mark.parametrize("suffix", ["docx", "dotx"])
def test_a_template_gives_styles_page_and_header(tmp_path: Path, suffix: str) -> None:
    report = document_of(towns())
    word = read(write(report, template(tmp_path, suffix)))
    assert word.styles["Heading 1"].font.size == Pt(33)
    assert word.styles["Body Text"].font.name == "FangSong"
    assert word.sections[0].page_width == Pt(500)
    assert word.sections[0].header.paragraphs[0].text == "Bureau of Statistics"
    assert (word.styles["Caption"].font.bold, word.styles["Caption"].font.name) == (True, None)  # it had none
    assert "sample text" not in [one.text for one in word.paragraphs]
    assert captions_of(word) == [caption(one, "en") for one in report.figures]
    assert {one.get(qn("w:eastAsia")) for one in word.styles.element.iter(qn("w:lang"))} == {"zh-CN"}
    assert word.tables[0].style.base_style.name == "Normal Table"
    assert all(shape.width <= Pt(500) - Pt(180) for shape in word.inline_shapes)


def test_a_file_that_is_no_template_is_refused_by_name(tmp_path: Path) -> None:
    (path := tmp_path / "plan.docx").write_text("no zip", "utf-8")
    with pytest.raises(FileRefused) as refused:
        write(document_of(towns()), path)
    assert (
        refused.value.text("en") == "“plan.docx” is no Word document that can be a template: expected .docx or .dotx."
    )


def rewritten(data: bytes, path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A document with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return path


def test_a_report_can_be_the_template_of_the_next(tmp_path: Path) -> None:
    (last := tmp_path / "last.docx").write_bytes(english())
    data = write(document_of(towns()), last)
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(last) as before:
        assert len(set(package.namelist())) == len(package.namelist())
        assert sorted(package.namelist()) == sorted(before.namelist())


def test_nothing_in_a_template_is_fetched(tmp_path: Path) -> None:
    link = (
        b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'attachedTemplate" Target="http://127.0.0.1:9/own.dotm" TargetMode="External"/></Relationships>'
    )

    def linked(name: str, part: bytes) -> bytes:
        return part.replace(b"</Relationships>", link) if name == "word/_rels/document.xml.rels" else part

    data = write(document_of(towns()), rewritten(english(), tmp_path / "linked.docx", linked))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not [name for name in package.namelist() if b"127.0.0.1" in package.read(name)]


HOSTILE: list[Callable[[bytes], bytes]] = [
    lambda part: part[:300],
    lambda part: part.replace(b"?>", b'?><!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/hostname">]>', 1).replace(
        b"<w:style ", b'<w:style w:own="&e;" ', 1
    ),
    lambda part: part.replace(b"<w:style ", b" " * 201_000_000 + b"<w:style ", 1),
]  # fmt: skip


@pytest.mark.parametrize("change", HOSTILE, ids=["cut off", "entity", "bomb"])
def test_a_hostile_template_is_refused(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    path = rewritten(
        english(), tmp_path / "x.docx", lambda name, part: change(part) if name == "word/styles.xml" else part
    )
    with pytest.raises(FileRefused, match=r"“x\.docx” is no Word document that can be a template"):
        write(document_of(towns()), path)


def test_the_validator_of_the_open_xml_sdk_finds_nothing(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """Of a report in a user's styles, and in the long run of one in ours."""
    assert validation_errors(write(small(), template(tmp_path, "dotx")), ".docx") == []
    if pytestconfig.getoption("--long"):
        assert validation_errors(english(), ".docx") == []
