"""A campaign's message that came back: a letter by post takes its place (40(5), 43)."""

from inro.practice.campaign import MESSAGE_WAYS, CampaignAct, CampaignState, ItemState, next_state
from inro.practice.events import EventKind
from inro.practice.notices import CHANNELS, NoticeKind
from inro.store.change import change
from inro.store.models import Campaign, CampaignItem, Notice
from inro.usecases.act import Doing


def fall_to_post(doing: Doing, failed: Notice) -> bool:
    """Have the addressee of a failed message told by post; return False where no campaign sent it.

    A campaign that was closed meanwhile is under way again until the letter is posted.

    Raises: Conflict.
    """
    item = (
        CampaignItem.objects.select_related("campaign")
        .filter(notice=failed, channel__in=MESSAGE_WAYS)
        .first()
    )
    if item is None or item.batch_id is None:
        return False
    change(
        CampaignItem,
        row=item.pk,
        expected={"state": ItemState.SENT, "notice": failed},
        to={
            "state": ItemState.PLANNED,
            "channel": CHANNELS[NoticeKind(item.kind)][0],
            "notice": None,
            "failed": failed,
            "batch": None,
            "place": None,
            "content": None,
            "content_sha256": None,
        },
    )
    _reopen(item.campaign)
    doing.record(
        EventKind.CAMPAIGN_FELL_TO_POST,
        subject=f"campaign/{item.campaign.number}",
        item=item.pk,
        notice=failed.pk,
    )
    return True


def _reopen(campaign: Campaign) -> None:
    if campaign.state != CampaignState.FINISHED:
        return
    state = next_state(CampaignState.FINISHED, CampaignAct.REOPEN)
    change(
        Campaign,
        row=campaign.pk,
        expected={"state": CampaignState.FINISHED},
        to={"state": state, "closed_at": None},
    )
