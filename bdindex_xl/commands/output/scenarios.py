"""The command `scenarios`: compares, saves, and tells a person or a program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ...hosts.files import FileBook
from ...language import Lang, Text
from ...sheets import schema
from ...tasks.scenarios import OfRanking, Scenarios, compare_scenarios
from .analysis import analysed, recorded, told
from .summary import ProgressLine

_HEADING = Text(
    "{ranking}（{year} 年），与当前设置的排名相比：", "{ranking}, {year}, against the ranking by the settings:"
)
_PROPOSED = Text(
    "工作簿没有列出方案，以下为常见的几种；可在“方案”表中自行列出。",
    "The workbook names no scenario, so these are usual ones; name your own on the sheet of scenarios.",
)
_LINE = Text(
    "  {name}（{what}）：ρ = {spearman}，τ = {kendall}，平均变动 {mean} 位{greatest}",
    "  {name} ({what}): ρ = {spearman}, τ = {kendall}, {mean} places on average{greatest}",
)
_GREATEST = Text("，最大为{unit} {move}", "; most {unit}, {move}")
_NO_RESULT = Text("  {name}（{what}）：{why}", "  {name} ({what}): {why}")


def scenarios(file: Path, output: Path | None, *, force: bool = False, as_json: bool, lang: Lang) -> int:
    """Compare the scenarios of a workbook and write its sheets. Raises FileRefused and SheetErrors."""

    def work(book: FileBook, progress: ProgressLine) -> Scenarios:
        return compare_scenarios(book, progress=progress)

    done = analysed(file, output, work, force=force, lang=lang)
    if as_json:
        recorded("scenarios", done, _record(done.found), done.found.missing)
    else:
        told(done, _told(done.found, done.lang), done.found.missing)
    return 0


def _told(found: Scenarios, lang: Lang) -> Iterable[str]:
    if not found.named:
        yield _PROPOSED[lang]
        yield ""
    for of in found.rankings:
        yield _HEADING.format(ranking=schema.ranking_label(of.ranking.key), year=of.ranking.year)[lang]
        for one in found.scenarios:
            yield _line(of, one.name, one.what)[lang]
        yield ""


def _line(of: OfRanking, name: str, what: Text) -> Text:
    compared = of.comparison(name)
    if compared is None:
        return _NO_RESULT.format(name=name, what=what, why=of.others[name])
    move = f"{'▲' if compared.greatest > 0 else '▼'}{abs(compared.greatest)}"
    greatest = Text("", "")
    if compared.unit is not None:
        greatest = _GREATEST.format(unit=of.ranking.label(compared.unit), move=move)
    numbers = {"spearman": f"{compared.spearman:.3f}", "kendall": f"{compared.kendall:.3f}"}
    return _LINE.format(name=name, what=what, mean=f"{compared.mean_move:.1f}", greatest=greatest, **numbers)


def _record(found: Scenarios) -> dict[str, Any]:
    return {
        "named": found.named,
        "scenarios": [{"name": one.name, "changes": dict(one.changes)} for one in found.scenarios],
        "rankings": [
            {
                "ranking": of.ranking.key,
                "year": of.ranking.year,
                "scenarios": [_of_scenario(of, one.name) for one in found.scenarios],
            }
            for of in found.rankings
        ],
    }


def _of_scenario(of: OfRanking, name: str) -> dict[str, Any]:
    compared = of.comparison(name)
    if compared is None:
        return {"name": name, "why": of.others[name]}
    unit = None if compared.unit is None else of.ranking.panel.units[compared.unit]
    return {"name": name} | asdict(compared) | {"unit": unit}
