"""The ceremony with real tokens: what it leaves, what opens it again, and that failure leaves nothing."""

import hashlib
import json
import secrets
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509

from inro.adapters.ca_token import CaToken
from inro.adapters.custodian_shares import recover_secret, user_pin
from inro.adapters.document_token import DocumentToken
from inro.adapters.ocsp_token import OcspToken
from inro.adapters.roster_token import RosterToken
from inro.adapters.subscriber_token import StationKey
from inro.adapters.token_address import read_address
from inro.ceremony.plan import Plan, load_plan
from inro.ceremony.run import CeremonyRecord, CeremonyRefused, Hall, hold_ceremony
from inro.demo.authenticator import SoftwareAuthenticator
from inro.pki.profile import load_profile
from inro.pki.roster import verify_roster
from inro.pki.signature import SignatureAlgorithm, verify_signature
from inro.ports.errors import PinRefused, PortError

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
PROFILE_SOURCE = (ROOT / "policy/profiles/ca.toml").read_bytes()
PROFILE = load_profile(tomllib.loads(PROFILE_SOURCE.decode()), PROFILE_SOURCE)


@dataclass
class Held:
    """A ceremony held for the tests of this file, and the shares it handed out."""

    plan: Plan
    record: CeremonyRecord
    shares: dict[str, list[str]]
    shown: list[str] = field(default_factory=list)

    def pin(self, token: str) -> bytearray:
        return user_pin(recover_secret(self.shares[token]))


def demo_plan(**replaced: str) -> Plan:
    text = (ROOT / "policy/ceremony/demo.toml").read_text("utf-8")
    for old, new in {"key_bits = 3072": "key_bits = 2048", **replaced}.items():
        assert old in text
        text = text.replace(old, new)
    return load_plan(text.encode())


def hall(**changes) -> Hall:
    authenticator = SoftwareAuthenticator(rp_id="office.inro.example", origin="https://office.inro.example")
    given = {
        "profile": PROFILE,
        "now": NOW,
        "random_bytes": secrets.token_bytes,
        "hand_out": lambda *_: None,
        "enrol": lambda officer: authenticator.make_credential(officer.person),
        "show": lambda _: None,
    }
    return Hall(**given | changes)


@pytest.fixture(scope="module")
def held(tmp_path_factory) -> Held:
    shares: dict[str, list[str]] = {}
    shown: list[str] = []
    plan = demo_plan()
    record = hold_ceremony(
        plan=plan,
        destination=tmp_path_factory.mktemp("installation") / "ceremony",
        hall=hall(
            hand_out=lambda _, token, share: shares.setdefault(token, []).append(share), show=shown.append
        ),
    )
    return Held(plan=plan, record=record, shares=shares, shown=shown)


def test_the_ca_certificate_is_self_signed_and_of_the_tokens_key(held):
    certificate = x509.load_der_x509_certificate((held.record.folder / "ca.der").read_bytes())
    certificate.verify_directly_issued_by(certificate)
    assert certificate.serial_number == held.record.serial
    assert certificate.not_valid_before_utc == held.plan.not_before
    with CaToken.open(read_address(held.record.folder / "tokens/ca"), held.pin("ca")) as ca:
        assert ca.attributes.confined
        signature = ca.sign(b"a list")
        info = ca.public_key_info
    assert verify_signature(
        data=b"a list", signature=signature, public_key_info=info, algorithm=SignatureAlgorithm.SHA256
    )
    assert (held.record.folder / "ca-key.der").read_bytes() == info


def test_each_token_has_its_own_folder_and_pin(held):
    tokens = held.record.folder / "tokens"
    with StationKey.open(read_address(tokens / "station"), held.pin("station")) as station:
        assert station.public_key_info == (held.record.folder / "station-key.der").read_bytes()
    with RosterToken.open(read_address(tokens / "roster"), held.pin("roster")) as roster:
        assert roster.public_key_info == (held.record.folder / "roster-key.der").read_bytes()
    with DocumentToken.open(read_address(tokens / "documents"), held.pin("documents")) as documents:
        assert documents.labels == ("documents-1",)
    with OcspToken.open(read_address(tokens / "ocsp"), held.pin("ocsp")) as ocsp:
        assert ocsp.public_key_info == (held.record.folder / "ocsp-key.der").read_bytes()
    with pytest.raises(PinRefused):
        RosterToken.open(read_address(tokens / "roster"), held.pin("ca"))
    serials = [facts["serial"] for facts in held.record.tokens.values()]
    assert len(set(serials)) == 5


