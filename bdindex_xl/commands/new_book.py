"""A new index workbook at a place that a user of Excel or LibreOffice has chosen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ..errors import FileRefused
from ..hosts.files import XLSM, check_writable, replace
from ..language import Lang, Progress, Text
from ..sheets import folder
from .output import making

_NEW = Text(
    "已生成并打开 {file}。其中是示例指数：换成自己的指标体系、地区和数据后，点击“重新计算指数”。",
    "Made and opened {file}. It holds the sample index: put your own framework, units and data in its place, then "
    "click Recalculate Index.",
)
_EXISTS = Text("{file} 已存在，请换一个名称", "{file} exists already; choose another name")


def place(chosen: str) -> Path:
    """The file to make. Raises FileRefused."""
    target = Path(chosen if chosen.lower().endswith(XLSM) else chosen + XLSM)
    if target.exists():
        raise FileRefused(_EXISTS.format(file=target))
    check_writable(target)
    return target


def make(target: Path, lang: Lang, show: Progress) -> str:
    """Make that of the sample; returns what to tell once it is opened."""
    data, _errors = making.made(folder.sample(lang, {}), show, now=dt.datetime.now().replace(microsecond=0))
    replace(target, data)
    return _NEW.format(file=target)[lang]
