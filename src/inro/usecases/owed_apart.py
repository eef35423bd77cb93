"""Which drafts and notices an act was about, and what each of them owes now (40(6), 43)."""

from collections.abc import Iterable, Iterator

from inro.practice.apart_obligations import draft_obligation, notice_obligation
from inro.practice.editions import Terms
from inro.practice.events import EventKind
from inro.practice.obligations import Obligation
from inro.store.audit import AuditEntry
from inro.store.reads.owed_apart import gone_drafts, kept_drafts, unsettled_notices

_OF_NOTICES = frozenset(
    {
        EventKind.NOTICE_FAILED,
        EventKind.NOTICE_DOUBTED,
        EventKind.NOTICE_HANDLED,
        EventKind.NOTICE_POSTPONED,
        EventKind.NOTICE_SENT,
        EventKind.REMINDER_SENT,
        EventKind.EXPIRY_NOTICE_SENT,
        EventKind.DEADLINE_SET,
    }
)
type Owed = tuple[Obligation, ...]


def is_apart(entry: AuditEntry) -> bool:
    """Return whether an entry may change what a draft or a notice owes."""
    if entry.kind is EventKind.DEADLINE_PASSED:
        return False  # That a day has come changes nothing of what is owed.
    about_draft = entry.kind is EventKind.DRAFTS_DELETED or _draft_of(entry) is not None
    return about_draft or (entry.kind in _OF_NOTICES and _notice_of(entry) is not None)


def owed_after(entries: Iterable[AuditEntry], *, terms: Terms) -> Iterator[tuple[str, Owed, AuditEntry]]:
    """Yield each draft or notice that entries are about, what it owes now, and the event that says so."""
    drafts: dict[str, AuditEntry] = {}
    notices: dict[int, AuditEntry] = {}
    for entry in entries:
        if entry.kind is EventKind.DRAFTS_DELETED:
            drafts |= dict.fromkeys(gone_drafts(), entry)
        elif (draft := _draft_of(entry)) is not None:
            drafts[draft] = entry
        elif entry.kind in _OF_NOTICES and (notice := _notice_of(entry)) is not None:
            notices[notice] = entry
    if drafts:
        numbers = [subject.partition("/")[2] for subject in drafts]
        owing = {one.subject: (draft_obligation(one, terms=terms),) for one in kept_drafts(numbers)}
        yield from ((subject, owing.get(subject, ()), event) for subject, event in drafts.items())
    if notices:
        open_ones = {one.notice: (notice_obligation(one),) for one in unsettled_notices(list(notices))}
        for notice, event in notices.items():
            yield f"notice/{notice}", open_ones.get(notice, ()), event


def every_owed(*, terms: Terms) -> Iterator[tuple[str, Owed]]:
    """Yield all drafts and notices that owe something, with what they owe."""
    for draft in kept_drafts():
        yield draft.subject, (draft_obligation(draft, terms=terms),)
    for notice in unsettled_notices():
        yield notice.subject, (notice_obligation(notice),)


def _draft_of(entry: AuditEntry) -> str | None:
    if entry.kind is EventKind.FORM_PRINTED:
        number = entry.details.get("draft")
        return f"draft/{number}" if number else None
    return entry.subject if entry.subject.startswith("draft/") else None


def _notice_of(entry: AuditEntry) -> int | None:
    what, _, name = entry.subject.partition("/")
    if what == "notice" and name.isdigit():
        return int(name)
    named = entry.details.get("notice")
    return int(named) if named is not None else None
