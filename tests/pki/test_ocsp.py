"""Questions read strictly, answers drafted, linted, signed and read again; nothing else is one (RFC 6960)."""

import base64
import os
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inro.pki import der
from inro.pki.assemble import AssemblyRefused
from inro.pki.draft import DraftRefused
from inro.pki.lint.peer import peer_answer_findings
from inro.pki.ocsp_profile import load_ocsp_profile
from inro.pki.ocsp_request import (
    MOST_CERTIFICATES,
    MOST_OCTETS,
    IdHash,
    RequestRefused,
    parse_request,
    request_for,
    request_of_path,
    request_path,
)
from inro.pki.ocsp_responder import (
    ResponderRefused,
    draft_responder,
    lint_responder,
    responder_of,
)
from inro.pki.ocsp_response import (
    NEVER_ISSUED,
    CertificateStatus,
    ErrorAnswer,
    about,
    answer_problems,
    archive_cutoff,
    assemble_answer,
    draft_answer,
    read_answer,
    sample_answer,
)
from inro.pki.section import ProfileRefused
from tests.pki import material, ocsp_material

NOW = ocsp_material.NOW
SERIAL = material.serial("subscriber")
EXAMPLES = int(os.environ.get("INRO_EXAMPLES", "1500"))


def library_request(kind: SHA1 | SHA256, nonce: bytes | None = None) -> bytes:
    """Return a question as cryptography asks it."""
    certificate = x509.load_der_x509_certificate(material.certificate())
    ca = x509.load_der_x509_certificate(material.issuer().certificate)
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, ca, kind)
    if nonce is not None:
        builder = builder.add_extension(x509.OCSPNonce(nonce), critical=False)
    return builder.build().public_bytes(Encoding.DER)


@pytest.mark.parametrize(("kind", "name"), [(SHA1(), IdHash.SHA1), (SHA256(), IdHash.SHA256)])
def test_what_the_library_asks_is_what_is_kept_under_its_path(kind, name):
    asked = library_request(kind)
    (found,) = parse_request(asked).asked
    expected = ocsp_material.id_of(SERIAL, name)
    assert found == expected
    assert request_for(found.canonical) == asked
    path = request_path(asked)
    assert request_of_path(path) == asked
    assert request_of_path(path.rstrip("=").replace("+", "-").replace("/", "_")) == asked


@pytest.mark.parametrize("length", [1, 16, 32, 128])
def test_a_nonce_of_1_to_128_octets_comes_back(length):
    nonce = os.urandom(length)
    assert parse_request(library_request(SHA1(), nonce)).nonce == nonce
    made = ocsp.load_der_ocsp_response(ocsp_material.answer(ocsp_material.single(SERIAL), nonce=nonce))
    assert made.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce == nonce


@pytest.mark.parametrize("length", [0, 129, 500])
def test_another_nonce_is_malformed(length):
    with pytest.raises(RequestRefused, match="nonce"):
        parse_request(library_request(SHA1(), bytes(length)))


def wrap(*requests: bytes, before: bytes = b"", after: bytes = b"", signature: bytes = b"") -> bytes:
    """Return a question of these parts."""
    tbs = der.encode(der.SEQUENCE, before, der.encode(der.SEQUENCE, *requests), after)
    return der.encode(der.SEQUENCE, tbs, signature)


ONE = der.encode(der.SEQUENCE, ocsp_material.id_of(SERIAL).encoded)
OTHER_OID = bytes.fromhex("06032a0304")


def extension(oid: bytes, value: bytes = b"\x05\x00", critical: bytes = b"") -> bytes:
    """Return one extension."""
    return der.encode(der.SEQUENCE, oid, critical, der.encode(der.OCTET_STRING, value))


def extensions(*each: bytes) -> bytes:
    """Return a question's extensions."""
    return der.encode(0xA2, der.encode(der.SEQUENCE, *each))


CRITICAL = der.encode(der.BOOLEAN, b"\xff")


def test_what_may_stand_in_a_question_is_passed_over():
    name = der.encode(0xA1, der.encode(0xA4, der.encode(der.SEQUENCE)))
    signed = der.encode(0xA0, der.encode(der.SEQUENCE))
    asked = wrap(ONE, ONE, before=name, after=extensions(extension(OTHER_OID)), signature=signed)
    assert len(parse_request(asked).asked) == 2


def test_parameters_left_out_name_the_same_certificate():
    bare = ONE.replace(bytes.fromhex("300906052b0e03021a0500"), bytes.fromhex("300706052b0e03021a"))
    inner = bare[2:4] + bare[4:]
    shorter = der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, inner[2:]))
    (found,) = parse_request(wrap(shorter)).asked
    assert found.canonical == ocsp_material.id_of(SERIAL).encoded
    assert found.encoded != found.canonical
    single = about(ocsp_material.single(SERIAL), found.encoded)
    assert found.encoded in single


