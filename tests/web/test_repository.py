"""The repository's pages: texts with their hash, the CA's certificates, stale lists (4(6), 10, 26)."""

import hashlib
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from inro.pki.authority import AuthorityCertificateKind, authority_certificate
from inro.store.models import EditionText
from inro.usecases.edition import record_text_published, register_editions
from inro.web.public import clock
from inro.web.public.house import policy
from tests import given
from tests.usecases.test_edition import PUBLISHER, WORKER
from tests.web.story import LATER
from tests.web.test_pages import text_of

NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "架空認証局")])


@pytest.fixture
def published(public, db):
    """The public pages over editions whose texts are all in the repository."""
    register_editions(editions=policy().editions.values(), actor=PUBLISHER, now=given.NOW)
    for text in EditionText.objects.all():
        record_text_published(text=text.pk, actor=WORKER, now=given.NOW)
    return public


def certificate(subject: ec.EllipticCurvePrivateKey, signer: ec.EllipticCurvePrivateKey) -> bytes:
    """Return a CA certificate (DER) for one key by another."""
    began = datetime(2026, 12, 1, tzinfo=UTC)
    made = x509.CertificateBuilder().subject_name(NAME).issuer_name(NAME).public_key(subject.public_key())
    made = made.serial_number(7).not_valid_before(began).not_valid_after(began + timedelta(days=9))
    return made.sign(signer, SHA256()).public_bytes(Encoding.DER)


def test_each_text_is_given_as_registered_with_its_digest(published):
    for text in EditionText.objects.select_related("edition"):
        address = f"/repository/texts/{text.kind}-{text.edition.name}.txt"
        answer = published.get(address)
        assert answer.content == bytes(text.content)
        assert answer.headers["ETag"] == f'"{text.sha256}"'
        digest = b64encode(hashlib.sha256(answer.content).digest()).decode()
        assert answer.headers["Repr-Digest"] == f"sha-256=:{digest}:"
        assert "immutable" in answer.headers["Cache-Control"]
        known = published.get(address, headers={"if-none-match": answer.headers["ETag"]})
        assert (known.status_code, known.content) == (304, b"")
    assert published.get("/repository/texts/cps-1999-01-01.txt").status_code == 404


def test_a_text_not_read_back_yet_is_not_given(public, db):
    register_editions(editions=policy().editions.values(), actor=PUBLISHER, now=given.NOW)
    assert public.get("/repository/texts/cps-2025-04-01.txt").status_code == 404
    assert public.get("/repository/sha256sums.txt").content == b""


def test_the_sums_are_what_sha256sum_checks(published):
    lines = published.get("/repository/sha256sums.txt").content.decode().splitlines()
    sums = dict(reversed(line.split("  ")) for line in lines)
    assert len(sums) == EditionText.objects.count()
    for text in EditionText.objects.select_related("edition"):
        given_sum = sums[f"{text.kind}-{text.edition.name}.txt"]
        assert given_sum == hashlib.sha256(bytes(text.content)).hexdigest()


def test_the_address_that_certificates_name_for_the_cps_is_this_page(published):
    printed = policy().profile.policy
    assert printed is not None
    page = text_of(published.get(urlsplit(printed.cps_uri).path))
    assert page == text_of(published.get("/repository/"))
    assert "運用規程" in page


def test_every_edition_is_there_and_the_one_of_today_is_marked(published):
    page = text_of(published.get("/repository/"))
    for name in ("認証業務運用規程（CPS）", "約款", "署名検証者同意書", "料金表"):
        assert name in page
    for edition in policy().editions:
        for kind in ("cps", "terms", "relying", "fees"):
            assert f"{kind}-{edition}.txt" in page
    assert page.count("適用中") == len(("cps", "terms", "relying", "fees"))


def test_a_reader_who_has_the_page_gets_no_second_copy(public, story, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATER)
    page = public.get("/repository/")
    assert page.headers["Cache-Control"] == "private, no-cache"
    asked = {"if-none-match": page.headers["ETag"]}
    assert public.get("/repository/", headers=asked).status_code == 304
    monkeypatch.setattr(clock, "now", lambda: LATER + timedelta(hours=49))
    assert public.get("/repository/", headers=asked).status_code == 200


@pytest.mark.parametrize(
    ("hours", "said", "not_said"),
    [
        (1, "全件の失効リスト", "期限切れ"),
        (25, "このリストの更新が遅れています", "検証に使わないでください"),
        (49, "検証に使わないでください", "更新が遅れています"),
    ],
)
def test_a_list_that_is_late_or_over_is_said_plainly(public, story, monkeypatch, hours, said, not_said):
    monkeypatch.setattr(clock, "now", lambda: LATER + timedelta(hours=hours))
    page = text_of(public.get("/repository/"))
    assert said in page
    assert not_said not in page


def test_lists_have_their_addresses_in_web_and_directory(public, story):
    page = text_of(public.get("/repository/"))
    for address in (
        "http://repository.inro.example/full.crl",
        "?certificateRevocationList;binary?base",
        "ldap://directory.inro.example/CN=fullCRL,",
    ):
        assert address in page


def test_a_certificate_has_both_fingerprints_and_its_file(public, story):
    known = authority_certificate(story.authority)
    page = text_of(public.get("/repository/")).replace(" ", "")
    for digits in (known.sha256, hashlib.sha1(story.authority, usedforsecurity=False).hexdigest()):
        assert digits.upper() in page
    answer = public.get(f"/repository/certificates/{known.sha256}.cer")
    assert answer.content == story.authority
    assert answer.headers["Content-Type"] == "application/pkix-cert"
    assert public.get(f"/repository/certificates/{'0' * 64}.cer").status_code == 404


def test_a_link_certificate_is_told_from_a_self_signed_one():
    old, new = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    assert authority_certificate(certificate(new, new)).kind is AuthorityCertificateKind.SELF_SIGNED
    assert authority_certificate(certificate(new, old)).kind is AuthorityCertificateKind.LINK
