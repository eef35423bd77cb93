"""The notices of a mass revocation, some hundred letters at a time, as of single ones (22.2, 27)."""

from datetime import datetime

from inro.practice.acts import Act
from inro.store.reads.mass_list import untold_cases
from inro.store.reads.mass_revocation import mass_revocation
from inro.store.reads.revocation import revocation_case
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.revocation_letters import add_revocation_notice

# A lot of letters for the printer.
LOT = 500


def write_mass_notices(*, number: str, actor: Actor, now: datetime) -> int:
    """Write the next lot of notices to subscribers, ready to be printed and posted; return how many.

    Whom informing is impossible is told by the desk to the organization, case by case.

    Raises: DutyMissing, Unknown, Conflict where another person writes the same.
    """
    actor.check(Act.WRITE_MASS_NOTICES)
    cases = untold_cases(mass_revocation(number).mass_id, most=LOT)
    with act(actor=actor, now=now) as doing:
        for case in cases:
            add_revocation_notice(doing, record=revocation_case(case), by=actor.name, at=now)
        if not cases:
            doing.nothing()
    return len(cases)
