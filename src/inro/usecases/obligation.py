"""The ledger follows every act, in the act's own transaction: what is owed is entered, what ended is closed.

No use case calls this. `act` does, as for the queue; each row names the event that made it and the event
that ended it (2.2, 6, 9.2, 12.4, 18, 21.2, 22.1(1), 24.2, 26.2, 35, 40(4), 40(7)).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import batched
from typing import Any

from django.db.models import Q

from inro.practice.apart_obligations import APART
from inro.practice.calendar import jst_date
from inro.practice.events import EventKind
from inro.practice.ledger import Entered, LedgerChange, OwedState, ledger_change, says
from inro.practice.obligations import Obligation, case_obligations
from inro.practice.platform_obligations import PlatformFacts, list_obligation, platform_obligations
from inro.store.audit import AuditEntry, text_of
from inro.store.models import AuditRow, NightRun, ObligationRow
from inro.store.plain_sql import run_for_each, stored
from inro.store.reads.obligations import ca_ends_at, issued_lists
from inro.usecases.followed import FollowedCase, every_case, policy_of_process, terms_on
from inro.usecases.governing import governing_policy
from inro.usecases.owed_apart import every_owed, is_apart, owed_after

_CLOSE = (
    "UPDATE store_obligationrow SET state = 'done', closed_by = %s, closed_subject = %s, closed_at = %s "
    "WHERE id = %s AND state <> 'done'"
)
# Kind, subject and instant, as the log writes them.
type _Event = tuple[str, str, str]
type _Key = tuple[int | None, str]
_AT_ONCE = 500
_APART = Q(kind__in=[kind.value for kind in APART])
_SAYS = ("clause", "due_on", "reached_from", "deadline")


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerDifference:
    """A row that is not as the record wants it; one of the two is empty where only the other is there."""

    subject: str
    kind: str
    kept: str
    wanted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owing:
    """A thing that owes: what the log calls it, its case, what it owes now, the event that says so."""

    subject: str
    case: int | None
    owed: tuple[Obligation, ...]
    event: AuditEntry | None

    @property
    def key(self) -> _Key:
        """By what its rows are found."""
        return _key(self.case, self.subject)


def _key(case: int | None, subject: str) -> _Key:
    # A case is its row: what it is called only follows, and stops nothing when somebody changed it there.
    return (case, subject if case is None else "")


def follow_ledger(cases: Iterable[FollowedCase], *, now: datetime) -> None:
    """Bring the ledger in line with cases that an act was about, inside its transaction.

    Raises: ImproperlyConfigured where the process has no policy.
    """
    owing = _owing_cases(cases, now=now)
    _write(owing, _entered({one.case for one in owing}), now=now)


def follow_lists(entries: Collection[AuditEntry], *, now: datetime) -> None:
    """Enter by when the next list of a kind is due, in the transaction that records the one before (26.2).

    After the last lists none is due any more (11).
    """
    for entry in entries:
        if entry.kind is EventKind.LAST_LISTS_SIGNED:
            _close_lists(entry, now=now)
    signed = {_list_of(entry): entry for entry in entries if entry.kind is EventKind.LIST_SIGNED}
    if not signed:
        return
    terms, issued = terms_on(governing_policy(policy_of_process()), jst_date(now)), issued_lists()
    owing = [
        _Owing(
            subject=f"list/{kind}",
            case=None,
            owed=(list_obligation(issued_at=issued[kind], terms=terms),),
            event=event,
        )
        for kind, event in signed.items()
    ]
    _write(owing, _entered_platform(one.subject for one in owing), now=now)


def _close_lists(event: AuditEntry, *, now: datetime) -> None:
    entered = {key: rows for key, rows in _entered_platform().items() if key[1].startswith("list/")}
    ended = [_Owing(subject=subject, case=None, owed=(), event=event) for _, subject in entered]
    _write(ended, entered, now=now)


def with_records(facts: PlatformFacts, *, night_at: datetime | None) -> PlatformFacts:
    """Return what files say of the platform and what the records say: lists, the CA, the night."""
    of_ca = {"CA": ends_at} if (ends_at := ca_ends_at()) is not None else {}
    return replace(
        facts,
        lists=issued_lists(),
        certificates={**facts.certificates, **of_ca},
        night_at=night_at,
    )


def follow_apart(entries: Iterable[AuditEntry], *, now: datetime) -> None:
    """Enter and close what drafts and notices owe that an act was about, in its transaction (40(6), 43)."""
    told = [entry for entry in entries if is_apart(entry)]
    if not told:
        return
    terms = terms_on(governing_policy(policy_of_process()), jst_date(now))
    owing = [
        _Owing(subject=subject, case=None, owed=owed, event=event)
        for subject, owed, event in owed_after(told, terms=terms)
    ]
    _write(owing, _entered_apart(one.subject for one in owing), now=now)


def platform_changes(facts: PlatformFacts, *, now: datetime) -> tuple[str, ...]:
    """Return what of the platform's own owes something else than the ledger says."""
    owing = _owing_platform(facts, now=now)
    kept = _entered_platform()
    return tuple(one.subject for one in owing if not _is_nothing(_change(one, kept.get(one.key, []))))


