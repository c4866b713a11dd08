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


def document(
    inputs: Inputs,
    results: dict[str, Result],
    figures: Sequence[Figure] | None = None,
    *,
    top: int | None = None,
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
    """
    source = FigureSource(inputs, results)
    listed = proposed.figures(outline.of_inputs(inputs)) if figures is None else tuple(figures)
    chosen = [replace(figure, top=top) if top and figure.top else figure for figure in listed]
    made = contents(source, chosen)
    titles = dict.fromkeys(one.figure.chapter for one in made)
    default = CHAPTER[inputs.lang]
    chapters = (
        Chapter(title or default, tuple(one for one in made if one.figure.chapter == title)) for title in titles
    )
    year = max(ranking.year for ranking in inputs.rankings)
    red_up = inputs.settings.change_colours == "red up"
    return Document(inputs.lang, inputs.title, year, inputs.source, tuple(chapters), red_up)
