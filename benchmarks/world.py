"""A throwaway installation: SoftHSM token, database, CA, officers with security keys."""

import hashlib
import random
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import django
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.management import call_command
from django.db import connection

from inro.adapters.ca_token import CaToken
from inro.adapters.pkcs11_core import Token, initialise_token
from inro.adapters.token_address import TokenAddress
from inro.demo.authenticator import SoftwareAuthenticator
from inro.pki.assemble import assemble_ca_certificate
from inro.pki.ca_draft import CaName, draft_ca_certificate
from inro.pki.issuer import Issuer, issuer_of
from inro.pki.profile import ListProfile, Profile, load_list_profile, load_profile
from inro.pki.roster import Officer, Roster
from inro.pki.serial import new_serial
from inro.practice.duties import Duty, DutyPeriod

POLICY = Path(__file__).parents[1] / "policy"
NOW = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
EDITION = "2025-04-01"
RP_ID, ORIGIN = "office.inro.example", "https://office.inro.example"
_CA_FROM, _CA_UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2045, 12, 31, 23, 59, 59, tzinfo=UTC)
_DUTIES = {
    "p-exam": (Duty.INTAKE, Duty.EXAMINATION),
    "p-accept": (Duty.ACCEPTANCE,),
    "p-issue": (Duty.ISSUANCE_APPROVAL,),
    "p-desk": (Duty.ISSUANCE_OPERATION,),
    "p-revocation-exam": (Duty.REVOCATION_EXAMINATION,),
    "p-revocation": (Duty.REVOCATION_DECISION,),
}


def pin() -> bytearray:
    """Return the PIN of every throwaway token, in memory of its own."""
    return bytearray(b"271828182845904")


@contextmanager
def ca_token(folder: Path, *, bits: int = 2048) -> Iterator[tuple[Token, CaToken]]:
    """Lend a new token with the CA's keys; a process has one at a time."""
    address = initialise_token(
        address=TokenAddress(folder=folder, label="bench-ca"), so_pin=bytearray(b"10203040506070"), pin=pin()
    )
    with Token.open(address, pin()) as token:
        yield token, CaToken.make(token, bits=bits)


@contextmanager
def reopened_ca_token(folder: Path) -> Iterator[CaToken]:
    """Lend a token that `ca_token` made, in another process."""
    with CaToken.open(TokenAddress(folder=folder, label="bench-ca"), pin()) as token:
        yield token


def open_database() -> None:
    """Make and open the record that the environment names; a process has one."""
    django.setup()
    call_command("migrate", verbosity=0)
    connection.ensure_connection()


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What figures share: profiles, the issuer, officers with their security keys, chance."""

    profile: Profile
    list_profile: ListProfile
    issuer: Issuer
    roster: Roster
    authenticator: SoftwareAuthenticator
    chance: random.Random = field(default_factory=lambda: random.Random("benchmarks"))


def make_house(token: CaToken) -> House:
    """Sign the CA certificate with the token and appoint officers."""
    authenticator = SoftwareAuthenticator(rp_id=RP_ID, origin=ORIGIN)
    return House(
        profile=load_profile(*_policy("profiles/subscriber.toml")),
        list_profile=load_list_profile(*_policy("profiles/lists.toml")),
        issuer=_issuer(token),
        roster=_roster(authenticator),
        authenticator=authenticator,
    )


def edition_sha256() -> str:
    """Return the SHA-256 of the edition of the terms that every application consents to."""
    return hashlib.sha256((POLICY / "editions" / f"{EDITION}.toml").read_bytes()).hexdigest()


def make_key() -> rsa.RSAPrivateKey:
    """Return a subscriber's key that was never seen before."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_key_info(key: rsa.RSAPrivateKey) -> bytes:
    """Return a key's SubjectPublicKeyInfo, DER."""
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _policy(name: str) -> tuple[dict[str, object], bytes]:
    source = (POLICY / name).read_bytes()
    return tomllib.loads(source.decode()), source


def _issuer(token: CaToken) -> Issuer:
    draft = draft_ca_certificate(
        name=CaName(organization="Inro Benchmarks", common_name="Inro Benchmark CA"),
        public_key_info=token.public_key_info,
        serial=new_serial(random.Random("ca").randbytes),
        not_before=_CA_FROM,
        not_after=_CA_UNTIL,
        profile=load_profile(*_policy("profiles/ca.toml")),
    )
    return issuer_of(assemble_ca_certificate(tbs=draft.tbs, signature=token.sign(draft.tbs)))


def _roster(authenticator: SoftwareAuthenticator) -> Roster:
    return Roster(
        version=1,
        valid_from=date(2026, 1, 1),
        valid_until=date(2030, 12, 31),
        rp_id=RP_ID,
        origins=(ORIGIN,),
        officers=tuple(
            Officer(
                person=person,
                name=f"{person} 氏",
                credentials=(authenticator.make_credential(person),),
                duties=tuple(DutyPeriod(duty=duty, first_day=date(2026, 1, 1)) for duty in duties),
            )
            for person, duties in _DUTIES.items()
        ),
    )
