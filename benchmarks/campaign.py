"""A change of fees told to a million: planned in the database, letters set in bulk (2.2, 43).

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
from inro.practice.campaign import BATCH, CampaignKind, CampaignSubject
from inro.practice.duties import Duty
from inro.store.models import Application
from inro.store.plain_sql import rows
from inro.store.reads.campaign import campaign_record, item_counts
from inro.usecases.actor import Actor
from inro.usecases.campaign import plan_campaign, post_campaign, release_campaign, told_items
from inro.usecases.campaign_letters import House, print_campaign

LETTERS = 1_000_000
PLANNING_SECONDS, LETTER_SECONDS = 120.0, 0.01
_TEMPLATES = 2_000
_BATCHES = 10
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
    """Yield rows for planning, for setting the letters and for recording them as posted."""
    cases = size.of(LETTERS * 100 // _TOLD_OF_A_HUNDRED)
    first = min(cases, _TEMPLATES)
    make_cases(range(1, first + 1))
    _complete_forms()
    multiply_cases(first, upto=cases)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    number, row = _planned(cases)
    yield row
    yield from _letters(number, size)


def _complete_forms() -> None:
    """State all that a form does: the queue's cases hold what is searched by alone."""
    for row in Application.objects.filter(stated__isnull=False):
        organization = row.stated["organization"] | {
            "address": row.stated["home"],
            "representative_title": "代表取締役",
            "representative_name": "印籠　太郎",
        }
        whole = {"period": "1y", "name_choice": "legal_name", "birth_date": "1978-08-09"}
        row.stated |= whole | {"organization": organization}
        row.save(update_fields=["stated"])


def _planned(cases: int) -> tuple[str, Row]:
    subject = CampaignSubject(
        kind=CampaignKind.TERMS_CHANGE,
        day=jst_date(NOW) + timedelta(days=40),
        edition="next",
        words="利用料金（1年）を11,000円から12,000円に改めます。",
    )
    terms = load_policy(POLICY).editions[EDITION].terms
    later = replace(terms, edition=subject.edition, effective_from=subject.day)
    begun = time.perf_counter()
    number = plan_campaign(subject=subject, terms=later, actor=_PLANNER, now=NOW)
    taken = time.perf_counter() - begun
    record = campaign_record(number)
    left_out = sum(one.count for one in item_counts(record.campaign_id) if one.exclusion)
    told = told_items(record)
    row = limit_row(
        figure="campaign",
        subject=f"{connection.vendor}: {told:,} letters planned of {cases:,} cases, {left_out:,} left out",
        against="2 minutes",
        times=[taken],
        limit=PLANNING_SECONDS,
        checked={"told": told, "left_out": left_out, "contracts": _contracts()},
    )
    release_campaign(number=number, told=told, actor=_RELEASER, now=NOW)
    return number, row


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


def _contracts() -> int:
    statement = "SELECT count(*) FROM store_application WHERE accepted_at IS NOT NULL"
    return int(rows(statement, [])[0][0])
