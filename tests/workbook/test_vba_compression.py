"""Compression of VBA streams, judged by a reader written from the specification and by oletools."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bdindex_xl.workbook.vbaproject.compression import compress
from tests.support import olevba, ovba
from tests.support.examples import examples

pytestmark = pytest.mark.slow

# [MS-OVBA] 3.2.1 to 3.2.3
EXAMPLES = {
    b"abcdefghijklmnopqrstuv.": (
        "01 19 B0 00 61 62 63 64 65 66 67 68 00 69 6A 6B 6C 6D 6E 6F 70 00 71 72 73 74 75 76 2E"
    ),
    b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa": (
        "01 2F B0 00 23 61 61 61 62 63 64 65 82 66 00 70 61 67 68 69 6A 01 38 08 61 6B 6C 00 30 6D 6E 6F 70 06 71 02 70"
        " 04 10 72 73 74 75 76 10 77 78 79 7A 00 3C"
    ),
    b"a" * 73: "01 03 B0 02 61 45 00",
}


def text(draw: random.Random, n_bytes: int, n_words: int) -> bytes:
    """Text of so many different words: the fewer, the longer the runs that repeat."""
    words = [bytes(draw.choices(b"abcdefgh _.", k=draw.randint(1, 12))) for _ in range(n_words)]
    return b"".join(draw.choice(words) for _ in range(n_bytes))[:n_bytes]


@pytest.mark.parametrize("plain", EXAMPLES)
def test_examples_of_the_specification_decompress(plain: bytes) -> None:
    assert ovba.decompress(bytes.fromhex(EXAMPLES[plain])) == plain


@pytest.mark.parametrize("plain", [b"abcdefghijklmnopqrstuv.", b"a" * 73])
def test_examples_of_the_specification_compress_to_its_bytes(plain: bytes) -> None:
    assert compress(plain) == bytes.fromhex(EXAMPLES[plain])


def test_the_example_with_equally_good_choices_is_no_longer_than_the_specification_has_it() -> None:
    for plain, compressed in EXAMPLES.items():
        assert ovba.decompress(compress(plain)) == plain
        assert len(compress(plain)) <= len(bytes.fromhex(compressed))


def check(plain: bytes) -> None:
    compressed = compress(plain)
    assert ovba.decompress(compressed) == plain
    assert olevba.decompress(compressed) == plain


@given(st.binary(max_size=3640))
@example(b"")
def test_any_bytes_come_back(plain: bytes) -> None:
    check(plain)


@given(seed=st.integers(0, 2**32), n_chunks=st.integers(0, 4), rest=st.integers(0, 3640))
@examples(30)
def test_random_bytes_of_several_chunks_come_back_uncompressed(seed: int, n_chunks: int, rest: int) -> None:
    plain = random.Random(seed).randbytes(4096 * n_chunks + rest)
    check(plain)
    assert len(compress(plain)) <= 1 + 4098 * n_chunks + 2 + rest * 9 / 8 + 1


@given(seed=st.integers(0, 2**32), n_bytes=st.integers(8000, 20_000), n_words=st.sampled_from([1, 2, 5, 50, 200]))
@examples(60)
def test_repetitive_text_of_several_chunks_comes_back_shorter(seed: int, n_bytes: int, n_words: int) -> None:
    plain = text(random.Random(seed), n_bytes, n_words)
    check(plain)
    assert len(compress(plain)) < 0.9 * n_bytes


@given(
    start=st.sampled_from(
        [0, 1, 2, 14, 15, 16, 17, 31, 32, 33, 63, 64, 127, 128, 255, 256, 511, 512, 1024, 2048, 2049]
    ),
    run=st.integers(1, 4200),
    seed=st.integers(0, 2**32),
)
@examples(80)
def test_runs_that_begin_where_the_width_of_an_offset_changes_come_back(start: int, run: int, seed: int) -> None:
    draw = random.Random(seed)
    check(bytes(draw.choices(b"abcdef", k=start)) + b"x" * run + bytes(draw.choices(b"abx", k=50)))


@pytest.mark.parametrize("size", [4094, 4095, 4096, 4097, 8191, 8192, 8193, 70_000])
def test_sizes_around_whole_chunks_come_back(size: int) -> None:
    check(text(random.Random(size), size, 30))


def test_a_whole_chunk_that_does_not_compress_is_stored_as_it_is() -> None:
    plain = random.Random(1).randbytes(4096)
    assert compress(plain) == b"\x01\xff\x3f" + plain


def test_a_short_chunk_that_does_not_compress_is_refused_since_it_would_come_back_longer() -> None:
    with pytest.raises(
        ValueError, match=r"^expected text that repeats itself, found 4095 bytes at the end that hardly"
    ):
        compress(random.Random(1).randbytes(4095))
