"""SM3 is the digest of GB/T 32905-2016, with OpenSSL and without."""

import hashlib
import random

import pytest

from luoshi.words.sm3 import OFFERED, plain_sm3, sm3

STANDARD = {
    b"abc": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    b"abcd" * 16: "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
}
"""GB/T 32905-2016, appendix A: one block, and two."""


@pytest.mark.parametrize("content", STANDARD)
def test_the_examples_of_the_standard_come_out_both_ways(content: bytes) -> None:
    assert plain_sm3(content) == STANDARD[content]
    assert sm3(content) == STANDARD[content]


@pytest.mark.skipif(not OFFERED, reason="this OpenSSL has no SM3: the plain one stands alone")
def test_the_plain_one_equals_openssl_at_every_length_around_a_block() -> None:
    chance = random.Random(32905)
    for length in [*range(140), 511, 512, 513, 4096]:
        content = chance.randbytes(length)
        assert plain_sm3(content) == hashlib.new("sm3", content).hexdigest(), length
