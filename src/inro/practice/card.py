"""The lives of an IC card and of the PIN mailer that belongs to it (5.2, 17.1-17.4, 18.6, 19.3, 24.1)."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from inro.practice.transitions import follow

_SERIAL = re.compile("[0-9a-f]{16}")


def is_card_serial(text: str) -> bool:
    """Return whether a text is a card's serial: 16 hexadecimal digits in small letters."""
    return _SERIAL.fullmatch(text) is not None


class CardState(StrEnum):
    """Where a card stands."""

    BLANK = "blank"
    RESERVED = "reserved"
    PERSONALISED = "personalised"
    SENT = "sent"
    RETURNED = "returned"
    RECEIVED = "received"
    LOST = "lost"
    SPOILED = "spoiled"
    DESTROYED = "destroyed"


class CardAct(StrEnum):
    """What can be done with a card."""

    RESERVE = "reserve"
    RELEASE = "release"
    PERSONALISE = "personalise"
    SEND = "send"
    RECORD_RETURN = "record_return"
    CONFIRM_RECEIPT = "confirm_receipt"
    RECORD_LOSS = "record_loss"
    SPOIL = "spoil"
    DESTROY = "destroy"


class MailerState(StrEnum):
    """Where a PIN mailer stands."""

    INTENDED = "intended"
    PRINTED = "printed"
    SENT = "sent"
    SPOILED = "spoiled"
    DESTROYED = "destroyed"


class MailerAct(StrEnum):
    """What can be done with a PIN mailer; printing it again is no act (19.3)."""

    RECORD_PRINTED = "record_printed"
    SEND = "send"
    RECORD_RETURN = "record_return"
    SPOIL = "spoil"
    DESTROY = "destroy"


_S = CardState
_A = CardAct
_M = MailerState
_B = MailerAct

TRANSITIONS: Mapping[tuple[CardState, CardAct], CardState] = MappingProxyType(
    {
        (_S.BLANK, _A.RESERVE): _S.RESERVED,
        # Only a card that nothing was written onto is as good as new.
        (_S.RESERVED, _A.RELEASE): _S.BLANK,
        (_S.RESERVED, _A.PERSONALISE): _S.PERSONALISED,
        (_S.PERSONALISED, _A.SEND): _S.SENT,
        (_S.SENT, _A.RECORD_RETURN): _S.RETURNED,
        (_S.RETURNED, _A.SEND): _S.SENT,
        (_S.SENT, _A.CONFIRM_RECEIPT): _S.RECEIVED,
        (_S.PERSONALISED, _A.RECORD_LOSS): _S.LOST,
        (_S.SENT, _A.RECORD_LOSS): _S.LOST,
        (_S.RETURNED, _A.RECORD_LOSS): _S.LOST,
        (_S.RECEIVED, _A.RECORD_LOSS): _S.LOST,
        (_S.BLANK, _A.SPOIL): _S.SPOILED,
        (_S.RESERVED, _A.SPOIL): _S.SPOILED,
        (_S.PERSONALISED, _A.SPOIL): _S.SPOILED,
        (_S.RETURNED, _A.SPOIL): _S.SPOILED,
        # A card handed back by its subscriber, or found again, is only fit for destruction.
        (_S.RECEIVED, _A.SPOIL): _S.SPOILED,
        (_S.LOST, _A.SPOIL): _S.SPOILED,
        (_S.SPOILED, _A.DESTROY): _S.DESTROYED,
    }
)

MAILER_TRANSITIONS: Mapping[tuple[MailerState, MailerAct], MailerState] = MappingProxyType(
    {
        (_M.INTENDED, _B.RECORD_PRINTED): _M.PRINTED,
        (_M.PRINTED, _B.SEND): _M.SENT,
        # A returned parcel is split for a proxy recipient; the unopened mailer is posted anew (24.1).
        (_M.SENT, _B.RECORD_RETURN): _M.PRINTED,
        (_M.INTENDED, _B.SPOIL): _M.SPOILED,
        (_M.PRINTED, _B.SPOIL): _M.SPOILED,
        (_M.SPOILED, _B.DESTROY): _M.DESTROYED,
    }
)


def next_state(state: CardState, act: CardAct) -> CardState:
    """Return the state a card is in after an act (17.1-17.4, 18.6).

    Raises: ActNotAllowed.
    """
    return follow(table=TRANSITIONS, state=state, act=act)


def may(state: CardState, act: CardAct) -> bool:
    """Return whether an act can be done with a card in a state."""
    return (state, act) in TRANSITIONS


def next_mailer_state(state: MailerState, act: MailerAct) -> MailerState:
    """Return the state a PIN mailer is in after an act (19.3, 24.1).

    Raises: ActNotAllowed.
    """
    return follow(table=MAILER_TRANSITIONS, state=state, act=act)
