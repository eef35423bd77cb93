"""The time to mend: extended by a person, lapsed by nobody, ended by papers or a decision (9.2, 40(4))."""

from datetime import datetime, timedelta

import pytest

from inro.practice.antisocial import CheckResult
from inro.practice.application import ApplicationState
from inro.practice.calendar import JST, jst_date, start_of_day
from inro.practice.deficiency import CorrectionStage
from inro.practice.enclosures import PaperKind
from inro.practice.intake import ArrivalWay, EnclosedPaper, NumberInText
from inro.practice.letters import LetterRefused
from inro.practice.notices import NoticeKind
from inro.practice.transitions import ActNotAllowed, GuardRefused
from inro.store.audit import chain_end
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId
from inro.store.models import DeficiencyExtension, Letter, TelephoneCall
from inro.store.reads.application import application_record
from inro.store.reads.deficiency import correction_time, rejection_proposal, resubmission, told_letter
from inro.store.reads.letters import calls_of
from inro.usecases.deficiency import record_call
from inro.usecases.letters import post_letters
from inro.usecases.retention import dispose_application
from tests import given
from tests.usecases import given_intake
from tests.usecases import given_letters as made

DAY = timedelta(days=1)
DUE = made.TODAY + 20 * DAY
OVER = start_of_day(DUE + DAY)
RULES = {"terms": given.TERMS, "calendar": given.CALENDAR}


@pytest.fixture
def case(db) -> ApplicationId:
    return given.examining()


def reply(case: ApplicationId, *, now: datetime, way: ArrivalWay = ArrivalWay.POST) -> None:
    """Let the reply sheet come back."""
    envelope = given_intake.envelope(arrived_on=jst_date(now), way=way, now=now)
    original = way is not ArrivalWay.FAX
    paper = EnclosedPaper(kind=PaperKind.REPLY_SHEET, pages=1, original=original)
    given_intake.enclosed(envelope, case, paper, now=now)


def test_the_time_runs_from_the_notice_and_lapses_by_itself_into_nothing(case):
    assert correction_time(case, **RULES) is None
    letter = made.printed(made.released(case))
    assert correction_time(case, **RULES).stage(OVER) is CorrectionStage.NOT_NOTIFIED
    post_letters(letters=[letter], postmark=made.TODAY, actor=given.DESK, now=given.NOW)
    time = correction_time(case, **RULES)
    assert (time.due.day, time.stage(given.NOW)) == (DUE, CorrectionStage.RUNNING)
    assert time.stage(OVER) is CorrectionStage.LAPSED
    assert application_record(case).state is ApplicationState.DEFICIENT


def test_a_lapsed_case_is_proposed_and_a_person_rejects_it(case):
    made.posted(case)
    assert rejection_proposal(case, now=given.NOW, **RULES) is None
    proposal = rejection_proposal(case, now=OVER, **RULES)
    assert proposal.clause == "9.2"
    for part in ("2026年12月21日", "利用申込書、住民票の写し等"):
        assert part in proposal.reason
    assert proposal.points == made.POINTS
    given.reject(given.office(), case, reason=proposal.reason, now=OVER)
    assert application_record(case).state is ApplicationState.REJECTED
    assert rejection_proposal(case, now=OVER, **RULES) is None


def test_a_match_is_proposed_without_telling_where_it_was_found(case):
    given.look_for_forces(case, result=CheckResult.MATCH, remark="記事 2025/4/1")
    proposal = rejection_proposal(case, now=given.NOW, **RULES)
    assert proposal.clause == "46"
    assert "記事" not in proposal.reason


def test_with_more_time_nobody_rejects_before_it_is_over(case):
    made.posted(case)
    longer = DUE + 7 * DAY
    made.extended(case, longer, now=OVER)
    time = correction_time(case, **RULES)
    assert time.due.day == longer
    assert [(one.extended_to, one.extended_by) for one in time.extensions] == [(longer, "p-exam")]
    with pytest.raises(GuardRefused, match="correction_time_is_over"):
        given.reject(given.office(), case, now=OVER)
    given.reject(given.office(), case, now=start_of_day(longer + DAY))


