"""RFC 8785: one value has one form in bytes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.pki.canonical import CanonicalRefused, canonical_bytes, canonical_sha256

_TEXT = st.text(st.characters(exclude_categories=("Cs",)))
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(_VALUES)
def test_the_form_reads_back_as_the_same_value(value):
    assert json.loads(canonical_bytes(value)) == value


@given(st.dictionaries(_TEXT, st.integers(0, 9), min_size=2))
def test_the_order_of_keys_leaves_no_trace(value):
    assert canonical_bytes(dict(reversed(value.items()))) == canonical_bytes(value)


def test_keys_are_ordered_by_utf16_units_as_the_rfc_shows():
    # RFC 8785 3.2.3
    keys = ["€", "\r", "\ufb33", "1", "😀", "\x80", "ö"]
    ordered = list(json.loads(canonical_bytes(dict.fromkeys(keys, 0))))
    assert ordered == ["\r", "1", "\x80", "ö", "€", "😀", "\ufb33"]


@pytest.mark.parametrize(
    "value", [2**53, -(2**53), "\ud800", {"a": "\udfff"}, float("nan"), b"octets", {1: 2}]
)
def test_what_json_cannot_hold_is_refused(value):
    with pytest.raises(CanonicalRefused):
        canonical_bytes(value)


def test_the_hash_is_of_the_form():
    assert canonical_sha256({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
