"""A software CA, its profiles and one subscriber, from which each test changes what it is about."""

import hashlib
import random
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from inro.pki.assemble import assemble_ca_certificate, assemble_certificate, assemble_list
from inro.pki.ca_draft import CaName, draft_ca_certificate
from inro.pki.crl import ListDraft, ListKind, draft_list
from inro.pki.draft import Draft, Particulars, draft_certificate
from inro.pki.issuer import Issuer, issuer_of
from inro.pki.profile import ListProfile, Profile, load_list_profile, load_profile
from inro.pki.serial import new_serial
from inro.practice.content import Authority, CertifiedContent, Organization, RomanAddress

PROFILES = Path(__file__).parents[2] / "policy" / "profiles"
EXAMINED = datetime(2026, 11, 30, 1, 0, 0, tzinfo=UTC)
ISSUED = datetime(2026, 12, 1, 1, 0, 0, tzinfo=UTC)
NOT_AFTER = datetime(2028, 12, 31, 14, 59, 59, tzinfo=UTC)
CA_FROM = datetime(2026, 1, 1, tzinfo=UTC)
CA_UNTIL = datetime(2045, 12, 31, 23, 59, 59, tzinfo=UTC)
CA_NAME = CaName(organization="Inro Demonstration", common_name="Inro Demonstration CA 1")


def raw_profile(name: str) -> dict[str, Any]:
    """Return a shipped profile as a table."""
    return tomllib.loads((PROFILES / f"{name}.toml").read_text())


@cache
def profile(name: str = "subscriber") -> Profile:
    """Return a shipped certificate profile."""
    return load_profile(raw_profile(name), (PROFILES / f"{name}.toml").read_bytes())


@cache
def lists() -> ListProfile:
    """Return the shipped profile of the lists."""
    return load_list_profile(raw_profile("lists"), (PROFILES / "lists.toml").read_bytes())


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    """Return an RSA key, one per name."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_key_info(name: str) -> bytes:
    """Return a named key's SubjectPublicKeyInfo."""
    return key(name).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def signer(name: str) -> Callable[[bytes], bytes]:
    """Return what signs with a named key, as a device would."""
    return lambda data: key(name).sign(data, padding.PKCS1v15(), SHA256())


def serial(name: str) -> int:
    """Return a serial number, one per name."""
    return new_serial(random.Random(name).randbytes)


def ca_draft(**changes: Any) -> Draft:
    """Draft the CA certificate."""
    values: dict[str, Any] = {
        "name": CA_NAME,
        "public_key_info": public_key_info("ca"),
        "serial": serial("ca"),
        "not_before": CA_FROM,
        "not_after": CA_UNTIL,
        "profile": profile("ca"),
    }
    return draft_ca_certificate(**(values | changes))


@cache
def issuer() -> Issuer:
    """Return the CA, signed with its own key."""
    tbs = ca_draft().tbs
    return issuer_of(assemble_ca_certificate(tbs=tbs, signature=signer("ca")(tbs)))


def content(**changes: Any) -> CertifiedContent:
    """Return the content of a company employee with address and authority."""
    values: dict[str, Any] = {
        "subscriber_id": "S-0000001",
        "name": "山田　太郎",
        "name_romaji": "YAMADA Taro",
        "address_romaji": RomanAddress(prefecture="Tokyo", city="Chiyoda-ku", street="1-2-3 Marunouchi"),
        "organization": Organization(
            name="株式会社見本",
            prefecture="東京都",
            city="千代田区",
            street="丸の内一丁目２番３号",
            corporate_number="7000012050002",
        ),
        "authorities": (
            Authority(principal="代表取締役　見本一郎", system="電子入札", text="入札に関する一切の権限"),
        ),
    }
    return CertifiedContent(**(values | changes))


def sole_proprietor(**changes: Any) -> CertifiedContent:
    """Return the content of a sole proprietor: no organization, no authority."""
    return content(**({"organization": None, "authorities": (), "address_romaji": None} | changes))


def particulars(**changes: Any) -> Particulars:
    """Return what one certificate says."""
    values: dict[str, Any] = {
        "content": content(),
        "public_key_info": public_key_info("subscriber"),
        "serial": serial("subscriber"),
        "issued_at": ISSUED,
        "not_after": NOT_AFTER,
    }
    return Particulars(**(values | changes))


def draft(**changes: Any) -> Draft:
    """Draft a subscriber certificate."""
    values: dict[str, Any] = {
        "particulars": particulars(),
        "examination_ended_at": EXAMINED,
        "profile": profile(),
        "issuer": issuer(),
    }
    return draft_certificate(**(values | changes))


def certificate(**changes: Any) -> bytes:
    """Issue a subscriber certificate."""
    asked = particulars(**changes)
    tbs = draft(particulars=asked).tbs
    return assemble_certificate(
        tbs=tbs, signature=signer("ca")(tbs), particulars=asked, profile=profile(), issuer=issuer()
    )


def list_draft(**changes: Any) -> ListDraft:
    """Draft an empty CRL."""
    values: dict[str, Any] = {
        "kind": ListKind.CRL,
        "number": 1,
        "this_update": datetime(2026, 12, 10, tzinfo=UTC),
        "next_update": datetime(2026, 12, 12, tzinfo=UTC),
        "entries": (),
        "profile": lists(),
        "issuer": issuer(),
    }
    return draft_list(**(values | changes))


def signed_list(**changes: Any) -> bytes:
    """Issue a list."""
    tbs = list_draft(**changes).tbs
    return assemble_list(tbs=tbs, signature=signer("ca")(tbs), issuer=issuer())


def digest(data: bytes) -> str:
    """Return a SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()
