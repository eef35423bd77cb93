"""Keys destroyed on every token and copy, seen gone, before witnesses, under a signed record (11; 6(17))."""

import hashlib
import json
import secrets
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from inro.adapters.ca_token import CaToken
from inro.adapters.custodian_shares import recover_pin
from inro.adapters.token_address import KeyRefused, configure_soft_token, read_address
from inro.ceremony.destruction import (
    DestructionHall,
    DestructionPlan,
    hold_destruction,
    load_destruction_plan,
)
from inro.ceremony.plan import PlanRefused, load_plan
from inro.ceremony.run import CeremonyRefused, Hall, hold_ceremony
from inro.demo.authenticator import SoftwareAuthenticator
from inro.pki.assemble import assemble_list
from inro.pki.crl import ListKind, draft_list
from inro.pki.issuer import issuer_of
from inro.pki.profile import load_profile
from inro.pki.signature import SignatureAlgorithm, verify_signature
from inro.ports.errors import PortError
from tests.pki import material

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
LATER = datetime(2027, 4, 2, 1, 0, tzinfo=UTC)
UNTIL = datetime(2041, 10, 31, 14, 59, 59, tzinfo=UTC)
KEYS = SoftwareAuthenticator(rp_id="localhost", origin="http://localhost:8000")


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """The folder of a first ceremony, what custodians hold, the last list that its CA signed."""

    room: Path
    shares: dict[str, list[str]]
    last_list: bytes

    def pin(self, token: str) -> bytearray:
        """Bring a token's PIN back."""
        return recover_pin(lambda number: self.shares[token][number - 1])


@pytest.fixture
def first(tmp_path: Path) -> First:
    """A ceremony of its own for each test: what it made is destroyed."""
    shares: dict[str, list[str]] = {}
    source = (ROOT / "policy/profiles/ca.toml").read_bytes()
    plan = (ROOT / "policy/ceremony/demo.toml").read_text("utf-8")
    plan = plan.replace("key_bits = 3072", "key_bits = 2048")
    hall = Hall(
        profile=load_profile(tomllib.loads(source.decode()), source),
        now=NOW,
        random_bytes=secrets.token_bytes,
        hand_out=lambda _, token, share: shares.setdefault(token, []).append(share),
        enrol=lambda officer: KEYS.make_credential(officer.person),
        show=lambda _: None,
    )
    room = hold_ceremony(plan=load_plan(plan.encode()), destination=tmp_path / "room", hall=hall).folder
    made = First(room=room, shares=shares, last_list=b"")
    return replace(made, last_list=signed_list(made, until=UNTIL))


def signed_list(first: First, *, until: datetime) -> bytes:
    """Return a full CRL of the ceremony's CA, DER."""
    issuer = issuer_of((first.room / "ca.der").read_bytes())
    drafted = draft_list(
        kind=ListKind.FULL_CRL,
        number=7,
        this_update=NOW,
        next_update=until,
        entries=(),
        profile=material.lists().lasting(since=NOW, until=until),
        issuer=issuer,
    )
    with CaToken.open(read_address(first.room / "tokens" / "ca"), first.pin("ca")) as token:
        return assemble_list(tbs=drafted.tbs, signature=token.sign(drafted.tbs), issuer=issuer)


def planned(*places: Path, more: str = "") -> DestructionPlan:
    """Return a plan to destroy the CA's key in these folders."""
    folders = ", ".join(f'"{place}"' for place in places)
    text = (
        f'title = "鍵廃棄式"\n[witnesses]\nkudo = "工藤"\nharada = "原田"\n[tokens]\nca = [{folders}]\n{more}'
        '[shares]\nca = ["suzuki", "kondo"]\n'
    )
    return load_destruction_plan(text.encode())


def hall(
    first: First, *, shown: list[str] | None = None, confirm: Callable[..., bool] | None = None
) -> DestructionHall:
    """Return the hall in which everybody confirms."""
    return DestructionHall(
        trust=first.room,
        last_list=first.last_list,
        now=LATER,
        pin=first.pin,
        confirm=confirm or (lambda _person, _what: True),
        show=(shown if shown is not None else []).append,
    )


