"""Faces of the texts in pictures, the ones wanted first."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ...errors import FileRefused
from ...language import Lang, Text

_LATIN = ("Calibri", "Carlito", "Arial", "Helvetica", "Liberation Sans", "DejaVu Sans")
CHINESE = (
    "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN",
    "Noto Sans SC", "Hiragino Sans GB", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP",
)  # fmt: skip
PREFERRED: Mapping[Lang, tuple[str, ...]] = {"zh": CHINESE, "en": (*_LATIN, *CHINESE)}


def require(text: str, installed: Collection[str]) -> None:
    """Raises FileRefused where a text has Chinese characters and none of these faces has them."""
    if any("\u2e80" <= character <= "\uffef" for character in text) and not set(CHINESE).intersection(installed):
        raise FileRefused(_NO_FACE, rule="no Chinese face")


_NO_FACE = Text(
    "这台电脑没有中文字体，图片和页面中的汉字无法显示：请安装“思源黑体”（Debian、Ubuntu：apt install "
    "fonts-noto-cjk）后再试。",
    "no Chinese font is installed, so that pictures and pages cannot show Chinese characters: install Noto Sans CJK SC "
    "(Debian, Ubuntu: apt install fonts-noto-cjk) and try again.",
)
