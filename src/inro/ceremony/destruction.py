"""The last ceremony: keys destroyed on every token, absence checked, witnessed, signed (11; Ordinance 6(17)).

A key destroyed by mistake does not come back, so the ceremony asks for the last list first: one that this CA
signed and that stands for years. What was done so far is on disk at once; held again, it goes on.
"""

import hashlib
import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509

from inro.adapters.key_destruction import DestroyedToken, destroy_keys
from inro.adapters.locked_memory import wipe
from inro.adapters.roster_token import RosterToken
from inro.adapters.token_address import ROSTER_KEY, read_address
from inro.ceremony.plan import PlanRefused
from inro.ceremony.run import CeremonyRefused
from inro.ceremony.transcript import Transcript
from inro.pki.der import EncodingRefused
from inro.pki.section import ProfileRefused, Section
from inro.pki.signature import AlgorithmNotPermitted, verify_signed

STANDS_AT_LEAST = timedelta(days=365)
# Whose public keys the first ceremony left beside the certificate; the others hold secrets alone.
_KEY_FILES = {"ca": "ca-key.der", "ocsp": "ocsp-key.der", "station": "station-key.der"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DestructionPlan:
    """What is destroyed before whom; made by `load_destruction_plan` only.

    `tokens` gives each token's folders, copies among them; `shares` who held a share of its PIN.
    """

    source: bytes
    title: str
    witnesses: Mapping[str, str]
    tokens: Mapping[str, tuple[Path, ...]]
    shares: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DestructionHall:
    """What the ceremony is held with.

    `pin` brings a token's PIN back from its custodians; `confirm` asks a person to confirm what the line says
    and answers whether they did.
    """

    trust: Path
    last_list: bytes
    now: datetime
    pin: Callable[[str], bytearray]
    confirm: Callable[[str, str], bool]
    show: Callable[[str], None]


def load_destruction_plan(source: bytes) -> DestructionPlan:
    """Read the file of a destruction: title, witnesses, tokens, shares (TOML).

    Raises: PlanRefused naming the key and the mistake.
    """
    try:
        section = Section(tomllib.loads(source.decode("utf-8")))
        plan = DestructionPlan(
            source=source,
            title=section.take_text("title"),
            witnesses={person: str(name) for person, name in _table(section, "witnesses").items()},
            tokens={name: tuple(map(Path, places)) for name, places in _table(section, "tokens").items()},
            shares={name: tuple(people) for name, people in _table(section, "shares").items()},
        )
        section.close()
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError) as error:
        raise PlanRefused(path="file", problem=str(error)) from error
    except ProfileRefused as error:
        raise PlanRefused(path=error.path, problem=error.problem) from error
    if len(plan.witnesses) < 2:
        raise PlanRefused(path="witnesses", problem="fewer than two")
    if ROSTER_KEY in plan.tokens or "ca" not in plan.tokens:
        raise PlanRefused(path="tokens", problem="name ca, and not roster: its key signs the record")
    if missing := sorted(plan.tokens.keys() - plan.shares.keys()):
        raise PlanRefused(path=f"shares.{missing[0]}", problem="missing")
    return plan


def hold_destruction(*, plan: DestructionPlan, destination: Path, hall: DestructionHall) -> dict[str, Any]:
    """Destroy the plan's keys and leave the signed record in `destination`; return the record.

    Broken off, the lines so far stay in `destination`.unfinished, and holding it again finishes it.

    Raises: CeremonyRefused, KeyRefused, PinRefused, PortError, OSError.
    """
    if destination.exists():
        raise CeremonyRefused(problem="there is something already", detail=str(destination))
    _check_last_list(hall)
    work = destination.with_name(f".{destination.name}.unfinished")
    work.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = work / "lines.txt"
    earlier = lines.read_text("utf-8").splitlines() if lines.exists() else []
    transcript = Transcript(_kept_by(lines, hall.show), earlier=earlier)
    _open(transcript, plan, hall)
    for name, folders in plan.tokens.items():
        _destroy(name, folders, transcript, hall)
        for person in plan.shares[name]:
            _confirmed(person, "share-destroyed", transcript, hall, token=name)
    for person, called in plan.witnesses.items():
        _confirmed(person, "witnessed", transcript, hall, name=called)
    transcript.write("end")
    record = _sign(transcript.document(), plan, work, hall)
    lines.unlink()
    work.rename(destination)
    return record


