"""The report as a page: whole in itself, readable on a telephone, its tables sorted in a browser."""

from __future__ import annotations

import functools
import html
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from bdindex_xl.figures.content import Content, LeftOut, RanksForm, TableForm
from bdindex_xl.language import Lang, Text
from bdindex_xl.report import html as page
from bdindex_xl.report.document import Chapter, Document
from bdindex_xl.report.html import told, write
from bdindex_xl.report.shown import shown
from tests.report.drawn import EVERY_FORM, NAMES, content
from tests.support.browser import chromium, in_browser
from tests.support.reported import document_of, source_of, towns

pytestmark = pytest.mark.slow

SOURCE = "重构数据 <b>"
TABLE = content(
    TableForm(), ("地区", "name", ("乙市", "甲市", "丙市", "丁市")), ("数量", "value", (1200.0, None, 30.0, 4.0)),
    ("排名变化", "rank change", (3, -1, 0, None)), ("<备注>", "text", ("a10", "a9", "b", "")),
)  # fmt: skip
LEFT_OUT = LeftOut(TABLE.figure, "热词 <图>", Text("未作此图：缺少热词表 <x>。", "Left out, for want of words <x>."))


def report(lang: Lang = "zh", *, red_up: bool = True) -> Document:
    chapters = (Chapter("总体 & 评价", (TABLE, *EVERY_FORM.values())), Chapter("其他", (LEFT_OUT,)))
    return Document(lang, "指数 <i>", 2024, SOURCE, chapters, red_up)


