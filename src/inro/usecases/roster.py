"""Which roster of officers is in force (9.1, 40(7))."""

from datetime import datetime

from inro.pki.roster import Roster, verify_roster
from inro.practice.events import EventKind
from inro.store.models import InstalledRoster
from inro.usecases.act import act
from inro.usecases.actor import Actor


def install_roster(
    *, document: bytes, signature: bytes, public_key_info: bytes, actor: Actor, now: datetime
) -> Roster:
    """Record a roster that a ceremony signed, as signed: decisions are verified against it for ever.

    `public_key_info` is the roster key's (SubjectPublicKeyInfo, DER), which the caller trusts.

    Raises: DutyMissing, RosterRefused for one not signed, not in force or older than one on record,
    SeparationBreached, Conflict when this version is on record already.
    """
    actor.check_process()
    newest = InstalledRoster.objects.order_by("-version").values_list("version", flat=True).first()
    roster = verify_roster(
        document=document,
        signature=signature,
        public_key_info=public_key_info,
        now=now,
        minimum_version=newest or 1,
    )
    with act(actor=actor, now=now) as doing:
        InstalledRoster.objects.create(
            version=roster.version,
            sha256=roster.sha256,
            document=document,
            signature=signature,
            installed_at=now,
        )
        doing.record(EventKind.ROSTER_INSTALLED, subject=f"roster/{roster.version}", sha256=roster.sha256)
    return roster
