"""A notice of a campaign given by hand: recorded by one, confirmed by another (2.2, 11.2, 40(7), 43)."""

from datetime import date

from inro.practice.calendar import start_of_day
from inro.practice.campaign import CampaignRefused
from inro.practice.notices import CHANNELS, Channel, Delivery, NoticeKind, deemed_arrival

LONGEST_REASON = 400


def ways_by_hand(kind: NoticeKind) -> tuple[Channel, ...]:
    """Return how a notice of a kind reaches one person outside its campaign: never by a page (43)."""
    return tuple(way for way in CHANNELS[kind] if way is not Channel.WEB)


def check_by_hand(*, kind: NoticeKind, channel: Channel, served_on: date, reason: str, today: date) -> None:
    """Refuse a record that is not whole, or of a day that has not come (43).

    Raises: CampaignRefused.
    """
    if channel not in ways_by_hand(kind):
        raise CampaignRefused(field="channel", problem="not-this-way")
    if served_on > today:
        raise CampaignRefused(field="served_on", problem="in-future")
    if not reason.strip():
        raise CampaignRefused(field="reason", problem="missing")
    if len(reason) > LONGEST_REASON:
        raise CampaignRefused(field="reason", problem="too-long")


def served_by_hand(*, channel: Channel, served_on: date, by: str) -> date:
    """Return the day on which a notice given by hand counts as arrived (43)."""
    return deemed_arrival(
        Delivery(channel=channel, postmark=served_on, confirmed_at=start_of_day(served_on), released_by=by)
    )
