"""Processes that run commands one after the other, each as a user's own process would, without starting anew."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence

_LOOP = """
import json, os, sys
from bdindex_xl import cli
answers = os.fdopen(os.dup(1), "w")
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
for line in sys.stdin:
    print(cli.main(json.loads(line)), file=answers, flush=True)
"""


class Worker:
    """A process that is told which command to run, and later asked how that ended."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _LOOP],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"BDINDEX_LANG": "en"},
        )

    def start(self, arguments: Sequence[str]) -> None:
        assert self.process.stdin
        print(json.dumps(list(arguments)), file=self.process.stdin, flush=True)

    def code(self) -> int:
        assert self.process.stdout
        return int(self.process.stdout.readline())


@contextlib.contextmanager
def workers(n: int) -> Iterator[list[Worker]]:
    made = [Worker() for _ in range(n)]
    try:
        yield made
    finally:
        for worker in made:
            worker.process.communicate(timeout=60)
