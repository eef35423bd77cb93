"""A change of fees told to a million: planned, set, sent, checked before activation (2.2, 8.11, 43).

On SQLite; on PostgreSQL: `python -m tests.servers.postgresql -- python -m benchmarks campaign`.
"""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from django.db import connection

from benchmarks.queue_world import make_cases, multiply_cases
from benchmarks.rows import Row, limit_row
from benchmarks.size import Size
from benchmarks.world import EDITION, NOW, POLICY
from inro.configuration.policy import load_policy
from inro.paper.parties import Operator
from inro.practice.calendar import jst_date
from inro.practice.campaign import BATCH, KIT_BATCH, CampaignKind, CampaignSubject
from inro.practice.duties import Duty
from inro.practice.editions import Terms, change_template
from inro.practice.notices import Channel, NoticeKind
from inro.store.models import Application, Notice
from inro.store.plain_sql import rows, run
from inro.store.reads.campaign import batch_record, campaign_record, item_counts
from inro.store.reads.edition import untold
from inro.usecases.actor import Actor
from inro.usecases.campaign import plan_campaign, post_campaign, release_campaign, told_items
from inro.usecases.campaign_letters import House, print_campaign
from inro.usecases.campaign_messages import prepare_campaign_messages, send_campaign
from inro.usecases.messages import Sender

LETTERS = 1_000_000
PLANNING_SECONDS, LETTER_SECONDS, ACTIVATION_SECONDS = 120.0, 0.01, 10.0
# Pages of a form, its instructions and the notice, each filled in for one person.
KIT_SECONDS, MESSAGE_SECONDS = 0.1, 0.02
_TEMPLATES, _FEW_TEMPLATES = 2_000, 500
_BATCHES, _KITS = 10, 4
# Of a hundred cases this many are contracts whose certificates are valid, so that so many more are made.
_TOLD_OF_A_HUNDRED = 51
_PLANNER = Actor(name="p-desk", duties=frozenset({Duty.NOTICE}))
_RELEASER = Actor(name="p-accept", duties=frozenset({Duty.ACCEPTANCE}))
_OPERATOR = Operator(
    name="印籠認証株式会社",
    service="電子証明書発行サービス",
    postal_code="100-0099",
    address="東京都架空区見本町１番",
    telephone="03-0000-0000",
    email="office@inro.example",
)