def _check_last_list(hall: DestructionHall) -> None:
    authority = x509.load_der_x509_certificate((hall.trust / "ca.der").read_bytes())
    try:
        due = x509.load_der_x509_crl(hall.last_list).next_update_utc
        key_info = (hall.trust / "ca-key.der").read_bytes()
        signed = verify_signed(signed=hall.last_list, public_key_info=key_info)
    except (ValueError, AlgorithmNotPermitted, EncodingRefused) as error:
        raise CeremonyRefused(problem="the last list is no list of this CA", detail=str(error)) from error
    if not signed or due is None or due < hall.now + STANDS_AT_LEAST:
        detail = f"{authority.subject.rfc4514_string()}, nextUpdate {due}"
        raise CeremonyRefused(
            problem="the last list is not this CA's, or stands for days only", detail=detail
        )


def _open(transcript: Transcript, plan: DestructionPlan, hall: DestructionHall) -> None:
    transcript.write("destruction-title", title=plan.title)
    transcript.write("held", at=hall.now.isoformat(timespec="seconds"))
    transcript.write("plan", sha256=hashlib.sha256(plan.source).hexdigest())
    transcript.write("ca-key", sha256=hashlib.sha256((hall.trust / "ca-key.der").read_bytes()).hexdigest())
    transcript.write("last-list", sha256=hashlib.sha256(hall.last_list).hexdigest())


def _destroy(name: str, folders: tuple[Path, ...], transcript: Transcript, hall: DestructionHall) -> None:
    key_file = _KEY_FILES.get(name)
    key_info = (hall.trust / key_file).read_bytes() if key_file else None
    pin = hall.pin(name)
    try:
        for folder in folders:
            done = destroy_keys(address=read_address(folder), pin=pin, public_key_info=key_info)
            transcript.write("destroyed", name=name, **_facts(done))
    finally:
        wipe(pin)


def _facts(done: DestroyedToken) -> dict[str, Any]:
    return {
        "place": done.folder,
        "serial": done.serial,
        "labels": ", ".join(done.labels) or "-",
        "before": done.before,
        "after": done.after,
    }


def _confirmed(person: str, key: str, transcript: Transcript, hall: DestructionHall, **facts: object) -> None:
    if not hall.confirm(person, key):
        raise CeremonyRefused(problem="somebody did not confirm", detail=f"{person}: {key}")
    transcript.write(key, person=person, **facts)


def _sign(document: bytes, plan: DestructionPlan, work: Path, hall: DestructionHall) -> dict[str, Any]:
    pin = hall.pin(ROSTER_KEY)
    try:
        with RosterToken.open(read_address(hall.trust / "tokens" / ROSTER_KEY), pin) as token:
            signature = token.sign(document)
    finally:
        wipe(pin)
    record: dict[str, Any] = {
        "destroyed_at": hall.now.isoformat(timespec="seconds"),
        "ca_key_sha256": hashlib.sha256((hall.trust / "ca-key.der").read_bytes()).hexdigest(),
        "tokens": {name: [str(folder) for folder in folders] for name, folders in plan.tokens.items()},
        "transcript_sha256": hashlib.sha256(document).hexdigest(),
    }
    files = {
        "transcript.txt": document,
        "transcript.sig": signature,
        "plan.toml": plan.source,
        "record.json": (json.dumps(record, indent=1) + "\n").encode(),
    }
    for name, octets in files.items():
        (work / name).write_bytes(octets)
    return record


def _kept_by(file: Path, show: Callable[[str], None]) -> Callable[[str], None]:
    def keep(line: str) -> None:
        with file.open("a", encoding="utf-8") as kept:
            kept.write(f"{line}\n")
        show(line)

    return keep


def _table(section: Section, key: str) -> dict[str, Any]:
    return section.take_section(key).take_rest()
