"""What the revocation desk lists: cases, papers that wait, certificates of one organization (15, 21, 22)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from inro.practice.certificate import CertificateState
from inro.practice.enclosures import PaperKind
from inro.practice.grounds import Invoker
from inro.practice.letters import WAITING
from inro.practice.notices import NoticeKind
from inro.practice.revocation import RequestWay
from inro.practice.stated import StatedForm
from inro.store.campaign_items import organization_cases
from inro.store.ids import ApplicationId, CaseId, EnclosureId
from inro.store.models import Application, Certificate, Enclosure, Letter, Notice, RevocationCase
from inro.store.models.revocation import RevocationCases
from inro.store.reads.revocation import RevocationRecord, revocation_case
from inro.store.states import RevocationState

MOST_LINES = 200
OPEN = (RevocationState.REQUESTED, RevocationState.EXAMINED, RevocationState.DECIDED, RevocationState.REVOKED)
_DONE = (RevocationState.REVOKED, RevocationState.PUBLISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationLine:
    """One case of the desk; `lacking` says that the examination found something lacking."""

    number: str
    application: str
    edition: str
    name: str
    organization: str
    ground: str
    invoker: Invoker
    way: RequestWay | None
    state: RevocationState
    lacking: bool
    examiner: str | None
    requested_at: datetime
    revoked_at: datetime | None
    published_at: datetime | None
    form_arrived_on: date | None
    documents_arrived_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPaper:
    """A form of revocation that was scanned and belongs to no case yet."""

    enclosure_id: EnclosureId
    application: str
    kind: PaperKind
    arrived_on: date
    by_fax: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCertificate:
    """Another valid certificate of the same organization; `revocation` is its own open case."""

    application: str
    name: str
    serial: bytes
    issued_at: datetime
    not_after: datetime
    revocation: str | None


def open_revocations(invoker: Invoker) -> tuple[RevocationLine, ...]:
    """Return the cases that wait for somebody, oldest first, at most 200."""
    return _lines(_rows().filter(invoker=invoker, state__in=OPEN))


def closed_revocations(invoker: Invoker, *, since: datetime) -> tuple[RevocationLine, ...]:
    """Return the cases that were published or refused since an instant, newest first, at most 200."""
    ended = Q(published_at__gte=since) | Q(state=RevocationState.REFUSED, decided_at__gte=since)
    return _lines(_rows().filter(ended, invoker=invoker).order_by("-pk"))


def revocations_after_fax() -> tuple[RevocationLine, ...]:
    """Return the cases whose form or documents must still follow a fax, oldest first (21.2, 22.2)."""
    return _lines(_rows().incomplete_after_fax())


def revocations_untold() -> tuple[RevocationLine, ...]:
    """Return the revoked whose notice is neither sent nor waiting to be posted, oldest first (22.2, 27)."""
    of = {"application": OuterRef("certificate__application"), "kind": NoticeKind.REVOCATION}
    waiting = [state.value for state in WAITING]
    told = Q(Exists(Notice.objects.filter(**of))) | Q(Exists(Letter.objects.filter(**of, state__in=waiting)))
    rows = _rows().filter(state__in=_DONE, certificate__state=CertificateState.REVOKED)
    return _lines(rows.exclude(told))


def count_by_invoker() -> dict[Invoker, int]:
    """Return how many cases of each kind wait for somebody, those of CA certificates apart."""
    found = dict(_rows().order_by().filter(state__in=OPEN).values_list("invoker").annotate(Count("pk")))
    return {invoker: found.get(invoker.value, 0) for invoker in Invoker}


def open_revocations_of_ca() -> tuple[RevocationRecord, ...]:
    """Return the cases of the CA's own certificates that wait for somebody, oldest first."""
    rows = RevocationCase.objects.filter(certificate__application=None, state__in=OPEN).order_by("pk")
    return tuple(revocation_case(CaseId(pk)) for pk in rows.values_list("pk", flat=True))


def waiting_papers(application: ApplicationId | None = None) -> tuple[WaitingPaper, ...]:
    """Return the scanned forms that belong to no case yet, of all or of one application (21.2)."""
    kinds = (PaperKind.REVOCATION_APPLICATION, PaperKind.REVOCATION_REQUEST)
    rows = Enclosure.objects.filter(
        kind__in=[kind.value for kind in kinds],
        revocation_case=None,
        original_of_case=None,
        disposed_at=None,
    ).select_related("application", "envelope")
    if application is not None:
        rows = rows.filter(application_id=application)
    return tuple(
        WaitingPaper(
            enclosure_id=EnclosureId(row.pk),
            application=row.application.number,
            kind=PaperKind(row.kind),
            arrived_on=row.envelope.arrived_on,
            by_fax=row.envelope.way == RequestWay.FAX,
        )
        for row in rows.order_by("pk")[:MOST_LINES]
    )


def other_certificates(application: ApplicationId) -> tuple[OtherCertificate, ...]:
    """Return the other valid certificates of an application's organization, at most 200 (15, 22.1(12))."""
    row = Application.objects.filter(pk=application).first()
    form = StatedForm.from_record(row.stated) if row is not None and row.stated else None
    if form is None or form.organization is None:
        return ()
    cases = set(organization_cases(form.organization.name))
    if form.organization.corporate_number:
        cases |= set(organization_cases(form.organization.corporate_number))
    cases.discard(application)
    same = Certificate.objects.filter(state=CertificateState.VALID, application__in=cases)
    found = same.select_related("serial", "application").order_by("pk")[:MOST_LINES]
    return tuple(_others(found))


def _others(rows: Iterable[Certificate]) -> Iterable[OtherCertificate]:
    certificates = list(rows)
    cases = RevocationCase.objects.standing().filter(certificate__in=certificates)
    open_ = dict(cases.values_list("certificate_id", "number"))
    for row in certificates:
        if row.application is not None:
            yield OtherCertificate(
                application=row.application.number,
                name=_named(row.application)[0],
                serial=bytes(row.serial.serial),
                issued_at=row.issued_at,
                not_after=row.not_after,
                revocation=open_.get(row.pk),
            )


def _rows() -> RevocationCases:
    # A CA's certificate has no applicant: it has pages of its own, as a mass revocation has.
    rows = RevocationCase.objects.filter(certificate__application__isnull=False, mass=None)
    return rows.select_related("certificate__application").order_by("pk")


def _lines(rows: QuerySet[RevocationCase]) -> tuple[RevocationLine, ...]:
    return tuple(
        _line(row, row.certificate.application)
        for row in rows[:MOST_LINES]
        if row.certificate.application is not None
    )


def _line(row: RevocationCase, application: Application) -> RevocationLine:
    name, organization = _named(application)
    return RevocationLine(
        number=row.number,
        application=application.number,
        edition=application.edition,
        name=name,
        organization=organization,
        ground=row.ground,
        invoker=Invoker(row.invoker),
        way=RequestWay(row.way) if row.way else None,
        state=RevocationState(row.state),
        lacking=row.state == RevocationState.REQUESTED and row.findings is not None,
        examiner=row.examiner,
        requested_at=row.requested_at,
        revoked_at=row.revoked_at,
        published_at=row.published_at,
        form_arrived_on=row.original_arrived_on,
        documents_arrived_on=row.documents_arrived_on,
    )


def _named(row: Application) -> tuple[str, str]:
    form = StatedForm.from_record(row.stated) if row.stated else None
    if form is None:
        return "", ""
    return form.legal_name, form.organization.name if form.organization else ""
