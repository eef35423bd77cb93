"""A lot of a campaign's messages: to whom each goes and what it tells (43)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inro.practice.notices import Channel
from inro.store.ids import ApplicationId, CampaignBatchId
from inro.store.models import Application, CampaignItem

_FIELDS = {Channel.EMAIL: "email", Channel.FAX: "fax"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LotMessage:
    """One message with what it tells; emptied at disposal."""

    item: int
    place: int
    application: int
    case: str
    content: Mapping[str, Any]
    content_sha256: str

    @property
    def recipient(self) -> str:
        """The e-mail address or fax number it goes to."""
        return str(self.content.get("recipient", ""))

    @property
    def name(self) -> str:
        """Whom it addresses."""
        return str(self.content.get("name", ""))

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """The person's own rows: label and value."""
        return tuple((label, body) for label, body in self.content.get("facts", ()))


def lot_messages(batch: CampaignBatchId) -> tuple[LotMessage, ...]:
    """Return a lot's messages in their order, those that are still in it."""
    rows = CampaignItem.objects.filter(batch=batch).select_related("application").order_by("place")
    return tuple(
        LotMessage(
            item=row.pk,
            place=row.place or 0,
            application=row.application.pk,
            case=row.application.number,
            content=row.content or {},
            content_sha256=row.content_sha256 or "",
        )
        for row in rows
        if row.application is not None
    )


def recipients(cases: Sequence[ApplicationId], channel: Channel) -> dict[ApplicationId, str]:
    """Return the e-mail addresses or fax numbers that several cases' forms give, empty for none (40(5))."""
    rows = Application.objects.filter(pk__in=cases, stated__isnull=False).values_list("pk", "stated__contact")
    return {ApplicationId(case): (contact or {}).get(_FIELDS[channel], "") for case, contact in rows}
