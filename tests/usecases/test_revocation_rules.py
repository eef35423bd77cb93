"""Who brings which ground on which paper, and what must hold to revoke or to refuse (18.7, 21, 22)."""

from datetime import date, datetime, timedelta

import pytest

from inro.configuration.policy import load_policy
from inro.practice.calendar import start_of_day
from inro.practice.certificate import CertificateState
from inro.practice.enclosures import PaperKind
from inro.practice.grounds import Invoker, RevocationForm, ground
from inro.practice.intake import ArrivalWay
from inro.practice.notices import NoticeKind
from inro.practice.revocation import (
    FollowingPaper,
    RefusalReason,
    RequestNotRefusable,
    RequestRefused,
    RequestWay,
    RevocationFindings,
)
from inro.practice.transitions import GuardRefused
from inro.store.audit import chain_end
from inro.store.errors import Conflict, Unknown
from inro.store.ids import ApplicationId, CaseId, CertificateId, EnclosureId
from inro.store.models import AuditRow, Certificate, RevocationCase
from inro.store.reads.letters import LetterRecord, letter_record, letters_of
from inro.store.reads.revocation import (
    cases_without_original,
    decided_revocations,
    revocation_case,
)
from inro.store.reads.revocation_board import waiting_papers
from inro.store.states import RevocationState
from inro.usecases.actor import DutyMissing
from inro.usecases.letter_sheets import letter_sheets
from inro.usecases.objection import record_objection
from inro.usecases.printed_letter import PrintedLetter
from inro.usecases.retention import dispose_application
from inro.usecases.revocation import record_revocation_request
from inro.usecases.revocation_findings import find_revocation_lacking
from inro.usecases.revocation_original import receive_original, write_original_reminder
from inro.usecases.revocation_refusal import refuse_revocation
from tests import given, posted
from tests.paper.read_back import text_of
from tests.paper.sheets import OPERATOR, WORDS
from tests.usecases import given_intake as intake

DAY = timedelta(days=1)
CHECKLIST = load_policy(given.POLICY).revocation_checklist
D = posted.DAY
FAX = {"way": RequestWay.FAX, "urgent": True, "unavoidable": True}


@pytest.fixture
def house(db):
    return given.office()


@pytest.fixture
def made(house) -> CertificateId:
    return given.issued(house)


def not_decided(house, case: CaseId, *, guard: str, now: datetime = given.NOW) -> None:
    """The second officer can't decide; the case stays examined and the certificate valid."""
    before = chain_end()
    with pytest.raises(GuardRefused) as refusal:
        given.decide(house, case, now=now)
    assert refusal.value.guard == guard
    assert chain_end() == before
    assert revocation_case(case).state is RevocationState.EXAMINED
    assert decided_revocations() == ()
    assert Certificate.objects.get().state == CertificateState.VALID


@pytest.mark.parametrize("id_", ["21.1(3)/lost", "22.1(10)", "22.1(6)"])
def test_each_ground_comes_on_its_own_paper_or_none(house, made, id_):
    case = given.decided(house, given.requested(made, ground_id=id_))
    record = revocation_case(case)
    assert record.state is RevocationState.DECIDED
    assert record.invoker is ground(id_).invoker
    assert (record.paper is None) is (record.invoker is Invoker.CA)


@pytest.mark.parametrize(
    ("id_", "paper_of", "changes", "guard"),
    [
        ("21.1(3)/lost", "22.1(10)", {}, "invoker_may_bring_this_ground"),
        ("22.1(10)", "21.1(3)/lost", {}, "invoker_may_bring_this_ground"),
        ("18.7", "21.1(3)/lost", {}, "invoker_may_bring_this_ground"),
        ("21.1(3)/lost", "18.7", {}, "invoker_may_bring_this_ground"),
        ("21.1(3)/lost", "21.1(3)/lost", {"form": RevocationForm.REQUEST}, "form_is_the_prescribed_one"),
        ("21.1(3)/lost", "21.1(3)/lost", {"way": RequestWay.FAX}, "fax_was_urgent_and_unavoidable"),
        ("22.1(10)", "22.1(10)", FAX | {"unavoidable": False}, "fax_was_urgent_and_unavoidable"),
    ],
)
def test_a_paper_of_the_wrong_person_form_or_way_opens_no_case(made, id_, paper_of, changes, guard):
    before = chain_end()
    with pytest.raises(GuardRefused) as refusal:
        record_revocation_request(
            certificate=made,
            ground=id_,
            paper=given.paper(ground(paper_of), **changes),
            requested_at=given.NOW,
            actor=given.EXAMINER,
            now=given.NOW,
        )
    assert refusal.value.guard == guard
    assert chain_end() == before
    assert not RevocationCase.objects.exists()


