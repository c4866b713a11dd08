"""What the guide says of a workbook: only what is so, of sheets that are there, to whoever reads it.

The maker of workbooks and every recalculation write the same lines: `sections` for the one, `cells` for the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..language import Lang, Text, joined, same
from ..model.framework import Framework
from ..model.method import Method
from . import guide_texts as texts
from . import method_told, phrases, schema
from .book import Book
from .inputs import Inputs

_NOTHING = same("")


class Facts(NamedTuple):
    """What the guide is to tell of.

    `sheets` are the names of sheets by the tables on them; `formulas`, `steps` and `profile` the names of the sheets
    with the worksheet functions, with the steps of a live copy and of one unit; `lambdas` says whether LAMBDA names
    stand for the functions; `is_copy` whether it is a copy for others, `is_live` whether its results are formulas, and
    `profile_follows` whether the sheet of one unit holds formulas.
    """

    framework: Framework
    method: Method
    rankings: tuple[str, ...]
    sheets: Mapping[str, str]
    is_sample: bool
    formulas: str | None = None
    steps: str | None = None
    profile: str | None = None
    profile_follows: bool = True
    is_copy: bool = False
    is_live: bool = False
    lambdas: bool = False

    def sheet(self, table: str) -> str | None:
        return self.sheets.get(table)


class Line(NamedTuple):
    """A row of the guide; without a text it is not shown. `link` is the name of the cell that its label leads to."""

    key: str
    label: Text
    text: Text
    link: str = ""


class Section(NamedTuple):
    """Rows under a title. `varies` where labels change, too: recalculations write them."""

    key: str
    title: Text
    lines: tuple[Line, ...]
    varies: bool = False


OF_METHOD = ("method", "cases", "sources")  # sections whose texts follow settings


def facts_of(book: Book, inputs: Inputs) -> Facts:
    """The facts of a workbook that has been read; results in it are values, as a recalculation leaves them."""
    return Facts(
        inputs.framework,
        inputs.method,
        tuple(ranking.key for ranking in inputs.rankings),
        book.tables(),
        is_sample(inputs.source),
        formulas=book.sheet_of(schema.CELL_TITLE.format(table=schema.FORMULAS_KEY)),
        steps=book.sheet_of(schema.NAME_STEPS),
        profile=book.sheet_of(schema.CELL_TITLE.format(table=schema.PROFILE_KEY)),
        is_copy=book.sheet_of(schema.NAME_COPY) is not None,
    )


def is_sample(source: object) -> bool:
    """Whether the note on the data says that they are the sample's."""
    return source in phrases.SAMPLE_SOURCE.both()


def cells(facts: Facts, lang: Lang) -> dict[str, str | float]:
    """All that the guide and the notes of the sheets with formulas and inputs say, by defined name."""
    found: dict[str, str | float] = {}
    for section in sections(facts):
        if section.varies:
            found[schema.CELL_GUIDE_TITLE.format(key=section.key)] = section.title[lang]
        for line in section.lines:
            if section.varies:
                found[schema.CELL_GUIDE_LABEL.format(key=line.key)] = line.label[lang] if line.text[lang] else ""
            found[schema.CELL_GUIDE_TEXT.format(key=line.key)] = line.text[lang]
    found[schema.CELL_NOTE.format(table=schema.FORMULAS_KEY)] = formulas_note(facts)[lang]
    if facts.is_copy:
        found |= {schema.CELL_NOTE.format(table=table): text[lang] for table, text in _input_notes(facts)}
        about = phrases.COPY_LIVE.format(sheet=facts.steps) if facts.is_live else phrases.COPY_VALUES
        found[schema.CELL_BUTTON] = about[lang]
        chosen = phrases.PROFILE_FOLLOWS if facts.profile_follows else phrases.PROFILE_VALUES
        found[schema.CELL_NOTE.format(table=schema.PROFILE_KEY)] = chosen[lang]
    return found


