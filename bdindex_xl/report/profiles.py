"""Profiles as PDF: a page a unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..figures import amounts
from ..figures.profile import CHOSEN, Profile, Profiles, Standing
from ..figures.source import FigureSource, RankingView
from ..language import Lang, Progress, Text, joined
from ..model.framework import Aggregate, Node
from ..sheets.schema import ranking_label
from . import palette
from .shown import BLANK, shown_value
from .typesetting import Given, typeset, typeset_together

_TEMPLATE = "profiles.typ"
_TOPS = (0.05, 0.1, 0.2, 0.5, 1.0)  # what the outer ring of a radar may be, of the full marks
_AT_ONCE = 40  # pages that are in memory together


def write(
    source: FigureSource,
    *,
    ranking: str,
    units: Sequence[str] | None = None,
    progress: Progress = lambda _: None,
) -> bytes:
    """One PDF with a page for each unit, in the order of their ranks.

    Parameters
    ----------
    ranking
        Key of the ranking.
    units
        Codes of the units wanted; None for all.
    progress
        Told what is being done.
    """
    view = _view(source, ranking)
    pages = _pages(view, units)

    def parts() -> Iterator[Given]:
        for first in range(0, len(pages), _AT_ONCE):
            progress(_SETTING.format(n=first, all=len(pages)))
            yield _given(view, pages[first : first + _AT_ONCE])

    return typeset_together(_TEMPLATE, source.lang, parts())


def each(
    source: FigureSource,
    *,
    ranking: str,
    units: Sequence[str] | None = None,
    progress: Progress = lambda _: None,
) -> Iterator[tuple[str, bytes]]:
    """A PDF for each unit, with the stem of its file: place, name and code."""
    view = _view(source, ranking)
    pages = _pages(view, units)
    for n, page in enumerate(pages):
        if n % _AT_ONCE == 0:
            progress(_SETTING.format(n=n, all=len(pages)))
        yield (
            f"{page.index.rank or 0:03d} {page.name} {page.code}",
            typeset(_TEMPLATE, source.lang, _given(view, [page])),
        )


def _view(source: FigureSource, ranking: str) -> RankingView:
    return next(source.of(one) for one in source.inputs.rankings if one.key == ranking)


def _pages(view: RankingView, units: Sequence[str] | None) -> list[Profile]:
    made, codes = Profiles(view), view.ranking.panel.units
    wanted = range(len(codes)) if units is None else map(codes.index, units)
    return sorted(map(made.of, wanted), key=lambda page: (page.index.rank is None, page.index.rank or 0))


def _given(view: RankingView, pages: Sequence[Profile]) -> Given:
    """What the template shows of these pages."""
    lang, inputs = view.source.lang, view.source.inputs
    red_up = inputs.settings.change_colours == "red up"
    words = {key: word[lang] for key, word in _WORDS.items()}
    tables = {"standings": [word[lang] for word in _STANDINGS], "indicators": [word[lang] for word in _INDICATORS]}
    return {
        "title": _TITLE.format(index=inputs.title)[lang],
        "subtitle": _SUBTITLE.format(ranking=ranking_label(view.ranking.key), year=view.year)[lang],
        "source": inputs.source,
        "note": CHOSEN[lang],
        "colours": {
            "ink": palette.INK, "slate": palette.SLATE, "line": palette.SERIES[0], "best": palette.SERIES[1],
            "rise": palette.RISE_OR_FALL[red_up], "fall": palette.RISE_OR_FALL[not red_up],
        },
        "parts": palette.SERIES,
        "words": words | tables,
        "profiles": [_page(view, page, lang) for page in pages],
    }  # fmt: skip


def _page(view: RankingView, page: Profile, lang: Lang) -> dict[str, Any]:
    index = page.index
    return {
        "name": page.name,
        "groups": joined([Text(f"{name}：{group}", f"{name}: {group}") for name, group in page.groups], "　", " · ")[
            lang
        ],
        "rank": _whole(index.rank),
        "of": str(page.n_ranked),
        "score": _score(index.score),
        "change": index.change,
        "previous": _whole(index.previous),
        "summary": ("" if lang == "zh" else " ").join(fact[lang] for fact in page.summary),
        "axes": [_axis(one, lang) for one in page.axes],
        "top": _outer(page.axes, view.result.method.scale),
        "years": page.years,
        "ranks": page.ranks,
        "added": _added(page),
        "standings": [_row(depth, one) for depth, one in _standings(view, page)],
        "indicators": [_indicator(one) for one in page.indicators],
        "strengths": [_named(one, lang) for one in page.strengths],
        "weaknesses": [_named(one, lang) for one in page.weaknesses],
    }


def _axis(one: Standing, lang: Lang) -> dict[str, Any]:
    place = _PLACE.format(rank=one.rank)[lang] if one.rank else BLANK
    return {"name": one.node.name, "place": place, "score": one.score, "mean": one.mean, "best": one.best}


def _outer(axes: Iterable[Standing], scale: float) -> float:
    """The outer ring: as small as holds the unit and the mean, so that low scores can be told apart too."""
    most = max((score for one in axes for score in (one.score, one.mean) if score is not None), default=0.0)
    return scale * next((top for top in _TOPS if most <= scale * top), _TOPS[-1])


def _added(page: Profile) -> list[dict[str, Any]]:
    """Parts of the score; none where a bar cannot show them."""
    found = [
        (one.node.name, part)
        for one, part in zip(page.dimensions, page.added, strict=bool(page.added))
        if part is not None
    ]
    if not sum(part for _, part in found) > 0 or any(part < 0 for _, part in found):
        return []
    return [{"name": name, "value": part, "shown": f"{part:.1f}"} for name, part in found]


def _standings(view: RankingView, page: Profile) -> Iterator[tuple[int, Standing]]:
    """Index, dimensions and the aggregates that the radar shows below them, with their depth in the table."""
    below = {one.node.code: one for one in page.axes if isinstance(one.node, Aggregate)}
    yield 0, page.index
    for one in page.dimensions:
        yield 0, one
        children: tuple[Node, ...] = ()
        if isinstance(one.node, Aggregate):
            children = view.source.inputs.framework.children(one.node.code)
        yield from ((1, below[child.code]) for child in children if child.code in below)


def _row(depth: int, one: Standing) -> dict[str, Any]:
    return {
        "depth": depth, "name": one.node.name, "score": _score(one.score), "mean": _score(one.mean),
        "best": _score(one.best), "first": one.first, "rank": _whole(one.rank), "change": one.change,
    }  # fmt: skip


def _indicator(one: Standing) -> dict[str, Any]:
    return {
        "name": one.node.name, "measure": one.node.measure, "share": shown_value("share", one.share),
        "value": BLANK if one.value is None else amounts.number(one.value),
        "rank": _whole(one.rank), "change": one.change, "score": _score(one.score), "mean": _score(one.mean),
    }  # fmt: skip


def _named(one: Standing, lang: Lang) -> dict[str, Any]:
    gap = one.gap or 0.0
    return {
        "name": one.node.name, "place": _PLACE.format(rank=one.rank)[lang], "gap": gap > 0,
        "shown": f"{gap:+.1f}".replace("-", "−"),
    }  # fmt: skip


def _score(score: float | None) -> str:
    return shown_value("score", score)


def _whole(place: int | None) -> str:
    return BLANK if place is None else str(place)


_SETTING = Text("排版地区画像：{n}/{all}", "Setting profiles: {n} of {all}")
_TITLE = Text("{index}：地区画像", "{index}: profiles")
_SUBTITLE = Text("{ranking}，{year} 年", "{ranking}, {year}")
_PLACE = Text("第 {rank}", "rank {rank}")
_WORDS = {
    "rank": Text("排名", "Rank"),
    "score": Text("得分", "Score"),
    "change": Text("排名变化", "Change of rank"),
    "previous": Text("上年排名", "Rank in the year before"),
    "radar": Text("得分与均值", "Scores and means"),
    "mean": Text("均值", "mean"),
    "best": Text("最高分", "best"),
    "years": Text("历年排名", "Rank over the years"),
    "added": Text("得分构成", "What the score is made of"),
    "strengths": Text("相对优势（名次、得分与均值之差）", "Relative strengths (rank, score less mean)"),
    "weaknesses": Text("相对短板（名次、得分与均值之差）", "Relative weaknesses (rank, score less mean)"),
    "no-strengths": Text("无", "none"),
    "no-weaknesses": Text("无", "none"),
    "blank": Text(BLANK, BLANK),
}
_STANDINGS = (
    Text("总指数与分项", "Index and dimensions"), Text("得分", "Score"), Text("均值", "Mean"), Text("最高分", "Best"),
    Text("最高分地区", "Who is best"), Text("排名", "Rank"), Text("变化", "Change"),
)  # fmt: skip
_INDICATORS = (
    Text("指标", "Indicator"), Text("数值", "Value"), Text("单位", "Measure"), Text("排名", "Rank"),
    Text("变化", "Change"), Text("得分", "Score"), Text("均值", "Mean"), Text("占全部", "Of total"),
)  # fmt: skip
