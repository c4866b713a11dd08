"""What is done again and again, each in an environment of its own: `nox -l` lists it, `nox -s quick` does it."""

from __future__ import annotations

import secrets

import nox

nox.options.sessions = ["quick"]
nox.options.reuse_existing_virtualenvs = True
PARALLEL = ("-n", "auto", "--dist", "loadgroup")


def _tests(session: nox.Session, *options: str) -> None:
    session.install("-q", "-e", ".[test]")
    session.run("python", "-m", "pytest", *PARALLEL, *options, *session.posargs)


@nox.session
def quick(session: nox.Session) -> None:
    """The tests that need no other program and no patience."""
    _tests(session, "-m", "not slow and not office")


@nox.session
def tests(session: nox.Session) -> None:
    """All tests."""
    _tests(session)


@nox.session
def long(session: nox.Session) -> None:
    """All tests with fresh seeds and whole samples."""
    _tests(session, "--long")


@nox.session
def seeds(session: nox.Session) -> None:
    """The properties alone, ten times in a row, each time on fresh seeds and knowing of no failure before."""
    session.install("-q", "-e", ".[test]")
    for _ in range(10):
        fresh = f"--hypothesis-seed={secrets.randbelow(2**32)}"  # printed with the command: it fails again with that
        session.run("python", "-m", "pytest", "-q", *PARALLEL, "-m", "hypothesis", fresh, *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """All tests that need no other program, and that they reach what they reach today: the floor is in setup.cfg."""
    _tests(session, "-m", "not office", "--cov", "--cov-report=term:skip-covered")


@nox.session
def style(session: nox.Session) -> None:
    """Put the code into its form, and check style, types and import directions."""
    session.install("-q", "-e", ".[test]")
    session.run("ruff", "format", ".")
    session.run("ruff", "check", "--fix", ".")
    session.run("mypy")
    session.run("lint-imports")


@nox.session
def docs(session: nox.Session) -> None:
    """Bring the tables of the pages up to date, and build the site."""
    session.install("-q", "-e", ".[docs]")
    session.run("python", "docs/generate.py")
    session.run("python", "docs/build.py", *session.posargs)


@nox.session
def pictures(session: nox.Session) -> None:
    """Make the pictures of the pages anew; needs LibreOffice and poppler."""
    session.install("-q", "-e", ".")
    session.run("python", "docs/pictures.py")


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Times beside those of other libraries."""
    session.install("-q", "-e", ".[bench]")
    session.run("python", "benchmarks/run.py", *session.posargs)
