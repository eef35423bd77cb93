"""Drafts that hold answers and notices that are not settled, for the ledger (40(6), 43)."""

from collections.abc import Collection, Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Substr

from inro.practice.apart_obligations import KeptDraft, UnsettledNotice
from inro.practice.calendar import jst_date
from inro.practice.deadlines import DeadlineKind
from inro.practice.ledger import OwedState
from inro.practice.sending import NoticeState
from inro.store.models import Draft, Notice, ObligationRow

_DRAFT = "draft/"


def kept_drafts(numbers: Collection[str] | None = None) -> Iterator[KeptDraft]:
    """Yield the drafts of these numbers, or all, that still hold what was typed."""
    rows = Draft.objects.exclude(answers="").order_by("pk")
    chosen = rows if numbers is None else rows.filter(number__in=list(numbers))
    for number, changed_at, expires_on in chosen.values_list("number", "updated_at", "expires_on").iterator():
        yield KeptDraft(number=number, changed_on=jst_date(changed_at), expires_on=expires_on)


def unsettled_notices(notices: Collection[int] | None = None) -> Iterator[UnsettledNotice]:
    """Yield the notices of these ids, or all, that failed and wait for a person, or are in doubt."""
    failed = Notice.objects.filter(state=NoticeState.FAILED, handled_at=None)
    rows = failed | Notice.objects.filter(state=NoticeState.IN_DOUBT)
    chosen = rows if notices is None else rows.filter(pk__in=list(notices))
    for row in chosen.order_by("pk").prefetch_related("tries").iterator(chunk_size=500):
        ended = [one.ended_at for one in row.tries.all() if one.ended_at is not None]
        since = row.failed_at or max(ended, default=row.released_at)
        if since is not None:
            yield UnsettledNotice(notice=row.pk, since=jst_date(since))


def gone_drafts() -> list[str]:
    """Return what the ledger calls drafts that are still owed to be deleted, and are."""
    kept = Draft.objects.filter(number=OuterRef("draft")).exclude(answers="")
    rows: QuerySet[ObligationRow] = ObligationRow.objects.filter(kind=DeadlineKind.DRAFT)
    open_rows = rows.exclude(state=OwedState.DONE).annotate(draft=Substr("subject", len(_DRAFT) + 1))
    return list(open_rows.filter(~Exists(kept)).values_list("subject", flat=True))