def test_after_its_end_no_case_is_opened(made):
    end = Certificate.objects.get().not_after
    before = chain_end()
    with pytest.raises(GuardRefused, match="certificate_has_not_expired"):
        given.requested(made, now=end + timedelta(seconds=1))
    assert chain_end() == before
    assert not RevocationCase.objects.exists()


def test_a_form_that_names_somebody_else_revokes_nothing(house, made):
    # The certificate shows 高橋; the form must name the subscriber as it does (21.2).
    case = given.examined_case(house, given.requested(made, name_on_form="髙橋　花子"))
    not_decided(house, case, guard="name_is_the_certificates")


@pytest.mark.parametrize(
    ("id_", "findings"),
    [
        ("21.1(3)/lost", RevocationFindings(authentic=False)),
        ("22.1(10)", RevocationFindings(complete=False)),
        ("22.1(6)", RevocationFindings(established=False)),
        # Of 21.1(2) alone: what only the authorities renamed is no change.
        ("21.1(2)", RevocationFindings(municipal_merger=True)),
    ],
)
def test_what_lacks_something_is_signed_by_nobody_until_it_is_mended(house, made, id_, findings):
    case = given.requested(made, ground_id=id_)
    with pytest.raises(RequestRefused, match="something_lacks"):
        given.examined_case(house, case, findings=findings)
    find_revocation_lacking(
        case=case, findings=findings, checklist=CHECKLIST, actor=given.EXAMINER, now=given.NOW
    )
    record = revocation_case(case)
    assert (record.state, record.findings) == (RevocationState.REQUESTED, findings)
    with pytest.raises(RequestRefused, match="nothing_lacks"):
        find_revocation_lacking(
            case=case, findings=given.BELIEVED, checklist=CHECKLIST, actor=given.EXAMINER, now=given.NOW
        )
    given.decided(house, case)
    assert revocation_case(case).state is RevocationState.DECIDED


def test_an_expired_certificate_is_not_revoked(house, made):
    end = Certificate.objects.get().not_after
    case = given.examined_case(house, given.requested(made), now=end - DAY)
    not_decided(house, case, guard="certificate_has_not_expired", now=end + timedelta(seconds=1))
    given.decide(house, case, now=end)
    assert revocation_case(case).state is RevocationState.DECIDED


@pytest.mark.parametrize(("id_", "first_day"), [("22.1(1)", date(2027, 1, 1)), ("18.7", date(2027, 1, 2))])
def test_without_a_slip_the_wait_has_to_be_over(house, made, id_, first_day):
    # The worked example of ADR 3: posted on 1 December, reminded on the 22nd.
    application = posted.application_of(made)
    posted.to_subscriber(application)
    posted.remind(application, date(2026, 12, 22))
    due = start_of_day(first_day)
    case = given.examined_case(house, given.requested(made, ground_id=id_), now=due)
    not_decided(house, case, guard="receipt_period_is_over", now=due - timedelta(seconds=1))
    given.decide(house, case, now=due)
    assert revocation_case(case).state is RevocationState.DECIDED


