"""A private LibreOffice without windows: started with a profile of its own, talked to through a pipe, ended for sure."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from ..office import soffice
from . import add_in
from .bridge import NoUno, properties, uno
from .inside import Inside

_PATIENCE = 90  # seconds until a first start counts as failed

_SETTINGS = (
    # Formats, names of functions and separators are those of Excel in English, whatever the machine speaks.
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "en-US"),
    ("/org.openoffice.Setup/L10N", "ooLocale", "en-US"),
    # Typed dates as Excel takes them.
    ("/org.openoffice.Setup/L10N", "DateAcceptancePatterns", "M/D/Y;M/D;Y/M/D;Y-M-D"),
    # No .~lock files beside the tests' workbooks, and none of another program's in the way.
    ("/org.openoffice.Office.Common/Misc", "UseLocking", "false"),
    ("/org.openoffice.Office.Common/Misc", "UseDocumentSystemFileLocking", "false"),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
)


class Session:
    """One running LibreOffice, as it comes or with our add-in."""

    def __init__(self, *, with_add_in: bool = False) -> None:
        program = soffice()
        if program is None:
            raise NoUno("needs LibreOffice")
        local = uno().getComponentContext()
        self.folder = Path(tempfile.mkdtemp(prefix="bdindex-office-"))
        self._log = (self.folder / "log").open("wb")
        profile = self.folder / "profile"
        _write_settings(profile)
        if with_add_in:
            add_in.install(profile)
        pipe = f"bdindex{uuid.uuid4().hex}"
        self._process = subprocess.Popen(
            [program, *add_in.places(profile), "--headless", "--invisible", "--norestore",
             "--nologo", "--nodefault", f"--accept=pipe,name={pipe};urp;"],
            stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log, start_new_session=True,
            # In the C locale, LibreOffice finds no file with a name in Chinese.
            env={**os.environ, "LC_ALL": "C.UTF-8", "BDINDEX_PYTHON": sys.executable, "BDINDEX_LANG": "en",
                 "BDINDEX_CACHE": str(self.folder / "kept")},
        )  # fmt: skip
        try:
            self.context = self._connected(local, f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            self.desktop = self.service("frame.Desktop")
        except BaseException:
            self.end()
            raise

    @property
    def pid(self) -> int:
        """Process id of the program that was started; its children are in the same group."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    @cached_property
    def inside(self) -> Inside:
        return Inside(self.context)

    def service(self, name: str) -> Any:
        """A new instance of a UNO service below com.sun.star."""
        return self.context.ServiceManager.createInstanceWithContext(f"com.sun.star.{name}", self.context)

    def load(self, url: str, **options: Any) -> Any:
        """A document from an address; None where LibreOffice would not open it."""
        # Macros stay as they are and do not run.
        return self.desktop.loadComponentFromURL(
            url, "_blank", 0, properties(Hidden=True, MacroExecutionMode=0, **options)
        )

    def end(self) -> None:
        """Stop the program and remove its profile. May be called again."""
        if self.alive and hasattr(self, "desktop"):
            with contextlib.suppress(Exception):  # the connection breaks off as the program ends
                self.desktop.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _connected(self, local: Any, address: str) -> Any:
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        no_connection = uno().getClass("com.sun.star.connection.NoConnectException")
        until = time.monotonic() + _PATIENCE
        while self.alive and time.monotonic() < until:
            try:
                return resolver.resolve(address)
            except no_connection:
                time.sleep(0.1)
        told = Path(self._log.name).read_text(encoding="utf-8", errors="replace")[-500:]
        raise RuntimeError(f"LibreOffice does not answer (exit code {self._process.poll()}): {told}")


def path_of(url: str) -> str:
    """The path that a file's address names; "" for a document without one."""
    return url2pathname(urlsplit(url).path)


def _write_settings(profile: Path) -> None:
    item = '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        + "".join(item.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
        + "</oor:items>",
        encoding="utf-8",
    )
