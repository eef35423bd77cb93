"""What next step and deadlines follow from, for many cases at once (9.2, 12.4, 18, 21, 35.2, 43)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from inro.practice.application import ApplicationState
from inro.practice.calendar import jst_date
from inro.practice.card import CardState
from inro.practice.case_facts import Bill, CaseFacts, OpenRevocation, Receipt
from inro.practice.certificate import CertificateState
from inro.practice.notices import NoticeKind
from inro.practice.proxy import OPEN, ProxyState
from inro.practice.receipt import Objection, counting_dispatch, counting_reminder
from inro.practice.revocation import RequestWay
from inro.practice.validity import ValidityPeriod
from inro.store.models import (
    Application,
    Card,
    DeficiencyExtension,
    Invoice,
    Notice,
    Parcel,
    ProxyRequest,
    ReceiptObjection,
    ReceiptSlip,
    RevocationCase,
)
from inro.store.states import RevocationState

_HERE = (CardState.PERSONALISED, CardState.RETURNED)
_OPEN_REVOCATION = {
    RevocationState.REQUESTED: OpenRevocation.EXAMINATION,
    RevocationState.EXAMINED: OpenRevocation.DECISION,
    RevocationState.DECIDED: OpenRevocation.PUBLICATION,
    RevocationState.REVOKED: OpenRevocation.PUBLICATION,
}


def case_facts(applications: Iterable[Application]) -> dict[int, CaseFacts]:
    """Return the facts of applications, by row id; each was read with its certificate."""
    rows = list(applications)
    issued = [row.pk for row in rows if row.state == ApplicationState.ISSUED]
    deficient = [row.pk for row in rows if row.state == ApplicationState.DEFICIENT]
    notices = _notices(deficient + issued)
    extensions = _extensions(deficient) if deficient else {}
    after = _after_issuance(issued, notices) if issued else {}
    return {
        row.pk: _facts(row, notices[row.pk], extensions.get(row.pk, []), after.get(row.pk, {}))
        for row in rows
    }


def receipts_of(cases: Collection[int]) -> dict[int, Receipt]:
    """Return the ways of the cards that were posted, by row id of their case (18.5-18.7)."""
    return _receipts(cases, _notices(cases))


def _facts(
    row: Application,
    notices: list[Notice],
    extensions: list[DeficiencyExtension],
    after: dict[str, Any],
) -> CaseFacts:
    certificate = getattr(row, "certificate", None)
    return CaseFacts(
        state=ApplicationState(row.state),
        period=ValidityPeriod(row.period),
        ended_on=jst_date(row.closed_at or row.received_at or row.drafted_at),
        examination_ended_at=row.examination_ended_at,
        deficiency_notice_on=_deficiency_notice(row, notices),
        extended_to=_extended_to(row, extensions),
        ordered=getattr(row, "order", None) is not None,
        certificate=CertificateState(certificate.state) if certificate is not None else None,
        not_after=certificate.not_after if certificate is not None else None,
        stay_ends_on=_stay_ends_on(row),
        **after,
    )


def _stay_ends_on(row: Application) -> date | None:
    stated = (row.stated or {}).get("stay_ends")
    return date.fromisoformat(stated) if stated else None


def _deficiency_notice(row: Application, notices: list[Notice]) -> date | None:
    if row.deficient_at is None or row.state != ApplicationState.DEFICIENT:
        return None
    since = jst_date(row.deficient_at)
    # The notice of what was last found counts, no earlier one.
    sent = [one for one in notices if one.kind == NoticeKind.DEFICIENCY and one.sent_on >= since]
    return sent[-1].arrived_on if sent else None


def _extended_to(row: Application, extensions: list[DeficiencyExtension]) -> date | None:
    since = row.deficient_at
    if since is None:
        return None
    return max((one.extended_to for one in extensions if one.extended_at >= since), default=None)


def _extensions(cases: Collection[int]) -> dict[int, list[DeficiencyExtension]]:
    found: defaultdict[int, list[DeficiencyExtension]] = defaultdict(list)
    for extension in DeficiencyExtension.objects.filter(application__in=cases):
        found[extension.application_id].append(extension)
    return found


def _notices(cases: Collection[int]) -> defaultdict[int, list[Notice]]:
    kinds = (
        NoticeKind.DEFICIENCY,
        NoticeKind.RECEIPT_REMINDER,
        NoticeKind.EXPIRY,
        NoticeKind.STAY_REMINDER,
    )
    found: defaultdict[int, list[Notice]] = defaultdict(list)
    if cases:
        for notice in Notice.objects.filter(application__in=cases, kind__in=kinds).order_by("pk"):
            found[notice.application_id or 0].append(notice)
    return found


def _after_issuance(
    cases: Collection[int], notices: defaultdict[int, list[Notice]]
) -> dict[int, dict[str, Any]]:
    here = set(_ids(Card.objects.filter(application__in=cases, state__in=_HERE)))
    confirmed = set(_ids(ReceiptSlip.objects.filter(application__in=cases, parked_for__isnull=True)))
    unpaid = Invoice.objects.filter(application__in=cases, paid_on__isnull=True)
    bills = {
        case: Bill(issued_on=issued_on, due_on=due_on)
        for case, issued_on, due_on in unpaid.values_list("application_id", "issued_on", "due_on")
    }
    receipts = _receipts(cases, notices)
    out = dict(_posted(cases).filter(returned_on__isnull=True).values_list("application_id", "posted_on"))
    revocations = _revocations(cases)
    proxies = dict(
        ProxyRequest.objects.filter(application__in=cases, state__in=OPEN).values_list(
            "application_id", "notified_on"
        )
    )
    to_decide = set(_ids(ProxyRequest.objects.filter(application__in=cases, state=ProxyState.RECEIVED)))
    return {
        case: {
            "card_here": case in here,
            "confirmed": case in confirmed,
            "unpaid": bills.get(case),
            "receipt": receipts.get(case),
            "proxy_to_decide": case in to_decide,
            "proxy_told_on": None if case in to_decide else proxies.get(case),
            "parcel_out_on": out.get(case),
            "expiry_notices": sum(one.kind == NoticeKind.EXPIRY for one in notices[case]),
            "stay_reminders": sum(one.kind == NoticeKind.STAY_REMINDER for one in notices[case]),
            **revocations.get(case, {}),
        }
        for case in cases
    }


def _ids(rows: Any) -> Iterable[int]:
    return rows.values_list("application_id", flat=True)  # type: ignore[no-any-return]


def _receipts(cases: Collection[int], notices: defaultdict[int, list[Notice]]) -> dict[int, Receipt]:
    posted = defaultdict(list)
    for case, day in _posted(cases).values_list("application_id", "posted_on"):
        posted[case].append(day)
    doubts = _objections(posted)
    made = {}
    for case, days in posted.items():
        still_open, settled = doubts.get(case, (None, None))
        reminders = [one.arrived_on for one in notices[case] if one.kind == NoticeKind.RECEIPT_REMINDER]
        arrived = [day for day in reminders if day is not None]
        made[case] = Receipt(
            dispatched_on=counting_dispatch(days),
            reminder_arrived_on=counting_reminder(arrived, settled=settled),
            objection=still_open,
            settled=settled,
        )
    return made


def _posted(cases: Collection[int]) -> QuerySet[Parcel]:
    return Parcel.objects.filter(application__in=cases, card__isnull=False).order_by("posted_on")


def _objections(cases: Collection[int]) -> dict[int, tuple[Objection | None, Objection | None]]:
    found: dict[int, tuple[Objection | None, Objection | None]] = {}
    rows = ReceiptObjection.objects.filter(application__in=list(cases)).order_by("decided_on", "pk")
    for row in rows:
        still_open, settled = found.get(row.application_id, (None, None))
        told = Objection(
            contacted_on=row.contacted_on, decided_on=row.decided_on, admitted=row.admitted_by is not None
        )
        is_open = row.decided_on is None
        found[row.application_id] = (told, settled) if is_open else (still_open, told)
    return found


def _revocations(cases: Collection[int]) -> dict[int, dict[str, Any]]:
    rows = RevocationCase.objects.filter(certificate__application__in=cases)
    # Nobody at a desk waits for a mass revocation's cases: they follow their list, once they are revoked.
    rows = rows.filter(mass=None).standing().order_by("pk")
    columns = rows.values_list(
        "certificate__application_id",
        "state",
        "way",
        "original_arrived_on",
        "documents_arrived_on",
        "requested_at",
    )
    return {
        case: {
            "revocation": _OPEN_REVOCATION.get(RevocationState(state)),
            "faxed_on": jst_date(requested_at) if way == RequestWay.FAX and None in arrived else None,
        }
        for case, state, way, *arrived, requested_at in columns
    }