def measure(size: Size) -> Iterator[Row]:
    """Yield rows for planning, for letters, kits and messages, and for the check before an activation."""
    cases = size.of(LETTERS * 100 // _TOLD_OF_A_HUNDRED)
    first = min(cases, _TEMPLATES if size.full else _FEW_TEMPLATES)
    make_cases(range(1, first + 1))
    _complete_forms()
    multiply_cases(first, upto=cases)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    number, row = _planned(cases)
    yield row
    yield from _letters(number, size)
    yield _activation()
    yield from _renewal(size)


def _complete_forms() -> None:
    """State all that a form does: the queue's cases hold what is searched by alone."""
    for row in Application.objects.filter(stated__isnull=False):
        organization = row.stated["organization"] | {
            "address": row.stated["home"],
            "representative_title": "代表取締役",
            "representative_name": "印籠　太郎",
        }
        whole = {
            "period": "1y",
            "name_choice": "legal_name",
            "birth_date": "1978-08-09",
            "contact": {"telephone": "03-0000-0000", "fax": "", "email": "someone@mihon.example"},
        }
        row.stated |= whole | {"organization": organization}
        row.save(update_fields=["stated"])


def _planned(cases: int) -> tuple[str, Row]:
    subject = _change()
    begun = time.perf_counter()
    number = plan_campaign(subject=subject, terms=_later(subject), actor=_PLANNER, now=NOW)
    taken = time.perf_counter() - begun
    record = campaign_record(number)
    left_out = sum(one.count for one in item_counts(record.campaign_id) if one.exclusion)
    told = _released(number)
    row = limit_row(
        figure="campaign",
        subject=f"{connection.vendor}: {told:,} letters planned of {cases:,} cases, {left_out:,} left out",
        against="2 minutes",
        times=[taken],
        limit=PLANNING_SECONDS,
        checked={"told": told, "left_out": left_out, "contracts": _contracts()},
    )
    return number, row


def _change() -> CampaignSubject:
    return CampaignSubject(
        kind=CampaignKind.TERMS_CHANGE,
        day=jst_date(NOW) + timedelta(days=40),
        edition="next",
        words="利用料金（1年）を11,000円から12,000円に改めます。",
    )


def _later(subject: CampaignSubject) -> Terms:
    terms = load_policy(POLICY).editions[EDITION].terms
    return replace(terms, edition=subject.edition, effective_from=subject.day)


def _released(number: str) -> int:
    told = told_items(campaign_record(number))
    release_campaign(number=number, told=told, actor=_RELEASER, now=NOW)
    return told


def _letters(number: str, size: Size) -> Iterator[Row]:
    policy = load_policy(POLICY)
    house = House(edition=policy.editions[EDITION], operator=_OPERATOR, words=policy.notice_words)
    setting, posting, letters = [], [], 0
    most = size.of(BATCH)
    for _ in range(size.rounds(_BATCHES)):
        # A core's time, whatever else the machine does.
        begun = time.process_time()
        lot = print_campaign(
            number=number, dated_on=jst_date(NOW), house=house, actor=_PLANNER, now=NOW, most=most
        )
        assert lot is not None
        setting.append((time.process_time() - begun) / lot.letters)
        begun = time.perf_counter()
        posted = post_campaign(
            number=number, batch=lot.number, postmark=jst_date(NOW), actor=_PLANNER, now=NOW
        )
        posting.append((time.perf_counter() - begun) / posted)
        letters += posted
    yield limit_row(
        figure="campaign",
        subject=f"{connection.vendor}: a letter set and recorded, in lots of {most}, CPU time",
        against="100 letters a second and core",
        times=setting,
        limit=LETTER_SECONDS,
        checked={"letters": letters},
    )
    yield limit_row(
        figure="campaign",
        subject=f"{connection.vendor}: a letter recorded as posted: notice, queue and audit row",
        against="50 a second",
        times=posting,
        limit=0.02,
        checked={"letters": letters},
    )


def _activation() -> Row:
    """Ask whom the change did not reach, once all but a few were told."""
    subject = _change()
    run(
        "INSERT INTO store_notice (application_id, kind, clause, channel, state, template, edition, title, "
        "recipient, content_sha256, words_sha256, sent_on, arrived_on, released_by) "
        "SELECT application_id, kind, '2.2', 'post', 'sent', %s, '', '', '', %s, '', %s, %s, 'p-accept' "
        "FROM store_campaignitem WHERE state = 'planned' AND application_id %% 1000 > 0",
        [
            change_template(subject.edition),
            "0" * 64,
            *[connection.ops.adapt_datefield_value(jst_date(NOW))] * 2,
        ],
    )
    told, times, terms = (
        Notice.objects.filter(template=change_template(subject.edition)).count(),
        [],
        _later(subject),
    )
    for _ in range(3):
        begun = time.perf_counter()
        found = untold(terms, most=20)
        times.append(time.perf_counter() - begun)
    return limit_row(
        figure="campaign",
        subject=f"{connection.vendor}: whom {told:,} notices of a change did not reach in time",
        against="10 seconds",
        times=times,
        limit=ACTIVATION_SECONDS,
        checked={"notices": told, "missing": found.missing, "late": found.late},
    )


def _renewal(size: Size) -> Iterator[Row]:
    """Notices by e-mail and forms by post, of those whose certificates end in one month."""
    first = jst_date(NOW) + timedelta(days=90)
    subject = CampaignSubject(
        kind=CampaignKind.RENEWAL,
        day=first,
        until=first + timedelta(days=31),
        before=1,
        channel=Channel.EMAIL,
    )
    terms = load_policy(POLICY).editions[EDITION].terms
    number = plan_campaign(subject=subject, terms=terms, actor=_PLANNER, now=NOW)
    _released(number)
    yield _kits(number, size)
    yield _messages(number, size)


def _kits(number: str, size: Size) -> Row:
    policy = load_policy(POLICY)
    house = House(edition=policy.editions[EDITION], operator=_OPERATOR, words=policy.notice_words)
    kits, most = 0, size.of(KIT_BATCH)
    begun = time.process_time()
    for _ in range(size.rounds(_KITS)):
        lot = print_campaign(
            number=number, dated_on=jst_date(NOW), house=house, actor=_PLANNER, now=NOW, most=most
        )
        assert lot is not None
        assert lot.kind is NoticeKind.RENEWAL_KIT
        kits += lot.letters
    return limit_row(
        figure="campaign",
        subject=f"{connection.vendor}: a renewal opened, its form set with its notice, CPU time",
        against="10 kits a second and core",
        # A rate: the first lot, which learns the papers of a form, counts with the others.
        times=[(time.process_time() - begun) / kits],
        limit=KIT_SECONDS,
        checked={"kits": kits},
    )


def _messages(number: str, size: Size) -> Row:
    words = load_policy(POLICY).notice_words
    sender = Sender(operator=_OPERATOR, address="office@inro.example", words=words)
    times, messages, most = [], 0, size.of(BATCH)
    for _ in range(size.rounds(_KITS)):
        begun = time.perf_counter()
        lot = prepare_campaign_messages(
            number=number, channel=Channel.EMAIL, words=words, actor=_PLANNER, now=NOW, most=most
        )
        assert lot is not None
        seen = batch_record(campaign_record(number).campaign_id, lot.number).pdf_sha256
        sent = send_campaign(
            number=number, batch=lot.number, seen=seen, sender=sender, actor=_PLANNER, now=NOW
        )
        times.append((time.perf_counter() - begun) / sent)
        messages += sent
    return limit_row(
        figure="campaign",
        subject=f"{connection.vendor}: an e-mail made ready, let go and put in the queue",
        against="50 a second",
        times=times,
        limit=MESSAGE_SECONDS,
        checked={"messages": messages},
    )


def _contracts() -> int:
    statement = "SELECT count(*) FROM store_application WHERE accepted_at IS NOT NULL"
    return int(rows(statement, [])[0][0])