def follow_platform(facts: PlatformFacts, *, events: Mapping[str, AuditEntry], now: datetime) -> None:
    """Bring in line what the platform owes; `events` are the log's rows about what changes."""
    owing = [
        _Owing(subject=one.subject, case=None, owed=one.owed, event=events[one.subject])
        for one in _owing_platform(facts, now=now)
        if one.subject in events
    ]
    _write(owing, _entered_platform(events), now=now)


def ledger_differences(*, now: datetime) -> Iterator[LedgerDifference]:
    """Rebuild the ledger of all cases and lists from the record and yield every row that differs.

    Compared are what is owed and until when, whether the night marked what was reached, and no earlier, and
    whether each event that a row names stands in the log.
    """
    night = NightRun.objects.filter(ended_at__isnull=False).order_by("-day").first()
    marked_at = night.begun_at if night else None
    for cases in every_case():
        owing = _owing_cases(cases, now=now)
        rows = list(ObligationRow.objects.filter(application__in=[one.case for one in owing]).order_by("pk"))
        yield from _differences(owing, rows)
        logged = _logged(rows)
        yield from _wrongly_marked(rows, logged=logged, marked_at=marked_at)
        yield from _without_event(rows, logged=logged)
    facts = PlatformFacts(lists=issued_lists())
    owing = [one for one in _owing_platform(facts, now=now) if one.subject.startswith("list/")]
    rows = list(ObligationRow.objects.filter(subject__startswith="list/").order_by("pk"))
    yield from _differences(owing, rows)
    yield from _without_event(rows, logged=_logged(rows))
    yield from _differences_apart(now=now, marked_at=marked_at)


def _differences_apart(*, now: datetime, marked_at: datetime | None) -> Iterator[LedgerDifference]:
    terms = terms_on(governing_policy(policy_of_process()), jst_date(now))
    owed = dict(every_owed(terms=terms))
    entered = ObligationRow.objects.filter(_APART)
    subjects = sorted({*entered.values_list("subject", flat=True), *owed})
    for some in batched(subjects, _AT_ONCE):
        owing = [_Owing(subject=one, case=None, owed=owed.get(one, ()), event=None) for one in some]
        rows = list(entered.filter(subject__in=some).order_by("pk"))
        yield from _differences(owing, rows)
        logged = _logged(rows)
        yield from _wrongly_marked(rows, logged=logged, marked_at=marked_at)
        yield from _without_event(rows, logged=logged)


def _owing_cases(cases: Iterable[FollowedCase], *, now: datetime) -> list[_Owing]:
    policy = governing_policy(policy_of_process())
    terms = terms_on(policy, jst_date(now))
    return [
        _Owing(
            subject=f"application/{one.row.number}",
            case=one.row.pk,
            owed=case_obligations(one.facts, terms=terms, calendar=policy.calendar),
            event=one.event,
        )
        for one in cases
    ]


def _owing_platform(facts: PlatformFacts, *, now: datetime) -> list[_Owing]:
    """Return what owes now, and what is in the ledger though it owes nothing any more."""
    policy, today = policy_of_process(), jst_date(now)
    coming = {
        name: edition.terms
        for name, edition in policy.editions.items()
        if edition.terms.effective_from > today
    }
    owed = platform_obligations(facts, terms=terms_on(governing_policy(policy), today), coming=coming)
    ended = {subject for _, subject in _entered_platform()} - set(owed)
    return [
        *(_Owing(subject=subject, case=None, owed=(one,), event=None) for subject, one in owed.items()),
        *(_Owing(subject=subject, case=None, owed=(), event=None) for subject in sorted(ended)),
    ]


def _entered(cases: Collection[int | None]) -> dict[_Key, list[Entered]]:
    return _by_key(ObligationRow.objects.filter(application__in=cases))


def _entered_platform(subjects: Iterable[str] | None = None) -> dict[_Key, list[Entered]]:
    rows = ObligationRow.objects.filter(~_APART, application__isnull=True)
    return _by_key(rows if subjects is None else rows.filter(subject__in=list(subjects)))


