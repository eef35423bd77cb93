"""The sheets of a letter about a revocation, to the subscriber or the organization (21.2, 22.1, 22.2, 27)."""

from datetime import date

from inro.paper.letters import RevocationNotice, render_revocation_notice
from inro.paper.parties import Addressee, Operator
from inro.paper.revocation_letters import (
    OriginalReminder,
    RevocationRefusal,
    render_original_reminder,
    render_revocation_refusal,
)
from inro.practice.calendar import jst_date
from inro.practice.enclosures import PaperKind
from inro.practice.grounds import Invoker
from inro.practice.grounds import ground as ground_of
from inro.practice.notice_words import NoticeWords
from inro.practice.notices import NoticeKind
from inro.practice.revocation import FollowingPaper
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId
from inro.store.reads.address import home_address, organization_address
from inro.store.reads.letters import LetterRecord
from inro.store.reads.receipt import card_serial
from inro.store.reads.revocation import RevocationRecord, revocation_by_number
from inro.usecases.printed_letter import PrintedLetter, as_printed
from inro.words.grounds import ground_words
from inro.words.states import word


def revocation_sheets(
    record: LetterRecord, *, dated_on: date, words: NoticeWords, operator: Operator
) -> PrintedLetter:
    """Return a letter about a revocation as printed with a day on it; nothing is recorded (22.2, 43).

    Raises: Unknown once disposed of; GlyphMissing, FontMissing, SheetRefused.
    """
    case = revocation_by_number(record.revocation)
    if record.kind is NoticeKind.REVOCATION:
        notice = _notice(record, case, dated_on)
        pdf = render_revocation_notice(letter=notice, words=words, operator=operator)
    elif record.kind is NoticeKind.REVOCATION_REFUSAL:
        refusal = _refusal(record, case, dated_on)
        pdf = render_revocation_refusal(letter=refusal, words=words, operator=operator)
    else:
        reminder = _reminder(record, case, dated_on)
        pdf = render_original_reminder(letter=reminder, words=words, operator=operator)
    return as_printed(record, words, pdf)


def _notice(record: LetterRecord, case: RevocationRecord, dated_on: date) -> RevocationNotice:
    if case.revoked_at is None:
        raise Unknown(what="letter", detail=f"{case.number} is not revoked")
    return RevocationNotice(
        number=record.number,
        sent_on=dated_on,
        recipient=_recipient(record),
        subscriber_name=home_address(record.application_id).name,
        certificate_number=card_serial(record.application_id),
        serial=case.serial.hex(),
        revoked_at=case.revoked_at,
        ground=case.ground,
        ground_words=ground_words(case.ground, "ja"),
        organization_requested=case.invoker is Invoker.ORGANIZATION,
    )


def _refusal(record: LetterRecord, case: RevocationRecord, dated_on: date) -> RevocationRefusal:
    return RevocationRefusal(
        number=record.number,
        sent_on=dated_on,
        recipient=_recipient(record),
        application=record.application,
        case=case.number,
        arrived_on=jst_date(case.requested_at),
        form=_form(case),
        ground_words=ground_words(case.ground, "ja"),
        reason=record.reason,
    )


def _reminder(record: LetterRecord, case: RevocationRecord, dated_on: date) -> OriginalReminder:
    form = _form(case)
    names = {FollowingPaper.FORM: f"{form}の原本", FollowingPaper.DOCUMENTS: f"{form}に添える書類"}
    return OriginalReminder(
        number=record.number,
        sent_on=dated_on,
        recipient=_recipient(record),
        application=record.application,
        case=case.number,
        faxed_on=jst_date(case.requested_at),
        papers=tuple(names[paper] for paper in case.outstanding),
        revoked=case.revoked_at is not None,
    )


def _form(case: RevocationRecord) -> str:
    return word(PaperKind(ground_of(case.ground).form.value), "ja")


def _recipient(record: LetterRecord) -> Addressee:
    read = organization_address if record.to_organization else home_address
    found = read(ApplicationId(record.application_id))
    return Addressee(
        name=found.name,
        postal_code=found.postal_code,
        address=found.lines,
        organization=found.organization,
    )
