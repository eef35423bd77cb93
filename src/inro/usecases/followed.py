"""Which cases an act was about, locked and read once for all that follows it: queue and ledger (40(7))."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import batched

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from inro.configuration.policy import Policy
from inro.practice.case_facts import CaseFacts
from inro.practice.editions import Terms
from inro.practice.events import EventKind
from inro.store.audit import AuditEntry
from inro.store.models import (
    Application,
    Card,
    Certificate,
    IssuanceOrder,
    Notice,
    QueueRow,
    RevocationCase,
)
from inro.store.reads.queue_facts import case_facts

_AT_ONCE = 500
# Acts after which a case stands where it stood; those of the secure room are done for each card.
_APART = frozenset(
    {
        EventKind.DATA_READ,
        # That a day has come changes nothing of what follows from the case itself.
        EventKind.DEADLINE_PASSED,
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
        EventKind.LETTER_HELD,
        EventKind.LETTER_RESUMED,
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
class FollowedCase:
    """A case as it stands after an act: its row, its facts, the act's last audit row about it."""

    row: Application
    facts: CaseFacts
    event: AuditEntry | None


def followed_cases(entries: Iterable[AuditEntry]) -> Iterator[list[FollowedCase]]:
    """Yield the cases that entries are about, locked and read, some hundreds at a time."""
    events = _events(entry for entry in entries if entry.kind not in _APART)
    for some in batched(sorted(events), _AT_ONCE):
        yield read_cases(some, events=events)


def every_case() -> Iterator[list[FollowedCase]]:
    """Yield all cases as they stand, some hundreds at a time, none locked."""
    cases = Application.objects.order_by("pk").values_list("pk", flat=True)
    for some in batched(list(cases), _AT_ONCE):
        yield read_cases(some, events={}, locked=False)


def read_cases(
    cases: Collection[int], *, events: Mapping[int, AuditEntry], locked: bool = True
) -> list[FollowedCase]:
    """Return cases as they stand; locked before anything is read, for who follows them in the transaction.

    Of two acts on one case the later so sees what the earlier did.
    """
    if locked:
        list(QueueRow.objects.select_for_update().filter(pk__in=cases).order_by("pk").values_list("pk"))
    rows = list(
        Application.objects.select_related("certificate", "order").filter(pk__in=cases).order_by("pk")
    )
    facts = case_facts(rows)
    return [FollowedCase(row=row, facts=facts[row.pk], event=events.get(row.pk)) for row in rows]


def _events(entries: Iterable[AuditEntry]) -> dict[int, AuditEntry]:
    """Return the last entry about each application, by row id."""
    last: dict[str, AuditEntry] = {}
    for entry in entries:
        last.pop(entry.subject, None)
        last[entry.subject] = entry
    named: dict[str, list[str]] = {}
    for subject in last:
        what, _, name = subject.partition("/")
        named.setdefault(what, []).append(name)
    cases: dict[str, int] = {}
    for what, names in named.items():
        if what in _BY_NAME:
            cases |= {f"{what}/{name}": case for case, name in _BY_NAME[what](names) if case is not None}
    return {cases[subject]: entry for subject, entry in last.items() if subject in cases}


type _Named = Iterable[tuple[int | None, str]]


def _by_application(names: list[str]) -> _Named:
    return Application.objects.filter(number__in=names).values_list("pk", "number")


def _by_certificate(names: list[str]) -> _Named:
    serials = [bytes.fromhex(name) for name in names]
    rows = Certificate.objects.filter(serial__serial__in=serials)
    found = rows.values_list("application_id", "serial__serial")
    return [(case, bytes(serial).hex()) for case, serial in found]


def _by_revocation(names: list[str]) -> _Named:
    cases = RevocationCase.objects.filter(number__in=names)
    return cases.values_list("certificate__application_id", "number")


def _by_card(names: list[str]) -> _Named:
    return Card.objects.filter(serial__in=names).values_list("application_id", "serial")


def _by_order(names: list[str]) -> _Named:
    found = IssuanceOrder.objects.filter(pk__in=names).values_list("application_id", "pk")
    return [(case, str(order)) for case, order in found]


def _by_notice(names: list[str]) -> _Named:
    # A notice to everybody is named by its kind, and is about no case.
    rows = [int(name) for name in names if name.isdigit()]
    found = Notice.objects.filter(pk__in=rows).values_list("application_id", "pk")
    return [(case, str(notice)) for case, notice in found]


_BY_NAME: dict[str, Callable[[list[str]], _Named]] = {
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


def terms_on(policy: Policy, day: date) -> Terms:
    # What was recorded before the first edition falls under that one, as under every later one (2.1).
    first = min(edition.terms.effective_from for edition in policy.editions.values())
    return policy.edition_on(max(day, first)).terms