def _entered_apart(subjects: Iterable[str]) -> dict[_Key, list[Entered]]:
    return _by_key(ObligationRow.objects.filter(_APART, subject__in=list(subjects)))


def _by_key(rows: Any) -> dict[_Key, list[Entered]]:
    found: dict[_Key, list[Entered]] = {}
    for row in rows.exclude(state=OwedState.DONE).order_by("pk"):
        found.setdefault(_key(row.application_id, row.subject), []).append(_as_entered(row))
    return found


def _as_entered(row: ObligationRow) -> Entered:
    return Entered(
        row=row.pk, kind=row.kind, turn=row.turn, says={name: getattr(row, name) for name in _SAYS}
    )


def _change(owing: _Owing, entered: Iterable[Entered]) -> LedgerChange:
    return ledger_change(entered=entered, owed=owing.owed)


def _is_nothing(change: LedgerChange) -> bool:
    return not change.close and not change.enter


def _write(owing: Iterable[_Owing], entered: Mapping[_Key, list[Entered]], *, now: datetime) -> None:
    closed: list[tuple[Any, ...]] = []
    made: list[ObligationRow] = []
    for one in owing:
        change, event = _change(one, entered.get(one.key, [])), one.event
        if event is None or _is_nothing(change):
            continue
        closed += [(event.kind.value, event.subject, stored(now), row.row) for row in change.close]
        made += [
            ObligationRow(
                subject=one.subject,
                application_id=one.case,
                kind=owed.kind,
                turn=owed.turn,
                opened_by=event.kind.value,
                opened_subject=event.subject,
                opened_at=now,
                **says(owed),
            )
            for owed in change.enter
        ]
    # Closed before entered: of one kind and turn a thing owes once at a time.
    if closed:
        run_for_each(_CLOSE, closed)
    ObligationRow.objects.bulk_create(made)


def _differences(owing: Iterable[_Owing], rows: Iterable[ObligationRow]) -> Iterator[LedgerDifference]:
    kept: dict[_Key, list[Entered]] = {}
    for row in rows:
        if row.state != OwedState.DONE:
            kept.setdefault(_key(row.application_id, row.subject), []).append(_as_entered(row))
    for one in owing:
        change = _change(one, kept.get(one.key, []))
        extra = {(row.kind, row.turn): str(row.says["due_on"]) for row in change.close}
        missing = {(new.kind.value, new.turn): new.deadline.day.isoformat() for new in change.enter}
        for key in sorted(extra.keys() | missing.keys()):
            yield LedgerDifference(
                subject=one.subject, kind=key[0], kept=extra.get(key, ""), wanted=missing.get(key, "")
            )


def _wrongly_marked(
    rows: Iterable[ObligationRow], *, logged: Collection[_Event], marked_at: datetime | None
) -> Iterator[LedgerDifference]:
    passed: dict[str, str] = {}
    for kind, subject, at in logged:
        if kind == EventKind.DEADLINE_PASSED:
            passed[subject] = max(at, passed.get(subject, ""))
    for row in rows:
        too_early = passed.get(row.subject, "") < text_of(row.reached_from)
        if row.state == OwedState.REACHED and too_early:
            yield LedgerDifference(subject=row.subject, kind=row.kind, kept="reached", wanted="open")
        # What was entered after the night, its day long over, is the next night's.
        entered = max(row.opened_at, row.reached_from)
        if row.state == OwedState.OPEN and marked_at is not None and entered <= marked_at:
            yield LedgerDifference(subject=row.subject, kind=row.kind, kept="open", wanted="reached")


def _logged(rows: Iterable[ObligationRow]) -> set[_Event]:
    """Return what the log has about everything that rows name."""
    subjects = {subject for row in rows for _, subject, _ in _events_of(row)} | {row.subject for row in rows}
    return set(AuditRow.objects.filter(subject__in=subjects).values_list("kind", "subject", "at"))


def _without_event(
    rows: Iterable[ObligationRow], *, logged: Collection[_Event]
) -> Iterator[LedgerDifference]:
    for row in rows:
        for event in _events_of(row):
            if event not in logged:
                kind, _, at = event
                yield LedgerDifference(subject=row.subject, kind=row.kind, kept=f"{kind} {at}", wanted="")


def _events_of(row: ObligationRow) -> list[_Event]:
    events = [(row.opened_by, row.opened_subject, text_of(row.opened_at))]
    if row.closed_by is not None and row.closed_subject is not None and row.closed_at is not None:
        events.append((row.closed_by, row.closed_subject, text_of(row.closed_at)))
    return events


def _list_of(entry: AuditEntry) -> str:
    return entry.subject.split("/")[1]
