"""Why units stand where they do, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ..analysis.explained import Change
from ..core.arrays import Array
from ..language import LANGUAGES, Lang, Text, joined, same
from ..sheets import schema
from ..sheets.book import Book
from . import written
from .explain import ExplainedUnit, Explanations, by_indicator


def told(found: Explanations, lang: Lang, *, most: int = 5) -> list[str]:
    """What was found, in sentences, unit by unit."""
    indicators = {indicator.code: indicator.name for indicator in found.inputs.framework.indicators}
    texts = [text for one in found.units for text in _Sentences(one, indicators, most, found.inputs.method.scale).all()]
    return [text[lang] for text in texts]


@dataclass(frozen=True)
class _Sentences:
    """What is said of one unit.

    indicators : names by code, in the framework's order. most : indicators named in a sentence. scale : full marks.
    """

    one: ExplainedUnit
    indicators: dict[str, str]
    most: int
    scale: float

    def all(self) -> list[Text]:
        found = self.one.explanation
        head = {"name": self._unit(found.unit), "year": found.year}
        head |= {"ranking": schema.ranking_label(self.one.ranking.key)}
        if not found.rank:
            return [_UNRANKED.format(**head), *self._lacking()]
        lines = [_HEAD.format(**head, score=f"{self.scale * found.score:.2f}", rank=found.rank, n=found.n_ranked)]
        for template, neighbour in ((_ABOVE, found.above), (_BELOW, found.below)):
            if neighbour is not None:
                lines.append(template.format(name=self._unit(neighbour[0]), gap=f"{self.scale * neighbour[1]:.2f}"))
        # A value that is missing or imputed says nothing of the unit itself, good or bad.
        difference = self._without(self.scale * found.difference_array, found.imputed)
        for template, sign in ((_STRONG, 1), (_WEAK, -1)):
            lines += self._list(template, np.maximum(sign * difference, 0.0) * sign)
        return [*lines, *self._lacking(), *self._change(), *self._overtaking()]

    def _lacking(self) -> Iterable[Text]:
        """Data of the year that the unit has not, and what that does to its score."""
        found = self.one.explanation
        if found.missing and not found.rank:
            yield _NO_DATA.format(year=found.year, names=self._named(found.missing))
        elif found.missing:
            points = _signed(self.scale * found.rescaling)
            yield _LACKS.format(year=found.year, names=self._named(found.missing), points=points)
        if found.imputed:
            yield _IMPUTED.format(year=found.year, names=self._named(found.imputed))

    def _change(self) -> Iterable[Text]:
        change = self.one.change
        if change is None:
            yield _NO_CHANGE
            return
        gaps = self.one.came_and_went
        sums = np.array([change.own_array.sum(), change.others_array.sum(), change.weights_array.sum()]) - gaps
        own, others, weights = (_signed(self.scale * part) for part in sums)
        total = _signed(self.scale * (change.after - change.before))
        since = {"year": change.previous_year, "before": change.rank_before, "total": total}
        yield _CHANGE.format(**since, own=own, others=others, weights=weights)
        yield from self._of_gaps(change, gaps)
        by = self._without(
            self.scale * by_indicator(change), (*change.missing_before, *change.missing_after, *change.imputed)
        )
        yield from self._list(_MOVED, by)
        for template, whom in ((_PASSED, change.overtaken), (_PASSED_BY, change.overtaken_by)):
            if whom:
                yield template.format(units=joined([self._unit(unit) for unit in whom]))

    def _of_gaps(self, change: Change, gaps: Array) -> Iterable[Text]:
        """What data did that are there in one year only, or were imputed: no cause that lies in the unit."""
        if change.missing_before:  # those of the year itself are named already
            yield _NO_DATA.format(year=change.previous_year, names=self._named(change.missing_before))
        if change.missing_before or change.missing_after:
            yield _GAPS.format(points=_signed(self.scale * gaps.sum()))
        by = self.scale * by_indicator(change)
        yield from self._list(_BY_IMPUTED, by - self._without(by, change.imputed))

    def _overtaking(self) -> Iterable[Text]:
        target, value = self.one.overtaking.target_array, self.one.overtaking.value_array
        if self.one.overtaking.rank <= 1:
            return
        can = np.flatnonzero(~np.isnan(target))
        if not can.size:
            yield _CANNOT
            return
        order = sorted(can, key=lambda k: abs(target[k] - value[k]) / (abs(value[k]) or np.inf))[: self.most]
        names = list(self.indicators.values())
        parts = [_TO.format(name=same(names[k]), value=f"{value[k]:,.6g}", needed=f"{target[k]:,.6g}") for k in order]
        yield _NEEDED.format(parts=joined(parts, zh="；", en="; "))

    def _list(self, template: Text, points: Array) -> list[Text]:
        """A sentence of the indicators that make most points; those that make none to two decimals are left out."""
        names = list(self.indicators.values())
        order = [k for k in np.argsort(-np.abs(points), kind="stable") if round(abs(points[k]), 2) > 0]
        parts = [_POINTS.format(name=same(names[k]), points=_signed(points[k])) for k in order[: self.most]]
        return [template.format(parts=joined(parts))] if parts else []

    def _without(self, points: Array, codes: Sequence[str]) -> Array:
        """The points, 0 where there are none and for these indicators."""
        kept: Array = np.where(np.isin(list(self.indicators), codes) | np.isnan(points), 0.0, points)
        return kept

    def _named(self, codes: Sequence[str]) -> Text:
        return joined([same(self.indicators[code]) for code in codes])

    def _unit(self, code: str) -> Text:
        return same(self.one.ranking.labels[code])


def _signed(points: float) -> str:
    return f"{round(points, 2) + 0.0:+.2f}"  # not -0.00


def done(found: Explanations, book: Book) -> Text:
    """The first unit's sentences that fit a message box, and where the rest is."""
    end = written.done(book, (schema.EXPLANATION,), found.missing)
    lines = [told(found, lang)[:8] for lang in LANGUAGES]
    return Text(*("\n".join((*some, text)) for some, text in zip(lines, end.both(), strict=True)))


