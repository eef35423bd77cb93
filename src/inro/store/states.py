"""States that only the record and its processes know; those of the terms stand in `practice`."""

from enum import StrEnum


class OrderState(StrEnum):
    """Where an issuance order stands between station and signer."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    CARD_READY = "card_ready"
    HANDED_OVER = "handed_over"
    CERTIFIED = "certified"
    DONE = "done"
    REFUSED = "refused"
    ENDED = "ended"


class IssuanceStep(StrEnum):
    """The last step of the issuance walk that is on record for an order."""

    RESERVE_CARD = "reserve_card"
    MOVE_KEY = "move_key"
    PROVE_KEY = "prove_key"
    INTEND_MAILER = "intend_mailer"
    PRINT_MAILER = "print_mailer"
    HAND_OVER = "hand_over"
    RECORD_CERTIFICATE = "record_certificate"
    FINISH_CARD = "finish_card"


class RevocationState(StrEnum):
    """Where a revocation case stands (21, 22, 39.4)."""

    REQUESTED = "requested"
    EXAMINED = "examined"
    DECIDED = "decided"
    REFUSED = "refused"
    REVOKED = "revoked"
    PUBLISHED = "published"


class DocumentState(StrEnum):
    """Whether a page can still be read (28, 40(4))."""

    STORED = "stored"
    ERASED = "erased"


class Medium(StrEnum):
    """What a card is made of; a virtual one is for demonstration and tests."""

    VIRTUAL = "virtual"
    HARDWARE = "hardware"


class Scope(StrEnum):
    """Whose certificate: a subscriber's goes into the CRL, a CA's into the ARL (39.4)."""

    SUBSCRIBER = "subscriber"
    CA = "ca"


class Place(StrEnum):
    """The two halves of the repository (4(6))."""

    WEB = "web"
    DIRECTORY = "directory"


class ErasedThing(StrEnum):
    """What was erased from the equipment (17.3, 19.3)."""

    SUBSCRIBER_KEY = "subscriber_key"
    PIN = "pin"
