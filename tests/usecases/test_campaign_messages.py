"""Campaigns by e-mail and fax: the way by rule, a lot let go as seen, what fails goes by post (40(5), 43)."""

from datetime import date, timedelta
from email import message_from_bytes, policy
from itertools import product

import pytest

from inro.ports.mail import Answer, Outcome, Report
from inro.practice.campaign import CampaignKind, CampaignRefused, CampaignState, CampaignSubject, Standing
from inro.practice.events import EventKind
from inro.practice.notices import Channel, Contacts, NoticeKind, choose_way
from inro.practice.sending import NoticeState
from inro.store.errors import Conflict
from inro.store.models import Application, AuditRow, CampaignItem, Notice
from inro.store.reads.campaign import batch_record, campaign_record, item_counts
from inro.store.reads.campaign_messages import lot_messages
from inro.store.reads.campaign_proof import proof_lines, standings, standings_by_way
from inro.usecases.actor import process
from inro.usecases.campaign import finish_campaign
from inro.usecases.campaign_messages import prepare_campaign_messages, send_campaign
from inro.usecases.retention import _empty_items
from inro.usecases.sending import begin_try, record_answer, record_report
from tests import given, posted
from tests.usecases import given_campaigns as made
from tests.usecases.given_notices import FAX, MAILBOX, SENDER
from tests.usecases.test_campaign import NEW

WORKER = process("worker-1")
LATER = given.NOW + timedelta(hours=2)


@pytest.fixture
def house(db):
    return given.office()


def contact(case, **fields):
    stated = Application.objects.get(pk=case).stated | {"contact": fields}
    Application.objects.filter(pk=case).update(stated=stated)
    return case


def prepared(number, channel=Channel.EMAIL, **how):
    how = {"words": made.POLICY.notice_words, "actor": made.PLANNER, "now": given.NOW} | how
    return prepare_campaign_messages(number=number, channel=channel, **how)


def sent(number, batch, **how):
    lot = batch_record(campaign_record(number).campaign_id, batch)
    how = {"seen": lot.pdf_sha256, "sender": SENDER, "actor": made.PLANNER, "now": LATER} | how
    return send_campaign(number=number, batch=batch, **how)


def answered(notice, outcome):
    tried = begin_try(notice=notice, actor=WORKER, now=LATER)
    answer = Answer(outcome=outcome, said="250 ok")
    record_answer(tried=tried.try_id, answer=answer, actor=WORKER, now=LATER)


@pytest.mark.parametrize("preferred", [Channel.EMAIL, Channel.FAX, Channel.POST])
def test_everybodys_way_is_the_rules(house, preferred):
    cases = {
        contact(posted.issued(house), email=email, fax=fax): Contacts(email=email, fax=fax)
        for email, fax in product(("", MAILBOX), ("", FAX))
    }
    bare = posted.issued(house)
    stated = {
        name: value for name, value in Application.objects.get(pk=bare).stated.items() if name != "contact"
    }
    Application.objects.filter(pk=bare).update(stated=stated)
    made.planned(made.change(channel=preferred), terms=NEW)
    ways = dict(CampaignItem.objects.values_list("application", "channel"))
    assert ways == {
        case: choose_way(kind=NoticeKind.TERMS_CHANGE, preferred=preferred, contacts=contacts).channel
        for case, contacts in (cases | {bare: Contacts()}).items()
    }


def test_a_renewal_goes_by_mail_and_its_form_by_post(house):
    case = contact(posted.issued(house), email=MAILBOX)
    window = {"day": date(2027, 12, 1), "until": date(2028, 1, 31), "before": 2}
    number = made.released(CampaignSubject(kind=CampaignKind.RENEWAL, channel=Channel.EMAIL, **window))
    ways = {(one.kind, one.channel, one.count) for one in item_counts(campaign_record(number).campaign_id)}
    assert ways == {
        (NoticeKind.EXPIRY, Channel.EMAIL, 1),
        (NoticeKind.RENEWAL_KIT, Channel.POST, 1),
    }
    lot = prepared(number)
    assert (lot.messages, prepared(number)) == (1, None)
    assert sent(number, lot.number) == 1
    notice = Notice.objects.get(application=case, kind=NoticeKind.EXPIRY)
    assert (notice.clause, notice.state, notice.recipient) == ("6.2", NoticeState.RELEASED, MAILBOX)
    message = message_from_bytes(bytes(notice.content), policy=policy.default)
    assert message["To"] == MAILBOX
    text = message.get_content()
    assert "自動では更新・継続されません" in text
    assert "有効期間の満了日：" in text
    assert [made.printed(number).kind, made.printed(number)] == [NoticeKind.RENEWAL_KIT, None]


