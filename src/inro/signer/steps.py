"""The names of the signer's steps, as the walks in the documentation have them."""

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """A step of the signer that is finished and stands after a crash."""

    RESERVE_SERIAL = "a reserve_serial"
    RECORD_INTENT = "b record_intent"
    SIGN = "c sign"
    RECORD_CERTIFICATE = "d record_certificate"
    RECORD_REVOCATION = "record_revocation"
    TAKE_UP_MASS = "take_up_mass"
    REMEMBER_MASS = "remember_mass"
    RECORD_MASS = "record_mass"
    FINISH_MASS = "finish_mass"
    RECORD_LIST_INTENT = "record_list_intent"
    SIGN_LIST = "sign_list"
    RECORD_LIST = "record_list"
    RECORD_RESPONDER = "record_responder"


type Passed = Callable[[Step], None]
"""Called after each step; what it does is the caller's matter (a log line, a test's kill)."""
