"""Environments of conda: without activation they lack the folders of their libraries, so that numpy does not load."""

from __future__ import annotations

from pathlib import Path

from .machine import Machine

ROOT_KEY, ENVIRONMENT_KEY = "CONDA PATH", "CONDA ENV"  # of xlwings, which activates the environment by them


def is_conda(machine: Machine) -> bool:
    """Whether the Python that runs is one of conda's own."""
    return (machine.python.prefix / "conda-meta").is_dir()


def activation(machine: Machine) -> tuple[str, str] | None:
    """The folder of conda and the environment as xlwings names it, on Windows; None where it cannot activate this."""
    prefix = machine.python.prefix
    if not machine.is_windows or not is_conda(machine):
        return None
    if _is_root(prefix):
        return str(prefix), "base"
    if prefix.parent.name == "envs" and _is_root(prefix.parent.parent):
        return str(prefix.parent.parent), prefix.name
    told = machine.variable("CONDA_EXE")
    root = Path(told).parent.parent if told else None
    # Its name stands in the command as it is.
    if root is None or not _is_root(root) or " " in str(prefix) or "\\" not in str(prefix):
        return None
    return str(root), str(prefix)


def folder(root: str, environment: str) -> Path:
    """The folder of an environment, as xlwings finds it."""
    if environment == "base":
        return Path(root)
    return Path(environment) if "\\" in environment else Path(root) / "envs" / environment


def _is_root(path: Path) -> bool:
    return (path / "condabin/conda.bat").is_file()
