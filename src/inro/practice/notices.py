"""How notices travel and when they count as arrived (2.2, 6.2, 8.11, 9.2, 10, 11.2, 18.7, 22.2, 24.2, 43)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from inro.practice.calendar import jst_date
from inro.practice.errors import Refused


class Channel(StrEnum):
    """The ways a notice travels; the telephone only where the terms name it (24.2, 43)."""

    POST = "post"
    FAX = "fax"
    EMAIL = "email"
    WEB = "web"
    TELEPHONE = "telephone"


class NoticeKind(StrEnum):
    """What is told, and by which clause."""

    DEFICIENCY = "deficiency"
    REJECTION = "rejection"
    TERMS_CHANGE = "terms_change"
    SERVICE_CHANGE = "service_change"
    DISCONTINUATION = "discontinuation"
    EXPIRY = "expiry"
    RENEWAL_KIT = "renewal_kit"
    RECEIPT_REMINDER = "receipt_reminder"
    REVOCATION = "revocation"
    REVOCATION_REFUSAL = "revocation_refusal"
    ORIGINAL_REMINDER = "original_reminder"
    PROXY_DEFICIENCY = "proxy_deficiency"
    STAY_REMINDER = "stay_reminder"
    MAINTENANCE = "maintenance"
    STOP = "stop"
    INVOICE = "invoice"
    DISCLOSURE = "disclosure"
    COMPENSATION = "compensation"


class ChannelRefused(Refused):
    """This notice does not travel this way."""

    def __init__(self, *, kind: NoticeKind, channel: Channel) -> None:
        super().__init__(kind=kind.value, channel=channel.value)
        self.kind = kind
        self.channel = channel


class NotArrived(Refused):
    """The notice does not count as arrived; `missing` says what would make it so (43)."""

    def __init__(self, *, channel: Channel, missing: str) -> None:
        super().__init__(channel=channel.value, missing=missing)
        self.channel = channel
        self.missing = missing


_SENT = (Channel.POST, Channel.FAX, Channel.EMAIL)
_ANY = (*_SENT, Channel.WEB)
_LETTER = (Channel.POST,)

# First comes the way that always works: it is also the one fallen back to (40(5)).
CHANNELS: Mapping[NoticeKind, tuple[Channel, ...]] = MappingProxyType(
    {
        NoticeKind.DEFICIENCY: _SENT,
        NoticeKind.REJECTION: _LETTER,
        NoticeKind.TERMS_CHANGE: _SENT,
        NoticeKind.SERVICE_CHANGE: (Channel.WEB,),
        NoticeKind.DISCONTINUATION: _LETTER,
        NoticeKind.EXPIRY: _SENT,
        NoticeKind.RENEWAL_KIT: _LETTER,
        NoticeKind.RECEIPT_REMINDER: _SENT,
        NoticeKind.REVOCATION: _SENT,
        NoticeKind.REVOCATION_REFUSAL: _SENT,
        NoticeKind.ORIGINAL_REMINDER: _SENT,
        NoticeKind.PROXY_DEFICIENCY: (*_SENT, Channel.TELEPHONE),
        NoticeKind.STAY_REMINDER: _SENT,
        NoticeKind.MAINTENANCE: _ANY,
        NoticeKind.STOP: _ANY,
        NoticeKind.INVOICE: _SENT,
        NoticeKind.DISCLOSURE: _LETTER,
        NoticeKind.COMPENSATION: _LETTER,
    }
)

# The discontinuation is told by letter and in the repository as well (11.2).
ALSO_IN_REPOSITORY: frozenset[NoticeKind] = frozenset({NoticeKind.DISCONTINUATION, NoticeKind.SERVICE_CHANGE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """The contact fields an applicant may leave empty (40(5))."""

    telephone: str = ""
    fax: str = ""
    email: str = ""

    def reached_by(self, channel: Channel) -> bool:
        """Return whether the fields let a notice travel this way; post and web page need none of them."""
        needed = {Channel.TELEPHONE: self.telephone, Channel.FAX: self.fax, Channel.EMAIL: self.email}
        return channel not in needed or bool(needed[channel])


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What is known of a notice's way: what 43 makes its arrival from.

    `postmark` and `posted_on` are days in Japan; `confirmed_at` is when sending, or the call, was confirmed;
    `released_by` is the member of the operating staff who sent an e-mail or released an automatic one.
    """

    channel: Channel
    postmark: date | None = None
    confirmed_at: datetime | None = None
    released_by: str = ""
    posted_on: date | None = None


def check_channel(*, kind: NoticeKind, channel: Channel) -> None:
    """Refuse a way the terms do not give this notice (9.2, 11.2, 24.2, 43.1).

    Raises: ChannelRefused.
    """
    if channel not in CHANNELS[kind]:
        raise ChannelRefused(kind=kind, channel=channel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The way a notice goes; `wanted` is another one that the person gave no contact for (40(5))."""

    channel: Channel
    wanted: Channel | None = None


def choose_way(*, kind: NoticeKind, preferred: Channel, contacts: Contacts) -> Way:
    """Return the preferred way, or the one that always works where contact data are missing (40(5), 43.1).

    Raises: ChannelRefused.
    """
    check_channel(kind=kind, channel=preferred)
    if contacts.reached_by(preferred):
        return Way(channel=preferred)
    return Way(channel=CHANNELS[kind][0], wanted=preferred)


def deemed_arrival(delivery: Delivery) -> date:
    """Return the day (JST) on which a notice counts as arrived (24.2, 43.2-43.5).

    Raises: NotArrived, InstantWithoutZone.
    """
    match delivery.channel:
        case Channel.POST:
            return _known(delivery.postmark, channel=Channel.POST, missing="postmark")
        case Channel.WEB:
            return _known(delivery.posted_on, channel=Channel.WEB, missing="posted_on")
        case Channel.EMAIL if not delivery.released_by:
            raise NotArrived(channel=Channel.EMAIL, missing="released_by")
    return jst_date(_known(delivery.confirmed_at, channel=delivery.channel, missing="confirmed_at"))


def _known[Fact: (date, datetime)](fact: Fact | None, *, channel: Channel, missing: str) -> Fact:
    if fact is None:
        raise NotArrived(channel=channel, missing=missing)
    return fact


class RevocationAddressee(StrEnum):
    """Whom the notice of a revocation goes to (22.2)."""

    SUBSCRIBER = "subscriber"
    ORGANIZATION = "organization"


def revocation_addressee(*, subscriber_reachable: bool) -> RevocationAddressee:
    """Return who is told of a revocation: the organization where the subscriber can't be (22.2)."""
    return RevocationAddressee.SUBSCRIBER if subscriber_reachable else RevocationAddressee.ORGANIZATION
