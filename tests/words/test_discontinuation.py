"""Every part of what officers sign to end the service has its words (11)."""

from datetime import UTC, date, datetime

from inro.practice.discontinuation import discontinuation_plan, last_lists_plan
from inro.words.discontinuation import SIGNED_PARTS


def test_every_part_that_is_signed_has_words_and_no_other():
    plan = discontinuation_plan(campaign="K26-000001-M", subject_sha256="0" * 64, last_day=date(2027, 4, 1))
    lists = last_lists_plan(until=datetime(2037, 12, 31, tzinfo=UTC), revoked=1, entries_sha256="0" * 64)
    assert plan.keys() | lists.keys() == SIGNED_PARTS.keys()
