"""Texts of a workbook follow its settings: what is in use is named, and nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import LANGUAGES, Lang, Text
from bdindex_xl.model.method import CHOICES, Method, Normalisation
from bdindex_xl.sheets import choices, guide, method_texts, options, schema
from bdindex_xl.sheets.read import read_inputs
from bdindex_xl.sheets.write import headings
from bdindex_xl.tasks.recalculate import recalculate
from tests.support.books import DATA, UNITS, small_book
from tests.support.edit import sheet_parts

pytestmark = pytest.mark.slow

FRAMEWORK = """code,name,parent,direction,weight,lower,upper,measure,target
I,Idx,,,,,,,
A,Alpha,I,,2,,,,
B,Beta,I,,1,,,,
a1,One,A,1,3,0,100,,200
a2,Two,A,1,1,0,100,,200
b1,Three,B,1,1,0,100,,200
b2,Four,B,-1,1,0,100,,1
"""
COMPARISONS = "first,second,ratio\nA,B,2\na1,a2,3\nb1,b2,1\n"
OF = {
    "normalisation": ("normalise", choices.NORMALISATIONS),
    "weighting": ("weigh", choices.WEIGHTINGS),
    "aggregation": ("aggregate", choices.AGGREGATIONS),
    "treatment": ("prepare", choices.TREATMENTS),
    "imputation": ("missing", choices.IMPUTATIONS),
}
# Every value of every setting that is a choice of method.
WALK = [(key, str(kind)) for key, kinds in CHOICES.items() for kind in kinds if (key, kind) not in (
    ("weights_scope", "goalposts"), ("scope", "goalposts"))]  # fmt: skip
NONE = {"treatment": "none", "imputation": "none"}


@cache
def book(lang: Lang) -> bytes:
    with TemporaryDirectory() as folder:
        (Path(folder) / "comparisons.csv").write_text(COMPARISONS, encoding="utf-8")
        return small_book(Path(folder), lang, framework=FRAMEWORK, units=UNITS, data=DATA)


Choices = Mapping[tuple[str, str], str]


def chosen(lang: Lang, settings: Mapping[str, str | float], nodes: Choices) -> FileBook:
    """The small book with settings, and choices of nodes by code and column, set as a user would."""
    made = FileBook.from_bytes(book(lang))
    keys = [one.key for one in options.SETTINGS_ROWS]
    for key, value in settings.items():
        known = options.SETTING[key].choices
        shown = known[str(value)][lang] if known else value
        assert made.set_cells(schema.SETTINGS.table, {(keys.index(key), 1): shown}) == []
    columns = [column.key for column in schema.FRAMEWORK.columns]
    codes = [str(code) for code in made.read(schema.FRAMEWORK.table).columns[0]]
    for (code, key), value in nodes.items():
        shown = choices.OF_FRAMEWORK[key][value][lang]
        made.set_cells(schema.FRAMEWORK.table, {(codes.index(code), columns.index(key)): shown})
    return made


def told_of(lang: Lang, settings: Mapping[str, str | float], nodes: Choices) -> dict[str, str]:
    """What a recalculation writes of texts, by the cell's name; that it does is tested below."""
    made = chosen(lang, settings, nodes)
    inputs = read_inputs(made)
    cells = headings(inputs) | guide.cells(guide.facts_of(made, inputs), lang)
    return {name: str(text) for name, text in cells.items()}