def test_the_roster_is_signed_by_a_key_the_daily_signer_has_not(held):
    folder = held.record.folder
    roster = verify_roster(
        document=(folder / "roster.json").read_bytes(),
        signature=(folder / "roster.sig").read_bytes(),
        public_key_info=(folder / "roster-key.der").read_bytes(),
        now=NOW,
    )
    assert roster == held.record.roster
    assert (folder / "roster-key.der").read_bytes() != (folder / "ca-key.der").read_bytes()


def test_the_transcript_is_signed_and_names_every_file_by_its_hash(held):
    folder = held.record.folder
    document = (folder / "transcript.txt").read_bytes()
    assert verify_signature(
        data=document,
        signature=(folder / "transcript.sig").read_bytes(),
        public_key_info=(folder / "roster-key.der").read_bytes(),
        algorithm=SignatureAlgorithm.SHA256,
    )
    assert document.decode().splitlines() == held.shown
    for name, digest in held.record.files.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
        if not name.startswith("transcript"):
            assert f"ファイル {name} SHA-256: {digest}" in held.shown
    record = json.loads((folder / "record.json").read_text())
    assert record["files"] == held.record.files
    assert hashlib.sha256((folder / "plan.toml").read_bytes()).hexdigest() == held.plan.sha256


def test_shares_and_pins_are_nowhere_in_what_the_ceremony_leaves(held):
    secrets_ = [share.encode() for shares in held.shares.values() for share in shares]
    secrets_ += [bytes(held.pin(token)) for token in held.shares]
    secrets_ += [bytes(recover_secret(shares)) for shares in held.shares.values()]
    for path in held.record.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [secret for secret in secrets_ if secret in content], path
    assert not [secret for secret in secrets_ if secret in "\n".join(held.shown).encode()]


def test_nobody_else_may_read_the_folder(held):
    assert held.record.folder.stat().st_mode & 0o077 == 0


def test_a_second_ceremony_at_the_same_place_is_refused(held):
    before = held.record.folder.stat().st_mtime_ns
    with pytest.raises(CeremonyRefused):
        hold_ceremony(plan=held.plan, destination=held.record.folder, hall=hall())
    assert held.record.folder.stat().st_mtime_ns == before


class PaperJamError(Exception):
    """What stops the ceremony in these tests."""


def fail(*_):
    raise PaperJamError


@pytest.mark.parametrize("changes", [{"hand_out": fail}, {"enrol": fail}, {"show": fail}])
def test_a_ceremony_that_fails_leaves_nothing(tmp_path, changes):
    with pytest.raises(PaperJamError):
        hold_ceremony(plan=demo_plan(), destination=tmp_path / "ceremony", hall=hall(**changes))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("year", [2025, 2046])
def test_a_day_outside_the_ca_certificates_validity_is_refused(tmp_path, year):
    with pytest.raises(CeremonyRefused, match="valid"):
        hold_ceremony(
            plan=demo_plan(),
            destination=tmp_path / "ceremony",
            hall=hall(now=NOW.replace(year=year)),
        )
    assert list(tmp_path.iterdir()) == []


def test_a_roster_not_in_force_today_is_refused(tmp_path):
    plan = demo_plan(**{"valid_until = 2045-12-31": "valid_until = 2026-11-30"})
    with pytest.raises(Exception, match="not_in_force"):
        hold_ceremony(plan=plan, destination=tmp_path / "ceremony", hall=hall())
    assert list(tmp_path.iterdir()) == []


def test_a_missing_module_is_named(tmp_path):
    module = tmp_path / "lib" / "libsofthsm2.so"
    with pytest.raises(PortError, match="apt-get install softhsm2"):
        hold_ceremony(plan=demo_plan(), destination=tmp_path / "ceremony", hall=hall(module=module))
    assert list(tmp_path.iterdir()) == []
