"""Words of a report's first pages."""

from __future__ import annotations

from ..language import Text

SUBTITLE = Text("{year} 年报告", "Report for {year}")
CONTENTS = Text("目录", "Contents")
SOURCE = Text("数据说明：{source}", "Data: {source}")
