"""The three lists: entries, header, scope, every entry checked, CRL and ARL the full CRL (26, 39.4)."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from inro.pki import der
from inro.pki.crl import REASON_CODES, ListKind, encode_entry
from inro.pki.crl_entries import (
    check_entries,
    entry_set,
    read_time,
    revoked_serials,
    union_of,
    union_problems,
)
from inro.pki.draft import DraftRefused
from inro.pki.lint import lint_list, lint_list_bytes
from tests.pki import material
from tests.pki.make_corpus import resign

KEY = b"sixteen random o"
REVOKED = datetime(2026, 12, 3, 4, 5, 6, tzinfo=UTC)
serials = st.integers(1, (1 << 159) - 1)
instants = st.integers(0, 10**8).map(lambda seconds: REVOKED - timedelta(seconds=seconds))
reasons = st.none() | st.sampled_from(sorted(REASON_CODES))


def entry(name: str, **changes: Any) -> bytes:
    """Encode an entry, one per name."""
    values: dict[str, Any] = {"serial": material.serial(name), "revoked_at": REVOKED, "reason_code": None}
    return encode_entry(**(values | changes))


@given(serial=serials, revoked_at=instants, reason=reasons)
def test_an_entry_comes_back_as_it_went_in(serial: int, revoked_at: datetime, reason: int | None) -> None:
    """RFC 5280 5.3: serial, date, reason code; none at all for 'unspecified'."""
    encoded = encode_entry(serial=serial, revoked_at=revoked_at, reason_code=reason)
    (found,) = x509.load_der_x509_crl(material.list_draft(entries=[encoded]).sample)
    assert (found.serial_number, found.revocation_date_utc) == (serial, revoked_at)
    assert len(found.extensions) == (reason is not None)
    checked = check_entries(material.list_draft(entries=[encoded]).tbs, key=KEY)
    assert checked.problems == ()
    assert checked.reasons == {reason: 1}


@pytest.mark.parametrize("reason", [0, 6, 7, 8, 10, -1, 300])
def test_reasons_that_are_never_given_are_refused(reason: int) -> None:
    """No suspension exists, so neither certificateHold nor removeFromCRL."""
    with pytest.raises(DraftRefused):
        entry("a", reason_code=reason)


@pytest.mark.parametrize(
    "changes",
    [
        {"serial": 0},
        {"serial": 1 << 159},
        {"revoked_at": REVOKED.replace(tzinfo=None)},
        {"revoked_at": REVOKED + timedelta(microseconds=1)},
    ],
)
def test_an_entry_has_limits(changes: dict[str, Any]) -> None:
    with pytest.raises(DraftRefused):
        entry("a", **changes)


@pytest.mark.parametrize(
    ("kind", "scope"),
    [(ListKind.CRL, (True, False)), (ListKind.ARL, (False, True)), (ListKind.FULL_CRL, None)],
)
def test_each_list_says_what_it_covers(kind: ListKind, scope: tuple[bool, bool] | None) -> None:
    """39.4, RFC 5280 5.2.5: critical where present; the full CRL has none."""
    parsed = x509.load_der_x509_crl(material.signed_list(kind=kind, number=7, entries=[entry("a")]))
    assert parsed.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number == 7
    points = [e for e in parsed.extensions if isinstance(e.value, x509.IssuingDistributionPoint)]
    assert bool(points) == (scope is not None)
    for point in points:
        assert point.critical
        assert (point.value.only_contains_user_certs, point.value.only_contains_ca_certs) == scope


def test_certificate_and_list_share_every_name() -> None:
    """RFC 5280 6.3.3 (b)(2)(i): otherwise OpenSSL finds another scope."""
    certificate = x509.load_der_x509_certificate(material.certificate())
    (point,) = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    parsed = x509.load_der_x509_crl(material.signed_list())
    shared = parsed.extensions.get_extension_for_class(x509.IssuingDistributionPoint).value.full_name
    assert point.full_name == shared
    assert len(shared or []) == 3


def test_an_empty_list_leaves_the_entries_out() -> None:
    """RFC 5280 5.1.2.6."""
    drafted = material.list_draft(entries=iter(()))
    assert drafted.count == 0
    assert check_entries(drafted.tbs, key=KEY).entries.count == 0
    assert len(x509.load_der_x509_crl(material.signed_list())) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 0},
        {"number": 1 << 159},
        {"this_update": datetime(2025, 1, 1, tzinfo=UTC)},
        {"this_update": datetime(2046, 1, 1, tzinfo=UTC)},
        {"next_update": datetime(2026, 12, 10, tzinfo=UTC)},
        {"next_update": datetime(2026, 12, 12, 0, 0, 1, tzinfo=UTC)},
        {"next_update": datetime(2026, 12, 12, 0, 0, 0, 5, tzinfo=UTC)},
    ],
)
def test_a_lists_header_has_limits(changes: dict[str, Any]) -> None:
    """26.2."""
    with pytest.raises(DraftRefused):
        material.list_draft(**changes)


def test_a_list_of_many_entries_keeps_each_of_them() -> None:
    entries = [entry(str(number), reason_code=1 + number % 5) for number in range(9000)]
    drafted = material.list_draft(entries=iter(entries))
    checked = check_entries(drafted.tbs, key=KEY)
    assert drafted.count == checked.entries.count == 9000
    assert checked.problems == ()
    assert checked.entries == entry_set(reversed(entries), key=KEY)
    assert checked.entries != entry_set(entries[1:], key=KEY)
    assert checked.entries.digest != entry_set(entries, key=b"another random k").digest
    assert len(x509.load_der_x509_crl(drafted.sample)) == 100
    assert list(revoked_serials(drafted.tbs)) == [material.serial(str(number)) for number in range(9000)]
    assert lint_list(draft=drafted, profile=material.lists(), issuer=material.issuer()) == ()


def test_repeated_entries_are_found_in_and_out_of_order() -> None:
    first, second = sorted((entry("a"), entry("b")))
    for entries in ([first, second, first], [first, first, second], [second, second]):
        problems = check_entries(material.list_draft(entries=entries).tbs, key=KEY).problems
        assert [problem.partition(": ")[2] for problem in problems] == ["twice"]


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (entry("a", revoked_at=datetime(2026, 12, 11, tzinfo=UTC)), "after thisUpdate"),
        (entry("a", reason_code=1)[:-1] + b"\x06", "never carry"),
        (entry("a", reason_code=1)[:-1] + b"\x00", "never carry"),
        (der.encode(0x30, der.encode(2, b"\xff"), entry("a")[-15:]), "not positive"),
        (der.encode(0x30, der.encode(2, b"\x00\x01"), entry("a")[-15:]), "not positive"),
        (der.encode(0x30, der.encode(2, b"\x01"), b"\x17\x0d" + b"991399000000Z"), "no date"),
        (der.encode(0x30, b"\x02\x7f\x01"), "no entry"),
        (b"\x05\x00", "no entry"),
        (b"\x30", "no entry"),
    ],
)
def test_an_entry_that_is_none_of_ours_is_told(broken: bytes, problem: str) -> None:
    tbs = material.list_draft(entries=[broken]).tbs if len(broken) > 3 else _with_raw(broken)
    assert any(problem in found for found in check_entries(tbs, key=KEY).problems)


def _with_raw(entries: bytes) -> bytes:
    good = material.list_draft(entries=[entry("a")]).tbs
    fields = [good[e.start : e.end] for e in der.children(good, der.read_whole(good, der.SEQUENCE))]
    fields[5] = der.encode(der.SEQUENCE, entries)
    return der.encode(der.SEQUENCE, *fields)


@pytest.mark.parametrize("broken", [b"", b"\x30\x00", material.certificate(), b"\x30\x05abcde"])
def test_bytes_that_are_no_list_are_refused(broken: bytes) -> None:
    with pytest.raises(der.EncodingRefused):
        check_entries(broken, key=KEY)


@given(st.randoms(use_true_random=False), st.integers(0, 40), st.integers(0, 40))
def test_crl_and_arl_together_are_the_full_crl(chance: random.Random, subscribers: int, cas: int) -> None:
    """39.4."""
    entries = [entry(str(number)) for number in range(subscribers + cas)]
    whole = entries[:]
    chance.shuffle(whole)
    lists = {
        "crl": material.list_draft(entries=entries[:subscribers]).tbs,
        "arl": material.list_draft(kind=ListKind.ARL, entries=entries[subscribers:]).tbs,
        "full_crl": material.list_draft(kind=ListKind.FULL_CRL, entries=whole).tbs,
    }
    assert union_problems(**lists, key=KEY) == ()
    sets = {name: check_entries(tbs, key=KEY).entries for name, tbs in lists.items()}
    assert union_of(sets["crl"], sets["arl"]) == sets["full_crl"]
    if whole:
        shortened = material.list_draft(kind=ListKind.FULL_CRL, entries=whole[1:]).tbs
        assert union_problems(**(lists | {"full_crl": shortened}), key=KEY) != ()


def test_the_union_names_what_differs() -> None:
    empty = material.list_draft().tbs
    full = material.list_draft(entries=[entry("a")]).tbs
    other = material.list_draft(entries=[entry("a", reason_code=1)]).tbs
    name = f"{material.serial('a'):040x}"
    assert union_problems(crl=full, arl=empty, full_crl=empty, key=KEY) == (f"{name}: not in the full CRL",)
    assert union_problems(crl=empty, arl=empty, full_crl=full, key=KEY) == (f"{name}: in the full CRL only",)
    assert union_problems(crl=full, arl=full, full_crl=full, key=KEY) == (f"{name}: in CRL and ARL",)
    assert union_problems(crl=other, arl=empty, full_crl=full, key=KEY) == ("dates or reasons differ",)


def test_lint_of_a_list_finds_header_faults() -> None:
    """Rules on issuer, number, algorithm, lifetime and extensions each fire."""

    def codes(tbs: bytes, **changes: Any) -> set[str]:
        arguments: dict[str, Any] = {"profile": material.lists(), "issuer": material.issuer()}
        found = lint_list_bytes(certificate_list=resign(tbs), kind=ListKind.CRL, **(arguments | changes))
        return {finding.code for finding in found}

    good = material.list_draft().tbs
    assert codes(good) == set()
    elsewhere = replace(material.issuer(), key_identifier=b"0" * 20)
    assert codes(good, issuer=elsewhere) == {"rfc5280.list_issuer"}
    assert "rfc5280.list_number" in codes(good.replace(b"\x55\x1d\x14\x04", b"\x55\x1d\x1b\x04"))
    assert "rfc5280.list_extensions" in codes(good.replace(b"\x55\x1d\x14\x04", b"\x55\x1d\x1b\x04"))
    sha256, sha384 = (bytes.fromhex("2a864886f70d01010" + last) for last in "bc")
    assert codes(good.replace(sha256, sha384)) == {"inro.broken"}
    short = material.list_draft(next_update=datetime(2026, 12, 11, tzinfo=UTC)).tbs
    assert codes(short) == {"terms.list_lifetime"}
    strict = replace(material.lists(), signature_algorithm=type(material.lists().signature_algorithm).SHA512)
    assert codes(good, profile=strict) == {"terms.list_algorithm"}


def test_times_are_read_in_both_forms() -> None:
    """RFC 5280 4.1.2.5: UTCTime until 2049, GeneralizedTime from 2050."""
    assert read_time(der.UTC_TIME, b"491231235959Z") == datetime(2049, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert read_time(der.UTC_TIME, b"500101000000Z") == datetime(1950, 1, 1, tzinfo=UTC)
    assert read_time(der.GENERALIZED_TIME, b"20500101000000Z") == datetime(2050, 1, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="no time"):
        read_time(der.INTEGER, b"20500101000000Z")
