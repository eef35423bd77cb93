"""The places of the office, in the groups of its head; a new one is a line here.

Each is the name of its address, its label, and what else is shown under it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from inro.practice.duties import Duty


@dataclass(frozen=True, slots=True)
class Place:
    """One place: the name of its address, its label, further pages that belong to it, the duty it is for."""

    name: str
    label: str
    also: tuple[str, ...] = ()
    duty: Duty | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Places under one word; `here` is the one that is shown, if it is among them."""

    label: str
    places: tuple[Place, ...]
    here: Place | None = None


GROUPS: tuple[Group, ...] = (
    Group(
        gettext_noop("Applications"),
        (
            Place("intake", gettext_noop("Intake")),
            Place("cases", gettext_noop("Cases")),
            Place("deadlines", gettext_noop("Deadlines"), also=("health",)),
            Place("exports", gettext_noop("Exports")),
        ),
    ),
    Group(
        gettext_noop("Mail room"),
        (
            Place("dispatch", gettext_noop("Dispatch")),
            Place("receipts", gettext_noop("Receipts")),
            Place("revocations", gettext_noop("Revocations")),
            Place("revoked_cards", gettext_noop("Cards of revoked certificates")),
        ),
    ),
    Group(
        gettext_noop("Notices"),
        (
            Place("letters", gettext_noop("Letters")),
            Place("campaigns", gettext_noop("Campaigns")),
            Place("notices", gettext_noop("Register of notices")),
            Place("discontinuation", gettext_noop("End of the service")),
        ),
    ),
    Group(
        gettext_noop("Records"),
        (
            Place("editions", gettext_noop("Editions")),
            Place("figures", gettext_noop("Figures")),
            Place("repository", gettext_noop("Repository")),
            Place("readings", gettext_noop("Who read what"), duty=Duty.AUDIT),
            Place("policy", gettext_noop("Policy"), duty=Duty.ISSUANCE_APPROVAL),
            Place("duties", gettext_noop("Duties"), also=("staff", "roster")),
        ),
    ),
)


def groups_for(duties: Collection[Duty], *, shown: str) -> Iterator[Group]:
    """Yield the groups with the places that somebody has, and which of them is shown."""
    for group in GROUPS:
        places = tuple(one for one in group.places if one.duty is None or one.duty in duties)
        here = next((one for one in places if shown == one.name or shown in one.also), None)
        yield Group(group.label, places, here)