_HEAD = Text(
    "{name}（{ranking}，{year} 年）：得分 {score}，第 {rank} 名（共 {n} 个地区）",
    "{name} ({ranking}, {year}): score {score}, rank {rank} of {n}",
)
_UNRANKED = Text(
    "{name}（{ranking}，{year} 年）：数据不足，没有排名", "{name} ({ranking}, {year}): not ranked, for want of data"
)
_ABOVE = Text("  前一名：{name}，高 {gap} 分", "  next above: {name}, by {gap} points")
_BELOW = Text("  后一名：{name}，低 {gap} 分", "  next below: {name}, by {gap} points")
_POINTS = Text("{name} {points}", "{name} {points}")
_STRONG = Text("  长处（高于各地区平均）：{parts}", "  strengths, against the mean of all: {parts}")
_WEAK = Text("  短处（低于各地区平均）：{parts}", "  weaknesses, against the mean of all: {parts}")
_LACKS = Text(
    "  {year} 年缺数据：{names}；其权重由其他指标分担，与各地区平均相比影响 {points} 分",
    "  no data in {year}: {names}; the others carry their weight, which makes {points} points against the mean of all",
)
_NO_DATA = Text("  {year} 年缺数据：{names}", "  no data in {year}: {names}")
_IMPUTED = Text("  {year} 年缺数据、按插补值计分：{names}", "  no data in {year}, an imputed value counts: {names}")
_BY_IMPUTED = Text("  含插补值的指标的影响：{parts}", "  by indicators with imputed values: {parts}")
_GAPS = Text(
    "  两年数据有缺、权重随之重新分配的影响：{points} 分",
    "  by data that are there in one of the two years only, and the weights rescaled for it: {points} points",
)
_NO_CHANGE = Text("  没有上一年的得分可比", "  no score of the year before to compare with")
_CHANGE = Text(
    "  比 {year} 年（第 {before} 名）变化 {total} 分：自身数据 {own}，其他地区 {others}，权重 {weights}",
    "  since {year} (rank {before}) {total} points: its own data {own}, the others' {others}, weights {weights}",
)
_MOVED = Text("  变化主要来自：{parts}", "  mostly by: {parts}")
_PASSED = Text("  超过：{units}", "  it passed: {units}")
_PASSED_BY = Text("  被超过：{units}", "  it was passed by: {units}")
_NEEDED = Text("  超过前一名，以下任一项即可：{parts}", "  to pass the unit above, any one of these changes: {parts}")
_TO = Text("{name} 由 {value} 到 {needed}", "{name} from {value} to {needed}")
_CANNOT = Text("  仅改动任何一个指标都不足以超过前一名", "  no single indicator is enough to pass the unit above")