@pytest.mark.parametrize(
    "asked",
    [
        b"",
        b"\x30\x00",
        wrap(),
        wrap(*[ONE] * (MOST_CERTIFICATES + 1)),
        wrap(ONE) + b"\0",
        wrap(ONE, before=b"\xa0\x03\x02\x01\x00"),
        wrap(ONE, after=extensions()),
        wrap(ONE, after=extensions(extension(OTHER_OID, critical=CRITICAL))),
        wrap(ONE, after=extensions(extension(OTHER_OID), extension(OTHER_OID))),
        wrap(ONE, after=extensions(extension(OTHER_OID, critical=b"\x01\x01\x00"))),
        wrap(ONE, after=extensions(extension(bytes.fromhex("06092b0601050507300102"), b"raw"))),
        wrap(der.encode(der.SEQUENCE, ONE)),
        wrap(ONE, signature=b"\x05\x00"),
        bytes((0x30, 0x84)) + b"\0\0\0\x01\0",
        b"\x30\x80" + wrap(ONE)[2:] + b"\0\0",
        der.encode(der.SEQUENCE, bytes(MOST_OCTETS)),
        library_request(SHA1())[:-1],
    ],
    ids=len,
)
def test_what_is_not_a_question_is_refused(asked):
    with pytest.raises(RequestRefused):
        parse_request(asked)


@pytest.mark.parametrize("path", ["x", "MEk!", "é", "%", "M" * 9000])
def test_a_path_that_is_not_base64_is_refused(path):
    with pytest.raises(RequestRefused):
        parse_request(request_of_path(path))


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.binary(max_size=200))
@example(b"\x30\x82\xff\xff")
def test_any_octets_are_a_question_or_refused(octets):
    try:
        parse_request(octets)
    except RequestRefused:
        return


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 86), st.integers(0, 255), st.integers(0, 3))
def test_a_damaged_question_is_a_question_or_refused(place, octet, kind):
    asked = bytearray(wrap(ONE))
    if kind == 0:
        asked[place] = octet
    elif kind == 1:
        del asked[place]
    elif kind == 2:
        asked.insert(place, octet)
    else:
        asked[place:] = asked[place:][::-1]
    try:
        parse_request(bytes(asked))
    except RequestRefused:
        return


@given(st.text(max_size=80))
def test_any_path_is_octets_or_refused(path):
    try:
        request_of_path(path)
    except RequestRefused:
        return


def test_the_library_reads_what_we_answer():
    made = ocsp.load_der_ocsp_response(
        ocsp_material.answer(ocsp_material.single(SERIAL, ocsp_material.REVOKED))
    )
    assert made.certificate_status is ocsp.OCSPCertStatus.REVOKED
    assert made.revocation_reason is x509.ReasonFlags.key_compromise
    assert made.revocation_time_utc == ocsp_material.REVOKED.revoked_at
    assert made.serial_number == SERIAL
    assert made.this_update_utc == made.produced_at_utc == NOW
    assert made.next_update_utc == NOW + timedelta(hours=12)
    assert made.responder_key_hash is not None
    key = made.certificates[0].public_key()
    key.verify(made.signature, made.tbs_response_bytes, padding.PKCS1v15(), SHA256())


def test_never_issued_is_called_revoked_only_so():
    single = ocsp_material.single(7 << 150, NEVER_ISSUED)
    made = ocsp.load_der_ocsp_response(ocsp_material.answer(single, extended_revoked=True))
    assert made.certificate_status is ocsp.OCSPCertStatus.REVOKED
    assert made.revocation_reason is x509.ReasonFlags.certificate_hold
    assert made.revocation_time_utc == datetime(1970, 1, 1, tzinfo=UTC)
    assert "1.3.6.1.5.5.7.48.1.9" in [found.oid.dotted_string for found in made.extensions]


def test_an_answer_is_read_again_as_it_was_made():
    encoded = ocsp_material.answer(ocsp_material.single(SERIAL))
    found = read_answer(encoded, verified_by=material.public_key_info(ocsp_material.KEY))
    assert found.status is CertificateStatus.GOOD
    assert found.singles == (ocsp_material.single(SERIAL),)
    assert found.certificate == ocsp_material.responder().certificate
    with pytest.raises(der.EncodingRefused):
        read_answer(encoded, verified_by=material.public_key_info("subscriber"))
    with pytest.raises(der.EncodingRefused):
        read_answer(ErrorAnswer.TRY_LATER.encoded)


def test_errors_carry_no_signature():
    for error, status in zip(
        ErrorAnswer,
        ("MALFORMED_REQUEST", "TRY_LATER", "UNAUTHORIZED"),
        strict=True,
    ):
        assert ocsp.load_der_ocsp_response(error.encoded).response_status.name == status


