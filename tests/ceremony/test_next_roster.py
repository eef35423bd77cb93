"""The next officers' roster: signed by the custodians' token, or nothing is left (Ordinance 6(17))."""

import hashlib
import secrets
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inro.adapters.custodian_shares import recover_secret, user_pin
from inro.adapters.token_address import read_address
from inro.ceremony.next_roster import RosterHall, sign_next_roster
from inro.ceremony.plan import PlannedRoster, PlanRefused, load_plan, load_roster_plan
from inro.ceremony.run import CeremonyRefused, Hall, hold_ceremony
from inro.configuration.trust import SignedRoster, read_signed_roster
from inro.demo.authenticator import SoftwareAuthenticator
from inro.pki.assertion import encode_octets
from inro.pki.profile import load_profile
from inro.pki.roster import RosterFault, RosterRefused, verify_roster
from inro.pki.signature import SignatureAlgorithm, verify_signature
from inro.ports.errors import PinRefused

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
LATER = datetime(2027, 4, 1, 1, 0, tzinfo=UTC)
CA_ENDS = datetime(2045, 12, 31, 14, 59, 59, tzinfo=UTC)
KEYS = SoftwareAuthenticator(rp_id="localhost", origin="http://localhost:8000")


def officer(person: str, duty: str) -> str:
    """Return an officer's part of a plan, with a security key."""
    made = KEYS.make_credential(person)
    key = f'id = "{encode_octets(made.credential_id)}", public_key = "{encode_octets(made.public_key)}"'
    return (
        f'[[officers]]\nperson = "{person}"\nname = "{person} 氏"\n'
        f'credentials = [{{ {key}, medium = "virtual" }}]\n'
        f'duties = [{{ duty = "{duty}", first_day = 2027-04-01 }}]\n'
    )


def planned(version: int = 2, *, officers: str = "") -> PlannedRoster:
    text = (
        f'title = "担当者名簿の更新"\n[roster]\nversion = {version}\nvalid_from = 2027-04-01\n'
        'valid_until = 2029-03-31\nrp_id = "localhost"\norigins = ["http://localhost:8000"]\n'
        + (officers or officer("ishikawa", "examination") + officer("kojima", "acceptance"))
    )
    return load_roster_plan(text.encode(), ca_ends=CA_ENDS)


@pytest.fixture(scope="module")
def first(tmp_path_factory) -> tuple[Path, list[str]]:
    """The folder of a first ceremony, and the shares of the roster's token."""
    shares: list[str] = []
    source = (ROOT / "policy/profiles/ca.toml").read_bytes()
    plan = (
        (ROOT / "policy/ceremony/demo.toml").read_text("utf-8").replace("key_bits = 3072", "key_bits = 2048")
    )
    hall = Hall(
        profile=load_profile(tomllib.loads(source.decode()), source),
        now=NOW,
        random_bytes=secrets.token_bytes,
        hand_out=lambda _, token, share: shares.append(share) if token == "roster" else None,
        enrol=lambda one: KEYS.make_credential(one.person),
        show=lambda _: None,
    )
    record = hold_ceremony(
        plan=load_plan(plan.encode()), destination=tmp_path_factory.mktemp("first") / "room", hall=hall
    )
    return record.folder, shares


@pytest.fixture
def present(first) -> SignedRoster:
    return read_signed_roster(first[0])


@pytest.fixture
def hall(first) -> RosterHall:
    folder, shares = first
    shown: list[str] = []
    return RosterHall(
        address=read_address(folder / "tokens" / "roster"),
        pin=user_pin(recover_secret(shares)),
        now=LATER,
        show=shown.append,
    )


def test_the_next_roster_is_signed_and_its_changes_are_said(present, hall, tmp_path):
    made = tmp_path / "made"
    roster = sign_next_roster(plan=planned(), present=present, destination=made, hall=hall)
    signed = read_signed_roster_of(made, present)
    assert verify_roster(**signed, now=LATER, minimum_version=2) == roster
    transcript = (made / "transcript.txt").read_bytes()
    assert verify_signature(
        data=transcript,
        signature=(made / "transcript.sig").read_bytes(),
        public_key_info=present.public_key_info,
        algorithm=SignatureAlgorithm.SHA256,
    )
    told = transcript.decode()
    for line in ("追加: kojima 氏", "削除: 西村　徹", "職務の変更: ishikawa 氏", "キーの変更: ishikawa 氏"):
        assert line in told
    assert hashlib.sha256((made / "roster.json").read_bytes()).hexdigest() in told


def read_signed_roster_of(made: Path, present: SignedRoster) -> dict[str, bytes]:
    return {
        "document": (made / "roster.json").read_bytes(),
        "signature": (made / "roster.sig").read_bytes(),
        "public_key_info": present.public_key_info,
    }


@pytest.mark.parametrize("version", [1, 3])
def test_a_version_that_does_not_follow_is_refused(present, hall, tmp_path, version):
    with pytest.raises(CeremonyRefused, match="next"):
        sign_next_roster(plan=planned(version), present=present, destination=tmp_path / "made", hall=hall)
    assert list(tmp_path.iterdir()) == []


def test_a_roster_nobody_signed_is_no_beginning(present, hall, tmp_path):
    forged = replace(present, document=present.document.replace(b"kuroda", b"kurodb"))
    with pytest.raises(RosterRefused) as refusal:
        sign_next_roster(plan=planned(), present=forged, destination=tmp_path / "made", hall=hall)
    assert refusal.value.reason is RosterFault.SIGNATURE


def test_a_wrong_pin_signs_nothing(present, hall, tmp_path):
    wrong = replace(hall, pin=bytearray(b"0" * 39))
    with pytest.raises(PinRefused):
        sign_next_roster(plan=planned(), present=present, destination=tmp_path / "made", hall=wrong)
    assert list(tmp_path.iterdir()) == []


def test_a_roster_that_has_run_out_is_followed_all_the_same(present, hall, tmp_path):
    after = replace(hall, now=datetime(2028, 1, 1, tzinfo=UTC))
    assert sign_next_roster(plan=planned(), present=present, destination=tmp_path / "made", hall=after)


def test_a_roster_not_in_force_today_is_not_left(present, hall, tmp_path):
    early = replace(hall, now=NOW)
    with pytest.raises(RosterRefused):
        sign_next_roster(plan=planned(), present=present, destination=tmp_path / "made", hall=early)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_written_over(present, hall, tmp_path):
    (tmp_path / "made").mkdir()
    with pytest.raises(CeremonyRefused, match="already"):
        sign_next_roster(plan=planned(), present=present, destination=tmp_path / "made", hall=hall)


def test_duties_that_never_meet_are_refused_before_the_ceremony():
    both = officer("ishikawa", "audit").rstrip()[:-1] + ', { duty = "intake", first_day = 2027-04-01 }]\n'
    with pytest.raises(PlanRefused):
        planned(officers=both)


def test_an_officer_without_a_key_is_refused(present, hall, tmp_path):
    bare = (
        '[[officers]]\nperson = "new"\nname = "新"\nduties = [{ duty = "intake", first_day = 2027-04-01 }]\n'
    )
    with pytest.raises(CeremonyRefused, match="security key"):
        sign_next_roster(
            plan=planned(officers=bare), present=present, destination=tmp_path / "made", hall=hall
        )
