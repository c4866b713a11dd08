"""The Python that computes: a process of the user's own, asked by a line of JSON, answering by a line of JSON.

This runs in LibreOffice's Python, whatever its version: the standard library alone, in plain old syntax. Nothing here
waits for ever: an office that waits is an office that hangs.
"""

import atexit
import io
import json
import os
import queue
import subprocess
import sys
import threading
import time

MODULE = "bdindex_xl.buttons.of_calc"
STARTING = 10.0  # seconds that a start may take: a first one reads many files, with an antivirus looking on
COMPUTING = 60.0  # seconds that an answer may take
MEMORY = 60.0  # seconds for which a failed start is remembered: a sheet has many cells

# LibreOffice sets these for its own Python; another one would not start with them, or take its modules.
_OF_THE_OFFICE = (
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONEXECUTABLE",
    "PYTHONNOUSERSITE",
    "__PYVENV_LAUNCHER__",  # of macOS
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "UNO_PATH",
    "URE_BOOTSTRAP",
)
_NO_WINDOW = 0x08000000  # of Windows: a console of its own would flash up

TEXTS = {
    "not set up": (
        "BDIndex 不知道用哪个 Python，请运行 bdindex install --libreoffice",
        "BDIndex knows no Python to use; run: bdindex install --libreoffice",
    ),
    "no start": (
        "BDIndex 的 Python 无法启动（{python}：{why}）；请重新运行 bdindex install --libreoffice",
        "BDIndex's Python does not start ({python}: {why}); run bdindex install --libreoffice again",
    ),
    "starting": (
        "BDIndex 的 Python 启动较慢，请稍后按 Ctrl+Shift+F9 重新计算",
        "BDIndex's Python is slow to start; press Ctrl+Shift+F9 in a while",
    ),
    "too long": (
        "计算超过 {seconds:.0f} 秒，已停止",
        "stopped after {seconds:.0f} seconds of computing",
    ),
    "died": (
        "BDIndex 的 Python 两次中途退出（{why}）",
        "BDIndex's Python ended twice while computing ({why})",
    ),
}


def told(key, lang, **parts):
    """A text in the office's language."""
    return TEXTS[key][0 if lang == "zh" else 1].format(**parts)


def settings_file():
    """The file where `bdindex install --libreoffice` says which Python computes."""
    home = os.path.expanduser("~")
    if os.name == "nt":
        folder = os.environ.get("APPDATA") or os.path.join(home, "AppData", "Roaming")
    elif sys.platform == "darwin":
        folder = os.path.join(home, "Library", "Application Support")
    else:
        folder = os.environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")
    return os.path.join(folder, "bdindex_xl", "libreoffice-python.txt")


def python():
    """The interpreter, "" where none is named."""
    named = os.environ.get("BDINDEX_PYTHON")
    if named:
        return named
    try:
        with io.open(settings_file(), encoding="utf-8") as file:
            return file.read().strip()
    except (OSError, ValueError):
        return ""


class Failed(Exception):
    """Why there is no answer: `text` says it in the language of the office."""

    def __init__(self, text):
        Exception.__init__(self, text)
        self.text = text


class Process(object):
    """One running worker."""

    def __init__(self, interpreter):
        environment = {k: v for k, v in os.environ.items() if k not in _OF_THE_OFFICE}
        flags = {"creationflags": _NO_WINDOW} if os.name == "nt" else {}
        self.ready = False
        self.patience = STARTING
        self.last_words = ""
        self._lines = queue.Queue()
        self._process = subprocess.Popen(
            # No variables of Python's, no module of a current folder; what the user installed for themselves is found,
            # which -I would hide.
            [interpreter, "-E", "-P", "-u", "-X", "utf8", "-m", MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=os.path.expanduser("~"),
            **flags,
        )
        atexit.register(self.kill)
        self._overhearing = threading.Thread(target=self._overhear)
        for thread in (self._overhearing, threading.Thread(target=self._read)):
            thread.daemon = True
            thread.start()

    @property
    def alive(self):
        return self._process.poll() is None

    def send(self, message):
        """Raises OSError where it is gone."""
        self._process.stdin.write(json.dumps(message, separators=(",", ":")).encode("ascii") + b"\n")
        self._process.stdin.flush()

    def receive(self, patience):
        """The next message; None where the process ended. Raises queue.Empty where it takes too long."""
        line = self._lines.get(True, patience) if patience else self._lines.get_nowait()
        return json.loads(line.decode("utf-8")) if line else None

    def kill(self):
        """End it; it holds nothing that could be lost."""
        try:
            self._process.kill()
            self._process.wait()
        except OSError:
            pass

    def _read(self):
        for line in iter(self._process.stdout.readline, b""):
            self._lines.put(line)
        self._process.wait()
        self._overhearing.join(1.0)  # what it said last is wanted next
        self._lines.put(b"")

    def _overhear(self):
        for line in iter(self._process.stderr.readline, b""):
            self.last_words = line.decode("utf-8", "replace").strip()[:200] or self.last_words


class Worker(object):
    """The process, started when it is first needed, and once again where it ended by itself."""

    def __init__(self, patience=None):
        self._patience = patience  # seconds that an answer may take, where it is not as long as a cell may wait
        self._lock = threading.Lock()
        self._process = None
        self._failed = None  # the last start that failed: its interpreter, what to say of it, until when

    def ask(self, message, lang, answering=None):
        """What the process answers. Raises Failed.

        `answering` answers what the process asks meanwhile: messages with the key "ask". Once it has, nothing is done
        again from the start.
        """
        with self._lock:
            asked = []

            def answered(question):
                asked.append(question)
                return answering(question)

            while len(asked) < 2:
                process = self._running(lang)
                try:
                    process.send(message)
                    return self._answer(process, lang, answered)
                except (OSError, EOFError):
                    self._process = None
                    process.kill()
                    asked += [None, None] if asked else [None]
            raise Failed(told("died", lang, why=process.last_words))

    def stop(self):
        """End the process; the next question starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()

    def _answer(self, process, lang, answering):
        patience = self._patience or COMPUTING
        while True:
            try:
                answer = process.receive(patience)
            except queue.Empty:
                self.stop()
                raise Failed(told("too long", lang, seconds=patience))
            if answer is None:
                raise EOFError
            if "ask" not in answer:
                return answer
            process.send(answering(answer["ask"]))

    def _running(self, lang):
        interpreter = python()
        if not interpreter:
            raise Failed(told("not set up", lang))
        if self._failed and self._failed[0] == interpreter and time.time() < self._failed[2]:
            raise Failed(self._failed[1])
        if self._process is None or not self._process.alive:
            try:
                self._process = Process(interpreter)
            except OSError as error:
                self._fail(interpreter, lang, error.strerror or str(error))
        process = self._process
        if not process.ready:
            self._greet(process, interpreter, lang)
        return process

    def _greet(self, process, interpreter, lang):
        try:
            hello = process.receive(process.patience)
        except queue.Empty:
            process.patience = 0.0  # it goes on starting, and the next cell does not wait for it again
            raise Failed(told("starting", lang))
        if hello is None or "failed" in hello:
            self._process = None
            process.kill()
            self._fail(interpreter, lang, hello["failed"] if hello else process.last_words)
        process.ready = True

    def _fail(self, interpreter, lang, why):
        text = told("no start", lang, python=interpreter, why=why)
        self._failed = (interpreter, text, time.time() + MEMORY)
        raise Failed(text)
