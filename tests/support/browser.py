"""A browser to judge pages by. Tests skip where there is none."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--no-default-browser-check",
)  # fmt: skip
# A page around others, each as wide as asked; what the scripts find in them goes into this page's own body.
_AROUND = '<!DOCTYPE html><meta charset="utf-8"><body>%s</body>'
_INSIDE = """<iframe style="width:%dpx;height:900px;border:0" srcdoc="%s"></iframe><pre class="found"></pre><script>{
const found = document.currentScript.previousElementSibling, frame = found.previousElementSibling;
frame.addEventListener("load", () => {
  const page = frame.contentDocument, view = frame.contentWindow;
  found.textContent = JSON.stringify((() => { %s })());
});
}</script>"""


@cache
def chromium() -> str | None:
    """Chromium, by the names that systems give it."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def in_browser(pages: Sequence[tuple[str, str, int]], folder: Path) -> list[dict[str, Any]]:
    """What scripts, bodies of functions, find in pages that one browser shows, each so wide [pixels]."""
    program = chromium()
    assert program is not None
    around = folder / "around.html"
    inside = (_INSIDE % (width, html.escape(text), script) for text, script, width in pages)
    around.write_text(_AROUND % "\n".join(inside), encoding="utf-8")
    done = subprocess.run(
        [program, *_FLAGS, f"--user-data-dir={folder / 'profile'}", "--dump-dom", around.as_uri()],
        capture_output=True, text=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    found = re.findall(r'<pre class="found">(.*?)</pre>', done.stdout, re.DOTALL)
    assert len(found) == len(pages) and all(found), done.stderr[-2000:]
    return [json.loads(html.unescape(one)) for one in found]
