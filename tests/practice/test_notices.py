"""Ways and arrival of notices (9.2, 10, 11.2, 22.2, 24.2, 40(5), 43)."""

from datetime import UTC, date, datetime
from itertools import product

import pytest

from inro.practice.calendar import InstantWithoutZone
from inro.practice.notices import (
    ALSO_IN_REPOSITORY,
    CHANNELS,
    Channel,
    ChannelRefused,
    Contacts,
    Delivery,
    NotArrived,
    NoticeKind,
    RevocationAddressee,
    Way,
    check_channel,
    choose_way,
    deemed_arrival,
    revocation_addressee,
)

NEXT_DAY_IN_JAPAN = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("delivery", "day"),
    [
        (Delivery(channel=Channel.POST, postmark=date(2026, 12, 22)), date(2026, 12, 22)),
        (Delivery(channel=Channel.WEB, posted_on=date(2026, 12, 22)), date(2026, 12, 22)),
        (Delivery(channel=Channel.FAX, confirmed_at=NEXT_DAY_IN_JAPAN), date(2026, 12, 2)),
        (Delivery(channel=Channel.TELEPHONE, confirmed_at=NEXT_DAY_IN_JAPAN), date(2026, 12, 2)),
        (
            Delivery(channel=Channel.EMAIL, confirmed_at=NEXT_DAY_IN_JAPAN, released_by="officer-3"),
            date(2026, 12, 2),
        ),
    ],
)
def test_when_a_notice_counts_as_arrived(delivery, day):
    assert deemed_arrival(delivery) == day


@pytest.mark.parametrize(
    ("delivery", "missing"),
    [
        (Delivery(channel=Channel.POST, confirmed_at=NEXT_DAY_IN_JAPAN), "postmark"),
        (Delivery(channel=Channel.WEB, postmark=date(2026, 12, 22)), "posted_on"),
        (Delivery(channel=Channel.FAX), "confirmed_at"),
        (Delivery(channel=Channel.TELEPHONE), "confirmed_at"),
        (Delivery(channel=Channel.EMAIL, released_by="officer-3"), "confirmed_at"),
        # A machine that mails by itself is no operating staff (43.4).
        (Delivery(channel=Channel.EMAIL, confirmed_at=NEXT_DAY_IN_JAPAN), "released_by"),
    ],
)
def test_what_is_not_shown_has_not_arrived(delivery, missing):
    with pytest.raises(NotArrived) as refusal:
        deemed_arrival(delivery)
    assert (refusal.value.channel, refusal.value.missing) == (delivery.channel, missing)


def test_a_confirmation_without_zone_is_refused():
    with pytest.raises(InstantWithoutZone):
        deemed_arrival(
            Delivery(channel=Channel.FAX, confirmed_at=datetime(2026, 12, 1))  # noqa: DTZ001
        )


@pytest.mark.parametrize(("kind", "channel"), list(product(NoticeKind, Channel)))
def test_each_notice_travels_only_its_own_ways(kind, channel):
    if channel in CHANNELS[kind]:
        check_channel(kind=kind, channel=channel)
        return
    with pytest.raises(ChannelRefused) as refusal:
        check_channel(kind=kind, channel=channel)
    assert (refusal.value.kind, refusal.value.channel) == (kind, channel)


def test_discontinuation_is_told_by_letter_and_in_the_repository():
    assert CHANNELS[NoticeKind.DISCONTINUATION] == (Channel.POST,)
    assert NoticeKind.DISCONTINUATION in ALSO_IN_REPOSITORY
    assert CHANNELS[NoticeKind.SERVICE_CHANGE] == (Channel.WEB,)


def test_the_telephone_only_for_a_proxy_requests_deficiencies():
    assert [kind for kind in NoticeKind if Channel.TELEPHONE in CHANNELS[kind]] == [
        NoticeKind.PROXY_DEFICIENCY
    ]


@pytest.mark.parametrize("channel", [Channel.FAX, Channel.EMAIL, Channel.TELEPHONE])
def test_an_empty_contact_field_falls_back_to_post(channel):
    kind = NoticeKind.PROXY_DEFICIENCY
    assert choose_way(kind=kind, preferred=channel, contacts=Contacts()) == Way(
        channel=Channel.POST, wanted=channel
    )
    full = Contacts(telephone="03-0000-0000", fax="03-0000-0001", email="a@example.jp")
    assert choose_way(kind=kind, preferred=channel, contacts=full) == Way(channel=channel)


def test_post_and_web_page_need_no_contact_field():
    for channel in (Channel.POST, Channel.WEB):
        assert choose_way(kind=NoticeKind.STOP, preferred=channel, contacts=Contacts()) == Way(
            channel=channel
        )


def test_a_way_the_notice_does_not_travel_is_not_chosen():
    with pytest.raises(ChannelRefused):
        choose_way(kind=NoticeKind.REJECTION, preferred=Channel.EMAIL, contacts=Contacts())


def test_a_revocation_is_told_to_the_organization_where_the_subscriber_cannot_be():
    assert revocation_addressee(subscriber_reachable=True) is RevocationAddressee.SUBSCRIBER
    assert revocation_addressee(subscriber_reachable=False) is RevocationAddressee.ORGANIZATION
