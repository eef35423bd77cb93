"""Where an application is, what comes next and when, for whoever knows its passphrase (9.2, 18, 40)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from inro.practice.acts import Act
from inro.practice.application import ApplicationState
from inro.practice.calendar import jst_date
from inro.practice.certificate import CertificateState
from inro.practice.deadlines import Deadline, expiry_notice_deadlines
from inro.practice.editions import Terms
from inro.practice.errors import Refused
from inro.practice.receipt import receipt_clock
from inro.store.reads.application import application_by_number
from inro.store.reads.cases import CaseRecord, case_record
from inro.store.reads.draft import DraftRecord
from inro.store.reads.receipt import receipt_record
from inro.web.acts import anyone
from inro.web.due_days import draft_kept_until
from inro.web.public import clock
from inro.web.public.correction import Correction, correction_of
from inro.web.public.house import edition_today, operator, policy
from inro.web.public.usual import USUAL_DAYS, usual_time
from inro.web.public.wizard.entrance import opened
from inro.web.public.wizard.visit import remember
from inro.words.refusals import refusal_words

_BEFORE_POST = frozenset({ApplicationState.DRAFTED, ApplicationState.PRINTED})
_ENDED = frozenset({ApplicationState.REJECTED, ApplicationState.WITHDRAWN, ApplicationState.TERMINATED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One of the eight stages, with the day on which it was reached."""

    label: str
    reached: bool
    current: bool
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """What comes next: in words, with the day and the sum that made it where there is one."""

    words: str
    clause: str = ""
    due: Deadline | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@anyone(Act.VIEW_STATUS)
def status(request: HttpRequest) -> HttpResponse:
    """Ask for number and passphrase, then show the status."""
    terms = edition_today().terms
    if request.method != "POST":
        return render(request, "public/status.html", {"terms": terms, **_usual()})
    typed = request.POST.get("number", "")
    try:
        draft = opened(typed, request.POST.get("passphrase", ""))
    except Refused as refused:
        problem = refusal_words(refused, get_language() or "ja")
        context = {"terms": terms, "number": typed[:40], "problem": problem, **_usual()}
        return render(request, "public/status.html", context, status=422)
    case = case_record(draft.application) if draft.application else None
    correction = correction_of(case.line.number) if case is not None else None
    context = {
        "draft": draft,
        "case": case,
        "stages": stages(case),
        "next": tuple(_next(draft, case, correction, terms, clock.now())),
        "correction": correction,
        "operator": operator(),
        **_usual(),
        "prints": case is not None and case.line.state in _BEFORE_POST,
    }
    return remember(render(request, "public/status_found.html", context), draft)


def _usual() -> dict[str, object]:
    return {"usual": usual_time(today=clock.today()), "usual_days": USUAL_DAYS}


def stages(case: CaseRecord | None) -> tuple[Stage, ...]:
    """Return the eight stages of an application (8.1, 8.4, 9.1, 17.1, 17.4, 18.6)."""
    if case is None:
        days: list[date | None] = [None] * 8
        typed = 0
    else:
        days = _days(case)
        typed = max(place for place, day in enumerate(days) if day is not None) + 1
    labels = (
        gettext("Answers typed in"),
        gettext("Form printed"),
        gettext("Papers arrived"),
        gettext("Examined"),
        gettext("Accepted"),
        gettext("Certificate issued"),
        gettext("Card posted"),
        gettext("Receipt confirmed"),
    )
    return tuple(
        Stage(label=label, reached=place < typed, current=place == typed, day=days[place])
        for place, label in enumerate(labels)
    )


def _days(case: CaseRecord) -> list[date | None]:
    record = application_by_number(case.line.number)
    drafted = jst_date(record.drafted_at)
    certificate = case.certificate
    return [
        drafted,
        drafted,
        _day(case.line.received_at),
        _day(case.examination_ended_at),
        _day(case.accepted_at),
        _day(certificate.issued_at if certificate else None),
        min((parcel.posted_on for parcel in case.parcels), default=None),
        case.slip_arrived_on,
    ]