@pytest.mark.parametrize("id_", ["22.1(1)", "18.7"])
def test_a_slip_that_came_ends_the_wait_and_lets_the_case_go(house, made, id_):
    application = posted.application_of(made)
    posted.to_subscriber(application)
    posted.remind(application, date(2026, 12, 22))
    now = start_of_day(date(2027, 1, 5))
    case = given.examined_case(house, given.requested(made, ground_id=id_), now=now)
    posted.slip(application, on=date(2027, 1, 5))
    not_decided(house, case, guard="receipt_period_is_over", now=now)
    refuse(case, RefusalReason.SLIP_NOT_OVERDUE, now=now)
    assert revocation_case(case).state is RevocationState.REFUSED


def test_doubts_told_in_time_hold_the_mandatory_revocation(house, made):
    application = posted.application_of(made)
    posted.to_subscriber(application)
    record_objection(
        application=application,
        contacted_on=D + 20 * DAY,
        terms=given.TERMS,
        calendar=given.CALENDAR,
        actor=given.DESK,
        now=start_of_day(D + 20 * DAY),
    )
    now = start_of_day(D + 60 * DAY)
    case = given.examined_case(house, given.requested(made, ground_id="18.7"), now=now)
    not_decided(house, case, guard="receipt_period_is_over", now=now)


def test_a_card_that_was_never_posted_is_not_waited_for(house, made):
    case = given.examined_case(house, given.requested(made, ground_id="18.7"))
    not_decided(house, case, guard="receipt_period_is_over")
    refuse(case, RefusalReason.SLIP_NOT_OVERDUE)
    assert revocation_case(case).state is RevocationState.REFUSED


def refuse(case: CaseId, reason: RefusalReason, *, now: datetime = given.NOW) -> None:
    refuse_revocation(
        case=case,
        reason=reason,
        text=given.SEAL_DIFFERS,
        seen=revocation_case(case).state,
        terms=given.TERMS,
        calendar=given.CALENDAR,
        actor=given.ACCEPTOR,
        now=now,
    )


@pytest.mark.parametrize("id_", ["21.1(3)/lost", "22.1(10)"])
def test_a_mandatory_ground_is_turned_down_for_authenticity_or_form_alone(house, made, id_):
    case = given.requested(made, ground_id=id_)
    for reason in (RefusalReason.OTHER, RefusalReason.SLIP_NOT_OVERDUE):
        before = chain_end()
        with pytest.raises(RequestNotRefusable):
            refuse(case, reason)
        assert chain_end() == before
        assert revocation_case(case).state is RevocationState.REQUESTED
    refuse(case, RefusalReason.NOT_AUTHENTIC)
    assert RevocationCase.objects.get().refused_for == "not_authentic"
    with pytest.raises(Conflict):
        refuse(case, RefusalReason.NOT_AUTHENTIC)


def test_what_is_due_under_18_7_is_never_turned_down(house, made):
    application = posted.application_of(made)
    posted.to_subscriber(application)
    posted.remind(application, date(2026, 12, 22))
    now = start_of_day(date(2027, 1, 2))
    case = given.requested(made, ground_id="18.7", now=now)
    before = chain_end()
    for reason in RefusalReason:
        with pytest.raises(RequestNotRefusable):
            refuse(case, reason, now=now)
    assert chain_end() == before
    assert revocation_case(case).state is RevocationState.REQUESTED


def test_what_the_ca_may_it_may_leave(house, made):
    case = given.requested(made, ground_id="22.1(6)")
    refuse(case, RefusalReason.OTHER)
    # Another case may be opened then.
    given.requested(made)


def test_form_and_documents_follow_the_fax_each_once(house, made):
    case = given.decided(house, given.requested(made, **FAX))
    for paper, day in ((FollowingPaper.FORM, D + 6 * DAY), (FollowingPaper.DOCUMENTS, D + 8 * DAY)):
        assert [record.case_id for record in cases_without_original()] == [case]
        original(case, day, paper)
        assert revocation_case(case).arrived_on(paper) == day
        before = chain_end()
        with pytest.raises(GuardRefused, match="original_is_outstanding"):
            original(case, day + DAY, paper)
        assert chain_end() == before
    assert cases_without_original() == ()


