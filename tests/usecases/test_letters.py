"""Letters: written, released as seen, printed for a day, posted once and many at a time (9.2, 43)."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from inro.configuration.notice_words import load_notice_words
from inro.practice.application import ApplicationState
from inro.practice.calendar import jst_date
from inro.practice.events import EventKind
from inro.practice.intake import NumberInText
from inro.practice.letters import LetterRefused, LetterState
from inro.practice.notices import Channel, ChannelRefused, Delivery, NotArrived, NoticeKind
from inro.practice.transitions import ActNotAllowed, GuardRefused
from inro.store.audit import chain_end
from inro.store.errors import Conflict, Unknown
from inro.store.ids import LetterId
from inro.store.models import Application, AuditRow, Letter, Notice
from inro.store.reads.application import application_record, deficiency_notice_arrived_on
from inro.store.reads.letters import letter_by_number, letter_record, letters_in, letters_of
from inro.usecases.actor import DutyMissing
from inro.usecases.application import record_resubmission
from inro.usecases.letter_sheets import letter_sheets
from inro.usecases.letters import (
    drop_letter,
    post_letters,
    print_letters,
    release_deficiency_letter,
    send_letter,
)
from tests import forms, given
from tests.paper.read_back import text_of
from tests.paper.sheets import OPERATOR, WORDS
from tests.usecases import given_letters as made
from tests.usecases.given_notices import reachable

DAY = timedelta(days=1)


@pytest.fixture
def case(db):
    return given.examining()


def test_a_draft_changes_nothing_of_its_case_and_may_be_written_anew(case):
    letter = made.written(case)
    first = letter_record(letter)
    assert application_record(case).state is ApplicationState.EXAMINING
    assert made.written(case, points=made.POINTS[:1]) == letter
    second = letter_record(letter)
    assert (first.number, second.points) == (second.number, made.POINTS[:1])
    assert first.content_sha256 != second.content_sha256
    assert second.state is LetterState.DRAFTED


def test_what_was_seen_is_released_and_makes_the_case_deficient(case):
    letter = made.released(case)
    record = letter_record(letter)
    assert record.state is LetterState.RELEASED
    assert application_record(case).state is ApplicationState.DEFICIENT
    assert Application.objects.get(pk=case).examiner == "p-exam"
    found = AuditRow.objects.get(kind="examination.deficiency_found")
    assert '"points":2' in found.details
    assert record.content_sha256 in found.details
    assert letter_by_number(record.number) == record


def test_a_draft_changed_meanwhile_is_not_released(case):
    letter = made.written(case)
    seen = letter_record(letter).content_sha256
    made.written(case, points=made.POINTS[:1])
    before = chain_end()
    with pytest.raises(Conflict):
        release_deficiency_letter(letter=letter, content_sha256=seen, actor=given.EXAMINER, now=given.NOW)
    assert chain_end() == before
    assert application_record(case).state is ApplicationState.EXAMINING


def test_one_letter_of_a_kind_waits_at_a_time(case):
    made.released(case)
    with pytest.raises(Conflict):
        made.written(case)


def test_a_letter_is_written_of_a_case_under_examination_only(db):
    with pytest.raises(ActNotAllowed):
        made.written(given.drafted())
    with pytest.raises(Unknown):
        made.printed(LetterId(99))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"points": ()}, LetterRefused),
        ({"channel": Channel.TELEPHONE}, ChannelRefused),
        ({"points": (replace(made.POINTS[0], finding="個人番号 123456789018"),)}, NumberInText),
    ],
)
def test_what_cannot_be_a_letter_is_refused(case, changes, refusal):
    before = chain_end()
    with pytest.raises(refusal):
        made.written(case, **changes)
    assert chain_end() == before
    assert not Letter.objects.exists()


def test_without_the_duty_nothing_is_written_or_printed(case):
    with pytest.raises(DutyMissing):
        made.written(case, by="p-desk")
    letter = made.released(case)
    with pytest.raises(DutyMissing):
        print_letters(printed=[made.sheets(letter)], dated_on=made.TODAY, actor=given.EXAMINER, now=given.NOW)


def test_a_printed_letter_bears_its_day_and_twenty_days_from_it(case):
    letter = made.printed(made.released(case), dated_on=made.TODAY + DAY)
    record = letter_record(letter)
    assert (record.dated_on, record.due_on) == (made.TODAY + DAY, made.TODAY + 21 * DAY)
    text = text_of(record.pdf)
    for part in (record.number, "2026年12月22日", "実印が押されていません。", "再提出票"):
        assert part in text
    made.printed(letter)
    assert letter_record(letter).due_on == made.TODAY + 20 * DAY


def test_many_letters_are_posted_with_one_postmark_or_none(db):
    one, other = given.examining(), given.examining()
    letters = [made.printed(made.released(case)) for case in (one, other)]
    post_letters(letters=letters, postmark=made.TODAY, actor=given.DESK, now=given.NOW)
    assert {letter_record(letter).arrived_on for letter in letters} == {made.TODAY}
    assert deficiency_notice_arrived_on(one) == made.TODAY
    assert Notice.objects.count() == 2
    assert Notice.objects.first().content_sha256 == letter_record(letters[0]).pdf_sha256
    late = made.printed(made.released(given.examining()))
    before = chain_end()
    with pytest.raises(ActNotAllowed):
        post_letters(letters=[late, letters[0]], postmark=made.TODAY, actor=given.DESK, now=given.NOW)
    assert chain_end() == before
    assert letter_record(late).state is LetterState.PRINTED


def test_a_letter_is_posted_on_its_day_or_later_and_of_a_case_that_waits(case):
    letter = made.printed(made.released(case))
    for postmark, guard in ((made.TODAY - DAY, "no_earlier"), (made.TODAY + DAY, "has_happened")):
        with pytest.raises(GuardRefused, match=guard):
            post_letters(letters=[letter], postmark=postmark, actor=given.DESK, now=given.NOW)
    record_resubmission(application=case, form=given.FORM, actor=given.EXAMINER, now=given.NOW)
    with pytest.raises(GuardRefused, match="case_still_waits"):
        post_letters(letters=[letter], postmark=made.TODAY, actor=given.DESK, now=given.NOW)
    with pytest.raises(GuardRefused, match="case_still_waits"):
        made.printed(letter)
    drop_letter(letter=letter, actor=given.DESK, now=given.NOW)
    assert letters_in({LetterState.PRINTED}) == ()


def test_with_a_later_postmark_the_later_count_holds(case):
    letter = made.printed(made.released(case))
    tomorrow = given.NOW + DAY
    post_letters(letters=[letter], postmark=jst_date(tomorrow), actor=given.DESK, now=tomorrow)
    record = letter_record(letter)
    assert (record.due_on, record.arrived_on) == (made.TODAY + 20 * DAY, made.TODAY + DAY)


def test_nothing_is_posted_that_was_not_printed_or_chosen(case):
    letter = made.released(case)
    with pytest.raises(ActNotAllowed):
        post_letters(letters=[letter], postmark=made.TODAY, actor=given.DESK, now=given.NOW)
    with pytest.raises(LetterRefused, match="none"):
        post_letters(letters=[], postmark=made.TODAY, actor=given.DESK, now=given.NOW)
    with pytest.raises(LetterRefused, match="none"):
        print_letters(printed=[], dated_on=made.TODAY, actor=given.DESK, now=given.NOW)


def test_an_email_counts_once_staff_sent_it_and_sending_is_confirmed(case):
    stated = forms.WHOLE.as_record()
    Application.objects.filter(pk=case).update(stated=stated)
    letter = made.printed(made.released(case, channel=Channel.EMAIL))
    with pytest.raises(LetterRefused, match="other_way"):
        post_letters(letters=[letter], postmark=made.TODAY, actor=given.DESK, now=given.NOW)
    delivery = Delivery(channel=Channel.EMAIL, released_by="p-desk")
    with pytest.raises(NotArrived):
        send_letter(letter=letter, delivery=delivery, actor=given.DESK, now=given.NOW)
    confirmed = replace(delivery, confirmed_at=given.NOW)
    send_letter(letter=letter, delivery=confirmed, actor=given.DESK, now=given.NOW)
    assert letter_record(letter).arrived_on == made.TODAY
    with pytest.raises(ActNotAllowed):
        send_letter(letter=letter, delivery=confirmed, actor=given.DESK, now=given.NOW)


def test_a_further_notice_of_a_deficient_case_is_the_one_that_counts(case):
    made.posted(case)
    later = given.NOW + 5 * DAY
    letter = made.posted(case, points=made.POINTS[1:], now=later)
    assert application_record(case).state is ApplicationState.DEFICIENT
    assert deficiency_notice_arrived_on(case) == jst_date(later)
    assert [one.state for one in letters_of(case)] == [LetterState.SENT] * 2
    assert letter_record(letter).due_on == jst_date(later) + 20 * DAY


def test_a_rejection_brings_its_letter_to_be_printed(db):
    house = given.office()
    case = given.examined(house)
    given.reject(house, case)
    [record] = letters_of(case, NoticeKind.REJECTION)
    assert (record.state, record.channel) == (LetterState.RELEASED, Channel.POST)
    assert record.reason == given.SEAL_DIFFERS
    made.printed(record.letter_id)
    post_letters(letters=[record.letter_id], postmark=made.TODAY, actor=given.DESK, now=given.NOW)
    sent = letter_record(record.letter_id)
    assert (sent.arrived_on, sent.due_on) == (made.TODAY, None)
    for part in (given.SEAL_DIFFERS, "第9条第2項", "お返しできません"):
        assert part in text_of(sent.pdf)


def test_no_text_of_a_letter_reaches_the_log(case):
    made.posted(case)
    written = "\n".join(AuditRow.objects.values_list("details", flat=True))
    for word in ("実印", "住民票", "髙橋", "お送り"):
        assert word not in written


def test_a_letter_once_dropped_is_gone_for_good(case):
    letter = made.written(case)
    drop_letter(letter=letter, actor=given.EXAMINER, now=given.NOW)
    with pytest.raises(ActNotAllowed):
        release_deficiency_letter(
            letter=letter,
            content_sha256=letter_record(letter).content_sha256,
            actor=given.EXAMINER,
            now=given.NOW,
        )
    assert made.written(case) != letter


def test_the_register_keeps_which_words_were_sent(case, tmp_path):
    folder = Path(shutil.copytree("policy/notices", tmp_path / "notices"))
    file = folder / "deficiency.toml"
    text = file.read_text("utf-8").replace("至急", "").replace("edition = 2026-12-01", "edition = 2027-01-15")
    file.write_text(
        text.replace("不備がありました。{due_on}まで", "不備が見つかりました。{due_on}まで"), "utf-8"
    )
    other = load_notice_words(folder)
    old, new = WORDS[NoticeKind.DEFICIENCY], other[NoticeKind.DEFICIENCY]
    assert old.sha256 != new.sha256
    first = made.posted(case)
    letter = made.released(case)
    sheets = letter_sheets(
        letter_record(letter),
        dated_on=made.TODAY,
        terms=given.TERMS,
        calendar=given.CALENDAR,
        words=other,
        operator=OPERATOR,
    )
    assert "不備が見つかりました" in text_of(sheets.pdf)
    print_letters(printed=[sheets], dated_on=made.TODAY, actor=given.DESK, now=given.NOW)
    post_letters(letters=[letter], postmark=made.TODAY, actor=given.DESK, now=given.NOW)
    for one, words in ((first, old), (letter, new)):
        sent = Notice.objects.get(letter=one)
        assert (sent.edition, sent.words_sha256) == (words.edition.isoformat(), words.sha256)
    printed = AuditRow.objects.filter(kind=EventKind.LETTER_PRINTED).order_by("seq")
    assert [json.loads(row.details)["words_sha256"] for row in printed] == [old.sha256, new.sha256]


@pytest.mark.parametrize("way", [Channel.EMAIL, Channel.FAX])
def test_without_contact_data_a_letter_goes_by_post_and_says_why(case, way):
    letter = letter_record(made.written(case, channel=way))
    assert (letter.channel, letter.wanted) == (Channel.POST, way)
    told = json.loads(AuditRow.objects.latest("seq").details)
    assert (told["channel"], told["wanted"], told["why"]) == ("post", way.value, "no_contact")
    # Written anew by a way that needs no contact, it is as it was wanted.
    letter = letter_record(made.written(case, channel=Channel.POST))
    assert letter.wanted is None


def test_a_contact_taken_back_meanwhile_turns_the_letter_to_the_post(case):
    letter = made.released(reachable(case), channel=Channel.EMAIL)
    assert letter_record(letter).channel is Channel.EMAIL
    stated = Application.objects.get(pk=case).stated
    Application.objects.filter(pk=case).update(stated=stated | {"contact": {"email": "", "fax": ""}})
    record = letter_record(made.printed(letter))
    assert (record.channel, record.wanted) == (Channel.POST, Channel.EMAIL)