class Page(HTMLParser):
    """What a page has: elements with their attributes, its texts, and how far it is nested at its end."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for own, attrs in self.found if own == tag]


@functools.cache
def written(lang: Lang = "zh") -> str:
    return write(report(lang)).decode()


def test_nothing_is_asked_of_a_network() -> None:
    text = written()
    made = Page(text)
    assert not re.search(r"https?:|//|url\(|@import|@font-face", re.sub(r"</?\w+|/>", "", text))
    assert {tag for tag, _ in made.found}.isdisjoint({"link", "img", "iframe", "object", "embed", "base", "form"})
    for _, attrs in made.found:
        assert not {"src", "srcset", "action", "data", "style", "xlink:href"} & set(attrs)
        assert not [key for key in attrs if key.startswith("on")]
        assert attrs.get("href", "#").startswith("#")
    policy = next(meta["content"] for meta in made.all("meta") if meta.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_has_a_language_a_title_and_closes_what_it_opens(lang: Lang) -> None:
    made = Page(written(lang))
    assert made.open == []
    assert made.all("html") == [{"lang": {"zh": "zh-CN", "en": "en"}[lang]}]
    title = {"zh": "指数 <i> 2024 年报告", "en": "指数 <i> Report for 2024"}[lang]
    assert html.escape(title) in written(lang) and [one["name"] for one in made.all("meta") if "name" in one] == [
        "viewport",
        "generator",
    ]
    ids = [attrs["id"] for _, attrs in made.found if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {attrs["href"][1:] for _, attrs in made.found if "href" in attrs} <= set(ids)


def test_names_are_text_and_never_markup() -> None:
    text = written()
    assert text.count("<script") == 1 and "<b>" not in text and "<i>" not in text and "<x>" not in text
    assert NAMES[1] in Page(text).texts


def test_the_note_on_the_data_stands_on_top_and_under_each_figure() -> None:
    text = written()
    note = html.escape(f"数据说明：{SOURCE}")
    top, *figures = text.split('<section class="figure"')
    assert note in top and 'role="note"' in top
    assert [note in figure for figure in figures] == [True] * (len(figures) - 1) + [False]  # the last one is left out
    assert "未作此图：缺少热词表 &lt;x&gt;。" in figures[-1] and "图 1-1  热词 &lt;图&gt;" in figures[-1]
    without = write(replace(report(), source="")).decode()
    assert "数据说明" not in without


def test_captions_stand_in_the_contents_and_in_their_places_in_order() -> None:
    text = written("en")
    contents, main = text.split("<main>")
    listed = re.findall(r'<li><a href="#(f\d+)">(.*?)</a></li>', contents)
    placed = re.findall(r'id="(f\d+)">\n(?:<h3>|<figure>\n<figcaption>)(.*?)</', main)
    assert listed == placed and len(listed) == len(EVERY_FORM) + 2


def test_every_value_of_every_figure_stands_in_its_table() -> None:
    tables = re.findall(r"<tbody>\n(.*?)\n</tbody>", written(), re.DOTALL)
    figures = [TABLE, *EVERY_FORM.values()]
    assert len(tables) == len(figures)
    for one, table in zip(figures, tables, strict=True):
        rows = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row) for row in table.splitlines()]
        columns = told(one)
        assert len(columns) >= len(one.columns) - (2 if isinstance(one.form, RanksForm) else 3)
        expected = zip(*([html.escape(text) for text in shown(column, "zh")] for column in columns), strict=True)
        assert rows == [list(row) for row in expected]


def test_a_rise_has_the_colour_of_the_setting() -> None:
    assert '<td class="n red" data-v="3">▲3</td>' in written()
    assert '<td class="n green" data-v="3">▲3</td>' in write(report(red_up=False)).decode()


def test_the_same_report_gives_the_same_bytes() -> None:
    assert write(report()) == write(report())


def test_another_framework_of_one_year_with_missing_values_has_its_page() -> None:
    document = document_of(towns())
    text = write(document).decode()
    assert Page(text).open == [] and "nan" not in re.findall(r"<td[^>]*>(.*?)</td>", text)
    assert text.count("<figure>") == sum(isinstance(one, Content) and not one.is_table for one in document.figures) > 5
    chinese = document_of(source_of())
    assert write(chinese).decode().count("<figure>") > 5


# --- in a browser ------------------------------------------------------------------------------------------------------

needs_browser = pytest.mark.skipif(chromium() is None, reason="needs chromium")

_ON_A_PHONE = """
  const contents = page.querySelector("nav details").open;
  page.querySelectorAll("details").forEach(one => one.open = true);
  const wide = Array.from(page.querySelectorAll("body *")).filter(one => !one.closest(".scroll") && !one.closest("svg")
    && one.getBoundingClientRect().right > view.innerWidth + 0.5).map(one => one.outerHTML.slice(0, 80));
  const shown = Array.from(page.querySelectorAll("svg")).filter(one => one.getBoundingClientRect().width > 0);
  const sizes = shown.flatMap(svg => Array.from(svg.querySelectorAll("text"), text =>
    parseFloat(view.getComputedStyle(text).fontSize) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width));
  return { scrolls: page.documentElement.scrollWidth > view.innerWidth, wide, inner: view.innerWidth,
    contents, narrow: shown.every(one => one.classList.contains("narrow")),
    shown: shown.length, smallest: Math.min(...sizes), text: parseFloat(view.getComputedStyle(page.body).fontSize) };
"""
_SORTED = """
  const table = page.querySelector("table"), heads = table.tHead.rows[0].cells;
  const column = k => Array.from(table.tBodies[0].rows, row => row.cells[k].textContent);
  const found = { before: column(1), buttons: page.querySelectorAll("th button").length };
  heads[1].querySelector("button").click();
  found.up = column(1); found.sort = [heads[1].getAttribute("aria-sort"), heads[0].getAttribute("aria-sort")];
  heads[1].querySelector("button").click();
  found.down = column(1); found.names = column(0); found.then = heads[1].getAttribute("aria-sort");
  const button = heads[2].querySelector("button");
  button.focus(); found.focused = page.activeElement === button; button.click();
  found.changes = column(2); found.last = heads[1].getAttribute("aria-sort");
  heads[3].querySelector("button").click(); found.texts = column(3);
  heads[0].querySelector("button").click(); found.pinyin = column(0);
  return found;