def test_pkilint_finds_nothing_in_answers():
    cutoff = archive_cutoff(
        not_after=NOW - timedelta(days=1), produced_at=NOW, profile=ocsp_material.profile()
    )
    single = ocsp_material.single(SERIAL, ocsp_material.REVOKED, archive_cutoff=cutoff)
    tbs = draft_answer(
        singles=[single], responder=ocsp_material.responder(), produced_at=NOW, nonce=b"n" * 32
    )
    assert peer_answer_findings(sample_answer(tbs=tbs, responder=ocsp_material.responder())) == ()
    assert peer_answer_findings(b"\x30\x00")[0].code == "pkilint.unreadable"
    assert cutoff is not None
    made = ocsp.load_der_ocsp_response(ocsp_material.answer(single))
    assert "1.3.6.1.5.5.7.48.1.6" in [found.oid.dotted_string for found in made.single_extensions]


def test_lint_reads_the_draft_again():
    by, profile = ocsp_material.responder(), ocsp_material.profile()

    def problems(now: datetime = NOW, **changes: object) -> list[str]:
        tbs = draft_answer(singles=[ocsp_material.single(SERIAL, **changes)], responder=by, produced_at=NOW)
        return list(answer_problems(tbs=tbs, profile=profile, responder=by, now=now))

    assert problems() == []
    assert problems(next_update=NOW + profile.answer + timedelta(seconds=1)) == [
        "longer in force than the profile says"
    ]
    assert problems(next_update=by.not_after + timedelta(days=1))[1] == "outlives the responder's certificate"
    assert problems(now=NOW + timedelta(hours=13)) == ["does not begin before now and end after"]


@pytest.mark.parametrize(
    "changes",
    [
        {"status": CertificateStatus.REVOKED},
        {"next_update": NOW},
        {"this_update": NOW.replace(microsecond=1)},
    ],
)
def test_what_does_not_fit_is_not_drafted(changes):
    with pytest.raises(DraftRefused):
        ocsp_material.single(SERIAL, **changes)


def test_nobody_answers_outside_the_certificate():
    by = ocsp_material.responder()
    for at in (by.not_before - timedelta(seconds=1), by.not_after + timedelta(seconds=1)):
        with pytest.raises(DraftRefused):
            draft_answer(singles=[ocsp_material.single(SERIAL)], responder=by, produced_at=at)
    tbs = draft_answer(singles=[ocsp_material.single(SERIAL)], responder=by, produced_at=NOW)
    with pytest.raises(AssemblyRefused):
        assemble_answer(tbs=tbs, signature=material.signer("subscriber")(tbs), responder=by)


def test_the_responders_certificate_says_what_it_must():
    read = x509.load_der_x509_certificate(ocsp_material.responder().certificate)
    assert read.extensions.get_extension_for_class(x509.OCSPNoCheck)
    assert list(read.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value) == [
        x509.ExtendedKeyUsageOID.OCSP_SIGNING
    ]
    assert read.not_valid_after_utc - read.not_valid_before_utc == timedelta(days=14, seconds=-1)
    asked = ocsp_material.particulars()
    drafted = draft_responder(particulars=asked, profile=ocsp_material.profile(), issuer=material.issuer())
    assert lint_responder(certificate=drafted.certificate, particulars=asked, issuer=material.issuer()) == ()
    other = ocsp_material.particulars(serial=material.serial("other"))
    found = lint_responder(certificate=drafted.certificate, particulars=other, issuer=material.issuer())
    assert [finding.code for finding in found] == ["ocsp.serial"]


@pytest.mark.parametrize(
    "changes",
    [
        {"serial": 5},
        {"public_key_info": material.public_key_info("ca")},
        {"now": datetime(2025, 1, 1, tzinfo=UTC)},
        {"now": datetime(2046, 1, 1, tzinfo=UTC)},
    ],
)
def test_a_responder_certificate_that_breaks_a_rule_is_not_drafted(changes):
    with pytest.raises(DraftRefused):
        draft_responder(
            particulars=ocsp_material.particulars(**changes),
            profile=ocsp_material.profile(),
            issuer=material.issuer(),
        )


def test_only_a_responder_in_force_answers():
    by = ocsp_material.responder()
    good = {
        "certificate": by.certificate,
        "issuer": material.issuer(),
        "public_key_info": by.public_key_info,
        "now": NOW,
    }
    for changes in (
        {"certificate": material.certificate()},
        {"certificate": b"\x30\x00"},
        {"public_key_info": material.public_key_info("subscriber")},
        {"now": NOW + timedelta(days=14)},
    ):
        with pytest.raises(ResponderRefused):
            responder_of(**(good | changes))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("kind", "lists"),
        ("life_days", 400),
        ("answer_hours", 100),
        ("renewal_hours", 7),
        ("never_issued", "good"),
        ("other", 1),
    ],
)
def test_a_profile_outside_its_limits_is_refused(key, value):
    with pytest.raises(ProfileRefused, match=key if key != "kind" else "ocsp"):
        load_ocsp_profile(material.raw_profile("ocsp") | {key: value}, b"")


def test_base64_of_the_shortest_question_has_no_padding():
    assert not request_path(wrap(ONE)).endswith("=")
    assert base64.b64decode(request_path(wrap(ONE))) == wrap(ONE)
