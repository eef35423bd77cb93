"""Applications whose certificates end, from before this platform too, with what renews them (6.2, 8.11)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from inro.practice.application import ApplicationState
from inro.practice.calendar import end_of_day, start_of_day
from inro.practice.card import CardState
from inro.practice.certificate import CertificateState
from inro.practice.past_application import PastApplication as StatedPast
from inro.practice.past_application import PastService
from inro.practice.renewal import CAME_TO_NOTHING, NotRenewable, RenewalObstacle
from inro.practice.stated import StatedBilling, StatedForm
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, PastApplicationId
from inro.store.models import Application, Card, Certificate, PastApplication

_AT_ONCE = 500
_LONGEST_NUMBER = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """An application that renews another, unless it came to nothing."""

    application_id: ApplicationId
    number: str
    state: ApplicationState
    edition: str
    drafted_at: datetime
    stated: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierApplication:
    """An application and its certificate, wherever it is kept: one of the two ids is there.

    `certificate_number` is on the card's face. `contact` is whom the form is posted to, None for the
    applicant. `renewals` are in the order of their making.
    """

    application: ApplicationId | None
    past: PastApplicationId | None
    service: PastService
    number: str
    certificate_number: str
    not_after: datetime
    form: StatedForm
    contact: StatedBilling | None
    renewals: tuple[Renewal, ...]


def earlier_applications(number: str) -> tuple[EarlierApplication, ...]:
    """Return the applications of a number: two where both services gave it out.

    Raises: Unknown; NotRenewable where there is nothing to renew from.
    """
    if len(number) > _LONGEST_NUMBER or not number.replace("-", "").isalnum() or not number.isascii():
        raise Unknown(what="application", detail="no such number")
    own = _certified().filter(number=number).first()
    past = PastApplication.objects.filter(number=number).order_by("-service")
    found = [*([_of_own(own)] if own else []), *map(_of_past, past)]
    if not found:
        raise Unknown(what="application", detail=number)
    return tuple(found)


def ending_applications(*, since: date, by: date) -> Iterator[EarlierApplication]:
    """Yield the applications whose valid certificates end from one day to another, the first first (6.2)."""
    own = _certified().filter(
        certificate__state=CertificateState.VALID,
        certificate__not_after__gte=start_of_day(since),
        certificate__not_after__lte=end_of_day(by),
        stated__isnull=False,
    )
    past = PastApplication.objects.filter(ends_on__gte=since, ends_on__lte=by, stated__isnull=False)
    for application in own.order_by("certificate__not_after", "pk").iterator(_AT_ONCE):
        yield _of_own(application)
    for row in past.order_by("ends_on", "pk").iterator(_AT_ONCE):
        yield _of_past(row)


def renewals_of(earlier: EarlierApplication) -> tuple[Renewal, ...]:
    """Return what renews an application now; the row is locked until the transaction ends."""
    # Two who print the same renewal at once wait for each other.
    if earlier.application is not None:
        return _renewals(Application.objects.select_for_update().get(pk=earlier.application))
    return _renewals(PastApplication.objects.select_for_update().get(pk=earlier.past or 0))


def _certified() -> QuerySet[Application]:
    return Application.objects.select_related("certificate")


def _of_own(row: Application) -> EarlierApplication:
    certificate: Certificate | None = getattr(row, "certificate", None)
    if row.stated is None:
        raise NotRenewable(number=row.number, obstacle=RenewalObstacle.DISPOSED)
    if certificate is None:
        raise NotRenewable(number=row.number, obstacle=RenewalObstacle.NO_CERTIFICATE)
    if certificate.state == CertificateState.REVOKED:
        raise NotRenewable(number=row.number, obstacle=RenewalObstacle.REVOKED)
    card = Card.objects.filter(application=row).exclude(state=CardState.SPOILED).order_by("-pk").first()
    return EarlierApplication(
        application=ApplicationId(row.pk),
        past=None,
        service=PastService.PRESENT,
        number=row.number,
        certificate_number=card.serial if card is not None else "",
        not_after=certificate.not_after,
        form=StatedForm.from_record(row.stated),
        contact=None,
        renewals=_renewals(row),
    )


def _of_past(row: PastApplication) -> EarlierApplication:
    if row.stated is None:
        raise NotRenewable(number=row.number, obstacle=RenewalObstacle.DISPOSED)
    stated = StatedPast.from_record(
        row.stated,
        service=PastService(row.service),
        number=row.number,
        applied_on=row.applied_on,
        certificate_number=row.certificate_number,
        ends_on=row.ends_on,
    )
    return EarlierApplication(
        application=None,
        past=PastApplicationId(row.pk),
        service=stated.service,
        number=row.number,
        certificate_number=row.certificate_number,
        not_after=stated.not_after,
        form=stated.form,
        contact=stated.contact,
        renewals=_renewals(row),
    )


def _renewals(row: Application | PastApplication) -> tuple[Renewal, ...]:
    rows: Iterable[Application] = row.renewals.exclude(
        state__in=[state.value for state in CAME_TO_NOTHING]
    ).order_by("pk")
    return tuple(
        Renewal(
            application_id=ApplicationId(renewal.pk),
            number=renewal.number,
            state=ApplicationState(renewal.state),
            edition=renewal.edition,
            drafted_at=renewal.drafted_at,
            stated=renewal.stated or {},
        )
        for renewal in rows
    )
