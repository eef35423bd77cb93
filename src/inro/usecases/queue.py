"""The queue follows every act, in the act's own transaction: stage, next step, due day, search keys (40(7)).

No use case calls this. `act` does, once what was done is on record, for each case its audit rows are about.
Which figures and which calendar a day is counted by is the process's policy, `settings.POLICY`.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from inro.configuration.policy import Policy
from inro.practice.calendar import jst_date
from inro.practice.case_facts import CaseFacts
from inro.practice.deadlines import Edge
from inro.practice.editions import Terms
from inro.practice.queue import AT_WORK, next_step, stage_of
from inro.store.models import Application, QueueRow, SearchKey
from inro.store.reads.case_keys import NO_KEYS, CaseKeys, case_keys
from inro.usecases.followed import FollowedCase, every_case, policy_of_process, read_cases, terms_on
from inro.usecases.governing import governing_policy

_FOLLOWED = (
    "number",
    "stage",
    "at_work",
    "next_act",
    "then_act",
    "due_on",
    "opens",
    "deadline",
    "came_at",
)

_KEYS = ("names", "corporate_number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A case whose row in the queue is not what its record gives; `field` names the first that differs."""

    number: str
    field: str
    kept: str
    wanted: str


def follow_queue(cases: Collection[FollowedCase], *, now: datetime) -> None:
    """Bring the queue in line with cases that an act was about, inside its transaction.

    Raises: ImproperlyConfigured where the process has no policy.
    """
    _write(_wanted(cases, now=now))


def queue_differences(*, now: datetime) -> Iterator[Difference]:
    """Yield every case whose row or keys differ from what its record gives, in the order of the cases."""
    for cases in every_case():
        yield from _differences(_wanted(cases, now=now))


def mend_queue(*, now: datetime) -> int:
    """Write what differs anew, as after a change of the terms or the calendar; return how many cases."""
    mended = 0
    for cases in every_case():
        with transaction.atomic():
            locked = read_cases([case.row.pk for case in cases], events={})
            wanted = _wanted(locked, now=now)
            different = {difference.number for difference in _differences(wanted)}
            _write([one for one in wanted if one.row["number"] in different])
        mended += len(different)
    return mended


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    case: int
    row: dict[str, Any]
    keys: CaseKeys


def _wanted(cases: Iterable[FollowedCase], *, now: datetime) -> list[_Wanted]:
    policy = governing_policy(policy_of_process())
    terms = terms_on(policy, jst_date(now))
    return [
        _Wanted(case=one.row.pk, row=_row(one.row, one.facts, terms, policy), keys=_keys(one.row))
        for one in cases
    ]


def _row(row: Application, facts: CaseFacts, terms: Terms, policy: Policy) -> dict[str, Any]:
    stage = stage_of(facts)
    step = next_step(facts, terms=terms, calendar=policy.calendar)
    due = step.deadline
    return {
        "number": row.number,
        "stage": stage.value,
        "at_work": stage in AT_WORK,
        "next_act": step.act.value,
        "then_act": step.then.value if step.then else None,
        "due_on": due.day if due else date.max,
        "opens": due is not None and due.edge is Edge.FROM_START,
        "deadline": due.as_record() if due else None,
        "came_at": row.received_at or row.drafted_at,
    }


def _keys(row: Application) -> CaseKeys:
    return NO_KEYS if row.purged_at is not None else case_keys(row.stated, row.content)


def _write(wanted: Collection[_Wanted]) -> None:
    QueueRow.objects.bulk_create(
        [QueueRow(application_id=one.case, **one.row) for one in wanted],
        update_conflicts=True,
        unique_fields=["application"],
        update_fields=_FOLLOWED,
    )
    SearchKey.objects.bulk_create(
        [SearchKey(application_id=one.case, **_columns(one.keys)) for one in wanted],
        update_conflicts=True,
        unique_fields=["application"],
        update_fields=_KEYS,
    )


def _columns(keys: CaseKeys) -> dict[str, str]:
    return {"names": keys.names, "corporate_number": keys.corporate_number}


def _differences(wanted: Collection[_Wanted]) -> Iterator[Difference]:
    cases = [one.case for one in wanted]
    rows = {row["application_id"]: row for row in QueueRow.objects.filter(pk__in=cases).values()}
    keys = {row["application_id"]: row for row in SearchKey.objects.filter(pk__in=cases).values()}
    for one in wanted:
        kept: dict[str, Any] = {**rows.get(one.case, {}), **keys.get(one.case, {})}
        due = one.row | _columns(one.keys)
        field = next((name for name in due if name not in kept or kept[name] != due[name]), None)
        if field is not None:
            # What a case is called is told to nobody here.
            shown = field not in _KEYS
            yield Difference(
                number=one.row["number"],
                field=field,
                kept=str(kept.get(field, "")) if shown else "",
                wanted=str(due[field]) if shown else "",
            )
