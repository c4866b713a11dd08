"""Elements and their places in the bytes, on which every edit of a part relies."""

from __future__ import annotations

import pytest

from bdindex_xl.errors import FileRefused
from bdindex_xl.hosts.files import markup


def test_every_element_has_its_own_bytes() -> None:
    data = b'<t xmlns="a"><c id="1"/><c id="2" name="x>y"/><c id="3"></c><c>4<d/></c><!-- <c/> --><c /></t>'
    children = markup.tree(data, "p").children
    assert [data[c.start : c.end] for c in children] == [
        b'<c id="1"/>',
        b'<c id="2" name="x>y"/>',
        b'<c id="3"></c>',
        b"<c>4<d/></c>",
        b"<c />",
    ]
    assert [data[c.inner : c.close] for c in children] == [b"", b"", b"", b"4<d/>", b""]


@pytest.mark.parametrize("data", [b"<a>", b"<a></b>", b"", b"<a/><b/>", b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"])
def test_what_is_not_plain_xml_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused):
        markup.tree(data, "p")
