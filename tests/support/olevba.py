"""oletools as an independent reader of VBA projects. Tests that need it skip where it is missing."""

from __future__ import annotations

import warnings

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it calls pyparsing by names that pyparsing has given up
    olevba = pytest.importorskip("oletools.olevba", reason="needs oletools")


def modules(project: bytes) -> dict[str, bytes]:
    """What each module's stream holds, decompressed, by name and the extension that tells the kind; in file order."""
    parser = olevba.VBA_Parser("vbaProject.bin", data=project)
    try:
        (place,) = parser.find_vba_projects()
        read = olevba.VBA_Project(parser.ole_file, *place, relaxed=False)
        read.parse_project_stream()
        for _ in read.parse_modules():
            pass
        return {module.filename: bytes(module.code_raw) for module in read.modules}
    finally:
        parser.close()


def decompress(container: bytes) -> bytes:
    return bytes(olevba.decompress_stream(bytearray(container)))
