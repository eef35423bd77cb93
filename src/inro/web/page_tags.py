"""How pages write instants, days, states, clauses and long numbers."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from django.template import Context, Library
from django.utils.translation import get_language, gettext

from inro.paper.posting import dashed
from inro.practice.antisocial import CheckResult
from inro.practice.application import ApplicationState
from inro.practice.calendar import JST
from inro.practice.campaign import CampaignState, Standing
from inro.practice.certificate import CertificateState
from inro.practice.day_sum import DaySum
from inro.practice.deadlines import Deadline
from inro.practice.deficiency import CorrectionStage
from inro.practice.events import EventKind
from inro.practice.grounds import Ground
from inro.practice.letters import LetterState
from inro.practice.mass_revocation import MassState
from inro.practice.obligations import Weight
from inro.practice.probe import ProbeFinding
from inro.practice.proxy import ProxyState
from inro.practice.queue import QueueStage
from inro.practice.receipt import ReceiptStage
from inro.practice.revocation import RefusalReason
from inro.practice.sending import NoticeState
from inro.store.reads.cases import CaseCertificate, CaseInvoice
from inro.store.reads.draft import DraftRecord
from inro.store.reads.letters import LetterRecord
from inro.store.reads.obligations import OwedLine
from inro.store.reads.powers import OverdueInvoice
from inro.store.reads.revocation import RevocationRecord
from inro.store.reads.revocation_board import OtherCertificate
from inro.store.states import RevocationState
from inro.usecases.followed import policy_of_process
from inro.web.due_days import draft_kept_until, invoice_deadline, letter_deadline, validity_sum
from inro.web.places import groups_for
from inro.words import discontinuation
from inro.words.clauses import clause_words
from inro.words.conditions import condition_words
from inro.words.day_sums import clause_sum_words, deadline_words
from inro.words.events import EVENTS
from inro.words.grounds import ground_words
from inro.words.owed import about_words
from inro.words.probe import finding_words
from inro.words.records import record_words
from inro.words.states import word as state_word

register = Library()


@register.inclusion_tag("office/places.html", takes_context=True)
def places(context: Context) -> dict[str, object]:
    """Show the groups of places in the office's head, with the one that the page belongs to."""
    clerk = getattr(context["request"], "clerk", None)
    duties = clerk.duties if clerk else frozenset()
    return {"groups": tuple(groups_for(duties, shown=str(context.get("place", ""))))}


# Colour only repeats what the word in the chip says.
_TONES: dict[StrEnum, str] = {
    ApplicationState.RECEIVED: "blue",
    ApplicationState.EXAMINING: "blue",
    ApplicationState.EXAMINED: "blue",
    ApplicationState.DEFICIENT: "orange",
    ApplicationState.ACCEPTED: "green",
    ApplicationState.ISSUED: "green",
    QueueStage.RECEIVED: "blue",
    QueueStage.EXAMINING: "blue",
    QueueStage.EXAMINED: "blue",
    QueueStage.DEFICIENT: "orange",
    QueueStage.ACCEPTED: "green",
    QueueStage.TO_POST: "blue",
    QueueStage.RECEIPT: "blue",
    QueueStage.REVOCATION: "red",
    QueueStage.VALID: "green",
    QueueStage.REVOKED: "red",
    QueueStage.EXPIRED: "yellow",
    CertificateState.VALID: "green",
    CertificateState.REVOKED: "red",
    CertificateState.EXPIRED: "yellow",
    LetterState.RELEASED: "blue",
    LetterState.PRINTED: "orange",
    LetterState.HELD: "yellow",
    LetterState.ON_WAY: "blue",
    LetterState.SENT: "green",
    CampaignState.PLANNED: "orange",
    CampaignState.RELEASED: "blue",
    CampaignState.FINISHED: "green",
    MassState.EXAMINED: "orange",
    MassState.DECIDED: "red",
    MassState.REVOKED: "red",
    MassState.PUBLISHED: "green",
    Standing.IN_TIME: "green",
    Standing.LATE: "red",
    Standing.MISSING: "orange",
    LetterState.FAILED: "red",
    NoticeState.SENDING: "blue",
    NoticeState.IN_DOUBT: "red",
    CorrectionStage.NOT_NOTIFIED: "orange",
    CorrectionStage.RUNNING: "blue",
    CorrectionStage.LAPSED: "red",
    ProxyState.RECEIVED: "blue",
    ProxyState.DEFICIENT: "orange",
    ProxyState.APPROVED: "green",
    ProxyState.REFUSED: "red",
    Weight.DUTY: "blue",
    ReceiptStage.RECEIVED: "green",
    ReceiptStage.SUSPENDED: "orange",
    ReceiptStage.REMINDER_DUE: "orange",
    ReceiptStage.WAITING_AFTER_REMINDER: "orange",
    ReceiptStage.REVOCATION_DUE: "red",
    RevocationState.REQUESTED: "blue",
    RevocationState.EXAMINED: "blue",
    RevocationState.DECIDED: "orange",
    RevocationState.REVOKED: "red",
    RevocationState.PUBLISHED: "red",
    CheckResult.NO_MATCH: "green",
    CheckResult.OTHER_PERSON: "yellow",
    CheckResult.MATCH: "red",
}


@register.filter
def jst(instant: datetime | None) -> str:
    """Return 2026/12/01 10:15:00, Japan Standard Time."""
    return instant.astimezone(JST).strftime("%Y/%m/%d %H:%M:%S") if instant is not None else ""