def test_what_is_outstanding_is_asked_for_by_letter(house, made):
    application = posted.application_of(made)
    case = given.requested(made, **FAX)
    write_original_reminder(case=case, actor=given.DESK, now=given.NOW)
    [letter] = letters_of(application, NoticeKind.ORIGINAL_REMINDER)
    text = text_of(sheets(letter).pdf)
    for part in ("失効申請書の原本", "失効申請書に添える書類", "2026年12月1日", "手続中"):
        assert part in text
    with pytest.raises(Conflict):
        write_original_reminder(case=case, actor=given.DESK, now=given.NOW)
    for paper in FollowingPaper:
        original(case, D + DAY, paper)
    assert not letter_record(letter.letter_id).case_waits
    with pytest.raises(Conflict):
        write_original_reminder(case=case, actor=given.DESK, now=given.NOW)


def test_a_form_that_the_intake_desk_scanned_is_joined_once(house, made):
    application = posted.application_of(made)
    by_fax, by_post, strange = (
        scanned(application, way=way, kind=kind)
        for way, kind in (
            (ArrivalWay.FAX, PaperKind.REVOCATION_APPLICATION),
            (ArrivalWay.POST, PaperKind.REVOCATION_APPLICATION),
            (ArrivalWay.POST, PaperKind.RESIDENT_RECORD),
        )
    )
    assert [one.enclosure_id for one in waiting_papers()] == [by_fax, by_post]
    asked = {"certificate": made, "ground": "21.1(3)/lost", "requested_at": given.NOW}
    asked |= {"paper": given.paper(ground("21.1(3)/lost"), **FAX), "actor": given.EXAMINER, "now": given.NOW}
    with pytest.raises(Unknown):
        record_revocation_request(**asked, enclosure=strange)
    case = record_revocation_request(**asked, enclosure=by_fax)
    assert [one.enclosure_id for one in waiting_papers(application)] == [by_post]
    receive_original(case=case, arrived_on=D, enclosure=by_post, actor=given.EXAMINER, now=given.NOW)
    assert waiting_papers() == ()


def scanned(application: ApplicationId, *, way: ArrivalWay, kind: PaperKind) -> EnclosureId:
    paper = intake.record_paper(kind=kind, original=way is ArrivalWay.POST)
    return intake.enclosed(intake.envelope(way=way), application, paper)


def sheets(letter: LetterRecord) -> PrintedLetter:
    return letter_sheets(
        letter,
        dated_on=D,
        terms=given.TERMS,
        calendar=given.CALENDAR,
        words=WORDS,
        operator=OPERATOR,
    )


@pytest.mark.parametrize(
    ("changes", "on", "guard"),
    [
        ({}, D, "original_is_outstanding"),
        (FAX, D - DAY, "original_follows_the_fax"),
    ],
)
def test_a_form_that_follows_no_fax_is_not_recorded(made, changes, on, guard):
    case = given.requested(made, **changes)
    before = chain_end()
    with pytest.raises(GuardRefused, match=guard):
        original(case, on)
    with pytest.raises(DutyMissing):
        receive_original(case=case, arrived_on=D, actor=given.DESK, now=given.NOW)
    assert chain_end() == before
    assert revocation_case(case).original_arrived_on is None


def original(case: CaseId, on: date, paper: FollowingPaper = FollowingPaper.FORM) -> None:
    receive_original(case=case, paper=paper, arrived_on=on, actor=given.EXAMINER, now=start_of_day(on))


def test_the_paper_is_kept_as_it_came_its_hash_in_the_log_and_gone_at_disposal(house, made):
    case = given.entered(given.decided(house, given.requested(made, **FAX)))
    paper = revocation_case(case).paper
    assert paper == given.paper(ground("21.1(3)/lost"), **FAX)
    sha256 = RevocationCase.objects.get().paper_sha256
    received = AuditRow.objects.get(kind="revocation.request_received")
    assert sha256 in received.details
    assert "高橋" not in received.details
    dispose_application(
        application=posted.application_of(made),
        terms=given.TERMS,
        actor=given.ACCEPTOR,
        now=start_of_day(date(2038, 1, 1)),
    )
    row = RevocationCase.objects.get()
    assert (row.paper, row.paper_sha256) == (None, sha256)