def copied(first: First, folder: Path) -> Path:
    """Return a copy of the CA's token, as a second HSM would hold it."""
    shutil.copytree(first.room / "tokens" / "ca", folder)
    configure_soft_token(folder)
    return folder


def test_the_key_is_gone_from_the_token_and_its_copy_under_a_signed_record(first, tmp_path):
    primary, copy = first.room / "tokens" / "ca", copied(first, tmp_path / "backup")
    shown: list[str] = []
    made = tmp_path / "destroyed"
    record = hold_destruction(plan=planned(primary, copy), destination=made, hall=hall(first, shown=shown))
    for place in (primary, copy):
        assert [path.name for path in place.rglob("*.object")] == ["token.object"]
        with pytest.raises(KeyRefused):
            CaToken.open(read_address(place), first.pin("ca"))
    transcript = (made / "transcript.txt").read_bytes()
    assert transcript.decode().splitlines() == shown
    assert verify_signature(
        data=transcript,
        signature=(made / "transcript.sig").read_bytes(),
        public_key_info=(first.room / "roster-key.der").read_bytes(),
        algorithm=SignatureAlgorithm.SHA256,
    )
    for part in ("ca, journal", "工藤", "原田", "suzuki", "kondo", record["ca_key_sha256"]):
        assert part in transcript.decode()
    assert json.loads((made / "record.json").read_text("utf-8")) == record
    assert record["ca_key_sha256"] == hashlib.sha256((first.room / "ca-key.der").read_bytes()).hexdigest()


def test_without_a_last_list_that_stands_for_years_no_key_is_destroyed(first, tmp_path):
    stranger = x509.CertificateRevocationListBuilder().issuer_name(
        x509.load_der_x509_certificate((first.room / "ca.der").read_bytes()).subject
    )
    foreign = (
        stranger.last_update(NOW).next_update(UNTIL).sign(ec.generate_private_key(ec.SECP256R1()), SHA256())
    )
    daily = signed_list(first, until=LATER + timedelta(days=2))
    for last_list in (daily, foreign.public_bytes(Encoding.DER), b"no list"):
        held = replace(hall(first), last_list=last_list)
        with pytest.raises((CeremonyRefused, PortError)):
            hold_destruction(
                plan=planned(first.room / "tokens" / "ca"), destination=tmp_path / "destroyed", hall=held
            )
    with CaToken.open(read_address(first.room / "tokens" / "ca"), first.pin("ca")) as token:
        assert token.sign(b"still there")
    assert not (tmp_path / "destroyed").exists()


def test_another_key_is_not_destroyed(first, tmp_path):
    plan = planned(first.room / "tokens" / "station")
    held = replace(hall(first), pin=lambda name: first.pin("roster" if name == "roster" else "station"))
    with pytest.raises(KeyRefused):
        hold_destruction(plan=plan, destination=tmp_path / "destroyed", hall=held)
    assert list((first.room / "tokens" / "station").rglob("*.object"))


def test_broken_off_by_a_witness_it_is_held_on_and_keeps_its_lines(first, tmp_path):
    plan, made = planned(first.room / "tokens" / "ca"), tmp_path / "destroyed"
    with pytest.raises(CeremonyRefused):
        hold_destruction(
            plan=plan, destination=made, hall=hall(first, confirm=lambda person, _: person != "harada")
        )
    assert not made.exists()
    hold_destruction(plan=plan, destination=made, hall=hall(first))
    lines = (made / "transcript.txt").read_text("utf-8")
    assert "3 個から 0 個へ" in lines
    assert "0 個から 0 個へ" in lines


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('harada = "原田"\n', "", "witnesses"),
        ("ca = [", "roster = [", "tokens"),
        ("[shares]", "[shares]\nmore = 1", "file"),
        ("title", "titel", "title"),
        ('ca = ["suzuki", "kondo"]', "", "shares.ca"),
    ],
)
def test_a_plan_that_cannot_be_held_says_which_key_is_wrong(old, new, path):
    text = planned(Path("/room/tokens/ca")).source.decode().replace(old, new, 1)
    with pytest.raises(PlanRefused) as refused:
        load_destruction_plan(text.encode())
    assert refused.value.path == path
