"""What a ceremony is to do: one TOML file becomes a plan, or is refused by key (Ordinance 6(17))."""

import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor

from inro.adapters.custodian_shares import MOST_CUSTODIANS
from inro.adapters.token_keys import RSA_BITS
from inro.pki.assertion import AssertionRefused, decode_octets
from inro.pki.ca_draft import CaName
from inro.pki.roster import AuthenticatorMedium, Credential, Officer, Roster, RosterRefused
from inro.pki.section import ProfileRefused, Section
from inro.practice.calendar import add_months, end_of_day, start_of_day
from inro.practice.duties import Duty, DutyPeriod, SeparationBreached
from inro.practice.errors import Refused

TOKENS = ("ca", "station", "roster", "documents", "ocsp")
_MOST_YEARS = 30


class PlanRefused(Refused):
    """A ceremony file that can't be held; `path` names the key, `problem` what is wrong with it."""

    def __init__(self, *, path: str, problem: str) -> None:
        super().__init__(path=path, problem=problem)
        self.path = path
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPlan:
    """One token to make: its label, and the custodians of whom `threshold` bring its PINs back."""

    name: str
    label: str
    threshold: int
    custodians: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPlan:
    """The officers' roster to sign; an officer without credentials is enrolled at the ceremony."""

    version: int
    valid_from: date
    valid_until: date
    rp_id: str
    origins: tuple[str, ...]
    officers: tuple[Officer, ...]

    def complete(self, enrol: Callable[[Officer], Credential]) -> Roster:
        """Return the roster, with a security key enrolled for every officer the file gives none.

        Raises: RosterRefused, AssertionRefused, SeparationBreached.
        """
        return Roster(
            version=self.version,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            rp_id=self.rp_id,
            origins=self.origins,
            officers=tuple(_enrolled(officer, enrol) for officer in self.officers),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A ceremony that can be held; made by `load_plan` only.

    `sha256` is that of the file. `custodians` gives each custodian's name by person id.
    """

    source: bytes
    title: str
    ca_name: CaName
    key_bits: int
    not_before: datetime
    not_after: datetime
    custodians: dict[str, str]
    tokens: tuple[TokenPlan, ...]
    roster: RosterPlan

    @property
    def sha256(self) -> str:
        """SHA-256 of the file, lower-case hexadecimal."""
        return hashlib.sha256(self.source).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRoster:
    """A later ceremony for the next roster alone; made by `load_roster_plan` only."""

    source: bytes
    title: str
    roster: RosterPlan

    @property
    def sha256(self) -> str:
        """SHA-256 of the file, lower-case hexadecimal."""
        return hashlib.sha256(self.source).hexdigest()


def load_roster_plan(source: bytes, *, ca_ends: datetime) -> PlannedRoster:
    """Read the file of a ceremony for the next roster: title, roster, officers (TOML).

    Raises: PlanRefused naming the key and the mistake.
    """
    return _loaded(source, lambda section: _planned_roster(section, source, ca_ends))


def load_plan(source: bytes) -> Plan:
    """Read a ceremony file (TOML).

    Raises: PlanRefused naming the key and the mistake.
    """
    return _loaded(source, lambda section: _plan(section, source))


def _loaded[Made](source: bytes, make: Callable[[Section], Made]) -> Made:
    try:
        raw = tomllib.loads(source.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PlanRefused(path="file", problem=str(error)) from error
    try:
        return make(Section(raw))
    except ProfileRefused as error:
        raise PlanRefused(path=error.path, problem=error.problem) from error


def _planned_roster(section: Section, source: bytes, ca_ends: datetime) -> PlannedRoster:
    title, roster = section.take_text("title"), _roster(section, ca_ends)
    section.close()
    return PlannedRoster(source=source, title=title, roster=roster)


def _plan(section: Section, source: bytes) -> Plan:
    title = section.take_text("title")
    ca = section.take_section("ca")
    name, bits = _ca_name(ca), ca.take("key_bits", int)
    if bits not in RSA_BITS:
        raise PlanRefused(path="ca.key_bits", problem=f"{bits} is none of {RSA_BITS}")
    not_before, not_after = _validity(ca)
    ca.close()
    custodians = _custodians(section)
    tokens = section.take_section("tokens")
    plans = tuple(_token(tokens.take_section(name), name, custodians) for name in TOKENS)
    tokens.close()
    if len({plan.label for plan in plans}) != len(plans):
        raise PlanRefused(path="tokens", problem="two tokens of one label")
    roster = _roster(section, not_after)
    section.close()
    return Plan(
        source=source,
        title=title,
        ca_name=name,
        key_bits=bits,
        not_before=not_before,
        not_after=not_after,
        custodians=custodians,
        tokens=plans,
        roster=roster,
    )


def _ca_name(section: Section) -> CaName:
    return CaName(
        organization=section.take_text("organization"),
        unit=section.take_text("unit") if section.has("unit") else None,
        common_name=section.take_text("common_name"),
    )


def _validity(section: Section) -> tuple[datetime, datetime]:
    """The certificate begins with a JST day and ends `years` later with the last second of the day before."""
    first = section.take("valid_from", date)
    years = section.take_number("years", least=1, most=_MOST_YEARS)
    last = date.fromordinal(add_months(first, 12 * years).toordinal() - 1)
    return start_of_day(first), end_of_day(last)


def _custodians(section: Section) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in _tables(section, "custodians"):
        person = item.take_text("person")
        if person in found:
            raise PlanRefused(path=item.path("person"), problem=f"{person} is there twice")
        found[person] = item.take_text("name")
        item.close()
    return found


def _token(section: Section, name: str, known: dict[str, str]) -> TokenPlan:
    label = section.take_text("label")
    threshold = section.take("threshold", int)
    custodians = section.take_list("custodians", str)
    section.close()
    if len(label.encode()) > 32:
        raise PlanRefused(path=section.path("label"), problem="longer than 32 octets")
    if not 2 <= threshold <= len(custodians) <= MOST_CUSTODIANS:
        problem = f"{threshold} of {len(custodians)}: needs 2 <= threshold <= custodians <= {MOST_CUSTODIANS}"
        raise PlanRefused(path=section.path("threshold"), problem=problem)
    strangers = [person for person in custodians if person not in known]
    if strangers:
        raise PlanRefused(path=section.path("custodians"), problem=f"{strangers[0]} is no custodian")
    return TokenPlan(name=name, label=label, threshold=threshold, custodians=custodians)


def _roster(section: Section, ca_ends: datetime) -> RosterPlan:
    table = section.take_section("roster")
    plan = RosterPlan(
        version=table.take_number("version", least=1, most=2**31),
        valid_from=table.take("valid_from", date),
        valid_until=table.take("valid_until", date),
        rp_id=table.take_text("rp_id"),
        origins=table.take_list("origins", str),
        officers=tuple(_officer(item) for item in _tables(section, "officers")),
    )
    table.close()
    if plan.valid_until < plan.valid_from or start_of_day(plan.valid_until) > ca_ends:
        problem = "before valid_from, or after the CA certificate's end"
        raise PlanRefused(path="roster.valid_until", problem=problem)
    _check_roster(plan)
    return plan


def _check_roster(plan: RosterPlan) -> None:
    """Try the roster with stand-ins for the keys to be enrolled: its mistakes show before the ceremony."""
    try:
        plan.complete(_stand_in)
    except (RosterRefused, AssertionRefused, SeparationBreached) as error:
        raise PlanRefused(path="officers", problem=f"{type(error).__name__} {error.data}") from error


def _stand_in(officer: Officer) -> Credential:
    place = hashlib.sha256(officer.person.encode()).digest()
    point = (
        ec.derive_private_key(int.from_bytes(place[:16]) + 1, ec.SECP256R1()).public_key().public_numbers()
    )
    key = cbor.encode({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})
    return Credential(credential_id=place, public_key=key, medium=AuthenticatorMedium.VIRTUAL)


def _officer(section: Section) -> Officer:
    officer = Officer(
        person=section.take_text("person"),
        name=section.take_text("name"),
        credentials=tuple(_credential(item) for item in _tables(section, "credentials", needed=False)),
        duties=tuple(_duty(item) for item in _tables(section, "duties")),
    )
    section.close()
    return officer


def _duty(section: Section) -> DutyPeriod:
    period = DutyPeriod(
        duty=_choice(section, "duty", Duty),
        first_day=section.take("first_day", date),
        last_day=section.take("last_day", date) if section.has("last_day") else None,
    )
    section.close()
    if period.last_day is not None and period.last_day < period.first_day:
        raise PlanRefused(path=section.path("last_day"), problem="before first_day")
    return period


def _credential(section: Section) -> Credential:
    credential = Credential(
        credential_id=_octets(section, "id"),
        public_key=_octets(section, "public_key"),
        medium=_choice(section, "medium", AuthenticatorMedium),
    )
    section.close()
    return credential


def _octets(section: Section, key: str) -> bytes:
    try:
        return decode_octets(section.take_text(key))
    except ValueError as error:
        raise PlanRefused(path=section.path(key), problem="not base64url without padding") from error


def _choice[Kind: (Duty, AuthenticatorMedium)](section: Section, key: str, kind: type[Kind]) -> Kind:
    text = section.take_text(key)
    if text not in list(kind):
        raise PlanRefused(path=section.path(key), problem=f"{text} is none of {', '.join(kind)}")
    return kind(text)


def _tables(section: Section, key: str, *, needed: bool = True) -> list[Section]:
    if not needed and not section.has(key):
        return []
    tables: list[Any] = section.take(key, list)
    if needed and not tables:
        raise PlanRefused(path=section.path(key), problem="empty")
    return [Section(item, f"{section.path(key)}[{number}]") for number, item in enumerate(tables)]


def _enrolled(officer: Officer, enrol: Callable[[Officer], Credential]) -> Officer:
    if officer.credentials:
        return officer
    return Officer(
        person=officer.person,
        name=officer.name,
        credentials=(enrol(officer),),
        duties=officer.duties,
    )
