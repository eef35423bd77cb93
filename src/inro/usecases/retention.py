"""Disposal: what is of the person goes, what proves that nothing is used twice stays (28, 40(4))."""

from datetime import date, datetime
from typing import Any

from django.db.models import Manager, QuerySet

from inro.practice.acts import Act
from inro.practice.application import ApplicationAct
from inro.practice.calendar import end_of_day, jst_date
from inro.practice.certificate import CertificateAct, CertificateState, next_state
from inro.practice.deadlines import Deadline
from inro.practice.editions import Terms
from inro.practice.events import EventKind
from inro.practice.renewal import WAITED_FOR
from inro.practice.retention import case_retention, certificate_retention, check_disposal
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, PastApplicationId
from inro.store.models import (
    AntisocialCheck,
    Application,
    CampaignBatch,
    CampaignByHand,
    CampaignItem,
    Certificate,
    CorporateNumberConfirmation,
    Decision,
    DeclinedPower,
    DeficiencyExtension,
    Disposal,
    Document,
    Enclosure,
    IssuanceOrder,
    ItemVerdict,
    Letter,
    Notice,
    NoticeTry,
    PastApplication,
    ProxyRequest,
    ReceiptSlip,
    RevocationCase,
    SigningIntent,
    SubscriberKey,
    TelephoneCall,
)
from inro.store.states import DocumentState
from inro.usecases import past_applications
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.application import find, step, subject


def dispose_application(
    *, application: ApplicationId, terms: Terms, actor: Actor, now: datetime, held: bool = False
) -> None:
    """Dispose of a case whose retention is over; hashes stay as tombstones (40(4)).

    `held` says that a legal request or a dispute keeps the records (28, 41).

    Raises: DutyMissing, RetentionRunning, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.DISPOSE_APPLICATION)
    row = find(application)
    certificate = Certificate.objects.filter(application=row).first()
    retention = _retention(row, certificate, terms)
    check_disposal(retention=retention, held=held, now=now)
    with act(actor=actor, now=now) as doing:
        step(application, ApplicationAct.DISPOSE, stated=None, content=None, findings=None, purged_at=now)
        what = _empty_rows(row, certificate) | _erase_papers(row, now) | _empty_letters(row, now)
        Disposal.objects.create(application=row, at=now, clause=retention.clause, what=what)
        doing.record(
            EventKind.RECORDS_DISPOSED,
            subject=subject(row.number),
            clause=retention.clause,
            retention_ended=retention.day.isoformat(),
            **what,
        )
        _dispose_unreturned(doing, row.renewals, retention, now)


def dispose_past_application(
    *, past: PastApplicationId, terms: Terms, actor: Actor, now: datetime, held: bool = False
) -> None:
    """Dispose of an application from before this platform; its numbers and hash stay as tombstones (40(4)).

    `held` says that a legal request or a dispute keeps it (28, 41).

    Raises: DutyMissing, RetentionRunning, Unknown, Conflict.
    """
    actor.check(Act.DISPOSE_PAST_APPLICATION)
    row = PastApplication.objects.filter(pk=past).first()
    if row is None:
        raise Unknown(what="past application", detail=str(past))
    retention = certificate_retention(not_after=end_of_day(row.ends_on), terms=terms)
    check_disposal(retention=retention, held=held, now=now)
    with act(actor=actor, now=now) as doing:
        change(
            PastApplication,
            row=row.pk,
            expected={"disposed_at": None},
            to={"stated": None, "disposed_at": now},
        )
        _empty_items(row.campaign_items.all())
        doing.record(
            EventKind.RECORDS_DISPOSED,
            subject=past_applications.subject(row.service, row.number),
            clause=retention.clause,
            retention_ended=retention.day.isoformat(),
        )
        _dispose_unreturned(doing, row.renewals, retention, now)


def _dispose_unreturned(
    doing: Doing, renewals: Manager[Application], retention: Deadline, now: datetime
) -> None:
    """Dispose of forms that were filled in from the disposed records and never came back sealed.

    Nobody applied with them, so no other retention keeps what they repeat.
    """
    for row in renewals.filter(state__in=[state.value for state in WAITED_FOR]):
        step(ApplicationId(row.pk), ApplicationAct.DISPOSE, stated=None, purged_at=now)
        Disposal.objects.create(application=row, at=now, clause=retention.clause, what={"unreturned": 1})
        doing.record(
            EventKind.RECORDS_DISPOSED,
            subject=subject(row.number),
            clause=retention.clause,
            retention_ended=retention.day.isoformat(),
            unreturned=1,
        )


def _retention(row: Application, certificate: Certificate | None, terms: Terms) -> Deadline:
    if certificate is not None:
        return certificate_retention(not_after=certificate.not_after, terms=terms)
    return case_retention(ended_on=_ended_on(row), terms=terms)


def _ended_on(row: Application) -> date:
    return jst_date(row.closed_at or row.received_at or row.drafted_at)


def _erase_papers(row: Application, now: datetime) -> dict[str, Any]:
    """Erase the keys of a case's pages, so that their bytes are noise to whoever has them (28)."""
    pages = Document.objects.filter(application=row, state=DocumentState.STORED).update(
        state=DocumentState.ERASED, wrapped_key=None, erased_at=now
    )
    enclosures = Enclosure.objects.filter(application=row, disposed_at=None).update(
        issuer="", issued_on=None, shelf="", disposed_at=now
    )
    verdicts = ItemVerdict.objects.filter(application=row, disposed_at=None).update(
        reason="", read="", disposed_at=now
    )
    return {"pages": pages, "enclosures": enclosures, "verdicts": verdicts}