def sections(facts: Facts) -> tuple[Section, ...]:
    """The guide, from top to bottom."""
    steps = _copy_steps(facts) if facts.is_copy else _steps(facts)
    return (
        Section("steps", texts.COPY_STEPS if facts.is_copy else texts.STEPS, steps, varies=True),
        Section("sheets", texts.SHEETS, tuple(_listed(facts)), varies=True),
        Section("colours", texts.COLOURS, _colours(facts)),
        Section("method", texts.METHOD, _method(facts)),
        Section("cases", texts.CASES, _cases(facts)),
        Section("sources", texts.SOURCES, _sources(facts), varies=True),
    )


def formulas_note(facts: Facts) -> Text:
    """What stands over the worksheet functions at work."""
    if facts.is_copy:
        return phrases.FORMULAS_LAMBDA if facts.lambdas else phrases.FORMULAS_VALUES
    other = method_told.unlike_functions(facts.framework, facts.method)
    said = phrases.FORMULAS_UNLIKE.format(choices=joined(list(other))) if other else phrases.FORMULAS_ALIKE
    return Text(phrases.FORMULAS_PYTHON.zh + said.zh, f"{phrases.FORMULAS_PYTHON.en} {said.en}")


def key_of(table: str, ranking: str = "") -> str:
    """What the names of the guide's cells call a sheet, by the table on it.

    A ranking's own name stays out: the names remain in a copy that tells nothing of that ranking.

    >>> key_of(schema.WEIGHTS.table), key_of(schema.DATA.table, "city")
    ('weights', 'data_11a62c23')
    """
    kind = table.removeprefix(schema.PREFIX).removesuffix("_{ranking}")
    return f"{kind}_{hashlib.sha256(ranking.encode()).hexdigest()[:8]}" if ranking else kind


def _quoted(names: list[str]) -> Text:
    return joined([texts.NAMED.format(sheet=name) for name in names], zh="", en=", ")


def _steps(facts: Facts) -> tuple[Line, ...]:
    tables = [schema.SETTINGS.table, schema.FRAMEWORK.table, schema.UNITS.table]
    tables += [schema.table_of(schema.DATA.table, ranking) for ranking in facts.rankings]
    names = list(dict.fromkeys(sheet for table in tables if (sheet := facts.sheet(table))))
    check = facts.sheet(schema.CHECK.table)
    again = [texts.RECALCULATE_MEANS, *([texts.FAULTS_LISTED.format(sheet=check)] if check else [])]
    return (
        Line("step_1", texts.FILL, texts.FILL_MEANS.format(sheets=_quoted(names))),
        Line("step_2", texts.RECALCULATE, _said(*again)),
        Line("step_3", texts.READ, _said(_reading(facts), texts.VERIFY_MEANS)),
    )


def _copy_steps(facts: Facts) -> tuple[Line, ...]:
    """How to read a copy: nothing in it is for its reader to run."""
    data = (facts.sheet(schema.table_of(schema.DATA.table, ranking)) for ranking in facts.rankings)
    names = list(dict.fromkeys(sheet for sheet in data if sheet))
    live = facts.is_live and facts.steps
    follow = texts.COPY_FOLLOW_MEANS.format(steps=facts.steps) if live else _NOTHING
    change = texts.COPY_TRY_MEANS.format(sheets=_quoted(names)) if live and names else _NOTHING
    return (
        Line("step_1", texts.COPY_READ, _reading(facts)),
        Line("step_2", texts.COPY_FOLLOW, follow),
        Line("step_3", texts.COPY_TRY, change),
    )


def _reading(facts: Facts) -> Text:
    weights, scores = facts.sheet(schema.WEIGHTS.table), facts.sheet(schema.NORMALISED.table)
    each = [texts.EACH_STEP.format(weights=weights, normalised=scores)] if weights and scores else []
    return _said(texts.READ_MEANS, *each)