def test_a_lot_is_let_go_as_it_was_seen_and_once(house):
    kept, told = (contact(posted.issued(house), email=MAILBOX) for _ in range(2))
    number = made.released(made.change(channel=Channel.EMAIL), terms=NEW)
    lot = prepared(number)
    with pytest.raises(CampaignRefused, match="batch"):
        sent(number, lot.number, seen="0" * 64)
    with pytest.raises(CampaignRefused, match="channel"):
        made.posted(number, lot.number)
    [back] = CampaignItem.objects.filter(application=kept).values_list("pk", flat=True)
    assert sent(number, lot.number, by_post=[back]) == 1
    with pytest.raises(Conflict):
        sent(number, lot.number)
    assert [
        one.application for one in lot_messages(batch_record(campaign_record(number).campaign_id, 1).batch_id)
    ] == [told]
    notice = Notice.objects.get(application=told)
    assert (notice.template, notice.arrived_on) == ("terms_change/2027-04-01", None)
    letter = made.printed(number)
    made.posted(number, letter.number)
    with pytest.raises(CampaignRefused, match="items"):
        finish_campaign(number=number, actor=made.PLANNER, now=LATER)
    answered(notice.pk, Outcome.ACCEPTED)
    finish_campaign(number=number, actor=made.PLANNER, now=LATER)
    ways = standings_by_way(campaign_record(number))
    assert ways[Channel.EMAIL][Standing.IN_TIME] == ways[Channel.POST][Standing.IN_TIME] == 1


def test_a_mail_that_fails_or_comes_back_goes_by_post(house):
    first, second = (contact(posted.issued(house), email=MAILBOX) for _ in range(2))
    number = made.released(made.change(channel=Channel.EMAIL), terms=NEW)
    sent(number, prepared(number).number)
    refused, bounced = Notice.objects.get(application=first), Notice.objects.get(application=second)
    answered(refused.pk, Outcome.REFUSED)
    answered(bounced.pk, Outcome.ACCEPTED)
    refused.refresh_from_db()
    assert (refused.state, refused.handled_at) == (NoticeState.FAILED, LATER)
    made.posted(number, made.printed(number).number)
    finish_campaign(number=number, actor=made.PLANNER, now=LATER)
    # The bounce comes when the campaign is closed: it is under way again until the letter is posted.
    report = Report(name="1", key=bounced.message_id, outcome=Outcome.REFUSED, said="550 unknown user")
    assert record_report(report=report, actor=WORKER, now=LATER)
    record = campaign_record(number)
    assert (record.state, standings(record)[Standing.MISSING]) == (CampaignState.RELEASED, 1)
    made.posted(number, made.printed(number).number)
    finish_campaign(number=number, actor=made.PLANNER, now=LATER)
    assert standings(campaign_record(number))[Standing.IN_TIME] == 2
    assert {(line.channel, line.failed) for line in proof_lines(record)} == {(Channel.POST, True)}
    assert AuditRow.objects.filter(kind=EventKind.CAMPAIGN_FELL_TO_POST).count() == 2
    assert Notice.objects.filter(arrived_on__isnull=False).count() == 2


def test_a_fax_is_a_sheet_for_each(house):
    contact(posted.issued(house), fax=FAX)
    number = made.released(made.change(channel=Channel.FAX), terms=NEW)
    lot = prepared(number, Channel.FAX)
    assert sent(number, lot.number) == 1
    notice = Notice.objects.get()
    assert bytes(notice.content).startswith(b"%PDF")
    assert notice.recipient == FAX


def test_what_was_disposed_of_is_not_sent(house):
    contact(posted.issued(house), email=MAILBOX)
    number = made.released(made.change(channel=Channel.EMAIL), terms=NEW)
    lot = prepared(number)
    _empty_items(CampaignItem.objects.all())
    with pytest.raises(Conflict):
        sent(number, lot.number)


def test_the_discontinuation_is_never_told_by_mail():
    with pytest.raises(CampaignRefused, match="channel"):
        made.planned(
            CampaignSubject(kind=CampaignKind.DISCONTINUATION, day=date(2027, 3, 31), channel=Channel.EMAIL)
        )