def _empty_letters(row: Application, now: datetime) -> dict[str, Any]:
    """Empty what was written, said and looked for about a person; that it was stays (9.2, 24, 46)."""
    kept: dict[str, Any] = {"application": row, "disposed_at": None}
    return {
        "campaign_items": _empty_items(row.campaign_items.all()),
        "letters": Letter.objects.filter(**kept).update(content=None, pdf=None, disposed_at=now),
        "notices": _empty_notices(row, now),
        "calls": TelephoneCall.objects.filter(**kept).update(spoken_to="", said="", disposed_at=now),
        "extensions": DeficiencyExtension.objects.filter(**kept).update(reason="", disposed_at=now),
        "antisocial_checks": AntisocialCheck.objects.filter(**kept).update(remark="", disposed_at=now),
        "proxy_requests": ProxyRequest.objects.filter(**kept).update(
            proxy=None, reason="", refusal="", disposed_at=now
        ),
        "slips": ReceiptSlip.objects.filter(**kept).update(shelf="", disposed_at=now),
        "declined_powers": DeclinedPower.objects.filter(**kept).update(reason="", disposed_at=now),
    }


def _empty_items(items: QuerySet[CampaignItem]) -> int:
    """Empty what a campaign told a person; the lot's file, with others in it, goes with the first (28)."""
    CampaignBatch.objects.filter(batch_items__in=items, pdf__isnull=False).update(pdf=None)
    CampaignByHand.objects.filter(item__in=items).update(reason="")
    return items.filter(content__isnull=False).update(content=None)


def _empty_notices(row: Application, now: datetime) -> int:
    NoticeTry.objects.filter(notice__application=row).update(said="")
    rows = Notice.objects.filter(application=row, disposed_at=None)
    return rows.update(content=None, recipient="", title="", disposed_at=now)


def _empty_rows(row: Application, certificate: Certificate | None) -> dict[str, Any]:
    decisions = Decision.objects.filter(application=row) | Decision.objects.filter(
        case__certificate__application=row
    )
    emptied = decisions.exclude(content=None).count()
    for decision in decisions.values_list("pk", flat=True):
        Decision.objects.filter(pk=decision).update(content=None)
    # The application or request names the subscriber; its hash stays.
    requests = RevocationCase.objects.filter(certificate__application=row)
    papers = requests.filter(paper__isnull=False).update(paper=None)
    requests.update(note="", refusal="")
    # What the station said names the subscriber's key; the constraint wants it present, so it is emptied.
    IssuanceOrder.objects.filter(application=row, hand_over__isnull=False).update(
        hand_over=b"", station_signature=b""
    )
    keys = SubscriberKey.objects.filter(card__application=row).update(
        public_key_info=None, proof_challenge=None, proof_signature=None
    )
    confirmations, _ = CorporateNumberConfirmation.objects.filter(application=row).delete()
    intents = SigningIntent.objects.filter(serial__order__application=row).update(tbs=None, lint=[])
    if certificate is not None:
        state = next_state(CertificateState(certificate.state), CertificateAct.DISPOSE)
        change(
            Certificate,
            row=certificate.pk,
            expected={"state": certificate.state},
            to={"state": state, "der": None},
        )
    certificates = 0 if certificate is None else 1
    return {
        "decisions": emptied,
        "papers": papers,
        "keys": keys,
        "intents": intents,
        "confirmations": confirmations,
        "certificates": certificates,
    }
