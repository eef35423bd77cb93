"""The compiled encoder writes what the library of RFC 8785 writes, for every value it is used on."""

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from inro.pki.canonical import canonical_bytes

_TEXT = st.text(st.characters(exclude_categories=("Cs",)))
_KEYS = st.text(st.characters(max_codepoint=127)) | _TEXT
_LEAVES = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | _TEXT
_VALUES = st.recursive(
    _LEAVES | st.floats(allow_nan=False, allow_infinity=False, width=32),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=16,
)


@given(_VALUES)
def test_both_write_the_same_bytes(value):
    assert canonical_bytes(value) == rfc8785.dumps(value)


def test_both_write_every_character_alike():
    every = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x11000))))

    assert canonical_bytes([every]) == rfc8785.dumps([every])