@register.filter
def jst_day(instant: datetime | None) -> str:
    """Return the day in Japan on which an instant falls, 2026/12/01."""
    return instant.astimezone(JST).strftime("%Y/%m/%d") if instant is not None else ""


@register.filter
def jst_time(instant: datetime) -> str:
    """Return the time of day in Japan, 10:15:00."""
    return instant.astimezone(JST).strftime("%H:%M:%S")


@register.filter
def day(on: date | None) -> str:
    """Return 2026/12/01."""
    return on.strftime("%Y/%m/%d") if on is not None else ""


@register.filter
def word(value: StrEnum) -> str:
    """Return what a state or kind is called in the page's language."""
    return state_word(value, get_language() or "ja")


@register.filter
def signed_part(name: str) -> str:
    """Return what a part of what officers sign to end the service is called."""
    return discontinuation.signed_part(name, get_language() or "ja")


@register.filter
def finding(found: ProbeFinding) -> str:
    """Return what a prober found wrong."""
    return finding_words(found, get_language() or "ja")


@register.filter
def recorded(value: StrEnum) -> str:
    """Return what a state of the record is called in the page's language."""
    return record_words(value, get_language() or "ja")


@register.filter
def refused_for(reason: str | None) -> str:
    """Return why a case was closed: a person's reason, or the signer's that did not believe it."""
    language = get_language() or "ja"
    if reason in list(RefusalReason):
        return state_word(RefusalReason(reason), language)
    return gettext("the signer did not believe the decision") + f"（{reason}）"


@register.filter
def reason_code(of: Ground) -> str:
    """Return the reason code of a ground as RFC 5280 names it, or that the entry carries none."""
    code = of.reason_code
    return f"{code.rfc_name}（{code.value}）" if code is not None else gettext("no reason code")


@register.filter
def tone(value: StrEnum) -> str:
    """Return the colour of a state's chip."""
    return _TONES.get(value, "gray")


@register.filter
def clause(identifier: str) -> str:
    """Return a clause of the terms as the page's language cites it, or nothing for none."""
    if not identifier:
        return ""
    cited = clause_words(identifier.split("/")[0], get_language() or "ja")
    return gettext("Terms %(clause)s") % {"clause": cited}


@register.filter
def ground(identifier: str) -> str:
    """Return what a ground of revocation is called."""
    return ground_words(identifier, get_language() or "ja")


@register.filter
def condition(name: str) -> str:
    """Return what a condition of an act is called."""
    return condition_words(name, get_language() or "ja")


@register.filter
def tracking(number: str) -> str:
    """Return a number of the post as its stickers show it, 131-12-38385-2."""
    return dashed(number) if len(number) == 11 else number


@register.filter
def named(person: str | None, people: Mapping[str, str]) -> str:
    """Return whose account it is; a process, and whoever has none here, is called by its id."""
    return people.get(person, person) if person else ""


@register.filter
def derived(deadline: Deadline) -> str:
    """Return clause and sum of a deadline in words."""
    return deadline_words(deadline, get_language() or "ja")


@register.filter
def about(line: OwedLine) -> str:
    """Return what a line of the ledger is about."""
    return about_words(line.kind, line.about, get_language() or "ja")


@register.filter
def summed(day_sum: DaySum, clause: str) -> str:
    """Return a clause and the sum of a day that is no deadline, in words."""
    return clause_sum_words(clause, day_sum, get_language() or "ja")


@register.filter
def letter_why(letter: LetterRecord) -> str:
    """Return clause and sum of the day that a letter names."""
    if letter.dated_on is None or letter.due_on is None:
        return ""
    found = letter_deadline(policy=policy_of_process(), dated_on=letter.dated_on, due_on=letter.due_on)
    return _why(found, letter.clause)


@register.filter
def invoice_why(invoice: CaseInvoice | OverdueInvoice) -> str:
    """Return clause and sum of the day that an invoice names."""
    found = invoice_deadline(policy=policy_of_process(), issued_on=invoice.issued_on, due_on=invoice.due_on)
    return _why(found, "35.2")


@register.filter
def draft_why(draft: DraftRecord) -> str:
    """Return clause and sum of the day until which a draft is kept."""
    found = draft_kept_until(
        policy=policy_of_process(), saved_at=draft.updated_at, expires_on=draft.expires_on
    )
    return _why(found, "40(6)")


@register.filter
def validity_why(certificate: CaseCertificate | RevocationRecord | OtherCertificate) -> str:
    """Return clause and sum of a certificate's last day."""
    found = validity_sum(issued_at=certificate.issued_at, not_after=certificate.not_after)
    return summed(found, "6.1") if found is not None else _of_its_time("6.1")


def _why(deadline: Deadline | None, identifier: str) -> str:
    return derived(deadline) if deadline is not None else _of_its_time(identifier)


def _of_its_time(identifier: str) -> str:
    return f"{clause(identifier)}　{gettext('counted by the rules of its time')}"


@register.filter
def event(kind: str) -> str:
    """Return what a kind of audit row is called."""
    return EVENTS[EventKind(kind)].in_language(get_language() or "ja")


@register.filter
def spaced(digits: str) -> str:
    """Return hexadecimal digits in groups of four."""
    upper = digits.upper()
    return " ".join(upper[start : start + 4] for start in range(0, len(upper), 4))


@register.filter
def grouped(count: int) -> str:
    """Return 1,000,000."""
    return f"{count:,}"


@register.filter
def yen(amount: int) -> str:
    """Return 12,100円, or ¥12,100."""
    return f"{amount:,}円" if get_language() == "ja" else f"¥{amount:,}"
