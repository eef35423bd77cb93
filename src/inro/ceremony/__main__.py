"""`python -m inro.ceremony`: holds a key ceremony at a terminal, offline (Ordinance 6(17))."""

import argparse
import secrets
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from getpass import getpass
from pathlib import Path

from inro.adapters.custodian_shares import recover_pin
from inro.adapters.locked_memory import forbid_dumps, lock_all_memory, wipe
from inro.adapters.token_address import SOFTHSM_MODULE, read_address
from inro.ceremony.destruction import DestructionHall, hold_destruction, load_destruction_plan
from inro.ceremony.next_roster import RosterHall, sign_next_roster
from inro.ceremony.plan import PlanRefused, load_plan, load_roster_plan
from inro.ceremony.run import CeremonyRefused, Hall, hold_ceremony
from inro.configuration.errors import ConfigurationRefused
from inro.configuration.policy import load_profile_file
from inro.configuration.trust import read_signed_roster, read_trust
from inro.pki.draft import DraftRefused
from inro.pki.issuer import issuer_of
from inro.pki.roster import Credential, Officer, RosterRefused
from inro.pki.section import ProfileRefused
from inro.ports.errors import PortError
from inro.words.way_out import refusal_line

_REFUSALS = (
    PortError,
    PlanRefused,
    CeremonyRefused,
    ProfileRefused,
    DraftRefused,
    RosterRefused,
    ConfigurationRefused,
    OSError,
)
_CLEAR = "\033[2J\033[3J\033[H"


def hand_out(custodian: str, token: str, share: str) -> None:
    """Show a share to its custodian alone, and clear the screen once it is on paper."""
    input(f"{custodian}: {token}: 一人で画面の前へ。Enter / alone at the screen, then Enter ")
    input(f"{_CLEAR}{share}\n\n書き写したら Enter / Enter once it is on paper ")
    print(_CLEAR, end="")


def enrol(officer: Officer) -> Credential:
    """Refuse: the plan of a production ceremony names every officer's security key.

    Raises: CeremonyRefused.
    """
    raise CeremonyRefused(problem="the plan gives an officer no security key", detail=officer.person)


def ask_share(number: int) -> str:
    """Let a custodian type a share, unseen."""
    return getpass(f"鍵管理者 {number} の分担 / share {number}: ")


def ask_for_token(name: str) -> bytearray:
    """Let a token's custodians type their shares, and bring its PIN back."""
    print(f"トークン {name} の鍵管理者は前へ / custodians of token {name}, come forward")
    return recover_pin(ask_share)


def ask_to_confirm(person: str, what: str) -> bool:
    """Let a person type their own id under what they confirm."""
    asked = {
        "share-destroyed": "分担の紙を裁断しました / my share is shredded",
        "witnessed": "廃棄に立ち会いました / I saw the keys destroyed",
    }[what]
    return input(f"{asked}: {person} > ").strip() == person


def main(arguments: Sequence[str] | None = None) -> int:
    """Hold the ceremony that is asked for; return the exit status."""
    told = list(sys.argv[1:] if arguments is None else arguments)
    forbid_dumps()
    if not lock_all_memory():
        print("メモリを固定できません / memory can't be locked: switch swap off", file=sys.stderr)
    try:
        if told[:1] == ["next-roster"]:
            _hold_for_roster(told[1:])
        elif told[:1] == ["destroy-key"]:
            _hold_destruction(told[1:])
        else:
            _hold(told)
    except _REFUSALS as error:
        # The folder comes into being whole or not at all, so nothing is left of a ceremony that broke off.
        print(refusal_line("inro ceremony", error), file=sys.stderr)
        return 1
    return 0


def _hold(told: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="inro ceremony")
    parser.add_argument("plan", type=Path, help="the ceremony's TOML file")
    parser.add_argument("destination", type=Path, help="folder to make")
    parser.add_argument("--profile", type=Path, required=True, help="profile of the CA certificate (TOML)")
    parser.add_argument("--module", type=Path, default=SOFTHSM_MODULE, help="PKCS#11 module")
    given = parser.parse_args(told)
    hall = Hall(
        profile=load_profile_file(given.profile),
        now=datetime.now(UTC),
        random_bytes=secrets.token_bytes,
        hand_out=hand_out,
        enrol=enrol,
        show=print,
        module=given.module,
    )
    hold_ceremony(plan=load_plan(given.plan.read_bytes()), destination=given.destination, hall=hall)


def _hold_for_roster(told: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="inro ceremony next-roster")
    parser.add_argument("plan", type=Path, help="title, roster and officers (TOML)")
    parser.add_argument("destination", type=Path, help="folder to make")
    parser.add_argument("--trust", type=Path, required=True, help="folder of the first ceremony")
    given = parser.parse_args(told)
    issuer = issuer_of(read_trust(given.trust / "ca.der"))
    plan = load_roster_plan(given.plan.read_bytes(), ca_ends=issuer.not_after)
    present, address = read_signed_roster(given.trust), read_address(given.trust / "tokens" / "roster")
    pin = recover_pin(ask_share)
    try:
        hall = RosterHall(address=address, pin=pin, now=datetime.now(UTC), show=print)
        sign_next_roster(plan=plan, present=present, destination=given.destination, hall=hall)
    finally:
        wipe(pin)


def _hold_destruction(told: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="inro ceremony destroy-key")
    parser.add_argument("plan", type=Path, help="title, witnesses, tokens, shares (TOML)")
    parser.add_argument("destination", type=Path, help="folder to make")
    parser.add_argument("--trust", type=Path, required=True, help="folder of the first ceremony")
    parser.add_argument("--last-list", type=Path, required=True, help="the last full CRL (DER)")
    given = parser.parse_args(told)
    hall = DestructionHall(
        trust=given.trust,
        last_list=given.last_list.read_bytes(),
        now=datetime.now(UTC),
        pin=ask_for_token,
        confirm=ask_to_confirm,
        show=print,
    )
    plan = load_destruction_plan(given.plan.read_bytes())
    hold_destruction(plan=plan, destination=given.destination, hall=hall)


if __name__ == "__main__":
    sys.exit(main())
