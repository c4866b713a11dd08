"""Faces of the texts in pictures, the ones wanted first."""

from __future__ import annotations

from collections.abc import Mapping

from ...language import Lang

_LATIN = ("Calibri", "Carlito", "Arial", "Helvetica", "Liberation Sans", "DejaVu Sans")
CHINESE = (
    "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN",
    "Noto Sans SC", "Hiragino Sans GB", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP",
)  # fmt: skip
PREFERRED: Mapping[Lang, tuple[str, ...]] = {"zh": CHINESE, "en": (*_LATIN, *CHINESE)}
