"""Titles and texts of invented policies: of each year's subjects, in the words that such documents are written in."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .chances import Chances

_TOPICS = Path(__file__).with_name("topics.csv")
EARLIER = 2019  # stands for all years up to it
_POLICIES = (
    "{place}{topic}实施方案",
    "{place}关于加快推进{topic}的实施意见",
    "{place}{topic}三年行动计划（{year}—{last}年）",
    "{place}关于促进{topic}发展的若干措施",
    "{place}{topic}管理办法（试行）",
    "{place}{topic}发展规划（{year}—{last}年）",
    "{place}推进{topic}工作方案",
    "{place}支持{topic}高质量发展若干政策",
    "关于深化{topic}的指导意见",
    "{place}{topic}行动方案",
    "关于印发{place}{topic}工作要点的通知",
    "{place}关于{topic}的实施细则",
    "{place}{topic}与{other}融合发展行动计划",
    "关于组织申报{year}年度{topic}项目的通知",
    "{place}加强{topic}工作的若干意见",
    "{place}{year}年{topic}重点任务",
)
_LAWS = ("{place}{topic}条例", "{place}{topic}促进条例", "{place}{topic}管理规定", "{place}{topic}管理条例")
_TEXTS = (
    "为加快推进{topic}，根据有关规定，结合实际，制定本文件。", "为促进{topic}健康有序发展，现就有关事项通知如下。",
    "本文件所称{topic}的范围，由主管部门另行公布。",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of policies.

    Parameters
    ----------
    word
        What it is called.
    before, after
        What may stand before it and after it.
    shares
        By year, how much is written on it.
    """

    word: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    shares: dict[int, float]

    def phrase(self, chances: Chances) -> str:
        before = chances.one_of(("", "", *self.before)) if self.before else ""
        return before + self.word + (chances.one_of(self.after) if chances.share() < 0.6 else "")


def topics() -> tuple[Topic, ...]:
    with _TOPICS.open(encoding="utf-8", newline="") as file:
        return tuple(
            Topic(
                row["word"], tuple(row["before"].split()), tuple(row["after"].split()),
                {int(key): float(value) for key, value in row.items() if key.isdigit()},
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


class Writer:
    """Writes titles and texts of one seed."""

    def __init__(self, chances: Chances) -> None:
        self._chances, self._topics = chances, topics()

    def title(self, year: int, place: str, *, law: bool) -> tuple[str, str]:
        """A title, and the subject that it is on; about two thirds name the place that issued it."""
        first = other = self._topic(year)
        while other is first:
            other = self._topic(year)
        topic = first.phrase(self._chances)
        named = place if law or self._chances.share() < 0.65 else ""
        form = self._chances.one_of(_LAWS if law else _POLICIES)
        filled = form.format(place=named, topic=topic, other=other.word, year=year, last=year + 2)
        return filled, topic

    def text(self, topic: str) -> str:
        return self._chances.one_of(_TEXTS).format(topic=topic)

    def _topic(self, year: int) -> Topic:
        shares: Sequence[float] = [topic.shares[max(year, EARLIER)] for topic in self._topics]
        reached, aim = 0.0, self._chances.share() * sum(shares)
        for topic, share in zip(self._topics, shares, strict=True):
            reached += share
            if aim < reached:
                return topic
        return self._topics[-1]