"""
_LONG_NAMES = """
  const box = page.querySelector(".scroll"), row = box.querySelector("tbody tr");
  return { room: box.clientWidth - row.cells[0].offsetWidth, short: view.getComputedStyle(row.cells[2]).whiteSpace };
"""


_DARK = """
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const light = text => { const [r, g, b] = rgb(text).map(c => c <= 10 ? c / 3294.6
    : Math.pow((c / 255 + 0.055) / 1.055, 2.4)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const ground = view.getComputedStyle(page.body).backgroundColor, poor = new Set();
  page.querySelectorAll("svg.narrow text").forEach(text => {
    const box = text.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
    const under = Array.from(text.ownerSVGElement.querySelectorAll("rect, circle")).filter(one => {
      const own = one.getBoundingClientRect();
      return own.left <= x && own.right >= x && own.top <= y && own.bottom >= y && own.width > 8 && own.height > 8;
    }).pop();
    const back = under ? view.getComputedStyle(under).fill : ground, fore = view.getComputedStyle(text).fill;
    if (ratio(fore, back) < 3) poor.add(`${text.textContent} ${fore} on ${back}`);
  });
  return { ground, poor: Array.from(poor) };
"""


@functools.cache
def looked_at() -> list[dict[str, Any]]:
    """What is found on a telephone, when tables are sorted, and in the dark: by one browser, which takes long to start."""
    dark = written().replace("(prefers-color-scheme: dark)", "(min-width: 1px)")
    digest = page._digest(re.search(r"<style>(.*?)</style>", dark, re.DOTALL)[1])
    dark = re.sub(r"style-src '[^']*'", f"style-src '{digest}'", dark)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        pages = [(written(), _ON_A_PHONE, 360), (written(), _SORTED, 900), (dark, _DARK, 420)]
        return in_browser([*pages, (with_long_names(), _LONG_NAMES, 360)], Path(folder))


def with_long_names() -> str:
    name = "Guangdong–Hong Kong–Macao Greater Bay Area (mainland part)"
    first, *others = TABLE.columns
    table = replace(TABLE, columns=(replace(first, values=[name] * 4), *others))
    return write(replace(report(), chapters=(Chapter("", (table,)),))).decode()


@needs_browser
def test_a_long_name_leaves_room_for_its_values_where_a_table_is_scrolled_sideways() -> None:
    found = looked_at()[3]
    assert found["room"] > 120 and found["short"] == "nowrap"


@needs_browser
def test_on_a_telephone_the_page_fits_and_its_text_is_large_enough() -> None:
    found = looked_at()[0]
    assert (found["inner"], found["scrolls"], found["wide"]) == (360, False, [])
    assert (found["narrow"], found["shown"], found["contents"]) == (True, len(EVERY_FORM), False)
    assert found["text"] == 16 and found["smallest"] >= 6.0


@needs_browser
def test_tables_are_sorted_by_a_click_numbers_as_numbers_and_blanks_last() -> None:
    found = looked_at()[1]
    assert found["before"] == ["1,200", "–", "30", "4"]
    assert (found["up"], found["sort"]) == (["4", "30", "1,200", "–"], ["ascending", None])
    assert (found["down"], found["then"]) == (["1,200", "30", "4", "–"], "descending")
    assert found["names"] == ["乙市", "丙市", "丁市", "甲市"]
    assert (found["changes"], found["last"], found["focused"]) == (["▼1", "—", "▲3", "新"], None, True)
    assert found["texts"] == ["a9", "a10", "b", ""]
    assert found["pinyin"] == ["丙市", "丁市", "甲市", "乙市"]
    assert found["buttons"] == sum(len(told(one)) for one in (TABLE, *EVERY_FORM.values()))


@needs_browser
def test_in_the_dark_every_text_can_be_read() -> None:
    """The colours that the style sheet gives texts and lines there, against those under them."""
    assert looked_at()[2] == {"ground": "rgb(19, 26, 34)", "poor": []}
