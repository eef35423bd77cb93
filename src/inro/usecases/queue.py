"""The queue follows every act, in the act's own transaction: stage, next step, due day, search keys (40(7)).

No use case calls this. `act` does, once what was done is on record, for each case its audit rows are about.
Which figures and which calendar a day is counted by is the process's policy, `settings.POLICY`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from inro.configuration.policy import Policy
from inro.practice.calendar import jst_date
from inro.practice.deadlines import Edge
from inro.practice.editions import Terms
from inro.practice.events import EventKind
from inro.practice.queue import AT_WORK, CaseFacts, next_step, stage_of
from inro.store.audit import AuditEntry
from inro.store.models import (
    Application,
    Card,
    Certificate,
    IssuanceOrder,
    Notice,
    QueueRow,
    RevocationCase,
    SearchKey,
)
from inro.store.reads.case_keys import NO_KEYS, CaseKeys, case_keys
from inro.store.reads.queue_facts import case_facts
from inro.usecases.governing import governing_policy

_AT_ONCE = 500
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
# Acts after which a case stands where it stood; those of the secure room are done for each card.
_APART = frozenset(
    {
        EventKind.DATA_READ,
        EventKind.CASE_TAKEN,
        EventKind.CASE_RETURNED,
        EventKind.CASE_TAKEN_OVER,
        EventKind.ENCLOSURE_REGISTERED,
        EventKind.DOCUMENT_REGISTERED,
        EventKind.NUMBER_BLACKED_OUT,
        EventKind.EXAMINATION_POINT_RECORDED,
        EventKind.ANTISOCIAL_CHECKED,
        EventKind.CORPORATE_NUMBER_LOOKED_UP,
        EventKind.APPROVAL_REPEATED,
        EventKind.LETTER_WRITTEN,
        EventKind.LETTER_RELEASED,
        EventKind.LETTER_PRINTED,
        EventKind.LETTER_DROPPED,
        EventKind.CALL_RECORDED,
        EventKind.CHARGE_ARISEN,
        EventKind.ORDER_CLAIMED,
        EventKind.CARD_RESERVED,
        EventKind.KEY_MADE,
        EventKind.CARD_INITIALISED,
        EventKind.KEY_MOVED,
        EventKind.KEY_ERASED,
        EventKind.KEY_PROVED,
        EventKind.MAILER_INTENDED,
        EventKind.MAILER_PRINTED,
        EventKind.PIN_ERASED,
        EventKind.HANDED_OVER,
        EventKind.SERIAL_RESERVED,
        EventKind.SIGNING_INTENDED,
        # The application is issued once the certificate lies on its card.
        EventKind.CERTIFICATE_ISSUED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A case whose row in the queue is not what its record gives; `field` names the first that differs."""

    number: str
    field: str
    kept: str
    wanted: str


def follow(entries: Iterable[AuditEntry], *, now: datetime) -> None:
    """Bring the queue in line with what was just done, inside the caller's transaction.

    Raises: ImproperlyConfigured where the process has no policy.
    """
    cases = sorted(set(_cases({entry.subject for entry in entries if entry.kind not in _APART})))
    for some in batched(cases, _AT_ONCE):
        # Locked before anything is read: of two acts on one case the later sees what the earlier did.
        list(QueueRow.objects.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))
        _write(_wanted(some, now=now))


def queue_differences(*, now: datetime) -> Iterator[Difference]:
    """Yield every case whose row or keys differ from what its record gives, in the order of the cases."""
    for some in _batches():
        yield from _differences(_wanted(some, now=now))


def mend_queue(*, now: datetime) -> int:
    """Write what differs anew, as after a change of the terms or the calendar; return how many cases."""
    mended = 0
    for some in _batches():
        with transaction.atomic():
            list(QueueRow.objects.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))
            wanted = _wanted(some, now=now)
            different = {difference.number for difference in _differences(wanted)}
            _write([one for one in wanted if one.row["number"] in different])
        mended += len(different)
    return mended


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    case: int
    row: dict[str, Any]
    keys: CaseKeys


def _batches() -> Iterator[tuple[int, ...]]:
    cases = Application.objects.order_by("pk").values_list("pk", flat=True)
    yield from batched(list(cases), _AT_ONCE)


def _wanted(cases: Collection[int], *, now: datetime) -> list[_Wanted]:
    rows = list(
        Application.objects.select_related("certificate", "order").filter(pk__in=cases).order_by("pk")
    )
    facts = case_facts(rows)
    policy = governing_policy(policy_of_process())
    terms = _terms(policy, jst_date(now))
    return [
        _Wanted(case=row.pk, row=_row(row, facts[row.pk], terms, policy), keys=_keys(row)) for row in rows
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


def _cases(subjects: Collection[str]) -> Iterator[int]:
    """Yield the row ids of the applications that the subjects of audit rows are about."""
    named: dict[str, list[str]] = {}
    for subject in subjects:
        what, _, name = subject.partition("/")
        named.setdefault(what, []).append(name)
    for what, names in named.items():
        if what in _BY_NAME:
            yield from {case for case in _BY_NAME[what](names) if case is not None}


def _by_application(names: list[str]) -> Iterable[int]:
    return Application.objects.filter(number__in=names).values_list("pk", flat=True)


def _by_certificate(names: list[str]) -> Iterable[int | None]:
    serials = [bytes.fromhex(name) for name in names]
    return Certificate.objects.filter(serial__serial__in=serials).values_list("application_id", flat=True)


def _by_revocation(names: list[str]) -> Iterable[int | None]:
    cases = RevocationCase.objects.filter(number__in=names)
    return cases.values_list("certificate__application_id", flat=True)


def _by_card(names: list[str]) -> Iterable[int | None]:
    return Card.objects.filter(serial__in=names).values_list("application_id", flat=True)


def _by_order(names: list[str]) -> Iterable[int]:
    return IssuanceOrder.objects.filter(pk__in=names).values_list("application_id", flat=True)


def _by_notice(names: list[str]) -> Iterable[int | None]:
    # A notice to everybody is named by its kind, and is about no case.
    rows = [int(name) for name in names if name.isdigit()]
    return Notice.objects.filter(pk__in=rows).values_list("application_id", flat=True)


_BY_NAME: dict[str, Callable[[list[str]], Iterable[int | None]]] = {
    "application": _by_application,
    "certificate": _by_certificate,
    "revocation": _by_revocation,
    "card": _by_card,
    "order": _by_order,
    "notice": _by_notice,
}


def policy_of_process() -> Policy:
    """Return the policy that due days are counted by.

    Raises: ImproperlyConfigured in a process that has none.
    """
    found: Policy | None = settings.POLICY
    if found is None:
        raise ImproperlyConfigured("this process has no POLICY")
    return found


def _terms(policy: Policy, day: date) -> Terms:
    # What was recorded before the first edition falls under that one, as under every later one (2.1).
    first = min(edition.terms.effective_from for edition in policy.editions.values())
    return policy.edition_on(max(day, first)).terms
