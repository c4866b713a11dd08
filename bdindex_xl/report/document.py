"""What a report holds, whatever form it takes: chapters of figures, each with its data and its sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..engine.compute import Result
from ..figures import outline, proposed
from ..figures.all import contents
from ..figures.content import Content, LeftOut
from ..figures.source import FigureSource
from ..language import Lang, Text
from ..model.figure import Figure
from ..model.hot_words import HotWord
from ..sheets.inputs import Inputs

CHAPTER = Text("图表", "Figures")


@dataclass(frozen=True, eq=False)
class Chapter:
    """A chapter's title and its figures."""

    title: str
    figures: tuple[Content | LeftOut, ...]


@dataclass(frozen=True, eq=False)
class Document:
    """A report: title, year, the note on the data, chapters; whether what rose is red."""

    lang: Lang
    title: str
    year: int
    source: str
    chapters: tuple[Chapter, ...]
    red_up: bool = True

    @property
    def figures(self) -> tuple[Content | LeftOut, ...]:
        """All figures, in their order."""
        return tuple(figure for chapter in self.chapters for figure in chapter.figures)


def said_once(made: Sequence[Content | LeftOut]) -> tuple[Content | LeftOut, ...]:
    """Each sentence once a chapter: where it comes first, or where a figure would else be left with none."""
    said: dict[tuple[str, Text], int] = {}
    told = [list(one.facts) if isinstance(one, Content) else [] for one in made]
    for k, one in enumerate(made):
        again = {fact: said[key] for fact in told[k] if (key := (one.figure.chapter, fact)) in said}
        told[k] = [fact for fact in told[k] if fact not in again]
        if again and not told[k]:
            for fact, before in again.items():
                if len(told[before]) > 1:
                    told[before].remove(fact)
                    told[k].append(fact)
        said |= {(one.figure.chapter, fact): k for fact in told[k]}
    return tuple(
        replace(one, facts=tuple(facts)) if isinstance(one, Content) else one
        for one, facts in zip(made, told, strict=True)
    )


def document(
    inputs: Inputs,
    results: dict[str, Result],
    figures: Sequence[Figure] | None = None,
    *,
    top: int | None = None,
    words: tuple[HotWord, ...] = (),
    words_from: str = "",
    without_raw: bool = False,
) -> Document:
    """The report of these results.

    Parameters
    ----------
    inputs, results
        Of a workbook.
    figures
        Those that its table of figures lists; None for a set that suits its framework.
    top
        How many units, in place of what the figures say themselves.
    words, words_from
        The workbook's hot words, and a sentence on where they are from.
    without_raw
        Whether values of indicators are for nobody to see: what would show any is left out.
    """
    source = FigureSource(inputs, results, words, without_raw, words_from)
    listed = proposed.figures(outline.of_inputs(inputs)) if figures is None else tuple(figures)
    chosen = [replace(figure, top=top) if top and figure.top else figure for figure in listed]
    made = said_once(contents(source, chosen))
    titles = dict.fromkeys(one.figure.chapter for one in made)
    default = CHAPTER[inputs.lang]
    chapters = (
        Chapter(title or default, tuple(one for one in made if one.figure.chapter == title)) for title in titles
    )
    year = max(ranking.year for ranking in inputs.rankings)
    red_up = inputs.settings.change_colours == "red up"
    return Document(inputs.lang, inputs.title, year, inputs.source, tuple(chapters), red_up)
