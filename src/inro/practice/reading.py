"""Why a person reads a case: by which duty, for which of the stated purposes (40(1), 40(4), 40(7))."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from inro.practice.duties import Duty
from inro.practice.errors import Refused
from inro.practice.intake import ReadingPurpose
from inro.practice.queue import QueueStage


class ReadThing(StrEnum):
    """What of a case was read."""

    CASE = "case"
    DOCUMENTS = "documents"
    LETTER_LIST = "letter_list"
    EXPORT = "export"


class PurposeNotYours(Refused):
    """The purpose belongs to none of the reader's duties (40(7))."""

    def __init__(self, *, purpose: ReadingPurpose) -> None:
        super().__init__(purpose=purpose.value)
        self.purpose = purpose


_P = ReadingPurpose
_S = QueueStage

# 40(1) states five purposes, 28 and 40(4) ask for disclosure and keeping, 40(7) for inspection.
PURPOSE_CLAUSES: Mapping[ReadingPurpose, str] = MappingProxyType(
    {
        _P.INTAKE: "40(1)",
        _P.EXAMINATION: "40(1)",
        _P.ISSUANCE: "40(1)",
        _P.DELIVERY: "40(1)",
        _P.REVOCATION: "40(1)",
        _P.BILLING: "40(1)",
        _P.RENEWAL: "40(1)",
        _P.DISCLOSURE: "28",
        _P.RETENTION: "40(4)",
        _P.INSPECTION: "40(7)",
    }
)

_BEFORE_DECISION = (_S.RECEIVED, _S.EXAMINING, _S.DEFICIENT, _S.EXAMINED)
_ON_THE_WAY = (_S.TO_POST, _S.RECEIPT)
_CERTIFIED = (*_ON_THE_WAY, _S.REVOCATION, _S.VALID)
_ENDED = (_S.REVOKED, _S.EXPIRED, _S.CLOSED)

# From the narrowest: the first row whose duty is held and whose stage is the case's gives the purpose.
_RULES: tuple[tuple[Duty, tuple[QueueStage, ...], ReadingPurpose], ...] = (
    (Duty.AUDIT, tuple(QueueStage), _P.INSPECTION),
    (Duty.EXAMINATION, (*_BEFORE_DECISION, _S.ACCEPTED), _P.EXAMINATION),
    (Duty.ACCEPTANCE, (*_BEFORE_DECISION, _S.ACCEPTED), _P.EXAMINATION),
    (Duty.INTAKE, (_S.AWAITED, _S.RECEIVED, _S.EXAMINING, _S.DEFICIENT), _P.INTAKE),
    (Duty.REGISTRATION, (_S.AWAITED, *_BEFORE_DECISION), _P.INTAKE),
    (Duty.ISSUANCE_APPROVAL, (_S.EXAMINED, _S.ACCEPTED), _P.ISSUANCE),
    (Duty.DISPATCH, _ON_THE_WAY, _P.DELIVERY),
    (Duty.RECEIPT, _ON_THE_WAY, _P.DELIVERY),
    (Duty.REVOCATION_INTAKE, (*_CERTIFIED, _S.REVOKED), _P.REVOCATION),
    (Duty.REVOCATION_EXAMINATION, (*_CERTIFIED, _S.REVOKED), _P.REVOCATION),
    (Duty.REVOCATION_DECISION, (*_CERTIFIED, _S.REVOKED), _P.REVOCATION),
    (Duty.NOTICE, (*_BEFORE_DECISION, _S.CLOSED), _P.EXAMINATION),
    (Duty.NOTICE, _ON_THE_WAY, _P.DELIVERY),
    (Duty.NOTICE, (_S.REVOCATION, _S.REVOKED), _P.REVOCATION),
    (Duty.NOTICE, (_S.VALID, _S.EXPIRED), _P.RENEWAL),
    (Duty.DISCLOSURE, tuple(QueueStage), _P.DISCLOSURE),
    (Duty.RECORDS, (*_ENDED, _S.DISPOSED), _P.RETENTION),
    (Duty.BILLING, (*_CERTIFIED, *_ENDED), _P.BILLING),
)
# What a duty may be about besides, when the person says so on the page.
_ALSO: Mapping[Duty, tuple[ReadingPurpose, ...]] = MappingProxyType(
    {
        Duty.INTAKE: (_P.DELIVERY, _P.RENEWAL, _P.DISCLOSURE),
        Duty.EXAMINATION: (_P.RENEWAL,),
        Duty.ACCEPTANCE: (_P.RENEWAL,),
        Duty.RECEIPT: (_P.RENEWAL,),
        Duty.RECORDS: (_P.DISCLOSURE,),
    }
)


def purposes_of(duties: Collection[Duty]) -> tuple[ReadingPurpose, ...]:
    """Return every purpose that belongs to one of these duties, in the order of the terms (40(1))."""
    given = {purpose for duty, _, purpose in _RULES if duty in duties}
    given |= {purpose for duty in duties for purpose in _ALSO.get(duty, ())}
    return tuple(purpose for purpose in ReadingPurpose if purpose in given)


def derived_purpose(*, duties: Collection[Duty], stage: QueueStage) -> ReadingPurpose | None:
    """Return why a person with these duties reads a case that stands there, or None: then they say it."""
    return next((purpose for duty, stages, purpose in _RULES if duty in duties and stage in stages), None)


def check_purpose(*, duties: Collection[Duty], purpose: ReadingPurpose) -> None:
    """Refuse a purpose that belongs to none of the reader's duties (40(7)).

    Raises: PurposeNotYours.
    """
    if purpose not in purposes_of(duties):
        raise PurposeNotYours(purpose=purpose)
