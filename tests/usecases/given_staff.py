"""A staff with two administrators who have enrolled, and what one asks of them."""

import hashlib
import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from inro.practice.calendar import jst_date
from inro.practice.duties import Duty
from inro.practice.enrolment import CodeHalf, new_half
from inro.store.ids import PasskeyId, ProposalId
from inro.usecases.actor import Actor, process
from inro.usecases.enrolment import enrol_passkey, open_enrolment
from inro.usecases.sign_in import SignedIn, sign_in
from inro.usecases.staff import Founder, appoint_staff, found_staff, propose_appointment
from tests import given
from tests.passkeys import HERE, SecurityKey

NOW = given.NOW
TODAY = jst_date(NOW)
OFFICE = process("office")
OPERATOR = process("operator-1000")
FIRST, SECOND, THIRD = "ogata", "miyata", "kishi"
NAMES = {FIRST: "緒方　学", SECOND: "宮田　恵子", THIRD: "岸　航", "mori": "森　咲子", "ishii": "石井　翼"}
_drawn = random.Random(9)


def half() -> CodeHalf:
    """Return half a code that no other test has."""
    return CodeHalf(text=new_half(_drawn.choice), salt=_drawn.randbytes(16))


def administrator(person: str) -> Actor:
    """Return an administrator as the office's door finds them."""
    return Actor(name=person, duties=frozenset({Duty.SYSTEM_ADMINISTRATION}))


@dataclass(slots=True)
class Door:
    """The office's door: draws a challenge for every answer."""

    drawn: int = field(default=0)

    def challenge(self) -> bytes:
        """Return a challenge that was never drawn before."""
        self.drawn += 1
        return hashlib.sha256(str(self.drawn).encode()).digest()

    def enrol(
        self, person: str, first: str, second: str, key: SecurityKey, *, now: datetime = NOW
    ) -> PasskeyId:
        """Enrol a key by a code."""
        code = open_enrolment(person=person, first=first, second=second, actor=OFFICE, now=now)
        challenge = self.challenge()
        return enrol_passkey(
            code=code,
            registration=key.register(challenge),
            challenge=challenge,
            relying_party=HERE,
            label="鍵",
            actor=OFFICE,
            now=now,
        )

    def sign_in(self, key: SecurityKey, *, now: datetime = NOW) -> SignedIn:
        """Sign in with a key."""
        challenge = self.challenge()
        return sign_in(
            assertion=key.sign(challenge), challenge=challenge, relying_party=HERE, actor=OFFICE, now=now
        )


def founded(*, now: datetime = NOW) -> dict[str, tuple[CodeHalf, CodeHalf]]:
    """Found the staff and return each administrator's code."""
    codes = {person: (half(), half()) for person in (FIRST, SECOND)}
    founders = [
        Founder(person=person, name=NAMES[person], first=one, second=other)
        for person, (one, other) in codes.items()
    ]
    found_staff(founders=founders, actor=OPERATOR, now=now)
    return codes


def staffed(*, now: datetime = NOW) -> dict[str, SecurityKey]:
    """Found the staff, let both enrol, and return their keys."""
    keys = {}
    for person, (one, other) in founded(now=now).items():
        keys[person] = SecurityKey()
        Door().enrol(person, one.text, other.text, keys[person], now=now)
    return keys


def proposed(
    person: str = "mori",
    *duties: Duty,
    by: str = FIRST,
    first_day: date = TODAY,
    last_day: date | None = None,
    first: CodeHalf | None = None,
    now: datetime = NOW,
) -> ProposalId:
    """Propose an appointment."""
    return propose_appointment(
        person=person,
        name=NAMES[person],
        duties=duties or (Duty.INTAKE,),
        first_day=first_day,
        last_day=last_day,
        half=first or half(),
        actor=administrator(by),
        now=now,
    ).proposal


def appointed(
    person: str = "mori", *duties: Duty, last_day: date | None = None, now: datetime = NOW
) -> SecurityKey:
    """Appoint a person by both administrators, let them enrol, and return their key."""
    first, second, key = half(), half(), SecurityKey()
    proposal = proposed(person, *duties, last_day=last_day, first_day=jst_date(now), first=first, now=now)
    appoint_staff(proposal=proposal, half=second, actor=administrator(SECOND), now=now)
    Door().enrol(person, first.text, second.text, key, now=now)
    return key


def later(**passed: int) -> datetime:
    """Return an instant some time after NOW."""
    return NOW + timedelta(**passed)
