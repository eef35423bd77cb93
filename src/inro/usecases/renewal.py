"""The renewal of an earlier application: a new one, printed for the applicant to seal (6.2, 7, 8.11)."""

from dataclasses import dataclass
from datetime import datetime

from inro.practice.acts import Act
from inro.practice.application import ApplicationAct
from inro.practice.errors import Refused
from inro.practice.events import EventKind
from inro.practice.renewal import WAITED_FOR
from inro.practice.stated import StatedForm
from inro.store.ids import ApplicationId
from inro.store.reads.renewal import EarlierApplication, Renewal, renewals_of
from inro.usecases import application as applications
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.service_day import check_service_open


class RenewalUnderWay(Refused):
    """The renewal has come back already: its form is not printed again."""

    def __init__(self, *, number: str, renewal: str) -> None:
        super().__init__(number=number, renewal=renewal)
        self.number = number
        self.renewal = renewal


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedRenewal:
    """A renewal to be printed; `again` says that it was printed before, on the day of `drafted_at`."""

    application_id: ApplicationId
    number: str
    drafted_at: datetime
    again: bool


def open_renewal(
    *,
    earlier: EarlierApplication,
    form: StatedForm,
    edition: str,
    edition_sha256: str,
    actor: Actor,
    now: datetime,
) -> OpenedRenewal:
    """Begin the renewal of an application with its form printed, or print the one that is waited for again.

    A form that states something else, or stands under another edition, is another application with a number
    of its own (2.1, 7).

    Raises: DutyMissing, RenewalUnderWay, Conflict.
    """
    actor.check(Act.OPEN_RENEWAL)
    check_service_open(now)
    with act(actor=actor, now=now) as doing:
        renewals = renewals_of(earlier)
        check_not_under_way(earlier.number, renewals)
        waiting = [one for one in renewals if one.edition == edition and one.stated == form.as_record()]
        if waiting:
            _print(doing, waiting[-1].application_id, waiting[-1].number, earlier)
            return _opened(waiting[-1], again=True)
        made = applications.add_application(
            doing,
            form=form,
            edition=edition,
            edition_sha256=edition_sha256,
            now=now,
            predecessor=earlier.application,
            past=earlier.past,
        )
        _print(doing, ApplicationId(made.pk), made.number, earlier)
    return OpenedRenewal(
        application_id=ApplicationId(made.pk), number=made.number, drafted_at=made.drafted_at, again=False
    )


def check_not_under_way(number: str, renewals: tuple[Renewal, ...]) -> None:
    """Refuse to print for somebody whose renewal has come back.

    Raises: RenewalUnderWay.
    """
    for renewal in renewals:
        if renewal.state not in WAITED_FOR:
            raise RenewalUnderWay(number=number, renewal=renewal.number)


def _print(doing: Doing, application: ApplicationId, number: str, earlier: EarlierApplication) -> None:
    applications.step(application, ApplicationAct.PRINT_FORM)
    doing.record(
        EventKind.FORM_PRINTED,
        subject=applications.subject(number),
        renews=f"{earlier.service.value}/{earlier.number}",
    )


def _opened(renewal: Renewal, *, again: bool) -> OpenedRenewal:
    return OpenedRenewal(
        application_id=renewal.application_id,
        number=renewal.number,
        drafted_at=renewal.drafted_at,
        again=again,
    )
