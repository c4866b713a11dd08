"""The pages say the same in both languages, lead where they say, and hold what the code knows."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from bdindex_xl.commands.catalogue import parser
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.model.method import (
    PARAMETERS,
    Aggregation,
    Imputation,
    Normalisation,
    Transformation,
    Treatment,
    Weighting,
)
from bdindex_xl.model.node_fields import FIELDS
from tests.support.short_lived import python

from .markdown import PAGES, PAIRS, README, ROOT, anchors, blocks, headings, links, tables

ALL = [path for pair in PAIRS for path in pair]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_each_page_is_there_in_both_languages() -> None:
    assert sorted(path.name for path in (ROOT / "docs" / "zh").glob("*.md")) == PAGES


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=lambda path: _name(path))
def test_a_page_has_the_same_parts_in_both_languages(english: Path, chinese: Path) -> None:
    en, zh = english.read_text("utf-8"), chinese.read_text("utf-8")
    assert [level for level, _ in headings(zh)] == [level for level, _ in headings(en)]
    assert tables(zh) == tables(en)
    assert [(block.kind, block.alike) for block in blocks(zh)] == [(block.kind, block.alike) for block in blocks(en)]


@pytest.mark.parametrize("path", ALL, ids=_name)
def test_every_link_leads_somewhere(path: Path) -> None:
    page = path.read_text("utf-8")
    for link in links(page):
        file, _, anchor = link.partition("#")
        target = path.parent / file if file else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target.read_text("utf-8")), link


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_in_the_contents(lang: Lang) -> None:
    [contents] = blocks((ROOT / "docs" / lang / "index.md").read_text("utf-8"), "{toctree}")
    assert sorted(f"{name}.md" for name in contents.text.split("\n\n")[1].split()) == [
        p for p in PAGES if p != "index.md"
    ]


@pytest.mark.parametrize("path", [*ALL, ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"], ids=_name)
def test_every_place_that_is_named_is_there(path: Path) -> None:
    for place in re.findall(
        r"`((?:bdindex_xl|benchmarks|docs|sample|tests|workbook)/[\w./-]+)`", path.read_text("utf-8")
    ):
        assert (ROOT / place).exists(), place


def test_tables_of_what_the_code_knows_are_up_to_date() -> None:
    order = python(str(ROOT / "docs" / "generate.py"), "--check")
    done = subprocess.run(order, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_choice_setting_and_column_has_its_row(lang: Lang) -> None:
    names = {
        "methods": [*Transformation, *Imputation, *Treatment, *Normalisation, *Weighting, *Aggregation],
        "settings": list(PARAMETERS),
        "files": list(FIELDS),
    }
    for page, wanted in names.items():
        text = (ROOT / "docs" / lang / f"{page}.md").read_text("utf-8")
        assert [name for name in wanted if f"\n| `{name}`" not in text] == [], page


@pytest.mark.parametrize("path", ALL, ids=_name)
def test_every_command_that_a_page_shows_is_one(path: Path) -> None:
    lang: Lang = "zh" if path in (README["zh"], *(ROOT / "docs" / "zh").glob("*")) else "en"
    for block in blocks(path.read_text("utf-8"), "sh", "powershell"):
        for line in re.split(r"\n|&&", block.text):
            words = shlex.split(line.replace("\\", "/"))
            if words and words[0].rpartition("/")[2] == "bdindex":
                parser(lang).parse_args(words[1:])


@pytest.mark.parametrize("path", ALL, ids=_name)
def test_powershell_5_runs_each_line(path: Path) -> None:
    for block in blocks(path.read_text("utf-8"), "powershell"):
        for line in block.text.splitlines():
            assert re.fullmatch(r"(python|bdindex|\.\\\.venv\\Scripts\\[\w.]+)( [\w.\\'\[\]-]+)*", line), line


@pytest.mark.parametrize("path", ALL, ids=_name)
def test_python_examples_run(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for block in blocks(path.read_text("utf-8"), "python"):
        exec(compile(block.text, _name(path), "exec"), {})
        assert "2024" in capsys.readouterr().out
