"""A report as PDF: what its text says, that names are never markup, the same bytes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from bdindex_xl.figures.content import Content, LeftOut
from bdindex_xl.language import Text, same
from bdindex_xl.report.caption import caption
from bdindex_xl.report.document import Document
from bdindex_xl.report.pdf import write
from bdindex_xl.report.shown import shown
from tests.support.reported import document_of, source_of, towns

from .test_profiles import pages_of

SOURCE = "示例数据 * 为重构数据 <1>。"


def small() -> Document:
    return document_of(source_of("zh", {"source": SOURCE}))


@cache
def english() -> bytes:
    return write(document_of(towns()))


def flat(pages: list[str]) -> str:
    """Text without its line ends and spaces."""
    return "".join("".join(pages).split())


def test_cover_contents_and_chapters_follow_each_other() -> None:
    report = document_of(towns())
    cover, contents, *pages = pages_of(english())
    assert [line.strip() for line in cover.splitlines() if line.strip()] == ["Index #1", "Report for 2024"]
    for chapter in report.chapters:
        assert chapter.title in contents
    for one in report.figures:
        assert "".join(caption(one, "en").split()) in flat([contents])
    at = [flat(pages).index("".join(caption(one, "en").split())) for one in report.figures]
    assert at == sorted(at)


def test_every_sentence_and_every_cell_of_a_table_is_there_whatever_signs_it_holds() -> None:
    report = document_of(towns())
    text = flat(pages_of(english())[2:])
    contents = [one for one in report.figures if isinstance(one, Content)]
    assert all("".join(fact.en.split()) in text for one in contents for fact in one.facts)
    for one in contents:
        if one.is_table:
            rows = zip(*(shown(column, "en") for column in one.columns), strict=True)
            assert all("".join("".join(row).split()) in text for row in rows)


def test_texts_of_pictures_are_text_too() -> None:
    report = document_of(towns())
    bars = next(one for one in report.figures if isinstance(one, Content) and one.figure.kind == "ranked bars")
    alone = replace(report, chapters=(replace(report.chapters[0], figures=(bars,)),))
    assert "F\\G`h`@i" in flat(pages_of(write(alone))[2:])


def test_the_note_on_the_data_is_on_the_cover_and_under_each_figure() -> None:
    report = small()
    pages = pages_of(write(report))
    note = "".join(f"数据说明：{SOURCE}".split())
    assert note in flat(pages[:1])
    assert flat(pages[2:]).count(note) == sum(isinstance(one, Content) for one in report.figures)


def test_what_is_left_out_says_why() -> None:
    report = small()
    left = LeftOut(report.figures[0].figure, "热词", Text("未作此图：缺少热词表。", "Left out."))
    alone = replace(report, chapters=(replace(report.chapters[0], figures=(left,)),))
    text = flat(pages_of(write(alone))[2:])
    assert "未作此图：缺少热词表。" in text and "".join(caption(left, "zh").split()) in text


def test_a_long_table_goes_over_pages_with_its_header_on_each() -> None:
    units = "".join(f"{k},Town {k},Town\n" for k in range(1, 121))
    data = "".join(f"2024,{k},{k},{k},{k},{k}\n" for k in range(1, 121))
    source = source_of("en", units="code,name,ranking\n" + units, data="year,unit,a1,a2,b1,b2\n" + data)
    report = document_of(source)
    table = next(one for one in report.figures if isinstance(one, Content) and one.is_table)
    columns = tuple(replace(column, values=list(column.values) * 8) for column in table.columns)
    alone = replace(report, chapters=(replace(report.chapters[0], figures=(replace(table, columns=columns),)),))
    pages = pages_of(write(alone))[2:]
    assert len(pages) > 2
    assert all(table.columns[0].header in page for page in pages)


def test_a_figure_has_a_sentence_on_its_page_and_no_sentence_stands_alone_on_the_next() -> None:
    report = document_of(towns())
    pictured = [one for one in report.figures if isinstance(one, Content) and not one.is_table and one.facts]
    told = [tuple(same(f"{word} {k}.") for word in ("First", "Second", "Last")) for k in range(40)]
    figures = tuple(replace(pictured[k % len(pictured)], facts=facts) for k, facts in enumerate(told))
    pages = pages_of(write(replace(report, chapters=(replace(report.chapters[0], figures=figures),))))[2:]
    at = [[next(p for p, page in enumerate(pages) if fact.en in page) for fact in facts] for facts in told]
    assert all(second == last for _, second, last in at)
    captions = [caption(one, "en").split()[1] for one in figures]
    assert all(f"Figure {number}" in " ".join(pages[p].split()) for number, (p, *_) in zip(captions, at, strict=True))


def test_the_same_report_gives_the_same_bytes() -> None:
    assert write(document_of(towns())) == english()