def _listed(facts: Facts) -> Iterator[Line]:
    """Every sheet of ours that is there; those that are not, without a text."""
    for sheet in schema.INPUTS:
        yield _sheet(facts, sheet.table, sheet.about)
    for each in (schema.DATA, schema.RANKING):
        for ranking in facts.rankings:
            about = each.about.format(ranking=schema.ranking_label(ranking))
            yield _sheet(facts, schema.table_of(each.table, ranking), about, key_of(each.table, ranking))
    for computed in schema.COMPUTED:
        yield _sheet(facts, computed.table, computed.about)
    for analysis in (*schema.ANALYSES, *schema.FROM_FILES):
        about = analysis.about if facts.is_copy else _said(analysis.about, analysis.filled_by)
        yield _sheet(facts, analysis.table, about)
    title = schema.CELL_TITLE.format(table=schema.PROFILE_KEY)
    yield _named(schema.PROFILE_KEY, facts.profile, schema.PROFILE_ABOUT, title)
    title = schema.CELL_TITLE.format(table=schema.FORMULAS_KEY)
    yield _named(schema.FORMULAS_KEY, facts.formulas, schema.FORMULAS_ABOUT, title)
    for of_run in schema.OF_RUN:
        yield _sheet(facts, of_run.table, of_run.about)
    yield _named(schema.STEPS_KEY, facts.steps if facts.is_copy else None, texts.WORKING)


def _sheet(facts: Facts, table: str, about: Text, key: str = "") -> Line:
    return _named(key or key_of(table), facts.sheet(table), about, schema.CELL_TITLE.format(table=table))


def _named(key: str, sheet: str | None, about: Text, link: str = "") -> Line:
    return Line(key, same(sheet or ""), about if sheet else _NOTHING, link)


def _colours(facts: Facts) -> tuple[Line, ...]:
    settings = facts.sheet(schema.SETTINGS.table)
    chosen = [texts.COLOURS_CHOSEN.format(sheet=settings)] if settings and not facts.is_copy else []
    return (
        Line("entered", texts.ENTERED, texts.COPY_ENTERED if facts.is_copy else texts.ENTERED_MEANS),
        Line("computed", texts.COMPUTED, texts.COPY_COMPUTED if facts.is_copy else texts.COMPUTED_MEANS),
        Line("up", _NOTHING, _said(texts.UP, *chosen)),
        Line("down", _NOTHING, texts.DOWN),
        Line("same", _NOTHING, texts.SAME_RANK),
    )


def _method(facts: Facts) -> tuple[Line, ...]:
    given = facts.framework, facts.method
    return (
        Line("prepare", texts.PREPARE, method_told.preparing(*given)),
        Line("normalise", texts.NORMALISE, method_told.normalising(*given)),
        Line("weigh", texts.WEIGH, method_told.weighing(*given)),
        Line("aggregate", texts.AGGREGATE, method_told.aggregating(*given)),
        Line("rank", texts.RANK, texts.RANK_MEANS),
        Line("groups_mean", texts.GROUPS, texts.GROUPS_MEANS),
    )


def _cases(facts: Facts) -> tuple[Line, ...]:
    check = facts.sheet(schema.CHECK.table)
    noted = [texts.NOTED.format(sheet=check)] if check else []
    return (
        Line("missing", texts.MISSING, _said(method_told.missing(facts.framework, facts.method), texts.MARKS, *noted)),
        Line("constant", texts.CONSTANT, _said(texts.CONSTANT_MEANS, *noted)),
        Line("new", texts.NEW, texts.NEW_MEANS),
    )


def _sources(facts: Facts) -> tuple[Line, ...]:
    its_method = method_told.is_by_distance(facts.framework, facts.method)
    report = _said(texts.REPORT_MEANS, *([texts.REPORT_METHOD] if its_method else []))
    return (
        Line("report", texts.REPORT, report if facts.is_sample else _NOTHING),
        Line("methods", texts.METHODS, method_told.sources(facts.framework, facts.method)),
        Line("sample", texts.RECONSTRUCTED, texts.RECONSTRUCTED_MEANS if facts.is_sample else _NOTHING),
    )


def _input_notes(facts: Facts) -> Iterator[tuple[str, Text]]:
    """Over the input of a copy, in place of how to fill it in."""
    yield from ((sheet.table, sheet.copy_note) for sheet in schema.INPUTS if sheet.copy_note.en)
    for ranking in facts.rankings:
        yield schema.table_of(schema.DATA.table, ranking), schema.DATA.copy_note


def _said(*sentences: Text) -> Text:
    return Text("".join(one.zh for one in sentences), " ".join(one.en for one in sentences))