def said(book: FileBook) -> dict[str, str]:
    """What the cells with names of ours say that no user fills in."""
    with zipfile.ZipFile(io.BytesIO(book.to_bytes())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheets = {name: parts[part].decode() for name, part in sheet_parts(parts).items()}
    told = {}
    for name in book.names():
        place = book.place_of(name)
        if place and name.startswith(("bdx_guide_text_", "bdx_note_", "bdx_title_")):
            sheet, row, column = place
            found = re.search(rf'<c r="{chr(64 + column)}{row}"[^>]*><is><t[^>]*>([^<]*)</t>', sheets[sheet])
            told[name] = unescape(found[1]) if found else ""
    return told


def named(text: str, known: Mapping[Any, Text], lang: Lang) -> set[str]:
    """Choices that a text names, each before its sentence; of names that begin alike, the whole one."""
    found: dict[int, Any] = {}
    for kind, label in sorted(known.items(), key=lambda pair: len(pair[1][lang])):
        nodes = r"(?:（[^）]*）|\s\([^)]*\))?(?:：|: )"
        for match in re.finditer(rf"(?:^|。|[.] ){re.escape(label[lang])}{nodes}", text, re.I):
            found[match.start()] = kind
    return {str(kind) for kind in found.values()}


def check(told: Mapping[str, str], used: Mapping[str, set[str]], lang: Lang) -> None:
    for key, (line, known) in OF.items():
        wanted = used[key] - ({NONE[key]} if used[key] == {NONE.get(key)} else set())
        assert named(told[f"bdx_guide_text_{line}"], known, lang) == wanted, line
    normalised = told["bdx_note_bdx_normalised"]
    names = re.search(r"（([^）]*)）" if lang == "zh" else r"\(([^)]*)\)", normalised)
    labels = {choices.NORMALISATIONS[kind][lang] for kind in used["normalisation"]}
    assert names and set(re.split("、|, ", names[1])) == labels
    free = Normalisation.Z_SCORE in used["normalisation"]
    assert ("不限于" in normalised or "not bound" in normalised) == free


def defaults() -> dict[str, set[str]]:
    return {key: {str(getattr(Method(), key))} for key in OF}


def of_language(walk: Sequence[tuple[str, str]], lang: Lang, config: pytest.Config) -> Sequence[tuple[str, str]]:
    """Every other one in this language, the rest in the other; in the long run all of them in both."""
    return walk if config.getoption("--long") else walk[LANGUAGES.index(lang) :: len(LANGUAGES)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_recalculation_writes_what_is_told_of_settings_and_nodes(lang: Lang) -> None:
    settings: dict[str, str | float] = {"weighting": "entropy", "treatment": "winsorise", "imputation": "mean"}
    nodes = {("a2", "normalisation"): "rank", ("B", "aggregation"): "geometric"}
    made = chosen(lang, settings, nodes)
    before = said(made)
    recalculate(made, now=None)
    told, after = told_of(lang, settings, nodes), said(made)
    counted = "bdx_note_bdx_check"  # how many findings there are follows from the data
    assert after == before | {name: text for name, text in told.items() if name in after} | {counted: after[counted]}
    assert len([name for name in after if after[name] != before[name]]) > 8


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_choice_of_every_setting_is_named_where_it_is_in_use_and_no_other(
    lang: Lang, pytestconfig: pytest.Config
) -> None:
    for key, value in of_language(WALK, lang, pytestconfig):
        extra: dict[str, str | float] = {"given_share": 0.25} if key == "mixing" else {}
        told = told_of(lang, {key: value} | extra, {})
        check(told, defaults() | ({key: {value}} if key in OF else {}), lang)
        plain = value == getattr(Method(), key) and not extra
        about = told["bdx_note_formulas"]
        assert ("是排名表" in about or "与排名表一致" in about or "are those of the ranking" in about) == plain, value
        if key == "mixing":
            assert "25%" in told["bdx_guide_text_weigh"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_choice_of_a_single_node_is_named_beside_the_others(lang: Lang, pytestconfig: pytest.Config) -> None:
    of_node = {"normalisation": "a2", "treatment": "a2", "weighting": "B", "aggregation": "B"}
    walk = [(key, value) for key in of_node for value in choices.OF_FRAMEWORK[key]]
    for key, value in of_language(walk, lang, pytestconfig):
        told = told_of(lang, {}, {(of_node[key], key): value})
        used = defaults()
        used[key] = used[key] | {str(value)}
        check(told, used, lang)
        assert ("排名表一致" in told["bdx_note_formulas"] or "are those of" in told["bdx_note_formulas"]) == (
            value == getattr(Method(), key)
        )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_index_of_ones_own_cites_no_report_and_what_it_cites_is_in_use(lang: Lang) -> None:
    everything = "\n".join(told_of(lang, {"weighting": "equal"}, {}).values())
    assert "Ma, Fan" not in everything
    assert not any(word in everything for word in ("中国大数据", "China Big Data", "报告（", "the report on"))


def test_scores_are_said_to_run_from_0_to_100_where_they_do() -> None:
    for value in Normalisation:
        note = told_of("zh", {"normalisation": value}, {})["bdx_note_bdx_ranking_province"]
        assert ("得分为 0–100" in note) == value.record.bounded, value


def test_every_choice_has_its_sentence() -> None:
    for kinds, sentences in (
        (CHOICES["normalisation"], method_texts.NORMALISE), (CHOICES["weighting"], method_texts.WEIGH),
        (CHOICES["aggregation"], method_texts.AGGREGATE), (CHOICES["treatment"], method_texts.TREAT),
        (CHOICES["imputation"], method_texts.IMPUTE),
    ):  # fmt: skip
        assert set(kinds) == set(sentences)
