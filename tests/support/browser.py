"""A browser to judge pages by. Tests skip where there is none."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--no-default-browser-check",
)  # fmt: skip
# A page around another that is as wide as asked; what the script finds in it goes into this page's own body.
_AROUND = """<!DOCTYPE html><meta charset="utf-8"><body><iframe id="f" style="width:%dpx;height:900px;border:0" srcdoc="%s">
</iframe><pre id="found"></pre><script>
const frame = document.getElementById("f");
frame.addEventListener("load", () => {
  const page = frame.contentDocument, view = frame.contentWindow;
  document.getElementById("found").textContent = JSON.stringify((() => { %s })());
});
</script></body>"""


@cache
def chromium() -> str | None:
    """Chromium, by the names that systems give it."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def in_browser(text: str, script: str, folder: Path, width: int) -> dict[str, Any]:
    """What a script, the body of a function, finds in a page that a browser shows so wide [pixels]."""
    program = chromium()
    assert program is not None
    around = folder / "around.html"
    around.write_text(_AROUND % (width, html.escape(text), script), encoding="utf-8")
    done = subprocess.run(
        [program, *_FLAGS, f"--user-data-dir={folder / 'profile'}", "--dump-dom", around.as_uri()],
        capture_output=True, text=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    found = re.search(r'<pre id="found">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found is not None and found[1], done.stderr[-2000:]
    answer: dict[str, Any] = json.loads(html.unescape(found[1]))
    return answer