@pytest.mark.parametrize(
    ("to", "reason", "refusal"),
    [
        (DUE, "入院中", GuardRefused),
        (DUE + DAY, "", LetterRefused),
        (DUE + DAY, "あ" * 401, LetterRefused),
        (DUE + DAY, "番号 123456789018", NumberInText),
    ],
)
def test_time_is_extended_with_a_reason_and_to_a_later_day_only(case, to, reason, refusal):
    made.posted(case)
    before = chain_end()
    with pytest.raises(refusal):
        made.extended(case, to, reason=reason)
    assert chain_end() == before
    assert not DeficiencyExtension.objects.exists()


def test_only_a_notified_deficiency_is_given_more_time(case):
    with pytest.raises(ActNotAllowed):
        made.extended(case, DUE + DAY)
    made.released(case)
    with pytest.raises(GuardRefused, match="notice_has_arrived"):
        made.extended(case, DUE + DAY)


def test_an_extension_ends_with_its_round(case):
    made.posted(case)
    made.extended(case, DUE + 30 * DAY)
    later = given.NOW + 3 * DAY
    reply(case, now=later)
    made.posted(case, now=later + DAY)
    assert correction_time(case, **RULES).due.day == jst_date(later + DAY) + 20 * DAY


@pytest.mark.parametrize("way", [ArrivalWay.POST, ArrivalWay.FAX])
def test_the_reply_sheet_takes_its_case_back_into_examination(case, way):
    made.posted(case)
    reply(case, now=given.NOW + 3 * DAY, way=way)
    record = application_record(case)
    assert (record.state, record.form) == (ApplicationState.EXAMINING, given.FORM)
    answered = resubmission(case, **RULES)
    assert (answered.arrived_on, answered.due.day, answered.is_late) == (made.TODAY + 3 * DAY, DUE, False)


def test_papers_that_come_late_are_taken_in_and_shown_as_late(case):
    made.posted(case)
    reply(case, now=OVER + DAY)
    assert resubmission(case, **RULES).is_late


def test_a_reply_to_an_earlier_notice_takes_nothing_back(case):
    reply(case, now=given.NOW)
    assert application_record(case).state is ApplicationState.EXAMINING
    assert resubmission(case, **RULES) is None
    envelope = given_intake.envelope()
    made.posted(case, now=given.NOW + DAY)
    paper = EnclosedPaper(kind=PaperKind.REPLY_SHEET, pages=1)
    given_intake.enclosed(envelope, case, paper, now=given.NOW + DAY)
    assert application_record(case).state is ApplicationState.DEFICIENT


def test_the_newest_notice_tells_what_is_to_be_mended(case):
    made.posted(case)
    made.posted(case, points=made.POINTS[1:], now=given.NOW + DAY)
    assert told_letter(case).points == made.POINTS[1:]


def note(case: ApplicationId, **changes) -> None:
    facts = {
        "about": NoticeKind.DEFICIENCY,
        "called_at": given.NOW,
        "spoken_to": "本人",
        "said": "不備の内容を伝えた",
    }
    record_call(application=case, actor=given.EXAMINER, now=given.NOW, **facts | changes)


def test_a_call_is_noted_and_starts_no_time(case):
    made.released(case)
    note(case)
    [call] = calls_of(case, NoticeKind.DEFICIENCY)
    assert (call.called_by, call.spoken_to, call.said) == ("p-exam", "本人", "不備の内容を伝えた")
    assert correction_time(case, **RULES).due is None


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"spoken_to": " "}, LetterRefused),
        ({"said": "あ" * 1001}, LetterRefused),
        ({"said": "番号は 123456789018"}, NumberInText),
        ({"called_at": given.NOW + DAY}, LetterRefused),
    ],
)
def test_a_call_says_with_whom_and_what(case, changes, refusal):
    with pytest.raises(refusal):
        note(case, **changes)
    assert not TelephoneCall.objects.exists()
    with pytest.raises(Unknown):
        note(ApplicationId(99))


def test_what_was_written_and_said_goes_at_disposal(case):
    made.posted(case)
    made.extended(case, DUE + DAY)
    note(case)
    given.reject(given.office(), case, now=OVER + 5 * DAY)
    ended = datetime(2042, 1, 1, tzinfo=JST)
    dispose_application(application=case, terms=given.TERMS, actor=given.ACCEPTOR, now=ended)
    for letter in Letter.objects.all():
        assert (letter.content, letter.pdf) == (None, None)
        assert len(letter.content_sha256) == 64
    call = TelephoneCall.objects.get()
    assert (call.spoken_to, call.said, DeficiencyExtension.objects.get().reason) == ("", "", "")
