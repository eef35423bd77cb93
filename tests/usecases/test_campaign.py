"""Campaigns: for whom, two persons, lots, what counts as told, what is listed (2.2, 6.2, 11, 12.4, 15)."""

import hashlib
import io
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pikepdf
import pytest
from django.db import connection

from inro.practice.calendar import end_of_day, jst_date
from inro.practice.campaign import (
    CampaignKind,
    CampaignRefused,
    CampaignState,
    CampaignSubject,
    Exclusion,
    ItemState,
    Standing,
)
from inro.practice.editions import ActivationRefused, check_activation
from inro.practice.events import EventKind
from inro.practice.export import ReleasedByTheSame
from inro.practice.intake import NumberInText
from inro.practice.notices import Channel, NoticeKind
from inro.practice.transitions import ActNotAllowed
from inro.store.errors import Conflict, Unknown
from inro.store.models import (
    Application,
    AuditRow,
    Campaign,
    CampaignBatch,
    CampaignItem,
    Certificate,
    Notice,
)
from inro.store.reads.campaign import (
    batch_pdf,
    batches,
    campaign_record,
    item_counts,
)
from inro.store.reads.campaign_certificates import list_sha256, listed_certificates
from inro.store.reads.campaign_proof import proof_lines, standings
from inro.store.reads.edition import Untold, untold
from inro.store.reads.notice_pages import posted_notices
from inro.usecases.campaign import (
    finish_campaign,
    list_revocations,
    post_campaign_page,
    release_campaign,
    told_items,
    update_campaign,
    withdraw_campaign,
)
from inro.usecases.retention import _empty_items
from tests import given, posted
from tests.paper.read_back import text_of
from tests.usecases import given_campaigns as made

NEW = replace(given.TERMS, edition="2027-04-01", effective_from=date(2027, 4, 1))
LATE = given.NOW + timedelta(days=95)


@pytest.fixture
def house(db):
    return given.office()


def excluded(number):
    found = Counter()
    for one in item_counts(campaign_record(number).campaign_id):
        found[one.exclusion] += one.count
    return {why: count for why, count in found.items() if why}


def test_a_change_of_fees_from_plan_to_proof_with_one_letter_late(house):
    cases = [posted.number_of(posted.issued(house)) for _ in range(3)]
    number = made.released(made.change(), terms=NEW)
    record = campaign_record(number)
    assert (record.last_day, told_items(record)) == (date(2027, 2, 28), 3)
    first, second = made.printed(number, most=2), made.printed(number, most=2)
    assert (first.letters, second.letters, made.printed(number)) == (2, 1, None)
    made.posted(number, first.number)
    assert untold(NEW, most=9) == Untold(missing=1, late=0, examples=((cases[2], None),))
    made.posted(number, second.number, now=LATE)
    assert standings(campaign_record(number)) == {
        Standing.IN_TIME: 2,
        Standing.LATE: 1,
        Standing.MISSING: 0,
    }
    with pytest.raises(ActivationRefused) as refused:
        check_activation(NEW, notices=dict(untold(NEW, most=9).examples))
    assert refused.value.late == (cases[2],)
    finish_campaign(number=number, actor=made.PLANNER, now=LATE)
    notices = Notice.objects.filter(kind=NoticeKind.TERMS_CHANGE)
    assert {one.template for one in notices} == {"terms_change/2027-04-01"}
    assert [line.letter for line in proof_lines(record)] == [
        f"{number}/{pk}" for pk in CampaignItem.objects.order_by("pk").values_list("pk", flat=True)
    ]


def end(application, on):
    """Let a certificate have been made with another end: what the record keeps cannot be changed."""
    drop = "DROP TRIGGER store_certificate_no_update"
    with connection.cursor() as cursor:
        cursor.execute(drop if connection.vendor == "sqlite" else f"{drop} ON store_certificate")
    Certificate.objects.filter(application=application).update(not_after=end_of_day(on))


