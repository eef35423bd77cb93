"""Holds the key ceremony: tokens, CA certificate, roster, shares, transcript (Ordinance 6(17), 9.1)."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from inro.adapters.ca_token import CaToken
from inro.adapters.roster_token import RosterToken
from inro.adapters.token_address import (
    FIRST_DOCUMENT_KEY,
    JOURNAL_KEY,
    OCSP_KEY,
    SOFTHSM_MODULE,
    STATION_KEY,
    configure_soft_token,
)
from inro.adapters.token_keys import KeyAttributes, SigningKey, make_rsa_key, make_wrapping_key
from inro.ceremony.plan import Plan
from inro.ceremony.tokens import MadeToken, make_token
from inro.ceremony.transcript import Transcript
from inro.pki.assemble import assemble_ca_certificate
from inro.pki.ca_draft import draft_ca_certificate
from inro.pki.lint import blocking, lint_certificate
from inro.pki.profile import Profile
from inro.pki.roster import Credential, Officer, Roster, encode_roster, verify_roster
from inro.pki.serial import new_serial
from inro.practice.errors import Refused

_STATION_BITS = 3072
_OCSP_BITS = 2048


class CeremonyRefused(Refused):
    """A ceremony that can't be held now; `problem` says why. Nothing of it is left."""

    def __init__(self, *, problem: str, detail: str = "") -> None:
        super().__init__(problem=problem, detail=detail)
        self.problem = problem
        self.detail = detail

    def __str__(self) -> str:
        return ": ".join(part for part in (self.problem, self.detail) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """What the ceremony is given besides its plan.

    `hand_out` is called with custodian, token and share, and keeps none; `enrol` makes a security key known.
    """

    profile: Profile
    now: datetime
    random_bytes: Callable[[int], bytes]
    hand_out: Callable[[str, str, str], None]
    enrol: Callable[[Officer], Credential]
    show: Callable[[str], None]
    module: Path = SOFTHSM_MODULE


@dataclass(frozen=True, slots=True, kw_only=True)
class CeremonyRecord:
    """What the ceremony left in `folder`; `files` gives each file's SHA-256."""

    folder: Path
    serial: int
    certificate: bytes
    roster: Roster
    tokens: dict[str, dict[str, str]]
    files: dict[str, str]


def hold_ceremony(*, plan: Plan, destination: Path, hall: Hall) -> CeremonyRecord:
    """Hold the ceremony; `destination` comes into being whole at its end, or not at all.

    Raises: CeremonyRefused, DraftRefused, RosterRefused, PortError, OSError, and what the callables raise.
    """
    if destination.exists():
        raise CeremonyRefused(problem="there is something already", detail=str(destination))
    if not plan.not_before <= hall.now <= plan.not_after:
        detail = (
            f"{hall.now.isoformat()} is outside {plan.not_before.isoformat()} to {plan.not_after.isoformat()}"
        )
        raise CeremonyRefused(problem="the CA certificate would not be valid today", detail=detail)
    with _workplace(destination, hall) as work, ExitStack() as secrets:
        record = _Ceremony(plan=plan, hall=hall, work=work, secrets=secrets).run(destination)
        for name in record.tokens:
            configure_soft_token(work / "tokens" / name, place=destination / "tokens" / name)
        work.rename(destination)
    return record


@contextmanager
def _workplace(destination: Path, hall: Hall) -> Iterator[Path]:
    work = destination.with_name(f".{destination.name}.{hall.random_bytes(8).hex()}")
    work.mkdir(mode=0o700, parents=True)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


class _Ceremony:
    def __init__(self, *, plan: Plan, hall: Hall, work: Path, secrets: ExitStack) -> None:
        self._plan = plan
        self._hall = hall
        self._work = work
        self._secrets = secrets
        self._transcript = Transcript(hall.show)
        self._files: dict[str, str] = {}

    def run(self, destination: Path) -> CeremonyRecord:
        self._open_transcript()
        made = {plan.name: self._make_token(plan.name) for plan in self._plan.tokens}
        roster_key = self._make_roster_key(made["roster"])
        self._make_signing_key(made["station"], STATION_KEY, _STATION_BITS)
        self._make_signing_key(made["ocsp"], OCSP_KEY, _OCSP_BITS)
        self._make_document_key(made["documents"])
        serial, certificate = self._make_ca(made["ca"])
        roster = self._plan.roster.complete(self._hall.enrol)
        tokens = {name: _token_facts(token) for name, token in made.items()}
        self._split(made)
        self._sign_roster(made["roster"], roster, roster_key, tokens)
        return CeremonyRecord(
            folder=destination,
            serial=serial,
            certificate=certificate,
            roster=roster,
            tokens=tokens,
            files=dict(self._files),
        )

    def _open_transcript(self) -> None:
        write = self._transcript.write
        write("title", title=self._plan.title)
        write("held", at=self._hall.now.isoformat(timespec="seconds"))
        write("plan", sha256=self._plan.sha256)
        for person, name in self._plan.custodians.items():
            write("custodian", name=name, person=person)
        self._keep("plan.toml", self._plan.source)

    def _make_token(self, name: str) -> MadeToken:
        plan = next(plan for plan in self._plan.tokens if plan.name == name)
        made = make_token(
            plan=plan,
            folder=self._work / "tokens" / name,
            module=self._hall.module,
            random_bytes=self._hall.random_bytes,
        )
        self._secrets.callback(made.secret.close)
        self._transcript.write("token", name=name, **_token_facts(made))
        return made

    def _make_roster_key(self, made: MadeToken) -> bytes:
        with made.opened() as token:
            key = RosterToken.make(token)
            self._key_made(key.attributes, key.public_key_info, "roster-key.der")
            return key.public_key_info

    def _make_signing_key(self, made: MadeToken, label: str, bits: int) -> None:
        with made.opened() as token:
            make_rsa_key(token=token, label=label, bits=bits)
            key = SigningKey(token=token, label=label)
            self._key_made(key.attributes, key.public_key_info, f"{label}-key.der")

    def _make_document_key(self, made: MadeToken) -> None:
        with made.opened() as token:
            make_wrapping_key(token=token, label=FIRST_DOCUMENT_KEY)
            self._transcript.write("documents", label=FIRST_DOCUMENT_KEY)

    def _make_ca(self, made: MadeToken) -> tuple[int, bytes]:
        with made.opened() as token:
            ca = CaToken.make(token, bits=self._plan.key_bits)
            self._key_made(ca.attributes, ca.public_key_info, "ca-key.der")
            self._transcript.write("journal", label=JOURNAL_KEY)
            return self._make_certificate(ca)

    def _make_certificate(self, ca: CaToken) -> tuple[int, bytes]:
        plan, profile = self._plan, self._hall.profile
        serial = new_serial(self._hall.random_bytes)
        draft = draft_ca_certificate(
            name=plan.ca_name,
            public_key_info=ca.public_key_info,
            serial=serial,
            not_before=plan.not_before,
            not_after=plan.not_after,
            profile=profile,
        )
        findings = lint_certificate(certificate=draft.certificate, profile=profile, issuer=None)
        if stopping := blocking(findings=findings, profile=profile):
            raise CeremonyRefused(problem="lint stops the CA certificate", detail=str(stopping[0]))
        self._transcript.write("lint", count=len(findings))
        certificate = assemble_ca_certificate(tbs=draft.tbs, signature=ca.sign(draft.tbs))
        self._keep("ca.der", certificate)
        self._transcript.write(
            "certificate",
            serial=f"{serial:040x}",
            not_before=plan.not_before.isoformat(),
            not_after=plan.not_after.isoformat(),
            sha256=self._files["ca.der"],
        )
        return serial, certificate

    def _split(self, made: dict[str, MadeToken]) -> None:
        for name, token in made.items():
            plan = token.plan
            shares = token.shares()
            self._transcript.write("split", name=name, count=len(plan.custodians), threshold=plan.threshold)
            for person, share in zip(plan.custodians, shares, strict=True):
                self._hall.hand_out(person, name, share)
                self._transcript.write("share", name=self._plan.custodians[person], token=name)

    def _sign_roster(
        self, made: MadeToken, roster: Roster, key_info: bytes, tokens: dict[str, dict[str, str]]
    ) -> None:
        document = encode_roster(roster)
        with made.opened() as token:
            key = RosterToken(token)
            signature = key.sign(document)
            verify_roster(
                document=document, signature=signature, public_key_info=key_info, now=self._hall.now
            )
            self._keep("roster.json", document)
            self._keep("roster.sig", signature)
            self._write_officers(roster)
            self._end_transcript(key, tokens)

    def _write_officers(self, roster: Roster) -> None:
        for officer in roster.officers:
            self._transcript.write(
                "officer",
                name=officer.name,
                person=officer.person,
                keys=len(officer.credentials),
                duties=", ".join(period.duty for period in officer.duties),
            )
        self._transcript.write(
            "roster",
            version=roster.version,
            valid_from=roster.valid_from,
            valid_until=roster.valid_until,
            sha256=self._files["roster.json"],
        )

    def _end_transcript(self, key: RosterToken, tokens: dict[str, dict[str, str]]) -> None:
        for name, digest in self._files.items():
            self._transcript.write("file", name=name, sha256=digest)
        self._transcript.write("end")
        document = self._transcript.document()
        self._keep("transcript.txt", document)
        self._keep("transcript.sig", key.sign(document))
        record: dict[str, Any] = {
            "held_at": self._hall.now.isoformat(timespec="seconds"),
            "plan_sha256": self._plan.sha256,
            "tokens": tokens,
            "files": self._files,
        }
        (self._work / "record.json").write_text(json.dumps(record, indent=1) + "\n", "utf-8")

    def _key_made(self, attributes: KeyAttributes, public_key_info: bytes, file: str) -> None:
        self._keep(file, public_key_info)
        self._transcript.write("key", label=attributes.label, bits=attributes.bits, sha256=self._files[file])

    def _keep(self, name: str, content: bytes) -> None:
        (self._work / name).write_bytes(content)
        self._files[name] = hashlib.sha256(content).hexdigest()


def _token_facts(made: MadeToken) -> dict[str, str]:
    address = made.address
    return {"label": address.label, "serial": address.serial or "", "module": str(address.module)}
