"""Words of texts, and how they come and go, as a workbook's table of hot words has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...language import Text, same
from ...model.figure import Figure
from ...model.hot_words import HotWord
from ...sheets import schema
from ..content import CloudForm, Content, FigureColumn, LinesForm
from ..source import FigureSource, Lacking, RankingView
from ..titles import titled
from ..wording import enumerated, marked

_IN_CLOUD, _LINES = 40, 10  # words that are shown where a figure does not say
_NEWEST = 2  # words that came in a year, and are shown in any case
_SAID = 5  # words in a sentence


def cloud(source: FigureSource, figure: Figure) -> Content:
    """The words that most texts of the year hold. Raises Lacking where there are none."""
    view = source.view(figure)
    words = sorted(_of_year(source, view.year), key=lambda one: (-one.documents, one.word))
    shown = [one for one in words if one.documents][: figure.top or _IN_CLOUD]
    lang = source.lang
    columns = (
        FigureColumn(_header("word", lang), "name", [one.word for one in shown]),
        FigureColumn(_header("documents", lang), "count", [one.documents for one in shown]),
        FigureColumn(_header("share", lang), "share", [one.share for one in shown]),
        FigureColumn(_header("z", lang), "score", [one.z for one in shown]),
    )
    facts = tuple(_told(shown, view.year))
    return Content(figure, titled(figure, view, len(shown)), columns, CloudForm(0, 1), facts, _origin(source))


def trend(source: FigureSource, figure: Figure) -> Content:
    """Shares over the years of the words that had the largest in any of them, and of those that came in the last two.

    Raises Lacking where there are none.
    """
    view = source.view(figure)
    years = _span(source, figure, view)
    share = {(one.year, one.word): one.share for one in source.words}
    names = dict.fromkeys(one.word for one in source.words if one.year in years)
    most = {name: max(share.get((year, name), 0.0) for year in years) for name in names}
    arrived = [one.word for year in years[-2:] for one in _newest(source, year)]
    order = dict.fromkeys([*arrived, *sorted(most, key=lambda name: (-most[name], name))])
    chosen = sorted(list(order)[: figure.top or _LINES], key=lambda name: -share.get((years[-1], name), 0.0))
    columns = [FigureColumn(str(year), "share", [share.get((year, name), 0.0) for name in chosen]) for year in years]
    word = FigureColumn(_header("word", source.lang), "name", chosen)
    form = LinesForm(0, tuple(range(1, len(years) + 1)))
    facts = _moved(chosen, share, years)
    return Content(
        figure, titled(figure, view, len(chosen)), (word, *columns), form, tuple(facts), (_OF_TEXTS, *_origin(source))
    )


def _of_year(source: FigureSource, year: int) -> list[HotWord]:
    found = [one for one in source.words if one.year == year]
    if not found:
        raise Lacking(_NO_WORDS if not source.words else _NONE_IN.format(year=year))
    return found


def _origin(source: FigureSource) -> tuple[Text, ...]:
    return (same(source.words_from),) if source.words_from else ()


def _newest(source: FigureSource, year: int) -> list[HotWord]:
    new = (one for one in source.words if one.year == year and one.is_new)
    return sorted(new, key=lambda one: (-(one.z or 0.0), one.word))[:_NEWEST]


def _span(source: FigureSource, figure: Figure, view: RankingView) -> list[int]:
    """The years that are shown: up to the one of the ranking, and as far back as its data unless the figure says."""
    n = figure.years or len([year for year in view.years if year <= view.year])
    known = sorted({one.year for one in source.words if one.year <= view.year})[-n:]
    if len(known) < 2:
        raise Lacking(_NO_WORDS if not source.words else _NO_YEARS)
    return known


def _told(shown: Sequence[HotWord], year: int) -> list[Text]:
    """What most texts are about, and what is new."""
    most = (marked(one.word, _TEXTS.format(n=one.documents, share=f"{one.share:.1%}")) for one in shown[:_SAID])
    facts = [_MOST.format(year=year, names=enumerated(most))]
    new = sorted((one for one in shown if one.is_new), key=lambda one: -(one.z or 0.0))[:_SAID]
    if new:
        facts.append(_NEW.format(year=year, names=enumerated(one.word for one in new)))
    return facts


def _moved(names: Sequence[str], share: Mapping[tuple[int, str], float], years: Sequence[int]) -> list[Text]:
    """Whose share rose and fell most from the first year to the last."""
    ends = {name: tuple(share.get((year, name), 0.0) for year in (years[0], years[-1])) for name in names}
    facts = []
    for template, sign in ((_ROSE, 1), (_FELL, -1)):
        order = sorted(names, key=lambda name: -sign * (ends[name][1] - ends[name][0]))
        some = [name for name in order if sign * (ends[name][1] - ends[name][0]) > 0][:3]
        if some:
            said = (marked(name, f"{ends[name][0]:.1%} → {ends[name][1]:.1%}") for name in some)
            facts.append(template.format(first=years[0], last=years[-1], names=enumerated(said)))
    return facts


def _header(key: str, lang: str) -> str:
    header = next(column.header for column in schema.WORDS.columns if column.key == key)
    return header.zh if lang == "zh" else header.en


_NO_WORDS = Text("热词表（运行 bdindex words 得出）", "a table of hot words, which bdindex words fills")
_NONE_IN = Text("{year} 年的热词", "hot words of {year}")
_NO_YEARS = Text("两年以上的热词", "hot words of two years or more")
_TEXTS = Text("{n} 篇，占 {share}", "{n} {n:text|texts}, {share}")
_MOST = Text("{year} 年出现最多的词是{names}。", "Most frequent in {year}: {names}.")
_NEW = Text(
    "与此前各年相比，{year} 年最突出的是{names}。", "What stands out in {year} against all earlier years: {names}."
)
_ROSE = Text("{first}–{last} 年占比上升最多的是{names}。", "Up most from {first} to {last}: {names}.")
_FELL = Text("{first}–{last} 年占比下降最多的是{names}。", "Down most from {first} to {last}: {names}.")
_OF_TEXTS = Text("占比为含该词的文本占当年文本的比例。", "Shares are of the year's texts, of those that hold the word.")