def test_who_planned_does_not_release_and_what_changed_is_not_released(house):
    posted.issued(house)
    number = made.planned(made.change(), terms=NEW)
    both = given.Actor(name=made.PLANNER.name, duties=made.PLANNER.duties | made.RELEASER.duties)
    with pytest.raises(ReleasedByTheSame):
        release_campaign(number=number, told=1, actor=both, now=given.NOW)
    posted.issued(house)
    assert update_campaign(number=number, actor=made.PLANNER, now=given.NOW) == 1
    assert update_campaign(number=number, actor=made.PLANNER, now=given.NOW) == 0
    with pytest.raises(Conflict):
        release_campaign(number=number, told=1, actor=made.RELEASER, now=given.NOW)
    with pytest.raises(ActNotAllowed):
        made.printed(number)
    release_campaign(number=number, told=2, actor=made.RELEASER, now=given.NOW)
    with pytest.raises(ActNotAllowed):
        withdraw_campaign(number=number, actor=made.PLANNER, now=given.NOW)
    with pytest.raises(Conflict):
        made.planned(made.change(), terms=NEW)


def test_everybody_is_told_or_left_out_with_why(house):
    told, revoked, short = (posted.issued(house) for _ in range(3))
    Certificate.objects.filter(application=revoked).update(state="revoked")
    end(short, date(2027, 1, 31))
    accepted = given.examined(house)
    given.accept(house, accepted)
    ended = given.examined(house)
    given.accept(house, ended)
    Application.objects.filter(pk=ended).update(state="terminated")
    given.examining()
    number = made.planned(made.change(), terms=NEW)
    assert excluded(number) == {
        Exclusion.REVOKED: 1,
        Exclusion.ENDS_BEFORE: 1,
        Exclusion.NO_CERTIFICATE: 1,
    }
    planned = CampaignItem.objects.filter(state=ItemState.PLANNED)
    assert set(planned.values_list("application", flat=True)) == {told, accepted}
    # Of the end of the service everybody is told who is a subscriber today.
    last = CampaignSubject(kind=CampaignKind.DISCONTINUATION, day=date(2027, 3, 31))
    assert Exclusion.ENDS_BEFORE not in excluded(made.planned(last))


def test_what_happens_between_plan_and_print_is_heeded(house):
    first, second = posted.issued(house), posted.issued(house)
    number = made.released(made.change(), terms=NEW)
    Certificate.objects.filter(application=first).update(state="revoked")
    lot = made.printed(number)
    assert lot.letters == 1
    assert excluded(number) == {Exclusion.REVOKED: 1}
    item = CampaignItem.objects.get(application=second)
    assert (item.content["name"], item.place) == ("髙橋　花子", 1)
    # Spoiled in the folding machine: printed again with a later lot, and the same again proves nothing twice.
    assert made.posted(number, lot.number, kept_back=[item.pk]) == 0
    assert made.printed(number).number == 2
    with pytest.raises(Conflict):
        made.posted(number, lot.number)
    with pytest.raises(CampaignRefused):
        made.posted(number, 2, postmark=date(2026, 11, 30))
    assert made.posted(number, 2) == 1
    assert Notice.objects.filter(kind=NoticeKind.TERMS_CHANGE).count() == 1


def test_a_renewal_tells_the_subscriber_and_fills_in_the_form(house):
    case, back = posted.issued(house), posted.issued(house)
    last = Certificate.objects.get(application=case).not_after
    given.drafted()
    renewal = Application.objects.order_by("-pk").first()
    Application.objects.filter(pk=renewal.pk).update(predecessor=back, state="received")
    window = {"day": date(2027, 12, 1), "until": jst_date(last), "before": 2}
    number = made.released(CampaignSubject(kind=CampaignKind.RENEWAL, **window))
    assert excluded(number) == {Exclusion.RENEWAL_UNDER_WAY: 2}
    assert campaign_record(number).last_day == date(2027, 10, 1)
    notice, kit = made.printed(number), made.printed(number)
    assert [notice.kind, kit.kind] == [NoticeKind.EXPIRY, NoticeKind.RENEWAL_KIT]
    assert len(pikepdf.open(io.BytesIO(kit.pdf)).pages) > len(pikepdf.open(io.BytesIO(notice.pdf)).pages) == 1
    made.posted(number, 1)
    made.posted(number, 2)
    events = set(AuditRow.objects.values_list("kind", flat=True))
    assert {EventKind.EXPIRY_NOTICE_SENT, EventKind.FORM_PRINTED} <= events
    assert Application.objects.filter(predecessor=case, state="printed").count() == 1


def test_a_stay_that_ends_is_told_of(house):
    case = posted.issued(house)
    stated = Application.objects.get(pk=case).stated | {"stay_ends": "2027-02-10"}
    Application.objects.filter(pk=case).update(stated=stated)
    posted.issued(house)
    window = {"day": date(2027, 2, 1), "until": date(2027, 2, 28), "before": 60}
    number = made.released(CampaignSubject(kind=CampaignKind.STAY_END, **window))
    assert told_items(campaign_record(number)) == 1
    assert campaign_record(number).last_day is None
    assert campaign_record(number).deadline.day == date(2026, 12, 3)
    assert "在留期間の満了日2027年2月10日（令和9年・水）" in text_of(made.printed(number).pdf)


