"""Proxy recipients asked for after examination (23, 24)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from inro.practice.calendar import jst_date
from inro.practice.proxy import OPEN, ProxyPoint, ProxyState, ProxyVerdict
from inro.practice.stated import StatedPerson
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, ProxyRequestId
from inro.store.models import Certificate, ProxyRequest, ReceiptSlip


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyRequestRecord:
    """One request; who is to collect the card is None once disposed of."""

    request_id: ProxyRequestId
    application_id: ApplicationId
    state: ProxyState
    arrived_on: date
    received_by: str
    proxy: StatedPerson | None
    reason: str
    verdicts: Mapping[ProxyPoint, ProxyVerdict]
    examiner: str | None
    notified_on: date | None
    due_on: date | None
    decider: str | None
    closed_at: datetime | None
    refusal: str

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyWindow:
    """From issuance until the slip: when a proxy recipient may be asked for (23.1); days in Japan."""

    issued_on: date | None
    slip_arrived_on: date | None


def proxy_requests(application: ApplicationId) -> tuple[ProxyRequestRecord, ...]:
    """Return every request of a case, oldest first."""
    rows = ProxyRequest.objects.filter(application_id=application).order_by("id")
    return tuple(_record(row) for row in rows)


def proxy_request(request: ProxyRequestId) -> ProxyRequestRecord:
    """Return one request.

    Raises: Unknown.
    """
    row = ProxyRequest.objects.filter(pk=request).first()
    if row is None:
        raise Unknown(what="proxy request", detail=str(request))
    return _record(row)


def overdue_proxy_requests(*, today: date) -> tuple[ProxyRequestRecord, ...]:
    """Return the requests whose papers did not come in time, oldest first; today in Japan (24.2)."""
    rows = ProxyRequest.objects.filter(state=ProxyState.DEFICIENT, due_on__lt=today).order_by("id")
    return tuple(_record(row) for row in rows)


def approved_proxy(application: ApplicationId) -> StatedPerson | None:
    """Return who was approved last to collect the card, after examination; None for nobody (24.1)."""
    rows = ProxyRequest.objects.filter(application_id=application, state=ProxyState.APPROVED)
    row = rows.order_by("-id").first()
    return StatedPerson.from_record(row.proxy) if row is not None and row.proxy else None


def proxy_window(application: ApplicationId) -> ProxyWindow:
    """Return between which days a proxy recipient may be asked for (23.1)."""
    issued = (
        Certificate.objects.filter(application_id=application).values_list("issued_at", flat=True).first()
    )
    slip = ReceiptSlip.objects.filter(application_id=application, parked_for__isnull=True)
    return ProxyWindow(
        issued_on=jst_date(issued) if issued is not None else None,
        slip_arrived_on=slip.values_list("arrived_on", flat=True).first(),
    )


def _record(row: ProxyRequest) -> ProxyRequestRecord:
    return ProxyRequestRecord(
        request_id=ProxyRequestId(row.pk),
        application_id=ApplicationId(row.application_id),
        state=ProxyState(row.state),
        arrived_on=row.arrived_on,
        received_by=row.received_by,
        proxy=StatedPerson.from_record(row.proxy) if row.proxy else None,
        reason=row.reason,
        verdicts={ProxyPoint(point): ProxyVerdict(verdict) for point, verdict in row.verdicts.items()},
        examiner=row.examiner,
        notified_on=row.notified_on,
        due_on=row.due_on,
        decider=row.decider,
        closed_at=row.closed_at,
        refusal=row.refusal,
    )