def _day(instant: datetime | None) -> date | None:
    return jst_date(instant) if instant is not None else None


def _next(
    draft: DraftRecord, case: CaseRecord | None, correction: Correction | None, terms: Terms, at: datetime
) -> Iterator[Next]:
    if case is None:
        words = gettext(
            "Go on typing with this number. What you typed is deleted after %(day)s unless you save again."
        )
        due = draft_kept_until(policy=policy(), saved_at=draft.updated_at, expires_on=draft.expires_on)
        yield Next(words=words % {"day": draft.expires_on.strftime("%Y/%m/%d")}, clause="40(6)", due=due)
    elif case.purged_at is not None:
        yield Next(
            words=gettext("The records of this application were disposed of, since their time was over."),
            clause="40(4)",
        )
    elif case.line.state is ApplicationState.DEFICIENT:
        yield _deficiency(correction, at)
    elif case.line.state in _BEFORE_POST:
        words = gettext(
            "Print the form, have it sealed and post it with the papers of the list. You can print"
            " it again; the number stays."
        )
        yield Next(words=words, clause="8.4")
    elif case.line.state in _ENDED:
        yield Next(
            words=gettext(
                "The application ended without a certificate. The letter says why; you may apply anew."
            ),
            clause="9.2",
        )
    else:
        yield from _after_arrival(case, terms, at)


def _deficiency(correction: Correction | None, at: datetime) -> Next:
    if correction is None:
        words = gettext("Something is missing or wrong in the papers. A letter that says what is on its way.")
        return Next(words=words, clause="9.2")
    due = correction.due
    if due.is_reached(at):
        words = gettext(
            "The time to mend the papers is over. The application may be rejected: telephone us if the"
            " papers are on their way."
        )
        return Next(words=words, clause=due.clause, due=due)
    words = gettext(
        "Something is missing or wrong in the papers. Mend what the letter lists and post it so that"
        " it arrives in time."
    )
    return Next(words=words, clause=due.clause, due=due)


def _after_arrival(case: CaseRecord, terms: Terms, at: datetime) -> Iterator[Next]:
    certificate = case.certificate
    if case.accepted_at is None:
        yield Next(
            words=gettext("The papers are being examined. If something is missing, we write to you."),
            clause="9.1",
        )
    elif certificate is None:
        yield Next(
            words=gettext(
                "The application is accepted: the card is being made. It can no longer be cancelled."
            ),
            clause="16",
        )
    elif certificate.state is CertificateState.REVOKED:
        yield Next(words=gettext("The certificate is revoked. For another one, apply anew."), clause="26.1")
    elif certificate.state is CertificateState.EXPIRED:
        yield Next(words=gettext("The certificate has expired. For another one, apply anew."), clause="6.1")
    elif case.slip_arrived_on is not None:
        words = gettext("The certificate is in use until %(day)s. Before that we send a notice of expiry.")
        due = next(
            (
                one
                for one in expiry_notice_deadlines(not_after=certificate.not_after, terms=terms)
                if not one.is_reached(at)
            ),
            None,
        )
        yield Next(
            words=words % {"day": jst_date(certificate.not_after).strftime("%Y/%m/%d")}, clause="6.2", due=due
        )
    elif case.parcels:
        yield _slip(case, terms)
    else:
        yield Next(words=gettext("The certificate is issued: the card will be posted."), clause="17.4")


def _slip(case: CaseRecord, terms: Terms) -> Next:
    known = receipt_record(application_by_number(case.line.number).application_id)
    clock = receipt_clock(
        dispatched_on=known.dispatched_on,
        reminder_arrived_on=known.reminder_arrived_on,
        terms=terms,
        calendar=policy().calendar,
        settled=known.settled,
    )
    words = gettext(
        "The card is posted by restricted-delivery mail. Check the certificate, put name and"
        " registered seal on the"
        " receipt slip, and post it so that it arrives in time; else the certificate is revoked."
    )
    return Next(words=words, clause=clock.slip.clause, due=clock.slip)