def test_every_certificate_of_a_company_is_listed_for_the_revocation_desk(house):
    case, gone = posted.issued(house), posted.issued(house)
    Certificate.objects.filter(application=gone).update(state="revoked")
    with pytest.raises(CampaignRefused):
        made.planned(company("合同会社印籠商事"))
    number = made.released(company("印籠商事㈱"))
    list_revocations(number=number, actor=made.PLANNER, now=given.NOW)
    record = campaign_record(number)
    listed = [one.case for one in listed_certificates(record, at=record.listed_at)]
    assert listed == [posted.number_of(case)]
    found = list_sha256(one.serial for one in listed_certificates(record, at=record.listed_at))
    assert found == (record.listed, record.listed_sha256) == (1, found[1])
    assert Certificate.objects.get(application=case).state == "valid"
    finish_campaign(number=number, actor=made.PLANNER, now=given.NOW)


def company(name):
    return CampaignSubject(kind=CampaignKind.ORGANIZATION, day=jst_date(given.NOW), organization=name)


def test_maintenance_may_be_told_by_the_page_alone(house):
    posted.issued(house)
    subject = CampaignSubject(
        kind=CampaignKind.MAINTENANCE, day=date(2027, 2, 20), words="設備の交換", channel=Channel.WEB
    )
    number = made.released(subject)
    assert made.printed(number) is None
    with pytest.raises(CampaignRefused):
        finish_campaign(number=number, actor=made.PLANNER, now=given.NOW)
    assert standings(campaign_record(number))[Standing.MISSING] == 1
    post_campaign_page(
        number=number,
        words=made.POLICY.notice_words,
        operator=made.OPERATOR,
        actor=made.PLANNER,
        now=given.NOW,
    )
    finish_campaign(number=number, actor=made.PLANNER, now=given.NOW)
    assert standings(campaign_record(number))[Standing.IN_TIME] == 1
    assert campaign_record(number).state is CampaignState.FINISHED
    # What was told stands on the public page, and is the notice of the register.
    [shown] = posted_notices()
    assert (shown.title, shown.clause) == ("保守によるサービス停止のお知らせ", "30(2)")
    assert "停止の内容：設備の交換" in shown.text
    row = Notice.objects.get()
    assert (row.content_sha256, row.released_by) == (
        hashlib.sha256(shown.text.encode()).hexdigest(),
        made.RELEASER.name,
    )


def test_a_page_is_posted_once_and_only_where_one_is_owed(house):
    posted.issued(house)
    told = {"words": made.POLICY.notice_words, "operator": made.OPERATOR, "actor": made.PLANNER}
    number = made.released(made.change(), terms=NEW)
    with pytest.raises(CampaignRefused, match="none-owed"):
        post_campaign_page(number=number, **told, now=given.NOW)
    number = made.released(
        CampaignSubject(kind=CampaignKind.MAINTENANCE, day=date(2027, 2, 20), words="設備の交換")
    )
    post_campaign_page(number=number, **told, now=given.NOW)
    with pytest.raises(Conflict):
        post_campaign_page(number=number, **told, now=given.NOW)
    assert len(posted_notices()) == 1


def test_words_with_an_individual_number_are_told_to_nobody(house):
    posted.issued(house)
    with pytest.raises(NumberInText):
        made.planned(made.change(words="個人番号 123456789018 の方"), terms=NEW)
    assert not Campaign.objects.exists()


def test_a_lots_file_is_kept_until_somebodys_records_are_disposed_of(house):
    posted.issued(house)
    number = made.released(made.change(), terms=NEW)
    lot = made.printed(number)
    made.posted(number, lot.number)
    [kept] = batches(campaign_record(number).campaign_id)
    assert batch_pdf(kept.batch_id) == lot.pdf
    _empty_items(CampaignItem.objects.all())
    with pytest.raises(Unknown):
        batch_pdf(kept.batch_id)
    assert CampaignBatch.objects.get().pdf_sha256 == hashlib.sha256(lot.pdf).hexdigest()
    [line] = proof_lines(campaign_record(number))
    assert (line.name, line.standing) == ("", Standing.IN_TIME)
