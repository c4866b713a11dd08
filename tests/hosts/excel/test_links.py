"""What leads to the result sheets outlives a recalculation and its being taken back, with LibreOffice as the application."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from bdindex_xl.sheets import schema
from tests.support.uno_engine.fixtures import excel_fixture  # noqa: F401

from .test_actions import click, opened, path, told  # noqa: F401


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("BDINDEX_CACHE", str(tmp_path / "kept"))
    return iter((None,))


def test_formulas_names_and_links_to_results_outlive_restoring_them(excel: xw.App, path: Path) -> None:  # noqa: F811
    book = opened(path)
    mine, ranking = book.sheets.add("我的"), schema.RANKING.name["zh"].format(ranking="省份")
    formulas = {
        "A1": f"={ranking}!$C$6",
        "A2": f"=SUM({ranking}!$D$5:$D$35)",
        "A3": f'=HYPERLINK("#{ranking}!A6",{ranking}!$C$6)',
        "A4": "=COUNTA(第二名)",
    }
    book.names.add("第二名", f"={ranking}!$A$6:$D$6")
    for address, formula in formulas.items():
        mine[address].formula = formula
    before = {address: mine[address].value for address in formulas}
    book.sheets["省份数据"]["D37"].value = "１，２３４"
    click("recalculate")
    assert {address: mine[address].value for address in formulas} != before
    click("restore")
    assert told(excel) == "已恢复上一次重新计算之前的结果。"
    assert {address: mine[address].formula for address in formulas} == formulas
    assert {address: mine[address].value for address in formulas} == before
    check = book.sheets[schema.CHECK.name["zh"]]
    links = [cell.formula for cell in check["A1:F12"] if "D37" in str(cell.value)]
    assert links and all(link.startswith("=HYPERLINK(") for link in links)
